"""Letting an entity off what it owes, as long as it has not met it: what was accepted is not lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.obligations import actions as obligations
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.obligations.models import Obligation, Plea, Waiver
    from yupana.foundation.kernel.actor import Actor


def waive(*, actor: Actor, obligation: Obligation, reason: str, act: str, on: date) -> Waiver:
    """Lift one obligation by a recorded act, as `obligations.waive` does; refused where it was met."""
    with transaction.atomic():
        waiver = obligations.waive(actor=actor, obligation=obligation, reason=reason, act=act, on=on)
        _refuse_met(waiver.obligation)
        return waiver


def grant(
    *,
    actor: Actor,
    plea: int,
    act: str,
    on: date,
    due_on: date | None = None,
    reason: str = "",
    answer: str = "",
) -> Plea:
    """Grant what was asked, as `obligations.grant` does; who has met what it owes is not let off any more."""
    with transaction.atomic():
        granted = obligations.grant(actor=actor, plea=plea, act=act, on=on, due_on=due_on, reason=reason, answer=answer)
        if granted.until is None:
            _refuse_met(granted.obligation)
        return granted


def _refuse_met(held: Obligation) -> None:
    """Refuse where a version was accepted; nobody accepts one meanwhile."""
    versions = Submission.objects.select_for_update(no_key=True).filter(obligation=held)
    if State.ACCEPTED in {each.state for each in versions.only("state")}:
        raise Refused("obligation-met", call=held.call.code, entity=held.debtor.name)
