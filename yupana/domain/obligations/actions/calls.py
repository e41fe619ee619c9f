"""Writing calls: open one for an audience, move or lift what one entity owes, close it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from yupana.domain.instruments.facts import EditionState
from yupana.domain.instruments.queries import edition as edition_named
from yupana.domain.instruments.rules import UNPUBLISHED
from yupana.domain.obligations import rules
from yupana.domain.obligations.actions.binding import bind
from yupana.domain.obligations.facts import Act, CallTerms, act_content, closing_content
from yupana.domain.obligations.models import Call, CallEdition, Extension, Obligation, Waiver
from yupana.domain.obligations.policy import can_call, is_own
from yupana.domain.obligations.queries import content_of, extension_act, waiver_act
from yupana.domain.obligations.rules import CallState, Expects, Visibility
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from collections.abc import Sequence
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
    expects: str = Expects.PLAN,
    code: str = "",
    title: str = "",
    asks_target: bool = True,
    asks_responsible: bool = True,
    asks_budget: bool = True,
    visibility: str = Visibility.PUBLIC,
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
    """
    if not can_call(actor):
        raise Forbidden("call-planners-only")
    with transaction.atomic():
        put = _editions(editions, historical=historical)
        rules.check_opening(
            opens_on, zip(editions, (each.published_on for each in put), strict=True), historical=historical
        )
        terms = CallTerms(
            code=squeeze(code) or _free_code(put, period),
            title=squeeze(title) or _default_title(put, period),
            editions=tuple(editions), audience=squeeze(audience), opens_on=opens_on, due_on=due_on, period=period,
            expects=expects, asks_target=asks_target, asks_responsible=asks_responsible, asks_budget=asks_budget,
            visibility=visibility, historical=historical, remedy_days=remedy_days, since=since,
            plan_type=plan_type, calendar=calendar,
        )  # fmt: skip
        rules.check_terms(terms)
        earlier = _since(since, put)
        if _is_taken(terms.code):
            raise Conflict("call-code-taken", call=terms.code)
        draft = _draft if squeeze(code) else _draft_under_a_free_code
        call = draft(terms, put, earlier)
        bind(call, put)
        entry = record(Fact("call.opened", {"call": call.code}, on, content_of(call), reserved=_reserved(call)))
        return _moved(call, CallState.DRAFT, CallState.OPEN, entry=entry)


def extend(*, actor: Actor, obligation: Obligation, due_on: date, reason: str, act: str, on: date) -> Extension:
    """Give one obligation a later due date by a recorded act; the last one holds.

    It is later than the date the call gave, never only than the last extension: a mistaken one can be taken back, and
    nobody loses days that were promised to all.
    """
    held, reason, act = _movable(actor, obligation, reason, act)
    if held.due_on is not None and due_on <= held.due_on:
        raise Refused("extension-not-later", due_on=held.due_on)
    if due_on < held.call.opens_on:
        raise Refused("due-before-opening", due_on=due_on, opens_on=held.call.opens_on)
    with transaction.atomic():
        _lock(held)
        extension = Extension(obligation=held, due_on=due_on, reason=reason, act=act)
        extension.entry = _recorded("due.extended", held, on, extension_act(extension))
        extension.save(force_insert=True)
        return extension


def waive(*, actor: Actor, obligation: Obligation, reason: str, act: str, on: date) -> Waiver:
    """Lift one obligation by a recorded act: it leaves every base and is listed. Once only."""
    held, reason, act = _movable(actor, obligation, reason, act)
    with transaction.atomic():
        _lock(held)
        waiver = Waiver(obligation=held, reason=reason, act=act)
        waiver.entry = _recorded("obligation.waived", held, on, waiver_act(waiver))
        waiver.save(force_insert=True)
        return waiver


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


def _default_title(put: Sequence[Edition], period: str) -> str:
    return f"{' + '.join(each.title for each in put)} · {period}"[: rules.MOST_TITLE]


def _free_code(put: Sequence[Edition], period: str) -> str:
    return rules.default_code([each.instrument.code for each in put], period, _is_taken)


def _draft_under_a_free_code(terms: CallTerms, put: Sequence[Edition], since: Edition | None) -> Call:
    """Draft a call that was told no code: where somebody took ours meanwhile, under the next one."""
    while True:
        try:
            with transaction.atomic():  # a savepoint, so that the next code can be tried
                return _draft(terms, put, since)
        except Conflict:
            if not _is_taken(terms.code):
                raise
        terms = replace(terms, code=_free_code(put, terms.period))


def _is_taken(code: str) -> bool:
    return Call.objects.filter(code=code).exists()


def _draft(terms: CallTerms, put: Sequence[Edition], since: Edition | None) -> Call:
    try:
        call = Call.objects.create(
            code=terms.code, title=terms.title, audience=terms.audience, opens_on=terms.opens_on, due_on=terms.due_on,
            period=terms.period, expects=terms.expects, asks_target=terms.asks_target,
            asks_responsible=terms.asks_responsible, asks_budget=terms.asks_budget, visibility=terms.visibility,
            historical=terms.historical, remedy_days=terms.remedy_days, since=since, plan_type=terms.plan_type,
            calendar=terms.calendar,
        )  # fmt: skip
    except IntegrityError as error:  # terms are in order, so somebody opened a call of that code meanwhile
        raise Conflict("call-code-taken", call=terms.code) from error
    CallEdition.objects.bulk_create([CallEdition(call=call, edition=each, order=at) for at, each in enumerate(put)])
    return call


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


def _lock(held: Obligation) -> None:
    """Only an open call's obligations move, one act at a time, and a waived one never again."""
    call = Call.objects.select_for_update(no_key=True).get(pk=held.call_id)
    if call.state != CallState.OPEN:
        raise Conflict("call-not-open", call=call.code)
    if Waiver.objects.filter(obligation=held).exists():
        raise Conflict("obligation-waived", call=call.code, entity=held.debtor.name)


def _reserved(call: Call) -> bool:
    return call.visibility == Visibility.RESTRICTED


def _recorded(verb: str, held: Obligation, on: date, act: Act) -> Entry:
    codes: dict[str, str | int] = {"call": held.call.code, "entity": held.debtor.ref, "obligation": held.pk}
    return record(Fact(verb, codes, on, act_content(act), reserved=_reserved(held.call)))
