"""Many versions at once, as paper or an earlier call told them: handed in and decided about, in two statements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.submissions.actions.life import VERBS
from yupana.domain.submissions.facts import Decision, step_content
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.queries import subject_of
from yupana.domain.submissions.rules import Handed, State, met_on
from yupana.foundation.ledger.actions import BATCH, record_many

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.kernel.fact import Fact


@dataclass(frozen=True, slots=True)
class Told:
    """A saved draft, what stands in it, when it was handed in, and what was decided about it when."""

    version: Submission
    content: Plain
    after: State
    handed_in_on: date
    decided_on: date
    reason: str = ""
    carried: Decision | None = None

    @property
    def decision(self) -> Decision:
        """What was decided: the day counts unless it is doubtful, or as it was decided where it was carried over."""
        if self.carried is not None:
            return self.carried
        day = None if self.version.date_doubt else self.version.received_on
        counted = met_on([Handed(day)]) if self.after is State.ACCEPTED else None
        return Decision(self.after, self.decided_on, self.reason, met_on=counted)


def bring_in(*, actor: Actor, told: Sequence[Told]) -> list[Step]:
    """Record each version as handed in and at once as decided. The caller made the drafts in the same transaction."""
    with transaction.atomic():
        entries = record_many([fact for each in told for fact in _facts(each, actor)])
        for at, each in enumerate(told):
            each.version.state, each.version.entry = each.after, entries[2 * at]
        Submission.objects.bulk_update([each.version for each in told], ["state", "entry"], batch_size=BATCH)
        steps = [
            Step(
                submission=each.version,
                before=State.SUBMITTED,
                after=each.after,
                on=each.decided_on,
                by_id=actor.person,
                reason=each.decision.reason,
                met_on=each.decision.met_on,
                resolution_due_on=each.decision.resolution_due_on,
                entry=entries[2 * at + 1],
            )
            for at, each in enumerate(told)
        ]
        return Step.objects.bulk_create(steps, batch_size=BATCH)


def _facts(told: Told, actor: Actor) -> tuple[Fact, Fact]:
    subject = subject_of(told.version)
    decided = step_content(subject, replace(told.decision, by=actor.person))
    return (
        subject.fact(VERBS[State.SUBMITTED], told.handed_in_on, told.content),
        subject.fact(VERBS[told.after], told.decided_on, decided),
    )
