"""What an entity asks about one obligation, and what the authority answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from yupana.domain.obligations.actions.moving import extend, lock, reserved, waive
from yupana.domain.obligations.facts import plea_content
from yupana.domain.obligations.models import Obligation, Plea
from yupana.domain.obligations.policy import can_call, can_plead, is_own
from yupana.domain.obligations.queries import asked, plea_decision, with_due
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from datetime import date

    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.models import Entry


def plead(*, actor: Actor, obligation: Obligation, until: date | None, reason: str, on: date) -> Plea:
    """Ask for more time, or without a day (``until``) to be waived. One at a time: the next one after a decision."""
    if not can_plead(actor, obligation):
        raise Forbidden("plea-not-yours")
    reason = reason.strip()
    if not reason:
        raise Refused("reason-missing")
    with transaction.atomic():
        held = with_due(Obligation.objects.select_related("call", "debtor")).get(pk=obligation.pk)
        lock(held)
        if until is not None and (until <= on or (held.effective_due is not None and until <= held.effective_due)):
            raise Refused("plea-not-later", due_on=max(held.effective_due or on, on))
        plea = Plea(obligation=held, until=until, reason=reason, asked_on=on, by_id=actor.person)
        plea.entry = _recorded("plea.made", plea, on, plea_content(asked(plea)))
        try:
            with transaction.atomic():
                plea.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict("plea-undecided") from error
        return plea


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
    """Grant what was asked by the act that extends or waives. ``due_on`` and ``reason`` are as asked unless said."""
    with transaction.atomic():
        found = _undecided(actor, plea)
        reason = reason.strip() or found.reason
        if found.until is None:
            waive(actor=actor, obligation=found.obligation, reason=reason, act=act, on=on)
        else:
            day = due_on or found.until
            extend(actor=actor, obligation=found.obligation, due_on=day, reason=reason, act=act, on=on)
        return _decided(found, granted=True, answer=answer.strip(), on=on)


def deny(*, actor: Actor, plea: int, answer: str, on: date) -> Plea:
    """Deny what was asked, and say why."""
    if not answer.strip():
        raise Refused("plea-answer-missing")
    with transaction.atomic():
        return _decided(_undecided(actor, plea), granted=False, answer=answer.strip(), on=on)


def _undecided(actor: Actor, plea: int) -> Plea:
    """Find a plea that the actor may decide about and nobody decided; its row is locked until the transaction ends."""
    if not can_call(actor):
        raise Forbidden("call-planners-only")
    rows = Plea.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("obligation__call", "obligation__debtor").filter(pk=plea).first()
    if found is None:
        raise Missing("plea-unknown")
    if is_own(actor, found.obligation):
        raise Forbidden("own-entity")
    if found.granted is not None:
        raise Conflict("plea-decided")
    return found


def _decided(plea: Plea, *, granted: bool, answer: str, on: date) -> Plea:
    plea.granted, plea.decided_on, plea.answer = granted, on, answer
    verb = "plea.granted" if granted else "plea.denied"
    plea.decision_entry = _recorded(verb, plea, on, plea_decision(plea))
    told = {"granted": granted, "decided_on": on, "answer": answer, "decision_entry": plea.decision_entry}
    if not Plea.objects.filter(pk=plea.pk, granted=None).update(**told):
        raise Conflict("plea-decided")
    return plea


def _recorded(verb: str, plea: Plea, on: date, content: Plain) -> Entry:
    held = plea.obligation
    codes: dict[str, str | int] = {"call": held.call.code, "entity": held.debtor.ref, "obligation": held.pk}
    return record(Fact(verb, codes, on, content, reserved=reserved(held.call)))
