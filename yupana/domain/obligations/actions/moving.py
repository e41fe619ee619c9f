"""Moving or lifting what one entity owes, by a recorded act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.obligations import rules
from yupana.domain.obligations.facts import Act, act_content
from yupana.domain.obligations.models import Call, Extension, Obligation, Transfer, Waiver
from yupana.domain.obligations.policy import can_call, is_own
from yupana.domain.obligations.queries import days_of, extension_act, waiver_act
from yupana.domain.obligations.rules import CallState, Visibility
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from datetime import date

    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.ledger.models import Entry


def extend(*, actor: Actor, obligation: Obligation, due_on: date, reason: str, act: str, on: date) -> Extension:
    """Give one obligation a later due date by a recorded act; the last one holds.

    It is later than the date the call gave, never only than the last extension: a mistaken one can be taken back, and
    nobody loses days that were promised to all. Where the call has a calendar and nobody works on that day in the
    debtor's department, it is the next working day.
    """
    held, reason, act = _movable(actor, obligation, reason, act)
    days = days_of(held.call.calendar)
    due_on = days.on_or_after(due_on, held.territory) if days else due_on
    if held.due_on is not None and due_on <= held.due_on:
        raise Refused("extension-not-later", due_on=held.due_on)
    if due_on < held.call.opens_on:
        raise Refused("due-before-opening", due_on=due_on, opens_on=held.call.opens_on)
    with transaction.atomic():
        lock(held)
        extension = Extension(obligation=held, due_on=due_on, reason=reason, act=act)
        extension.entry = _recorded("due.extended", held, on, extension_act(extension))
        extension.save(force_insert=True)
        return extension


def waive(*, actor: Actor, obligation: Obligation, reason: str, act: str, on: date) -> Waiver:
    """Lift one obligation by a recorded act: it leaves every base and is listed. Once only.

    Whether it was met already is known to `submissions.actions.waive`, which is what the doors call.
    """
    held, reason, act = _movable(actor, obligation, reason, act)
    with transaction.atomic():
        lock(held)
        waiver = Waiver(obligation=held, reason=reason, act=act)
        waiver.entry = _recorded("obligation.waived", held, on, waiver_act(waiver))
        waiver.save(force_insert=True)
        return waiver


def _movable(actor: Actor, obligation: Obligation, reason: str, act: str) -> tuple[Obligation, str, str]:
    """Check what every act about an obligation must be: by a planner of another body, with reason and legal act."""
    if not can_call(actor):
        raise Forbidden("call-planners-only")
    if is_own(actor, obligation):
        raise Forbidden("own-entity")
    reason, act = reason.strip(), squeeze(act)
    if not reason:
        raise Refused("reason-missing")
    if not 0 < len(act) <= rules.MOST_TITLE:
        raise Refused("obligation-act-missing", most=rules.MOST_TITLE)
    return Obligation.objects.select_related("call", "debtor").get(pk=obligation.pk), reason, act


def lock(held: Obligation) -> None:
    """Only an open call's obligations move, one act at a time, and a waived one never again."""
    call = Call.objects.select_for_update(no_key=True).get(pk=held.call_id)
    if call.state != CallState.OPEN:
        raise Conflict("call-not-open", call=call.code)
    if Waiver.objects.filter(obligation=held).exists():
        raise Conflict("obligation-waived", call=call.code, entity=held.debtor.name)
    if Transfer.objects.filter(obligation=held).exists():
        raise Conflict("obligation-transferred", call=call.code, entity=held.debtor.name)


def reserved(call: Call) -> bool:
    """Whether what is recorded about a call stays out of the public log."""
    return call.visibility == Visibility.RESTRICTED


def _recorded(verb: str, held: Obligation, on: date, act: Act) -> Entry:
    codes: dict[str, str | int] = {"call": held.call.code, "entity": held.debtor.ref, "obligation": held.pk}
    return record(Fact(verb, codes, on, act_content(act), reserved=reserved(held.call)))
