"""Drafts by hand: begun from what is in force, or from nothing, with a cover that two people cannot overwrite."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.domain.instruments.drafts import REF, begun, item, tree
from tests.domain.instruments.plans import LINE, SMALL, draft, enact, published, row
from yupana.domain.instruments.actions import change_cover, cover_mark, start_edition, start_instrument
from yupana.domain.instruments.facts import EditionState, Heading, Origin, OriginKind, Transition
from yupana.domain.instruments.models import Edition
from yupana.domain.instruments.queries import heading_of, items, row_of
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.django_db
COVER = Heading("NEW", "A new plan", "plan", "1", "A new plan, first", "D.S. 1")


def said(edition: str) -> list[object]:
    return [replace(row_of(each), where="") for each in items(Edition.objects.get(code=edition).pk)]


def start(actor: Actor = OPERATOR, ref: str = "QIPU/1", code: str = "2", title: str = "Knots 2") -> Edition:
    return start_edition(actor=actor, ref=ref, code=code, title=title)


def test_the_next_edition_begins_as_a_copy_that_is_the_same_items() -> None:
    copy = begun()
    assert (copy.state, copy.title, said("2")) == (EditionState.DRAFT, "Knots 2", said("1"))


def test_what_brought_the_copied_edition_about_is_left_behind() -> None:
    published(
        rows=(replace(SMALL[0], transition=Transition.NEXT_PLAN, origins=(Origin(OriginKind.SPLIT, "ab" * 16),)),)
    )
    start()
    copied = item("1")
    assert (copied.transition, copied.origins) == (Transition.NOW, [])


def test_beginning_records_nothing_and_changes_nothing_of_what_is_in_force() -> None:
    published()
    before = Entry.objects.count(), said("1"), Edition.objects.values().get(code="1")
    start()
    assert (Entry.objects.count(), said("1"), Edition.objects.values().get(code="1")) == before


def test_the_draft_can_be_published_and_supersedes_what_was_in_force() -> None:
    begun()
    enact("2")
    states = list(Edition.objects.order_by("code").values_list("state", flat=True))
    assert (states, said("2")) == (["superseded", "published"], said("1"))


def test_a_code_that_is_taken_is_a_conflict() -> None:
    begun()
    with pytest.raises(Conflict, match="edition-code-taken"):
        start(code=" 2 ")
    with pytest.raises(Conflict, match="edition-code-taken"):
        start(code="1")


def test_a_draft_is_no_base() -> None:
    draft()
    with pytest.raises(Conflict, match="edition-not-published"):
        start()


def test_what_is_not_there_is_missing() -> None:
    with pytest.raises(Missing):
        start()


@pytest.mark.parametrize(("code", "title"), [("", "x"), ("a b", "x"), ("2", " "), ("2", "x" * 301)])
def test_a_cover_that_cannot_be_is_refused(code: str, title: str) -> None:
    published()
    with pytest.raises(Refused):
        start(code=code, title=title)
    assert Edition.objects.count() == 1


def test_an_instrument_begins_with_an_empty_draft() -> None:
    made = start_instrument(actor=OPERATOR, cover=COVER)
    assert (heading_of(made), made.state, made.items.count()) == (COVER, EditionState.DRAFT, 0)


def test_an_instrument_that_is_there_is_not_begun_again() -> None:
    start_instrument(actor=OPERATOR, cover=COVER)
    with pytest.raises(Conflict, match="instrument-code-taken"):
        start_instrument(actor=OPERATOR, cover=replace(COVER, edition="2"))
    assert Edition.objects.count() == 1


# --- the cover -----------------------------------------------------------------------------------------------------
def cover(seen: str | None = None, **news: str) -> Heading:
    held = heading_of(Edition.objects.select_related("instrument").get(code="2"))
    return heading_of(
        change_cover(
            actor=OPERATOR, ref=REF, cover=replace(held, **news), seen=cover_mark(held) if seen is None else seen
        )
    )


def test_the_cover_of_a_draft_is_changed() -> None:
    draft("2")
    news = {"title": "Knots", "kind": "guide", "edition_title": "Second", "legal_basis": "D.S. 2"}
    assert cover(**news) == Heading(instrument="QIPU", edition="2", **news)


def test_the_codes_of_a_cover_stay() -> None:
    begun()
    assert cover(instrument="OTHER", edition="9").ref == REF


def test_a_cover_that_another_changed_meanwhile_is_not_overwritten() -> None:
    begun()
    held = cover_mark(heading_of(Edition.objects.get(code="2")))
    cover(legal_basis="theirs")
    with pytest.raises(Conflict, match="cover-changed"):
        cover(held, legal_basis="mine")
    assert (Edition.objects.get(code="2").legal_basis, cover(held, legal_basis="theirs").legal_basis) == (
        "theirs",
        "theirs",
    )


def test_title_and_kind_of_a_published_instrument_stay() -> None:
    begun()
    with pytest.raises(Conflict, match="instrument-published"):
        cover(title="Another")


# --- who, and when -------------------------------------------------------------------------------------------------
OTHERS = [NOBODY, *(Actor(1, frozenset({(role, 1)})) for role in Role if role is not Role.PLANNER)]


@pytest.mark.parametrize("actor", OTHERS)
def test_only_planners_begin_and_change_drafts(actor: Actor) -> None:
    begun()
    held = heading_of(Edition.objects.get(code="2"))
    attempts: tuple[Callable[[], object], ...] = (
        lambda: start(actor=actor, code="3"),
        lambda: start_instrument(actor=actor, cover=COVER),
        lambda: change_cover(actor=actor, ref=REF, cover=held, seen=""),
    )
    refused = []
    for attempt in attempts:
        with pytest.raises(Forbidden) as answer:
            attempt()
        refused.append(answer.value.code)
    assert (refused, Edition.objects.count()) == (["edition-planners-only"] * 3, 2)


@pytest.mark.parametrize("ref", ["QIPU/9", "NADA/1", "QIPU", ""])
def test_a_draft_that_is_not_there_is_missing(ref: str) -> None:
    begun()
    with pytest.raises(Missing):
        change_cover(actor=OPERATOR, ref=ref, cover=COVER, seen="")


def test_what_is_published_is_no_draft_any_more() -> None:
    begun()
    with pytest.raises(Conflict, match="edition-not-draft"):
        change_cover(actor=OPERATOR, ref="QIPU/1", cover=COVER, seen="")


def test_twelve_hundred_items_are_copied_in_a_few_statements(
    query_budget: Callable[[int], AbstractContextManager[object]],
) -> None:
    published(rows=(SMALL[0], *(row(LINE, str(at), (SMALL[0].role, "1")) for at in range(1199))))
    with query_budget(40):  # SQLite takes at most 999 values in one statement: 43 items
        start()
    assert tree() == tree("1")
