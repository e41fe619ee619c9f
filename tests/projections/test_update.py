"""A plan is updated: nothing of any entity is lost, and every figure is the one that was computed by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.rehearsal import (
    ADDED,
    INTO,
    MERGED,
    MOVED,
    NEW_TARGETS,
    PARTS,
    REMOVED,
    RENUMBERED,
    REWORDED,
    SPLIT,
    Rehearsal,
    enact,
    rehearse,
    second_call,
)
from yupana.domain.commitments.actions import carry_over
from yupana.domain.commitments.models import Activity
from yupana.domain.instruments.models import Edition
from yupana.domain.instruments.queries import facts
from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.domain.instruments.rules.compare import apply, bare, compare
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.share import Share
from yupana.projections import followers
from yupana.projections.figures import public as figures
from yupana.projections.figures import rules as measures
from yupana.projections.figures.actions import check
from yupana.projections.figures.models import Cell
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
ON, AS_OF = date(2019, 10, 15), date(2019, 12, 31)
DUE = 3  # bodies owe each of the forty lines: A and B, and C, which is silent

# How many bodies answer each line, rung by rung, of the first edition and of the second. A line that is not named: 0.
FIRST = {
    measures.ANSWERED: {
        "1": 1, "2": 1, "3": 1, "4": 1, "5": 1, "6": 1, "10": 1, "14": 2, "15": 1, "16": 1, "24": 1, "40": 1,
    },
    measures.TARGET: {"1": 1, "6": 1, "10": 1, "14": 2, "16": 1},
    measures.RESPONSIBLE: {"1": 1, "6": 1, "10": 1, "14": 1, "16": 1},
    measures.BUDGET: {"1": 1, "6": 1, "10": 1, "14": 1, "16": 1},
}  # fmt: skip
SECOND = {
    measures.ANSWERED: {"1": 1, "2": 1, "3": 1, "5": 1, "10": 1, "40": 1, "50": 2, "51": 1, "96": 1},
    measures.TARGET: {"1": 1, "10": 1, "50": 2, "51": 1, "96": 1},
    measures.RESPONSIBLE: {"1": 1, "10": 1, "50": 1, "51": 1, "96": 1},
    measures.BUDGET: {"1": 1, "10": 1, "50": 1, "51": 1, "96": 1},
}
KINDS = {
    **{f"line:{code}": "reworded" for code in REWORDED},
    **{f"line:{code}": "moved" for code in MOVED},
    **{f"line:{code}": "merged" for code in (*MERGED, INTO)},
    **{f"line:{code}": "split" for code in (SPLIT, *PARTS)},
    **{f"line:{code}": "removed" for code in REMOVED},
    **{f"line:{code}": "renumbered" for code in RENUMBERED},
    **{f"line:{code}": "added" for code in ADDED},
    **{f"target:{code}": "added" for code in NEW_TARGETS},
}


@pytest.fixture
def before(db: None) -> Rehearsal:
    made = rehearse()
    followers.tick()
    return made


@pytest.fixture
def target(before: Rehearsal) -> Call:
    """The second edition published and put, and the plans carried over to it."""
    enact()
    call = second_call()
    carry_over(actor=OPERATOR, source=before.call, target=call, choices={"line:16": "line:51"}, on=ON)
    followers.tick()
    return call


def answers(call: Call) -> dict[str, dict[str, int]]:
    """How many bodies answer each line of a call, by rung; all lines being owed by three."""
    codes = {each.pk: each.code for edition in call.editions.all() for each in edition.items.all()}
    told = {}
    for measure in measures.LADDER:
        shares = figures.shares(measure=measure, calls=[call.pk], as_of=AS_OF, by=("item",))
        assert (len(shares), {share.due for share in shares.values()}) == (40, {DUE})
        told[measure] = {codes[item]: share.done for (item,), share in shares.items() if share.done}
    return told


def cells(call: Call) -> list[tuple[object, ...]]:
    return sorted(
        Cell.objects.filter(call=call).values_list("measure", "item", "level", "territory", "done", "due"), key=str
    )


# --- what changed --------------------------------------------------------------------------------------------------
def test_the_diff_finds_each_change_for_what_it_is(before: Rehearsal) -> None:
    enact()
    one, other = (facts(each.pk) for each in Edition.objects.order_by("code"))
    kinds = {}
    for change in compare(one, other):
        item = change.before or change.after
        assert item
        # The transitions that changed items name are a change of their own.
        kinds[item.row.key] = "+".join(sorted(change.kinds - {ChangeKind.OTHER}))
    assert kinds == KINDS


def test_the_first_edition_with_the_changes_is_the_second(before: Rehearsal) -> None:
    enact()
    one, other = (facts(each.pk) for each in Edition.objects.order_by("code"))
    assert bare(apply(one, compare(one, other))) == bare(other)


# --- figures -------------------------------------------------------------------------------------------------------
def test_the_figures_of_the_first_edition_are_those_computed_by_hand(before: Rehearsal) -> None:
    assert answers(before.call) == FIRST


def test_the_figures_that_were_carried_over_are_those_computed_by_hand(target: Call) -> None:
    assert answers(target) == SECOND


def test_the_figures_of_the_first_edition_stay_as_they_were(before: Rehearsal) -> None:
    held = cells(before.call)
    enact()
    call = second_call()
    carry_over(actor=OPERATOR, source=before.call, target=call, choices={}, on=ON)
    followers.tick()
    assert (cells(before.call), answers(before.call)) == (held, FIRST)


@pytest.mark.parametrize("measure", [measures.COVERAGE, measures.TIMELINESS])
def test_two_of_three_plans_are_there_in_time_before_and_after(before: Rehearsal, target: Call, measure: str) -> None:
    shares = [figures.shares(measure=measure, calls=[call.pk], as_of=AS_OF) for call in (before.call, target)]
    assert shares == [{(): Share(2, 3)}] * 2


def test_following_and_counting_anew_tell_the_same(target: Call) -> None:
    assert check() == ()


# --- nothing is lost -----------------------------------------------------------------------------------------------
def test_every_row_of_every_entity_is_there_in_both(before: Rehearsal, target: Call) -> None:
    said = ("submission__obligation__debtor", "row", "medium", "name", "indicator", "target", "budget_cents", "starts")
    rows = [
        list(Activity.objects.filter(submission__obligation__call=call).order_by(*said[:2]).values_list(*said))
        for call in (before.call, target)
    ]
    assert (rows[0], len(rows[0])) == (rows[1], 15)


def test_what_has_no_place_any_more_says_where_it_was(target: Call) -> None:
    unplaced = Activity.objects.filter(submission__obligation__call=target, item=None, carried__isnull=False)
    assert sorted((row.carried or {})["item"] for row in unplaced) == ["PLAN/1#line:24", "PLAN/1#line:4"]


def test_the_whole_record_holds(target: Call) -> None:
    assert verify().ok
