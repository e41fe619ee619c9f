"""What items contribute to in other instruments: stated, shared by lineage, ended, and vouched for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests import cast as house
from tests.domain.instruments.plans import AXIS, LINE, row
from yupana.domain.instruments import alignments, public
from yupana.domain.instruments.actions.aligning import align, end_alignment, import_alignments
from yupana.domain.instruments.facts import AlignmentKind, AlignmentRow, ItemRow
from yupana.domain.instruments.models import Alignment, AlignmentEnd
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.ledger.models import Entry
from yupana.projections.followers import tick
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.django_db
CONTRIBUTES, BROADER, NARROWER = AlignmentKind
ON = date(2022, 2, 1)
ROWS = (row(AXIS, "1"), row(LINE, "1", (AXIS, "1")), row(LINE, "2", (AXIS, "1")))


@pytest.fixture(autouse=True)
def _two_plans(db: None) -> None:
    house.make_edition("PLAN", "1", rows=ROWS)
    house.make_edition("META", "1", rows=ROWS)


def state(item: str = "PLAN/1#line:1", other: str = "META/1#line:2", kind: AlignmentKind = CONTRIBUTES) -> Alignment:
    return align(actor=OPERATOR, item=item, other=other, kind=kind, on=ON)


def told(edition: str = "PLAN") -> list[tuple[str, str | None, str]]:
    """What is stated of the items of the edition in force: item, kind, other."""
    book = public.in_force(edition)
    by_lineage = {node.lineage: node.key for axis in public.tree(book.id) for node in (axis, *axis.children)}
    return [
        (by_lineage[link.lineage], link.kind, f"{link.place.edition.ref}#{link.place.node.key}")
        for link in public.links(by_lineage)
    ]


def test_an_alignment_is_told_on_both_sides() -> None:
    state()
    assert (told(), told("META")) == (
        [("line:1", CONTRIBUTES, "META/1#line:2")],
        [("line:2", None, "PLAN/1#line:1")],
    )


@pytest.mark.parametrize(("kind", "back"), [(BROADER, NARROWER), (NARROWER, BROADER)])
def test_what_is_broader_has_something_narrower(kind: AlignmentKind, back: AlignmentKind) -> None:
    state(kind=kind)
    assert (told(), told("META")) == ([("line:1", kind, "META/1#line:2")], [("line:2", back, "PLAN/1#line:1")])


def test_many_are_aligned_with_many() -> None:
    for item in ("1", "2"):
        for other in ("1", "2"):
            state(f"PLAN/1#line:{item}", f"META/1#line:{other}")
    state("META/1#axis:1", "PLAN/1#axis:1", BROADER)
    assert (len(told()), len(told("META"))) == (5, 5)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (("PLAN/1#line:1", "META/1#line:2", CONTRIBUTES), ("PLAN/1#line:1", "META/1#line:2", CONTRIBUTES)),
        (("PLAN/1#line:1", "META/1#line:2", BROADER), ("META/1#line:2", "PLAN/1#line:1", NARROWER)),
    ],
)
def test_what_is_stated_already_is_not_stated_again(
    first: tuple[str, str, AlignmentKind], again: tuple[str, str, AlignmentKind]
) -> None:
    held = state(*first)
    before = Entry.objects.count()
    assert (state(*again), Entry.objects.count()) == (held, before)


def test_two_may_contribute_to_each_other() -> None:
    state()
    state("META/1#line:2", "PLAN/1#line:1")
    assert told() == [("line:1", CONTRIBUTES, "META/1#line:2"), ("line:1", None, "META/1#line:2")]


def test_an_alignment_is_shared_by_the_editions_that_have_its_items() -> None:
    state()
    house.make_edition("META", "2", rows=(*ROWS, row(LINE, "3", (AXIS, "1"))))
    house.make_edition("PLAN", "2", rows=ROWS[:2])
    before = Entry.objects.count()
    held = state("PLAN/2#line:1", "META/2#line:2")
    assert (told(), held.item.edition.code, Entry.objects.count()) == (
        [("line:1", CONTRIBUTES, "META/2#line:2")],
        "1",
        before,
    )


def test_of_a_draft_nothing_is_told() -> None:
    house.make_edition("META", "2", rows=ROWS, published=False)
    state()
    assert told() == [("line:1", CONTRIBUTES, "META/1#line:2")]


REFUSALS: list[tuple[dict[str, Any], type[Refused], str]] = [
    ({"item": "PLAN/1#line:9"}, Missing, "item-unpublished"),
    ({"other": "META/9#line:1"}, Missing, "item-unpublished"),
    ({"other": "DRAFT/1#line:1"}, Missing, "item-unpublished"),
    ({"item": "PLAN#line:1"}, Refused, "item-ref-unreadable"),
    ({"item": "line:1"}, Refused, "item-ref-unreadable"),
    ({"item": ""}, Refused, "item-ref-unreadable"),
    ({"other": "PLAN/1#line:2"}, Refused, "alignment-within"),
    ({"other": "PLAN/1#line:1"}, Refused, "alignment-within"),
    ({"kind": NARROWER}, Conflict, "alignment-contradicts"),
]


@pytest.mark.parametrize(("changed", "error", "code"), REFUSALS)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    changed: dict[str, Any], error: type[Refused], code: str
) -> None:
    house.make_edition("DRAFT", "1", rows=ROWS, published=False)
    state(kind=BROADER)
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        state(**changed)
    assert (type(refused.value), refused.value.code, Entry.objects.count()) == (error, code, before)


def test_only_planners_of_the_authority_align(cast: house.Cast) -> None:
    held = state()
    codes = []
    for actor in (cast.inti, cast.executive, cast.auditor, cast.sami):
        for act in (
            lambda actor=actor: align(
                actor=actor, item="PLAN/1#line:2", other="META/1#line:1", kind=CONTRIBUTES, on=ON
            ),
            lambda actor=actor: end_alignment(actor=actor, alignment=held, reason="x", on=ON),
            lambda actor=actor: import_alignments(actor=actor, rows=[], on=ON),
        ):
            with pytest.raises(Forbidden) as refused:
                act()
            codes.append(refused.value.code)
    assert (set(codes), len(codes)) == ({"alignment-planners-only"}, 12)


def test_a_planner_of_the_authority_aligns(cast: house.Cast) -> None:
    align(actor=cast.amaru, item="PLAN/1#line:2", other="META/1#line:1", kind=CONTRIBUTES, on=ON)
    assert told() == [("line:2", CONTRIBUTES, "META/1#line:1")]


def test_what_has_ended_is_told_no_more_and_may_be_stated_again() -> None:
    held = state()
    end_alignment(actor=OPERATOR, alignment=held, reason=" was \n wrong ", on=ON)
    gone = told()
    again = state()
    assert (gone, AlignmentEnd.objects.get().reason, again == held, len(told())) == ([], "was wrong", False, 1)


def test_an_end_needs_its_reason_and_comes_once() -> None:
    held = state()
    with pytest.raises(Refused) as bare:
        end_alignment(actor=OPERATOR, alignment=held, reason=" ", on=ON)
    end_alignment(actor=OPERATOR, alignment=held, reason="x", on=ON)
    with pytest.raises(Conflict) as twice:
        end_alignment(actor=OPERATOR, alignment=held, reason="y", on=ON)
    assert (bare.value.code, twice.value.code) == ("alignment-reason-missing", "alignment-ended")


def test_a_table_is_stated_once() -> None:
    rows = [
        AlignmentRow("a.csv:2", "PLAN/1#line:1", CONTRIBUTES, "META/1#line:1"),
        AlignmentRow("a.csv:3", "PLAN/1#line:1", CONTRIBUTES, "META/1#line:2"),
    ]
    done: list[int] = []
    first, again = (
        import_alignments(actor=OPERATOR, rows=rows, on=ON, tick=done.append),
        import_alignments(actor=OPERATOR, rows=rows, on=ON),
    )
    assert ((first.read, first.created, first.unchanged), (again.created, again.unchanged), done) == (
        (2, 2, 0),
        (0, 2),
        [1, 1],
    )


def test_a_table_with_a_wrong_row_states_nothing_and_says_where() -> None:
    rows = [
        AlignmentRow("a.csv:2", "PLAN/1#line:1", CONTRIBUTES, "META/1#line:1"),
        AlignmentRow("a.csv:3", "PLAN/1#line:7", CONTRIBUTES, "META/1#line:2"),
    ]
    with pytest.raises(Missing) as refused:
        import_alignments(actor=OPERATOR, rows=rows, on=ON)
    assert (refused.value.details, Alignment.objects.count()) == ({"item": "PLAN/1#line:7", "where": "a.csv:3"}, 0)


def test_the_record_vouches_for_what_was_stated_and_ended() -> None:
    end_alignment(actor=OPERATOR, alignment=state(), reason="x", on=ON)
    state()
    tick()
    assert (verify().ok, [len(list(alignments.sealed_contents()))]) == (True, [3])


@pytest.mark.parametrize("number", [1, 12])
def test_reading_costs_the_same_however_many(
    query_budget: Callable[[int], AbstractContextManager[Any]], number: int
) -> None:
    lines = tuple(row(LINE, str(n)) for n in range(number))
    one, two = (house.make_edition(code, "1", rows=lines) for code in ("UNO", "DOS"))
    assert two.pk
    for n in range(number):
        state(f"UNO/1#line:{n}", f"DOS/1#line:{n}")
    lineages = [node.lineage for node in public.tree(one.pk)]
    with query_budget(2):
        assert len(public.links(lineages)) == number


def test_a_name_of_an_item_is_read_back() -> None:
    rows: tuple[ItemRow, ...] = (row(LINE, "a.1-(b)+c"),)
    house.make_edition("X-1", "2.0", rows=rows)
    assert alignments.ref_of(alignments.item_named(" X-1/2.0#line:a.1-(b)+c ")) == "X-1/2.0#line:a.1-(b)+c"
