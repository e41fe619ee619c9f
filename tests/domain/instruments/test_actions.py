from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.domain.instruments.plans import AXIS, ENACTED, LINE, RENUMBERED, SMALL, TARGET, draft, enact, published, row
from yupana.domain.instruments.actions import change_cover, close_consultation, open_consultation, settle_lineage
from yupana.domain.instruments.actions.editing import cover_mark
from yupana.domain.instruments.actions.lineages import Descent
from yupana.domain.instruments.facts import EditionState, Origin, OriginKind, Target
from yupana.domain.instruments.models import Aside, Edition, Instrument, Item
from yupana.domain.instruments.queries import edition, heading_of
from yupana.domain.instruments.rules import WHOLE
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.kernel.report import Note, Report
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.django_db

PLANNER = Actor(1, frozenset({(Role.PLANNER, 1)}))
OTHERS = [NOBODY, *(Actor(1, frozenset({(role, 1)})) for role in Role if role is not Role.PLANNER)]


def stored(code: str = "1") -> list[tuple[str, str, str | None, int]]:
    items = Item.objects.filter(edition__code=code)
    return list(items.values_list("role", "code", "parent__code", "weight"))


def lineages(code: str) -> dict[str, object]:
    return dict(Item.objects.filter(edition__code=code).values_list("code", "lineage"))


# --- drafting ------------------------------------------------------------------------------------------------------
def test_a_draft_holds_every_row_in_reading_order_with_its_weight() -> None:
    assert (draft(), stored()) == (
        Report(read=4, created=4),
        [
            ("axis", "1", None, WHOLE),
            ("line", "1.1", "1", WHOLE // 2),
            ("line", "1.2", "1", WHOLE // 2),
            ("target", "1.2.a", "1.2", 0),
        ],
    )


def test_the_same_rows_again_change_nothing() -> None:
    draft()
    before = list(Item.objects.values())
    assert (draft(digest="cd" * 32), list(Item.objects.values())) == (Report(read=4, unchanged=4), before)


def test_a_changed_draft_is_replaced_and_told_item_by_item() -> None:
    draft()
    reworded = replace(SMALL[1], text="One counter for all")
    assert draft(rows=(SMALL[0], reworded, *SMALL[2:], row(LINE, "1.4", (AXIS, "1")))) == Report(
        read=5, created=1, updated=1, unchanged=3
    )


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        (SMALL[:3], {}),
        ((SMALL[0], SMALL[2], SMALL[1], SMALL[3]), {}),
        (SMALL, {"edition_title": "Other"}),
        (SMALL, {"title": "Other"}),
    ],
    ids=["an item left", "another order", "another title", "another instrument title"],
)
def test_a_change_of_the_edition_itself_is_told_too(rows: tuple[object, ...], more: dict[str, str]) -> None:
    draft()
    report = draft(rows=rows, **more)  # type: ignore[arg-type] # parametrised rows lose their type
    assert (report.created, report.updated, report.unchanged) == (0, 1, len(rows))


def test_a_replaced_draft_keeps_the_identity_of_its_items() -> None:
    draft()
    before = lineages("1")
    draft(rows=RENUMBERED)
    after = lineages("1")
    assert (after["1.1"], after["1.3"]) == (before["1.1"], before["1.2"])


def test_white_space_of_a_cover_is_no_change() -> None:
    draft()
    assert draft(edition_title="  Knots \n 1 ", legal_basis="\n") == Report(read=4, unchanged=4)


def test_a_refused_row_leaves_nothing_behind() -> None:
    with pytest.raises(Refused, match="item-parent-unknown"):
        draft(rows=(*SMALL, row(TARGET, "x", (LINE, "9"))))
    assert (Instrument.objects.count(), Edition.objects.count(), Item.objects.count()) == (0, 0, 0)


def test_a_refused_row_leaves_the_draft_as_it_was() -> None:
    draft()
    before = list(Item.objects.values())
    with pytest.raises(Refused, match="item-twice"):
        draft(rows=(*SMALL, SMALL[3]))
    assert list(Item.objects.values()) == before


def test_drafting_records_nothing() -> None:
    draft()
    assert Entry.objects.count() == 0


def test_the_bar_moves_by_as_many_rows_as_there_are() -> None:
    moved: list[int] = []
    draft(tick=moved.append)
    draft(tick=moved.append)
    assert sum(moved) == 2 * len(SMALL)


@pytest.mark.parametrize("actor", OTHERS)
def test_only_planners_of_the_authority_draft_and_publish(actor: Actor) -> None:
    draft(actor=PLANNER)
    refused = []
    for attempt in (draft, enact):
        with pytest.raises(Forbidden) as answer:
            attempt(actor=actor)
        refused.append(answer.value.code)
    assert (refused, edition("QIPU/1").state) == (["edition-planners-only"] * 2, EditionState.DRAFT)


def test_a_plan_of_two_thousand_items_is_stored_in_a_few_statements(
    query_budget: Callable[[int], AbstractContextManager[object]],
) -> None:
    lines = tuple(row(LINE, str(at), (AXIS, "1")) for at in range(2000))
    with query_budget(55):  # SQLite takes at most 999 values in one statement: 49 items
        draft(rows=(SMALL[0], *lines))
    assert Item.objects.count() == 2001


# --- publishing ----------------------------------------------------------------------------------------------------
def test_publishing_turns_the_draft_into_what_its_act_enacted() -> None:
    one = published()
    assert (one.state, one.act, one.published_on, one.entry is not None) == (
        EditionState.PUBLISHED,
        "D.S. 1",
        ENACTED,
        True,
    )


def test_the_entry_of_a_publication_names_the_edition_and_the_day_of_its_act() -> None:
    one = published()
    assert one.entry
    leaf = read_leaf(bytes(one.entry.leaf))
    assert (leaf.verb, leaf.codes, leaf.on) == (
        "edition.published",
        {"instrument": "QIPU", "edition": "1"},
        ENACTED.isoformat(),
    )


def test_the_edition_before_becomes_superseded_and_stays_as_it_was() -> None:
    first = published()
    published("2", RENUMBERED)
    again = edition("QIPU/1")
    assert (again.state, again.act, again.entry_id) == (EditionState.SUPERSEDED, first.act, first.entry_id)


def test_an_item_that_stays_keeps_its_identity_in_the_next_edition() -> None:
    published()
    draft("2", RENUMBERED)
    before, after = lineages("1"), lineages("2")
    assert (after["1.1"], after["1"], after["1.3"]) == (before["1.1"], before["1"], before["1.2"])


def test_a_draft_older_than_the_edition_before_it_is_joined_when_it_is_published() -> None:
    draft("2", RENUMBERED)
    published("1")
    enact("2")
    before, after = lineages("1"), lineages("2")
    assert (after["1"], after["1.1"], after["1.3"]) == (before["1"], before["1.1"], before["1.2"])


def test_a_published_edition_takes_the_same_rows_and_refuses_others() -> None:
    published()
    same = draft()
    with pytest.raises(Conflict) as refused:
        draft(rows=RENUMBERED)
    assert (same, refused.value.code, len(stored())) == (Report(read=4, unchanged=4), "edition-published", 4)


@pytest.mark.parametrize("changed", [{"edition_title": "Other"}, {"legal_basis": "Law 1"}])
def test_a_published_cover_is_published_too(changed: dict[str, Any]) -> None:
    published()
    with pytest.raises(Conflict, match="edition-published"):
        draft(**changed)


@pytest.mark.parametrize("changed", [{"title": "Other"}, {"kind": "guideline"}])
def test_title_and_kind_of_an_instrument_are_settled_by_its_first_publication(changed: dict[str, Any]) -> None:
    published()
    with pytest.raises(Conflict, match="instrument-published"):
        draft("2", **changed)
    assert Edition.objects.count() == 1


def test_a_superseded_edition_is_as_immutable_as_one_in_force() -> None:
    published()
    published("2")
    assert draft() == Report(read=4, unchanged=4)
    with pytest.raises(Conflict, match="edition-published"):
        draft(rows=RENUMBERED)


def test_an_edition_is_published_once() -> None:
    published()
    with pytest.raises(Conflict, match="edition-published"):
        enact()
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("act", ["", " \n", "a" * 301])
def test_nothing_is_published_without_an_act(act: str) -> None:
    draft()
    with pytest.raises(Refused, match="edition-act-missing"):
        enact(act=act)
    assert edition("QIPU/1").state == EditionState.DRAFT


@pytest.mark.parametrize("ref", [{"instrument": "QIPU", "edition": "9"}, {"instrument": "NONE", "edition": "1"}])
def test_what_is_not_there_is_not_published(ref: dict[str, str]) -> None:
    draft()
    with pytest.raises(Missing, match="edition-unknown"):
        enact(**ref)


def test_no_edition_is_published_before_the_one_that_it_supersedes() -> None:
    published()
    draft("2")
    with pytest.raises(Refused, match="edition-before-previous"):
        enact("2", on=date(2024, 2, 29))
    assert edition("QIPU/1").state == EditionState.PUBLISHED


def test_an_edition_without_items_is_not_published() -> None:
    draft()
    Item.objects.all().delete()
    with pytest.raises(Refused, match="edition-empty"):
        enact()
    assert Entry.objects.count() == 0


# --- a file over what people wrote ---------------------------------------------------------------------------------
def wrote() -> None:
    """Somebody changes the cover of the draft at the desk."""
    held = heading_of(edition("QIPU/1"))
    cover = replace(held, edition_title="Knots by hand")
    change_cover(actor=OPERATOR, ref="QIPU/1", cover=cover, seen=cover_mark(held))


def test_a_file_does_not_overwrite_what_somebody_wrote_in_the_draft() -> None:
    draft()
    wrote()
    with pytest.raises(Conflict) as refused:
        draft(rows=SMALL[:2])
    assert (refused.value.code, edition("QIPU/1").title) == ("draft-edited", "Knots by hand")


def test_a_file_replaces_it_when_that_is_said_and_then_again_without_a_word() -> None:
    draft()
    wrote()
    draft(rows=SMALL[:2], over_edits=True)
    draft(rows=SMALL[:1])
    assert Item.objects.count() == 1


def test_items_that_leave_a_draft_are_named() -> None:
    draft()
    assert draft(rows=SMALL[:2]).flagged == (Note("QIPU/1", "items-left", "2: line:1.2, target:1.2.a"),)


def test_what_was_said_of_an_items_origin_stays_when_its_file_comes_in_again() -> None:
    first = published()
    draft("2")
    old, item = (each.items.get(code="1.2").lineage for each in (first, edition("QIPU/2")))
    settle_lineage(actor=OPERATOR, ref="QIPU/2", lineage=item, descent=Descent.SPLIT, formers=[old])
    rows = (*SMALL[:3], replace(SMALL[3], text="All of the registers published"))
    report = draft("2", rows=rows, over_edits=True)
    assert (report.updated, edition("QIPU/2").items.get(code="1.2").origins) == (1, [["split", str(old)]])


def test_another_text_under_the_code_of_a_draft_is_refused_and_nothing_is_lost() -> None:
    draft()
    with pytest.raises(Conflict) as refused:
        draft(rows=(row(LINE, "9", text="Tractors for the fields"),))
    left = {"edition": "QIPU/1", "left": 4, "number": 4}
    assert (refused.value.code, refused.value.details, Item.objects.count()) == ("draft-another", left, 4)


# --- drafts written side by side -----------------------------------------------------------------------------------
DATA, TEACHERS, TRACTORS = "Publicar datos abiertos en línea", "Capacitar a maestros rurales", "Comprar tractores"


def side_by_side() -> None:
    """Two drafts of one instrument, written before either is published: what one calls 1 the other calls 2."""
    draft("1", rows=(row(LINE, "1", text=DATA), row(LINE, "2", text=TEACHERS)))
    draft("2", rows=(row(LINE, "1", text=TRACTORS), row(LINE, "2", text=DATA)))


def lineage_by_text(code: str) -> dict[str, uuid.UUID]:
    return dict(Item.objects.filter(edition__code=code).values_list("text", "lineage"))


def test_a_draft_joins_the_series_of_what_surely_is_the_same_whatever_its_code() -> None:
    side_by_side()
    enact("1")
    enact("2")
    before, after = lineage_by_text("1"), lineage_by_text("2")
    assert (after[DATA] == before[DATA], after[TRACTORS] in before.values()) == (True, False)


def test_what_was_put_to_consultation_keeps_its_lineages() -> None:
    side_by_side()
    spoken_of = lineage_by_text("2")
    open_consultation(actor=OPERATOR, edition="QIPU/2", closes_on=ENACTED, on=ENACTED)
    close_consultation(actor=OPERATOR, edition="QIPU/2", on=ENACTED)
    enact("1")
    enact("2")
    assert lineage_by_text("2") == spoken_of


def test_nothing_is_published_while_somebody_has_to_choose_between_two_wordings() -> None:
    draft()
    item = Item.objects.get(code="1.2")
    Aside.objects.create(edition=item.edition, lineage=item.lineage, base=1, fields={"text": "Closed data"})
    with pytest.raises(Refused) as published_anyway:
        enact()
    with pytest.raises(Refused) as put_anyway:
        open_consultation(actor=OPERATOR, edition="QIPU/1", closes_on=ENACTED, on=ENACTED)
    assert {published_anyway.value.code, put_anyway.value.code} == {"asides-waiting"}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"origins": (Origin(OriginKind.SPLIT, "zzz"),)}, "item-origin-unreadable"),
        ({"target": Target(number=Decimal("1E+9999"))}, "item-target-number"),
        ({"target": Target(number=Decimal(1), baseline=Decimal("NaN"))}, "item-target-number"),
    ],
)
def test_what_no_page_could_show_is_refused_before_it_is_sealed(more: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused) as refused:
        draft(rows=(row(LINE, "1", **more),))
    assert refused.value.code == why
