"""Asking for reports: of one period at once, or of each period as it ends."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from yupana.domain.obligations.actions import ask_also, open_following
from yupana.domain.obligations.models import Call, Obligation, Transfer
from yupana.domain.obligations.queries import with_due
from yupana.domain.obligations.rules import CallState, Expects, Visibility
from yupana.domain.progress.facts import rhythm_content
from yupana.domain.progress.models import Rhythm
from yupana.domain.progress.policy import can_set_terms
from yupana.domain.progress.queries import measured_until, measuring
from yupana.domain.progress.rules import Frequency, ended, opening
from yupana.domain.progress.rules.periods import lies_in
from yupana.domain.submissions.queries import with_accepted
from yupana.foundation.kernel.actor import OPERATOR, Actor
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.period import Period, parse_period
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

MOST_TERM = 365
_log = logging.getLogger(__name__)


def set_rhythm(
    *, actor: Actor, call: Call, frequency: str, since: date, due_in: int, lock_in: int | None, on: date
) -> Rhythm:
    """Say how often plans under a call are reported on; "" stops asking. What was called for already stays."""
    if not can_set_terms(actor):
        raise Forbidden("call-planners-only")
    if call.expects != Expects.PLAN or call.state == CallState.DRAFT:
        raise Refused("call-follows-nothing", call=call.code)
    if frequency and frequency not in list(Frequency):
        raise Refused("frequency-unknown", found=frequency, known=", ".join(Frequency))
    if not 0 < due_in <= MOST_TERM or not (lock_in is None or 0 <= lock_in <= MOST_TERM):
        raise Refused("rhythm-terms", most=MOST_TERM)
    with transaction.atomic():
        content = rhythm_content(call.code, frequency, since, due_in, lock_in)
        reserved = call.visibility == Visibility.RESTRICTED
        entry = record(Fact("rhythm.set", {"call": call.code}, on, content, reserved=reserved))
        return Rhythm.objects.create(
            call=call, frequency=frequency, since=since, due_in=due_in, lock_in=lock_in, entry=entry
        )


def open_reports(  # noqa: PLR0913 (the terms of a call)
    *,
    actor: Actor,
    call: Call,
    period: str,
    on: date,
    opens_on: date | None = None,
    due_on: date | None = None,
    due_in: int | None = None,
    lock_in: int | None = None,
    code: str = "",
    title: str = "",
) -> Call:
    """Ask those whose plans were accepted under ``call``, and those who measure its indicators, for a report.

    Once the ``period`` of the plans is over only indicators are asked for, until the last of them is due. It opens on
    the day after the period, or today where that is past: nobody's term begins before they are asked. Who has no
    accepted plan and measures nothing is not asked for this period.
    """
    try:
        is_part = _can_be_asked(period, call)
    except ValueError as error:
        raise Refused("call-period-unreadable", found=period) from error
    if not is_part:
        raise Refused("report-period-outside", period=period, plan=call.period)
    with transaction.atomic():
        # Of two at once the second one finds what the first one opened, and no plan passes on meanwhile.
        held = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
        opens = opens_on or max(opening(period), on)
        return open_following(
            actor=actor, follows=held, owing=owing(held) if lies_in(period, held.period) else (),
            besides=measuring(held, period, on=opens), period=period, opens_on=opens, on=on, due_on=due_on,
            due_in=due_in, lock_in=lock_in,
            code=code, title=title,
        )  # fmt: skip


def _can_be_asked(period: str, call: Call) -> bool:
    part = parse_period(period)
    return parse_period(call.period).first <= part.first and part.last <= measured_until(call)


def owing(call: Call) -> list[int]:
    """Keys of the obligations that `owed_on` finds."""
    return list(owed_on(call).order_by("pk").values_list("pk", flat=True))


def owed_on(call: Call) -> QuerySet[Obligation]:
    """Find the obligations under a call whose plan was accepted, and which nobody waived or passed on."""
    return _accepted(Obligation.objects.filter(call=call))


def _accepted(plans: QuerySet[Obligation]) -> QuerySet[Obligation]:
    told: QuerySet[Any] = with_due(with_accepted(plans))
    accepted: QuerySet[Any] = told.filter(is_waived=False, is_transferred=False).exclude(accepted_id=None)
    return accepted


def open_due(*, on: date) -> list[Call]:
    """Open what rhythms ask for by a day: each period that ended and was not called for.

    It may run as often as one likes, and several at once. What cannot be opened is logged, and keeps no other waiting.
    """
    opened = []
    for rhythm, period in _due(on):
        call, due_in, lock_in = rhythm.call, rhythm.due_in, rhythm.lock_in
        try:
            opened.append(open_reports(actor=OPERATOR, call=call, period=period, on=on, due_in=due_in, lock_in=lock_in))
        except Conflict:  # another one opened it meanwhile
            continue
        except Exception:  # noqa: BLE001 - whatever it is, the others are asked
            _log.exception("the report on %s under %s cannot be asked for", period, call.code)
    return opened


def ask_late(*, on: date) -> list[Obligation]:
    """Ask those whose plan was accepted after a period was called for, while the day of that call is not over.

    It may run as often as one likes, and several at once. A body to which the plan of another one passed is asked from
    the next period on: what its rows did in this one is that body's to say.
    """
    asked: list[Obligation] = []
    open_now = Call.objects.filter(expects=Expects.PROGRESS, state=CallState.OPEN, opens_on__lte=on, due_on__gte=on)
    for call in open_now.select_related("follows").order_by("pk"):
        try:
            asked += _ask_late(call, on)
        except Conflict:  # closed meanwhile
            continue
        except Exception:  # noqa: BLE001 - whatever it is, the others are asked
            _log.exception("no more bodies can be asked for reports under %s", call.code)
    return asked


def _ask_late(call: Call, on: date) -> list[Obligation]:
    plans = _unasked(call)
    if call.follows is None or not plans.exists():
        return []
    with transaction.atomic():
        Call.objects.select_for_update(no_key=True).get(pk=call.follows.pk)  # no plan passes on meanwhile
        return ask_also(actor=OPERATOR, call=call, owing=list(plans.values_list("pk", flat=True)), on=on)


def _unasked(call: Call) -> QuerySet[Obligation]:
    """Find the plans that were accepted of bodies that are not asked for a report under a call."""
    asked = Obligation.objects.filter(call=call, debtor=OuterRef("debtor"))
    came = Transfer.objects.filter(to=OuterRef("pk"))
    plans = Obligation.objects.filter(~Exists(asked), ~Exists(came), call=call.follows_id)
    return _accepted(plans)


def _due(on: date) -> Iterator[tuple[Rhythm, str]]:
    """What is to be opened; nothing is asked for while nobody would owe it."""
    for rhythm in standing_rhythms():
        has_plans = owed_on(rhythm.call).exists()
        for period in awaited(rhythm, on=on):
            if (has_plans and lies_in(period, rhythm.call.period)) or measuring(rhythm.call, period, on=on):
                yield rhythm, period


def awaited(rhythm: Rhythm, *, on: date) -> list[str]:
    """Name the periods that a rhythm asks for by a day and that nobody was asked for yet."""
    call = rhythm.call
    asked = {parse_period(name) for name in call.followed_by.values_list("period", flat=True)}
    span = Period(parse_period(call.period).first, measured_until(call))
    names = ended(Frequency(rhythm.frequency), span, since=rhythm.since, on=on)
    return [
        name
        for name in names
        if (each := parse_period(name)) not in asked and span.first <= each.first and each.last <= span.last
    ]


def standing_rhythms() -> list[Rhythm]:
    """Return the rhythm that holds for each call, where it asks for anything."""
    last: dict[int, Rhythm] = {}
    for each in Rhythm.objects.select_related("call").order_by("entry"):
        last[each.call_id] = each
    return [each for each in last.values() if each.frequency]
