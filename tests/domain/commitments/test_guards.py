"""Rows that were handed in, reviews and first years, attacked with bare SQL; and every named constraint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import ACCEPTED_ON, HANDED_IN_ON
from tests.domain.commitments.plans import LATER, ROW, SECOND, Stage, begun, decided, handed_in, set_stage
from yupana.domain.commitments.actions import confirm_year_one, erase_plan, reclassify
from yupana.domain.commitments.models import Activity, Reclassification, YearOne
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.fact import BLACKED_OUT, Fact
from yupana.foundation.ledger.actions import erase, record

if TYPE_CHECKING:
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.ledger.models import Entry

pytestmark = pytest.mark.django_db
REFUSAL = "this record does not change"


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


def run(sql: str, *values: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return int(cursor.rowcount)


def change(what: str, plan: Submission) -> int:
    return run(f"UPDATE commitments_activity SET {what} WHERE submission_id = %s AND row = 1", plan.pk)  # noqa: S608 - our own words


FIXED = [
    "row = 9",
    "medium = ''",
    "item_id = NULL",
    "item_id = (SELECT MAX(id) FROM instruments_item)",
    "budget_cents = 1",
    "budget_cents = NULL",
    "source_ref = 'x'",
    "id = id + 1000",
    "carried = '{}'",
]
TEXTS = ["name", "responsible", "result", "indicator", "target", "starts", "ends", "notes"]


@pytest.mark.parametrize("what", [*FIXED, *(f"{each} = 'otra cosa'" for each in TEXTS), "source = '{}'", "row = 1"])
@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.MISFILED])
def test_a_row_that_was_handed_in_stays(stage: Stage, state: State, what: str) -> None:
    plan = decided(stage, state)
    with pytest.raises(IntegrityError, match=REFUSAL):
        change(what, plan)


@pytest.mark.parametrize("what", ["name = 'otra cosa'", "item_id = NULL", "budget_cents = 1"])
def test_a_row_of_a_draft_may_change(stage: Stage, what: str) -> None:
    assert change(what, begun(stage)) == 1


def test_a_row_without_an_item_is_given_none(stage: Stage) -> None:
    plan = erased(stage, [SECOND, ROW])
    with pytest.raises(IntegrityError, match=REFUSAL):
        run(
            "UPDATE commitments_activity SET budget_cents = 5 WHERE submission_id = %s AND budget_cents IS NULL",
            plan.pk,
        )


def test_no_row_is_added_to_what_was_handed_in(stage: Stage) -> None:
    plan = handed_in(stage)
    with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic():
        Activity.objects.create(submission=plan, row=2)


def test_no_row_moves_from_a_draft_into_what_was_handed_in(stage: Stage) -> None:
    first = decided(stage, State.RETURNED)
    second = begun(stage, [SECOND])
    with pytest.raises(IntegrityError, match=REFUSAL):
        run("UPDATE commitments_activity SET submission_id = %s WHERE submission_id = %s", first.pk, second.pk)


def test_no_row_is_taken_from_what_was_handed_in(stage: Stage) -> None:
    plan = handed_in(stage)
    with pytest.raises(IntegrityError, match=REFUSAL):
        run("DELETE FROM commitments_activity WHERE submission_id = %s", plan.pk)


def test_a_row_is_taken_from_a_draft(stage: Stage) -> None:
    assert run("DELETE FROM commitments_activity WHERE submission_id = %s", begun(stage).pk) == 1


def erased(stage: Stage, rows: list[object] | None = None) -> Submission:
    plan = handed_in(stage, rows or [ROW])  # type: ignore[arg-type] # rows of a plan
    assert plan.entry
    erase(entry=plan.entry, act="Acto 9/2019", on=LATER)
    return plan


@pytest.mark.parametrize("what", FIXED)
def test_an_erasure_excuses_no_other_change(stage: Stage, what: str) -> None:
    plan = erased(stage)
    with pytest.raises(IntegrityError, match=REFUSAL):
        change(what, plan)


@pytest.mark.parametrize(
    ("what", "allowed"),
    [
        *((f"{each} = '{BLACKED_OUT}'", True) for each in TEXTS[:-1]),
        (f"notes = '{BLACKED_OUT}'", False),
        *((f"{each} = ''", False) for each in TEXTS[:-1]),
        *((f"{each} = 'otra cosa'", False) for each in TEXTS),
        ("source = NULL", True),
        ("source = '{}'", False),
    ],
)
def test_an_erased_text_is_blacked_out_and_nothing_else(stage: Stage, what: str, allowed: bool) -> None:
    plan = erased(stage)
    if allowed:
        assert change(what, plan) == 1
        return
    with pytest.raises(IntegrityError, match=REFUSAL):
        change(what, plan)


def test_an_erasure_of_one_plan_excuses_nothing_in_another(stage: Stage) -> None:
    first = decided(stage, State.RETURNED)
    second = decided(stage, State.SUBMITTED, on=LATER)
    erase_plan(actor=stage.cast.amaru, submission=first, act="Acto 9/2019", on=LATER)
    with pytest.raises(IntegrityError, match=REFUSAL):
        change(f"name = '{BLACKED_OUT}'", second)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE commitments_reclassification SET reason = 'otra'",
        "UPDATE commitments_reclassification SET item_id = NULL",
        "DELETE FROM commitments_reclassification",
        "UPDATE commitments_yearone SET year = 2020",
        "DELETE FROM commitments_yearone",
    ],
)
def test_reviews_and_first_years_stay(stage: Stage, sql: str) -> None:
    row = Activity.objects.get(submission=handed_in(stage))
    reclassify(actor=stage.cast.amaru, activity=row, item="line:2", reason="x", on=LATER)
    confirm_year_one(actor=stage.cast.inti, obligation=stage.owed, year=2018, on=LATER)
    with pytest.raises(IntegrityError, match=REFUSAL):
        run(sql)


# --- constraints ---------------------------------------------------------------------------------------------------
def entry() -> Entry:
    return record(Fact("test.recorded", {}, ACCEPTED_ON, {}))


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("activity_row_unique", {"row": 1}),
        ("activity_rows_from_1", {"row": 0}),
        ("activity_budget_not_negative", {"budget_cents": -1}),
        ("activity_medium_known", {"medium": "milagro"}),
    ],
)
def test_a_row_is_what_a_row_can_be(stage: Stage, constraint: str, wrong: dict[str, int]) -> None:
    draft = begun(stage)
    told: dict[str, object] = {"submission": draft, "row": 2, **wrong}
    with pytest.raises(IntegrityError) as failure, transaction.atomic():
        Activity.objects.create(**told)
    assert constraint in str(failure.value) or "commitments_activity.row" in str(failure.value)


def test_a_review_has_a_reason(stage: Stage) -> None:
    row = Activity.objects.get(submission=handed_in(stage))
    with pytest.raises(IntegrityError, match="reclassification_has_reason"), transaction.atomic():
        Reclassification.objects.create(activity=row, item=None, reason="", entry=entry())


@pytest.mark.parametrize("year", [1989, 2101])
def test_a_first_year_is_of_our_times(stage: Stage, year: int) -> None:
    with pytest.raises(IntegrityError, match="year_one_sensible"), transaction.atomic():
        YearOne.objects.create(obligation=stage.owed, year=year, entry=entry())


def test_a_plan_has_one_first_year(stage: Stage) -> None:
    confirm_year_one(actor=stage.cast.inti, obligation=stage.owed, year=2018, on=HANDED_IN_ON)
    with pytest.raises(IntegrityError), transaction.atomic():
        YearOne.objects.create(obligation=stage.owed, year=2019, entry=entry())


def test_each_row_of_a_table_names_itself(stage: Stage) -> None:
    row = Activity.objects.get(submission=handed_in(stage))
    review = reclassify(actor=stage.cast.amaru, activity=row, item="line:2", reason="x", on=LATER)
    year = confirm_year_one(actor=stage.cast.inti, obligation=stage.owed, year=2018, on=LATER)
    assert (str(row), str(review), str(year)) == (
        f"{row.submission_id} row 1",
        f"reclassification of {row.pk}",
        f"{stage.owed.pk}: 2018",
    )
