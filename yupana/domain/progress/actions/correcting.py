"""What an entity has to put right after a verdict: opened, answered, closed, reopened."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from yupana.domain.progress.actions.checking import written
from yupana.domain.progress.checks import (
    all_correctives,
    all_verdicts,
    content_of_corrective,
    content_of_step,
    state_of,
)
from yupana.domain.progress.models import Corrective, CorrectiveStep
from yupana.domain.progress.policy import can_dispute, verify_refusal
from yupana.domain.progress.rules import CorrectiveState, moves
from yupana.domain.submissions.queries import subject_of
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.progress.models import Verdict
    from yupana.foundation.kernel.actor import Actor

LONGEST = timedelta(days=3 * 366)
VERBS = {
    CorrectiveState.ANSWERED: "corrective.answered",
    CorrectiveState.CLOSED: "corrective.closed",
    CorrectiveState.REOPENED: "corrective.reopened",
}


def open_corrective(*, actor: Actor, verdict: Verdict, text: str, due_on: date, on: date) -> Corrective:
    """Ask the entity to put something right by a day; of the verdict that holds."""
    with transaction.atomic():
        about = all_verdicts().select_related("superseded_by").get(pk=verdict.pk)
        refusal = verify_refusal(actor, about.submission)
        if refusal:
            raise Forbidden(refusal)
        if hasattr(about, "superseded_by"):
            raise Conflict("verdict-moved")
        if not on < due_on <= on + LONGEST:
            raise Refused("corrective-day")
        opened = Corrective(verdict=about, text=written(text), due_on=due_on, on=on, by_id=actor.person)
        fact = subject_of(about.submission).fact("corrective.opened", on, content_of_corrective(opened), row=about.row)
        opened.entry = record(fact)
        opened.save(force_insert=True)
        return opened


def answer_corrective(*, actor: Actor, corrective: Corrective, text: str, on: date, seen: int) -> CorrectiveStep:
    """Say, for the entity, what was put right. ``seen`` is how many steps there were when the actor looked."""
    return _step(actor, corrective, CorrectiveState.ANSWERED, text=text, on=on, seen=seen)


def close_corrective(*, actor: Actor, corrective: Corrective, text: str, on: date, seen: int) -> CorrectiveStep:
    """Say, for the authority, that nothing is left to be put right, and why; ``seen`` as above."""
    return _step(actor, corrective, CorrectiveState.CLOSED, text=text, on=on, seen=seen)


def reopen_corrective(*, actor: Actor, corrective: Corrective, text: str, on: date, seen: int) -> CorrectiveStep:
    """Say, for the authority, what is still to be put right; ``seen`` as above."""
    return _step(actor, corrective, CorrectiveState.REOPENED, text=text, on=on, seen=seen)


def _step(
    actor: Actor, corrective: Corrective, after: CorrectiveState, *, text: str, on: date, seen: int
) -> CorrectiveStep:
    with transaction.atomic():
        held = all_correctives().get(pk=corrective.pk)
        about = held.verdict
        _refuse_mover(actor, about, after)
        if len(held.steps.all()) != seen:
            raise Conflict("corrective-moved")
        if after not in moves(state_of(held)):
            raise Refused("corrective-state")
        step = CorrectiveStep(
            corrective=held, order=seen + 1, after=after, text=written(text), on=on, by_id=actor.person
        )  # fmt: skip
        step.entry = record(subject_of(about.submission).fact(VERBS[after], on, content_of_step(step), row=about.row))
        try:
            with transaction.atomic():
                step.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict("corrective-moved") from error
        return step


def _refuse_mover(actor: Actor, about: Verdict, after: CorrectiveState) -> None:
    """The entity answers; who verifies closes and reopens."""
    if after is CorrectiveState.ANSWERED:
        if not can_dispute(actor, about.submission.obligation):
            raise Forbidden("not-entity-planner")
        return
    refusal = verify_refusal(actor, about.submission)
    if refusal:
        raise Forbidden(refusal)
