"""What was handed in does not change, whoever has the database in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import ACCEPTED_ON
from tests.domain.commitments.plans import LATER, Stage, begun, decided, set_stage
from yupana.domain.commitments.actions import submit_plan
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.actions import erase

if TYPE_CHECKING:
    from yupana.domain.submissions.models import Step

pytestmark = pytest.mark.django_db
REFUSAL = "this record does not change"


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


def run(sql: str, key: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [key])
        return int(cursor.rowcount)


def change(what: str, plan: Submission) -> int:
    return run(f"UPDATE submissions_submission SET {what} WHERE id = %s", plan.pk)  # noqa: S608 - our own words


FIXED = [
    "state = 'draft', entry_id = NULL",
    "version = 9",
    "channel = 'mail'",
    "received_on = '2018-01-01'",
    "received_on = NULL",
    "date_doubt = 'swap-suspected'",
    "source_ref = 'x'",
    "resolution_state = 'known'",
    "transcribed = (1 = 1)",
    "asks_target = (1 = 0)",
    "asks_responsible = (1 = 0)",
    "asks_budget = (1 = 0)",
    "obligation_id = (SELECT MAX(id) FROM obligations_obligation)",
    "entry_id = (SELECT MAX(id) FROM ledger_entry)",
    "transcribed_by_id = (SELECT MIN(id) FROM people_person)",
    "id = id + 1000",
]
TEXTS = ["cites", "resolution", "document_url", "notes"]


@pytest.mark.parametrize(
    "what", [*FIXED, *(f"{each} = 'otra cosa'" for each in (*TEXTS, "source_digest")), "source = '{}'"]
)
def test_what_was_handed_in_stays(stage: Stage, what: str) -> None:
    plan = decided(stage, State.ACCEPTED)
    with pytest.raises(IntegrityError, match=REFUSAL):
        change(what, plan)


@pytest.mark.parametrize("after", [State.RETURNED, State.ACCEPTED, State.MISFILED])
def test_what_was_decided_is_decided(stage: Stage, after: State) -> None:
    plan = decided(stage, after)
    other = State.ACCEPTED if after is not State.ACCEPTED else State.MISFILED
    for state in (other, State.SUBMITTED):
        with pytest.raises(IntegrityError, match=REFUSAL):
            change(f"state = '{state}'", plan)


def test_what_waits_is_decided_once(stage: Stage) -> None:
    assert change("state = 'accepted'", decided(stage, State.SUBMITTED)) == 1


@pytest.mark.parametrize("what", ["notes = 'otra cosa'", "channel = 'mail'", "source = '{}'", "received_on = NULL"])
def test_a_draft_may_change(stage: Stage, what: str) -> None:
    assert change(what, begun(stage)) == 1


def test_the_entity_may_confirm_what_was_transcribed_for_it(stage: Stage) -> None:
    assert change("confirmed = (1 = 0)", decided(stage, State.ACCEPTED)) == 1


def erased(stage: Stage) -> Submission:
    draft = begun(stage)
    Submission.objects.filter(pk=draft.pk).update(notes="lo que dijo", source={"a": "b"}, source_digest="d" * 64)
    plan = submit_plan(actor=stage.cast.inti, submission=draft, received_on=None, on=draft.obligation.call.opens_on)
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
        (f"notes = '{BLACKED_OUT}'", True),
        ("source = NULL", True),
        ("source_digest = ''", True),
        ("notes = 'otra cosa'", False),
        ("notes = ''", False),
        (f"cites = '{BLACKED_OUT}'", False),
        ("source = '{}'", False),
        ("source_digest = 'e'", False),
    ],
)
def test_an_erased_text_is_blacked_out_and_nothing_else(stage: Stage, what: str, allowed: bool) -> None:
    plan = erased(stage)
    if allowed:
        assert change(what, plan) == 1
        return
    with pytest.raises(IntegrityError, match=REFUSAL):
        change(what, plan)


def test_what_was_handed_in_is_not_deleted(stage: Stage) -> None:
    plan = decided(stage, State.SUBMITTED)
    run("DELETE FROM commitments_activity WHERE 1 = 0 AND id = %s", plan.pk)
    with pytest.raises(IntegrityError, match=REFUSAL):
        run("DELETE FROM submissions_submission WHERE id = %s", plan.pk)


def test_a_draft_may_be_deleted(stage: Stage) -> None:
    draft = begun(stage, [])
    assert run("DELETE FROM submissions_submission WHERE id = %s", draft.pk) == 1


def step(stage: Stage) -> Step:
    return decided(stage, State.RETURNED).steps.get()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE submissions_step SET reason = 'otra' WHERE id = %s",
        "UPDATE submissions_step SET met_on = '2018-01-01' WHERE id = %s",
        "DELETE FROM submissions_step WHERE id = %s",
        "UPDATE submissions_remark SET text = 'otra' WHERE step_id = %s",
        "DELETE FROM submissions_remark WHERE step_id = %s",
    ],
)
def test_what_the_authority_said_stays_said(stage: Stage, sql: str) -> None:
    said = step(stage)
    with pytest.raises(IntegrityError, match=REFUSAL):
        run(sql, said.pk)


def test_an_erasure_of_what_was_handed_in_leaves_the_answer_alone(stage: Stage) -> None:
    said = step(stage)
    assert said.submission.entry
    erase(entry=said.submission.entry, act="Acto 9/2019", on=ACCEPTED_ON)
    with pytest.raises(IntegrityError, match=REFUSAL):
        run("UPDATE submissions_step SET reason = 'otra' WHERE id = %s", said.pk)
