"""What the authority says about a plan, and what follows from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import ACCEPTED_ON, HANDED_IN_ON, make_edition
from tests.domain.commitments.plans import (
    LATER,
    ROW,
    SECOND,
    Stage,
    begun,
    decided,
    handed_in,
    last_leaf,
    own_reviewer,
    said,
    set_stage,
)
from yupana.domain.commitments import actions
from yupana.domain.commitments.models import Activity, Reclassification
from yupana.domain.commitments.queries import row_for_review, rows_of, year_one_of
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import Actor, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from yupana.domain.submissions.models import Submission


pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


def test_an_acceptance_says_who_when_and_which_day_counts(stage: Stage) -> None:
    plan = handed_in(stage)
    due = date(2018, 9, 1)
    step = actions.accept_plan(actor=stage.cast.amaru, submission=plan, on=ACCEPTED_ON, resolution_due_on=due)
    assert (step.before, step.after, step.on, step.by_id, step.met_on, step.resolution_due_on, step.remedy_until) == (
        "submitted", "accepted", ACCEPTED_ON, stage.cast.amaru.person, HANDED_IN_ON, due, None,
    )  # fmt: skip
    assert last_leaf()[0] == "submission.accepted"


def test_a_return_says_why_row_by_row_and_opens_a_term(stage: Stage) -> None:
    plan = handed_in(stage, [ROW, SECOND])
    step = actions.return_plan(
        actor=stage.cast.amaru,
        submission=plan,
        reason=" Falta ",
        remarks={2: "¿Desde cuándo?", 1: "  "},
        on=ACCEPTED_ON,
    )
    plan.refresh_from_db()
    assert (plan.state, step.reason, step.remedy_until, step.met_on) == (
        "returned", "Falta", ACCEPTED_ON + timedelta(days=15), None,
    )  # fmt: skip
    assert list(step.remarks.values_list("row", "text")) == [(2, "¿Desde cuándo?")]


def test_a_return_needs_a_reason_or_a_remark(stage: Stage) -> None:
    plan, by = handed_in(stage), stage.cast.amaru
    assert said(Refused, actions.return_plan, actor=by, submission=plan, reason=" ", remarks={1: " "}, on=LATER) == (
        "reason-missing",
        0,
    )
    step = actions.return_plan(actor=by, submission=plan, reason="", remarks={1: "¿Cuántos?"}, on=LATER)
    assert step.reason == ""


def test_a_remark_is_about_a_row_that_is_there(stage: Stage) -> None:
    plan = handed_in(stage)
    assert said(
        Refused, actions.return_plan, actor=stage.cast.amaru, submission=plan, reason="x", remarks={7: "y"}, on=LATER
    ) == ("row-unknown", 0)


def test_turning_away_needs_a_reason_of_its_own(stage: Stage) -> None:
    plan, by = handed_in(stage), stage.cast.amaru
    assert said(Refused, actions.misfile_plan, actor=by, submission=plan, reason="", on=LATER) == ("reason-missing", 0)
    step = actions.misfile_plan(actor=by, submission=plan, reason="Es otro plan", on=LATER)
    assert (step.after, last_leaf()[0]) == ("misfiled", "submission.misfiled")


DECISIONS: dict[str, Callable[[Actor, Submission], object]] = {
    "return": lambda by, plan: actions.return_plan(actor=by, submission=plan, reason="x", remarks={}, on=LATER),
    "accept": lambda by, plan: actions.accept_plan(actor=by, submission=plan, on=LATER),
    "misfile": lambda by, plan: actions.misfile_plan(actor=by, submission=plan, reason="x", on=LATER),
}


@pytest.mark.parametrize("second", DECISIONS)
@pytest.mark.parametrize("first", DECISIONS)
def test_the_second_of_two_reviewers_is_told(stage: Stage, first: str, second: str) -> None:
    plan, by = handed_in(stage), stage.cast.amaru
    DECISIONS[first](by, plan)
    assert said(Conflict, DECISIONS[second], by=by, plan=plan) == ("decided-already", 0)


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_draft_is_not_decided(stage: Stage, decision: str) -> None:
    draft = begun(stage)
    assert said(Refused, DECISIONS[decision], by=stage.cast.amaru, plan=draft) == ("not-under-review", 0)


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("name", ["inti", "killa", "executive", "auditor", "expired", "sami"])
def test_only_reviewers_decide(stage: Stage, decision: str, name: str) -> None:
    plan, actor = handed_in(stage), getattr(stage.cast, name)
    assert said(Forbidden, DECISIONS[decision], by=actor, plan=plan) == ("not-reviewer", 0)


@pytest.mark.parametrize("decision", DECISIONS)
def test_nobody_decides_about_their_own_entitys_work(stage: Stage, decision: str) -> None:
    plan = handed_in(stage)
    assert said(Forbidden, DECISIONS[decision], by=own_reviewer(stage), plan=plan) == ("own-entity", 0)


# --- versions ------------------------------------------------------------------------------------------------------
def test_what_was_returned_is_mended_in_a_next_version_that_starts_from_its_rows(stage: Stage) -> None:
    first = decided(stage, State.RETURNED, [ROW, SECOND])
    second = actions.start_plan(actor=stage.cast.inti, obligation=stage.owed, on=LATER)
    fields = ("row", "item", "medium", "name", "budget_cents", "starts", "ends", "target")
    rows = [list(Activity.objects.filter(submission=one).values(*fields)) for one in (first, second)]
    assert (second.version, rows[0]) == (2, rows[1])


@pytest.mark.parametrize(
    ("mended_on", "counted"),
    [(ACCEPTED_ON + timedelta(days=15), HANDED_IN_ON), (ACCEPTED_ON + timedelta(days=16), None)],
)
def test_mended_inside_the_term_the_first_day_counts(stage: Stage, mended_on: date, counted: date | None) -> None:
    decided(stage, State.RETURNED)
    second = handed_in(stage, on=mended_on)
    step = actions.accept_plan(actor=stage.cast.amaru, submission=second, on=date(2018, 12, 1))
    assert step.met_on == (counted or mended_on)


def test_a_plan_turned_away_breaks_the_chain(stage: Stage) -> None:
    decided(stage, State.MISFILED)
    second = handed_in(stage, on=LATER)
    step = actions.accept_plan(actor=stage.cast.amaru, submission=second, on=LATER)
    assert (second.version, step.met_on) == (2, LATER)


def test_an_accepted_plan_may_be_followed_by_a_better_one(stage: Stage) -> None:
    decided(stage, State.ACCEPTED)
    assert begun(stage, [ROW, SECOND]).version == 2


# --- which item a row answers --------------------------------------------------------------------------------------
def answered(stage: Stage, plan: Submission) -> list[tuple[int | None, int | None]]:
    return [(row.item_id, row.answered_id) for row in rows_of(stage.cast.inti, plan.pk)]


def test_the_reviewers_word_stands_beside_the_entitys_own(stage: Stage) -> None:
    plan = decided(stage, State.ACCEPTED)
    row = row_for_review(stage.cast.amaru, plan.pk, 1)
    own = row.item_id
    actions.reclassify(actor=stage.cast.amaru, activity=row, item="line:2", reason="Es con otros", on=LATER)
    leaf = last_leaf()
    [(kept, moved)] = answered(stage, plan)
    actions.reclassify(actor=stage.cast.amaru, activity=row, item=None, reason="No es nada", on=LATER)
    assert (kept, moved != own, answered(stage, plan)) == (own, True, [(own, None)])
    assert (leaf[0], leaf[1]["row"], leaf[1]["submission"]) == ("row.reclassified", 1, plan.pk)


def test_a_row_that_somebody_else_moved_meanwhile_is_looked_at_again(stage: Stage) -> None:
    row = row_for_review(stage.cast.amaru, decided(stage, State.ACCEPTED).pk, 1)
    actions.reclassify(actor=stage.cast.amaru, activity=row, item="line:2", reason="Con otros", on=LATER, moves=0)
    with pytest.raises(Conflict) as refused:
        actions.reclassify(actor=stage.cast.amaru, activity=row, item=None, reason="No", on=LATER, moves=0)
    assert (refused.value.code, Reclassification.objects.count()) == ("row-moved", 1)


def test_an_item_may_be_given_itself(stage: Stage) -> None:
    plan = handed_in(stage, [ROW, SECOND])
    first, second = rows_of(stage.cast.amaru, plan.pk)
    moved = actions.reclassify(actor=stage.cast.amaru, activity=first, item=second.item, reason="x", on=LATER)
    assert moved.item_id == second.item_id


@pytest.mark.parametrize(
    ("item", "reason", "code"),
    [
        ("line:9", "x", "plan-item-unknown"),
        ("target:1", "x", "plan-item-unknown"),
        ("line:1", "x", "item-unchanged"),
        ("line:2", " ", "reason-missing"),
    ],
)
def test_a_row_is_moved_to_another_item_that_is_owed_for_a_reason(
    stage: Stage, item: str, reason: str, code: str
) -> None:
    row = Activity.objects.get(submission=handed_in(stage))
    assert said(
        Refused, actions.reclassify, actor=stage.cast.amaru, activity=row, item=item, reason=reason, on=LATER
    ) == (code, 0)


def test_an_item_of_another_plan_is_refused(stage: Stage) -> None:
    row = Activity.objects.get(submission=handed_in(stage))
    foreign = make_edition("OTRO").items.get(role="line", code="1")
    assert said(Refused, actions.reclassify, actor=stage.cast.amaru, activity=row, item=foreign, reason="x", on=LATER)[
        0
    ] in {"plan-item-unknown", "plan-item-ambiguous"}


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED, State.MISFILED])
def test_rows_are_moved_only_where_they_count_or_may_come_to_count(stage: Stage, state: State) -> None:
    row = Activity.objects.get(submission=decided(stage, state))
    assert said(
        Refused, actions.reclassify, actor=stage.cast.amaru, activity=row, item="line:2", reason="x", on=LATER
    ) == ("not-under-review", 0)


@pytest.mark.parametrize(
    ("name", "code"),
    [("inti", "not-reviewer"), ("auditor", "not-reviewer"), ("sami", "not-reviewer"), ("", "own-entity")],
)
def test_only_the_authority_moves_rows_and_never_its_own(stage: Stage, name: str, code: str) -> None:
    row = Activity.objects.get(submission=handed_in(stage))
    actor = getattr(stage.cast, name) if name else own_reviewer(stage)
    assert said(Forbidden, actions.reclassify, actor=actor, activity=row, item="line:2", reason="x", on=LATER) == (
        code,
        0,
    )


def test_a_row_that_is_not_there_is_missing(stage: Stage) -> None:
    plan = handed_in(stage)
    assert said(Missing, row_for_review, actor=stage.cast.amaru, submission=plan.pk, row=9) == ("row-unknown", 0)
    assert said(Missing, row_for_review, actor=stage.cast.killa, submission=plan.pk, row=1) == ("submission-unknown", 0)


# --- the first year ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["inti", "executive", "amaru"])
def test_the_first_year_is_confirmed_once_for_all_versions(stage: Stage, name: str) -> None:
    told = {"actor": getattr(stage.cast, name), "obligation": stage.owed, "year": 2018, "on": LATER}
    before = year_one_of(stage.owed.pk)
    actions.confirm_year_one(**told)
    assert (before, year_one_of(stage.owed.pk), last_leaf()[:2]) == (
        None, 2018, ("year.confirmed", {"call": "PLAN-2018", "entity": "cast:4", "obligation": stage.owed.pk}),
    )  # fmt: skip
    assert said(Conflict, actions.confirm_year_one, **told) == ("year-confirmed-already", 0)


@pytest.mark.parametrize("name", ["killa", "auditor", "expired", "sami"])
def test_nobody_else_confirms_it(stage: Stage, name: str) -> None:
    assert said(
        Forbidden, actions.confirm_year_one, actor=getattr(stage.cast, name), obligation=stage.owed, year=2018, on=LATER
    ) == ("not-entity-planner", 0)


@pytest.mark.parametrize("year", [1989, 2101, 0, -1])
def test_a_first_year_lies_in_our_times(stage: Stage, year: int) -> None:
    assert said(
        Refused, actions.confirm_year_one, actor=stage.cast.inti, obligation=stage.owed, year=year, on=LATER
    ) == ("year-out-of-range", 0)


def test_roles_at_another_authority_body_decide_too(stage: Stage) -> None:
    plan = handed_in(stage)
    other = Actor(None, frozenset({(Role.REVIEWER, stage.cast.c.pk)}))
    assert actions.accept_plan(actor=other, submission=plan, on=LATER).by_id is None
