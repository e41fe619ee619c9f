"""Writing calls: open one for an audience, close it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from yupana.domain.instruments.facts import EditionState
from yupana.domain.instruments.queries import edition as edition_named
from yupana.domain.instruments.rules import UNPUBLISHED
from yupana.domain.obligations import rules
from yupana.domain.obligations.actions.binding import bind
from yupana.domain.obligations.facts import CallTerms, closing_content
from yupana.domain.obligations.models import Call, CallEdition
from yupana.domain.obligations.policy import can_call
from yupana.domain.obligations.queries import content_of, days_of
from yupana.domain.obligations.rules import CallState, Expects, Visibility
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from yupana.domain.instruments.models import Edition
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.ledger.models import Entry


def open_call(  # noqa: PLR0913 (the terms of a call)
    *,
    actor: Actor,
    editions: Sequence[str],
    audience: str,
    opens_on: date,
    due_on: date | None,
    period: str,
    on: date,
    due_in: int | None = None,
    expects: str = Expects.PLAN,
    code: str = "",
    title: str = "",
    asks_target: bool = True,
    asks_responsible: bool = True,
    asks_budget: bool = True,
    visibility: str = "",
    historical: bool = False,
    remedy_days: int = 15,
    since: str = "",
    plan_type: str = "",
    calendar: str = "",
) -> Call:
    """Put published editions (each "CODE/EDITION") to an audience, freeze who owes what, and open the call.

    Each of those called owes the items in whose audience it is. With ``since`` ("CODE/EDITION") it is a complementary
    call: it puts what one edition says differently from that earlier one, and nothing else. The number of statements
    does not grow with entities or items, only with different audiences. Refused where nobody or nothing is bound, or
    an edition is not in force; history may also be called for by a superseded edition and without a due date.

    The call is due on a day, or ``due_in`` so many days after it opens. With a ``calendar`` terms are counted in its
    working days, and a due day that is none moves to the next one: for each debtor as in its own department.
    ``visibility`` "" is what is usual for the kind of plan.
    """
    if not can_call(actor):
        raise Forbidden("call-planners-only")
    if expects == Expects.PROGRESS:
        raise Refused("call-follows-nothing", call="")
    with transaction.atomic():
        put = _editions(editions, historical=historical)
        rules.check_opening(
            opens_on, zip(editions, (each.published_on for each in put), strict=True), historical=historical
        )
        due = due_days(calendar, opens_on, due_on, due_in)
        terms = CallTerms(
            code=squeeze(code) or _free_code(put, period, plan_type),
            title=squeeze(title) or _default_title(put, period, plan_type),
            editions=tuple(editions), audience=squeeze(audience), opens_on=opens_on, due_on=due(rules.EVERYWHERE),
            period=period, expects=expects, asks_target=asks_target, asks_responsible=asks_responsible,
            asks_budget=asks_budget, historical=historical,
            visibility=visibility or rules.plan_type(plan_type).visibility, remedy_days=remedy_days, since=since,
            plan_type=plan_type, calendar=calendar,
        )  # fmt: skip
        rules.check_terms(terms)
        earlier = _since(since, put)
        if is_taken(terms.code):
            raise Conflict("call-code-taken", call=terms.code)
        draft = draft_call if squeeze(code) else _draft_under_a_free_code
        call = draft(terms, put, earlier)
        bind(call, put, due)
        return opened(call, on)


def opened(call: Call, on: date) -> Call:
    """Record that a call, whose debtors are bound, is open."""
    entry = record(Fact("call.opened", {"call": call.code}, on, content_of(call), reserved=_reserved(call)))
    return _moved(call, CallState.DRAFT, CallState.OPEN, entry=entry)


def due_days(calendar: str, opens_on: date, due_on: date | None, due_in: int | None) -> Callable[[str], date | None]:
    """Say when a call is due in each territory; Refused where that cannot be said."""
    rules.check_due(calendar, due_on, due_in)
    days = days_of(calendar)
    return lambda territory: rules.due_day(days, opens_on, due_on, due_in, territory)


def close_call(*, actor: Actor, call: Call, on: date) -> Call:
    """Close an open call; what is owed stays owed."""
    if not can_call(actor):
        raise Forbidden("call-planners-only")
    with transaction.atomic():
        entry = record(
            Fact("call.closed", {"call": call.code}, on, closing_content(call.code), reserved=_reserved(call))
        )
        return _moved(call, CallState.OPEN, CallState.CLOSED, closing_entry=entry)


def _moved(call: Call, before: CallState, after: CallState, **entry: Entry) -> Call:
    if not Call.objects.filter(pk=call.pk, state=before).update(state=after, **entry):
        raise Conflict("call-moved", call=call.code)
    call.refresh_from_db()
    return call


def _editions(refs: Sequence[str], *, historical: bool) -> list[Edition]:
    """Find the editions that may be called for, in order."""
    if not refs:
        raise Refused("call-without-edition")
    if len(set(refs)) < len(refs):
        raise Refused("call-edition-twice", editions=", ".join(refs))
    found = [edition_named(ref) for ref in refs]
    for ref, edition in zip(refs, found, strict=True):
        if edition.state in UNPUBLISHED:
            raise Refused("edition-unpublished", edition=ref)
        if edition.state != EditionState.PUBLISHED and not historical:
            raise Refused("edition-not-in-force", edition=ref)
    return found


def _since(ref: str, put: Sequence[Edition]) -> Edition | None:
    """Find the edition that a complementary call goes on from; None where it is an ordinary one."""
    if not ref:
        return None
    earlier = edition_named(ref)
    told = [(f"{each.instrument.code}/{each.code}", each.published_on) for each in (earlier, put[0])]
    rules.check_since(told[0], told[1], [each.instrument.code for each in put])
    return earlier


def _default_title(put: Sequence[Edition], period: str, plan_type: str) -> str:
    title = f"{' + '.join(each.title for each in put)} · {period}"
    kind = plan_type.upper()
    return (title if kind in title else f"{kind} · {title}")[: rules.MOST_TITLE]


def _free_code(put: Sequence[Edition], period: str, plan_type: str) -> str:
    kind = [plan_type.upper()] if plan_type else []
    return rules.default_code([*kind, *(each.instrument.code for each in put)], period, is_taken)


def _draft_under_a_free_code(terms: CallTerms, put: Sequence[Edition], since: Edition | None) -> Call:
    """Draft a call that was told no code: where somebody took ours meanwhile, under the next one."""
    while True:
        try:
            with transaction.atomic():  # a savepoint, so that the next code can be tried
                return draft_call(terms, put, since)
        except Conflict:
            if not is_taken(terms.code):
                raise
        terms = replace(terms, code=_free_code(put, terms.period, terms.plan_type))


def is_taken(code: str) -> bool:
    """Whether a call has this code."""
    return Call.objects.filter(code=code).exists()


def draft_call(terms: CallTerms, put: Sequence[Edition], since: Edition | None, follows: Call | None = None) -> Call:
    """Write a call that is not open yet; Conflict where its code was taken meanwhile."""
    try:
        call = Call.objects.create(
            code=terms.code, title=terms.title, audience=terms.audience, opens_on=terms.opens_on, due_on=terms.due_on,
            period=terms.period, expects=terms.expects, asks_target=terms.asks_target,
            asks_responsible=terms.asks_responsible, asks_budget=terms.asks_budget, visibility=terms.visibility,
            historical=terms.historical, remedy_days=terms.remedy_days, since=since, plan_type=terms.plan_type,
            calendar=terms.calendar, follows=follows, locks_on=terms.locks_on,
        )  # fmt: skip
    except IntegrityError as error:  # terms are in order, so somebody opened a call of that code meanwhile
        raise Conflict("call-code-taken", call=terms.code) from error
    CallEdition.objects.bulk_create([CallEdition(call=call, edition=each, order=at) for at, each in enumerate(put)])
    return call


def _reserved(call: Call) -> bool:
    return call.visibility == Visibility.RESTRICTED
