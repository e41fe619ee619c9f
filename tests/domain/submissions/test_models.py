"""Every named constraint, attacked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from tests.cast import ACCEPTED_ON
from tests.domain.commitments.plans import ROW, begun, decided, handed_in, set_stage
from yupana.domain.submissions.models import Remark, Step, Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from tests.domain.commitments.plans import Stage
    from yupana.foundation.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


def entry() -> Entry:
    return record(Fact("test.recorded", {}, ACCEPTED_ON, {}))


def version(stage: Stage, **more: object) -> Submission:
    told: dict[str, object] = {"version": 7, "channel": "desk", "asks_target": True, "asks_responsible": True}
    return Submission(obligation=stage.owed, **{**told, "asks_budget": True, **more})


def refused(constraint: str, row: Submission | Step | Remark) -> None:
    """PostgreSQL names the constraint; SQLite names it, or the columns of a unique one."""
    columns = {
        "submission_version_unique": "obligation_id, submissions_submission.version",
        "submission_one_draft": "submissions_submission.obligation_id",
        "submission_one_under_review": "submissions_submission.obligation_id",
        "submission_source_unique": "obligation_id, submissions_submission.source_ref",
        "step_once_from_each_state": "submission_id, submissions_step.before",
    }
    with pytest.raises(IntegrityError) as failure, transaction.atomic():
        row.save(force_insert=True)
    assert constraint in str(failure.value) or columns.get(constraint, "!") in str(failure.value)


def test_a_version_stands_once(stage: Stage) -> None:
    plan = decided(stage, State.RETURNED)
    refused("submission_version_unique", version(stage, version=plan.version))


def test_an_obligation_has_one_draft(stage: Stage) -> None:
    begun(stage)
    refused("submission_one_draft", version(stage))


def test_an_obligation_has_one_version_under_review(stage: Stage) -> None:
    handed_in(stage)
    refused("submission_one_under_review", version(stage, state=State.SUBMITTED, entry=entry()))


def test_a_row_of_a_source_is_one_version(stage: Stage) -> None:
    accepted = version(stage, source_ref="a.csv#1", state=State.ACCEPTED, entry=entry())
    accepted.save()
    refused("submission_source_unique", version(stage, version=8, source_ref="a.csv#1"))


def test_many_versions_come_from_no_source(stage: Stage) -> None:
    version(stage, state=State.ACCEPTED, entry=entry()).save()
    version(stage, version=8).save()
    assert Submission.objects.filter(source_ref="").count() == 2


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("submission_state_known", {"state": "burnt"}),
        ("submission_channel_known", {"channel": "dove"}),
        ("submission_handed_in_by_entry", {"state": State.SUBMITTED}),
    ],
)
def test_a_version_stands_in_a_known_state_and_came_in_a_known_way(
    stage: Stage, constraint: str, wrong: dict[str, str]
) -> None:
    made = version(stage, **wrong)
    if wrong.get("state") == "burnt":
        made.entry = entry()
    refused(constraint, made)


def test_a_draft_is_in_no_record(stage: Stage) -> None:
    refused("submission_handed_in_by_entry", version(stage, entry=entry()))


def test_a_state_is_left_once(stage: Stage) -> None:
    plan = decided(stage, State.ACCEPTED)
    refused(
        "step_once_from_each_state",
        Step(submission=plan, before=State.SUBMITTED, after=State.ACCEPTED, on=ACCEPTED_ON, entry=entry()),
    )


def test_nothing_is_turned_away_without_a_reason(stage: Stage) -> None:
    plan = handed_in(stage)
    refused(
        "step_misfiled_has_reason",
        Step(submission=plan, before=State.SUBMITTED, after=State.MISFILED, on=ACCEPTED_ON, entry=entry()),
    )


def test_a_remark_says_something(stage: Stage) -> None:
    step = decided(stage, State.RETURNED).steps.get()
    refused("remark_has_text", Remark(step=step, row=ROW.row, text=""))


def test_each_row_of_a_table_names_itself(stage: Stage) -> None:
    plan = decided(stage, State.RETURNED)
    step = plan.steps.get()
    assert (str(plan), str(step), str(step.remarks.get())) == (
        f"{stage.owed.pk} v1",
        f"{plan.pk}: submitted -> returned",
        f"{step.pk} row 1",
    )
