"""A plan as its form shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import (
    HANDED_IN_ON,
    ITEMS,
    ROWS,
    Cast,
    hand_in,
    make_call,
    make_draft,
    make_edition,
    make_plan,
    obligation_of,
)
from yupana.domain.commitments.actions import (
    accept_plan,
    confirm_year_one,
    reclassify,
    return_plan,
    save_plan,
    start_plan,
)
from yupana.domain.commitments.facts import AlsoAnswers
from yupana.domain.commitments.rules import Kind
from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.foundation.kernel.actor import NOBODY
from yupana.foundation.kernel.errors import Missing
from yupana.projections.overviews import inbox
from yupana.projections.overviews.plan_form import sheet, version

if TYPE_CHECKING:
    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.obligations.models import Obligation
    from yupana.projections.overviews.plan_rows import Plan

ON = date(2018, 5, 20)


@pytest.fixture
def mine(cast: Cast) -> Obligation:
    make_edition()
    return obligation_of(make_call(), cast.a)


def row(number: int, **changes: Any) -> PlanRow:  # noqa: ANN401 - fields by name
    return replace(ROWS[0], row=number, **changes)


def draft(cast: Cast, mine: Obligation, *rows: PlanRow) -> Plan:
    make_draft(cast.inti, mine, rows or ROWS)
    return sheet(cast.inti, mine.pk).draft


# --- who finds it --------------------------------------------------------------------------------------------------
def test_the_entitys_people_find_it_before_there_is_a_draft(cast: Cast, mine: Obligation) -> None:
    found = [sheet(actor, mine.pk) for actor in (cast.inti, cast.executive)]
    assert [(one.plan, one.may_write, one.may_hand_in) for one in found] == [(None, True, False), (None, False, False)]


def test_with_a_draft_the_planner_writes_and_both_hand_in(cast: Cast, mine: Obligation) -> None:
    make_draft(cast.inti, mine)
    found = [sheet(actor, mine.pk) for actor in (cast.inti, cast.executive)]
    assert [(one.may_write, one.may_hand_in) for one in found] == [(True, True), (False, True)]


@pytest.mark.parametrize("who", ["killa", "amaru", "auditor", "expired", "sami"])
def test_nobody_else_finds_it(cast: Cast, mine: Obligation, who: str) -> None:
    make_draft(cast.inti, mine)
    with pytest.raises(Missing):
        sheet(getattr(cast, who), mine.pk)


def test_who_transcribes_a_letter_finds_that_draft_alone(cast: Cast, mine: Obligation) -> None:
    make_draft(cast.amaru, mine)
    assert (sheet(cast.amaru, mine.pk).may_write, sheet(cast.amaru, mine.pk).draft.by_letter) == (True, True)


def test_the_entity_sees_what_is_typed_in_for_it(cast: Cast, mine: Obligation) -> None:
    make_draft(cast.amaru, mine)
    assert sheet(cast.inti, mine.pk).draft.rows[0].activity.name == "Contar los granos"


def test_an_obligation_that_is_not_there(cast: Cast, mine: Obligation) -> None:
    with pytest.raises(Missing):
        sheet(cast.inti, 999_999)


# --- what it holds -------------------------------------------------------------------------------------------------
def test_lines_know_the_rows_that_answer_them(cast: Cast, mine: Obligation) -> None:
    plan = draft(cast, mine, row(1), row(2), row(3, item=""))
    assert [(str(line), line.rows) for line in plan.lines] == [
        ("1 · Contar lo propio", (1, 2)),
        ("2 · Contar con otros", ()),
    ]
    assert (plan.answered, [line.item.code for line in plan.unanswered]) == (1, ["2"])


def test_a_line_knows_the_rows_that_answer_it_beside_another(cast: Cast, mine: Obligation) -> None:
    plan = draft(cast, mine, row(1, also=(AlsoAnswers("line:2"),)), row(2, item="line:2"))
    owed = inbox.owed(cast.inti, on=ON).debts[0]
    assert ([line.rows for line in plan.lines], owed.rows, owed.answered) == ([(1,), (1, 2)], 2, 2)


def test_lines_of_two_editions_with_one_code_are_two(cast: Cast) -> None:
    make_edition()
    make_edition("OTRO", rows=[ItemRow("x:1", ItemRole.LINE, "1", "Otra línea", None)])
    owed = obligation_of(make_call(["PLAN/1", "OTRO/1"]), cast.a)
    plan = draft(cast, owed, row(1, item="OTRO/1#line:1"), row(2, item="PLAN/1#line:1"))
    assert {line.ref: line.rows for line in plan.lines} == {
        "PLAN/1#line:1": (2,),
        "PLAN/1#line:2": (),
        "OTRO/1#line:1": (1,),
    }


def test_what_is_stored_can_be_saved_again_as_it_is(cast: Cast, mine: Obligation) -> None:
    rows = [row(1, notes="n", source_ref="x:1"), row(4, item="", budget_cents=None, starts="Año 1")]
    plan = draft(cast, mine, *rows)
    save_plan(
        actor=cast.inti, submission=plan.submission, header=plan.header, rows=plan.stored, seen=plan.submission.saved_at
    )
    again = sheet(cast.inti, mine.pk).draft
    assert (again.stored, again.header) == (plan.stored, plan.header)


def test_gaps_are_what_the_call_asks_for(cast: Cast) -> None:
    make_edition()
    empty = row(1, name="", responsible="", indicator="", target="", budget_cents=None)
    asked = draft(cast, obligation_of(make_call(), cast.a), empty)
    spared = draft(
        cast, obligation_of(make_call(period="2019", asks_budget=False, asks_responsible=False), cast.a), empty
    )
    assert [plan.rows[0].gaps for plan in (asked, spared)] == [
        ("name", "responsible", "indicator", "target", "budget_cents"),
        ("name", "indicator", "target"),
    ]


def test_nothing_given_is_not_zero(cast: Cast, mine: Obligation) -> None:
    plan = draft(cast, mine, row(1, budget_cents=0), row(2, budget_cents=None), row(3, budget_cents=250))
    assert ([("budget_cents" in each.gaps) for each in plan.rows], plan.budget) == ([False, True, False], 250)


def test_dates_in_years_of_the_plan_wait_for_the_first_year(cast: Cast, mine: Obligation) -> None:
    plan = draft(cast, mine, row(1, starts="Año 1", ends="Año 2 sexto bimestre"))
    before = (plan.asks_year, plan.rows[0].starts.kind, plan.rows[0].starts.first)
    confirm_year_one(actor=cast.inti, obligation=mine, year=2019, on=ON)
    after = sheet(cast.inti, mine.pk).draft
    assert (before, after.asks_year, after.rows[0].ends.last) == (
        (True, Kind.RELATIVE, None),
        False,
        date(2020, 12, 31),
    )


@pytest.mark.parametrize(
    ("starts", "ends", "doubtful", "backwards"),
    [
        ("2018", "2019", False, False),
        ("2019", "2018", False, True),
        ("07/08/2018", "2019", True, False),
        ("mañana", "2019", True, False),
        ("", "", False, False),
        ("Año 2", "Año 1", False, True),
    ],
)
def test_dates_are_doubted_and_never_mended(
    cast: Cast, mine: Obligation, starts: str, ends: str, doubtful: bool, backwards: bool
) -> None:
    (read,) = draft(cast, mine, row(1, starts=starts, ends=ends)).rows
    told = (read.activity.starts, read.activity.ends, bool(read.doubts), read.backwards)
    assert told == (starts, ends, doubtful, backwards)


def test_a_plan_without_a_flaw_is_complete(cast: Cast, mine: Obligation) -> None:
    plan = draft(cast, mine, row(1), row(2, item="line:2"))
    lacking = plan.complete
    header = replace(plan.header, resolution="RA 1/2018")
    save_plan(actor=cast.inti, submission=plan.submission, header=header, rows=plan.stored, seen=None)
    assert (lacking, sheet(cast.inti, mine.pk).draft.complete) == (False, True)


def test_an_empty_draft_is_not_complete(cast: Cast, mine: Obligation) -> None:
    start_plan(actor=cast.inti, obligation=mine, on=HANDED_IN_ON)
    assert not sheet(cast.inti, mine.pk).draft.complete


# --- what came back ------------------------------------------------------------------------------------------------
def test_remarks_stand_at_the_same_rows_of_the_next_draft(cast: Cast, mine: Obligation) -> None:
    first = hand_in(cast.inti, mine, [row(1), row(5)])
    return_plan(actor=cast.amaru, submission=first, reason="Falta", remarks={5: "meta"}, on=ON)
    start_plan(actor=cast.inti, obligation=mine, on=ON)
    found = sheet(cast.inti, mine.pk)
    assert [(each.number, each.remark) for each in found.draft.rows] == [(1, ""), (5, "meta")]
    assert (found.returned and found.returned.reason, found.free_row) == ("Falta", 6)


def test_once_handed_in_again_nothing_is_to_mend(cast: Cast, mine: Obligation) -> None:
    return_plan(actor=cast.amaru, submission=hand_in(cast.inti, mine), reason="Falta", remarks={}, on=ON)
    hand_in(cast.inti, mine)
    found = sheet(cast.inti, mine.pk)
    assert (found.returned, found.waiting and found.waiting.version) == (None, 2)


def test_the_accepted_one_stands_beside_a_new_draft(cast: Cast, mine: Obligation) -> None:
    make_plan(cast, mine)
    start_plan(actor=cast.inti, obligation=mine, on=ON)
    found = sheet(cast.inti, mine.pk)
    assert (found.accepted and found.accepted.version, found.draft.submission.version) == (1, 2)


def test_a_row_that_is_not_there(cast: Cast, mine: Obligation) -> None:
    with pytest.raises(Missing):
        draft(cast, mine).row(9)


# --- one version ---------------------------------------------------------------------------------------------------
def test_a_version_shows_what_was_decided(cast: Cast, mine: Obligation) -> None:
    first = hand_in(cast.inti, mine)
    return_plan(actor=cast.amaru, submission=first, reason="Falta", remarks={1: "meta"}, on=ON)
    found = version(cast.inti, first.pk)
    assert ([step.after for step in found.steps], found.plan.rows[0].remark, found.undecided) == (
        ["returned"],
        "meta",
        False,
    )


def test_a_draft_is_no_version(cast: Cast, mine: Obligation) -> None:
    with pytest.raises(Missing):
        version(cast.inti, make_draft(cast.inti, mine).pk)


def test_other_versions_are_named_without_the_draft(cast: Cast, mine: Obligation) -> None:
    first = hand_in(cast.inti, mine)
    return_plan(actor=cast.amaru, submission=first, reason="x", remarks={}, on=ON)
    second = hand_in(cast.inti, mine)
    accept_plan(actor=cast.amaru, submission=second, on=ON)
    start_plan(actor=cast.inti, obligation=mine, on=ON)
    assert [other.version for other in version(cast.inti, second.pk).others] == [1]


def test_the_reviewers_line_counts_and_the_entitys_stays(cast: Cast, mine: Obligation) -> None:
    done = hand_in(cast.inti, mine)
    for item in ("line:2", ""):
        reclassify(actor=cast.amaru, activity=done.activities.get(), item=item, reason=f"porque {item or 0}", on=ON)
    (read,) = version(cast.amaru, done.pk).plan.rows
    assert (read.own and read.own.item.code, read.line, read.moved_because) == ("1", None, "porque 0")


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("amaru", ""), ("auditor", "not-reviewer"), ("inti", "not-reviewer"), ("executive", "not-reviewer")],
)
def test_who_may_not_decide_is_told_why(cast: Cast, mine: Obligation, who: str, refusal: str) -> None:
    assert version(getattr(cast, who), hand_in(cast.inti, mine).pk).refusal == refusal


def test_an_accepted_version_of_a_public_call_is_everybodys(cast: Cast, mine: Obligation) -> None:
    done = make_plan(cast, mine)
    assert [version(actor, done.pk).own for actor in (NOBODY, cast.killa, cast.inti)] == [False, False, True]


def test_of_a_restricted_call_it_is_not(cast: Cast) -> None:
    make_edition()
    done = make_plan(cast, obligation_of(make_call(visibility="restricted"), cast.a))
    for actor in (NOBODY, cast.killa):
        with pytest.raises(Missing):
            version(actor, done.pk)


@pytest.mark.parametrize(("ref", "code"), [("PLAN/1#line:2", "2"), ("", None)])
def test_an_item_is_chosen_among_the_lines(cast: Cast, mine: Obligation, ref: str, code: str | None) -> None:
    found = version(cast.amaru, hand_in(cast.inti, mine).pk).item(ref)
    assert (found and found.code) == code


def test_any_other_item_is_not_there(cast: Cast, mine: Obligation) -> None:
    assert ITEMS[0].role == ItemRole.AXIS
    with pytest.raises(Missing):
        version(cast.amaru, hand_in(cast.inti, mine).pk).item("PLAN/1#axis:1")
