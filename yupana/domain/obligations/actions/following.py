"""Calls for reports: one a period, put to those whose plans were accepted under the call that it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from yupana.domain.entities.models import Entity
from yupana.domain.obligations import rules
from yupana.domain.obligations.actions.binding import owe
from yupana.domain.obligations.actions.calls import draft_call, due_days, is_taken, opened
from yupana.domain.obligations.actions.moving import reserved
from yupana.domain.obligations.facts import CallTerms, added_content
from yupana.domain.obligations.models import Call, CallEdition, Obligation
from yupana.domain.obligations.policy import can_call
from yupana.domain.obligations.queries import days_of, debt_of
from yupana.domain.obligations.rules import CallState, Expects
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from yupana.domain.instruments.models import Edition
    from yupana.foundation.kernel.actor import Actor

_SCOPES = "INSERT INTO obligations_scope (call_id, digest) SELECT %s, digest FROM obligations_scope WHERE call_id = %s"
_ITEMS = """
INSERT INTO obligations_scopeitem (scope_id, item_id)
SELECT mine.id, i.item_id
FROM obligations_scope theirs
JOIN obligations_scopeitem i ON i.scope_id = theirs.id
JOIN obligations_scope mine ON mine.digest = theirs.digest AND mine.call_id = %s
WHERE theirs.call_id = %s
"""


def open_following(  # noqa: PLR0913 (the terms of a call)
    *,
    actor: Actor,
    follows: Call,
    owing: Collection[int],
    besides: Collection[int] = (),
    period: str,
    opens_on: date,
    on: date,
    due_on: date | None = None,
    due_in: int | None = None,
    lock_in: int | None = None,
    code: str = "",
    title: str = "",
) -> Call:
    """Ask those who owe under ``follows`` (keys of its obligations) for a report on one period, and open the call.

    Each owes the same items as there, by a due day of its own territory. ``besides`` are entities that are asked for
    what hangs on no plan of theirs: they owe what they owe there, or no item at all. ``lock_in`` days after the due
    day no report is taken any more, unless the entity was given longer. The number of statements does not grow with
    entities.
    """
    if not can_call(actor):
        raise Forbidden("call-planners-only")
    if follows.expects != Expects.PLAN or follows.state == CallState.DRAFT:
        raise Refused("call-follows-nothing", call=follows.code)
    if not owing and not besides:
        raise Refused("call-follows-nobody", call=follows.code)
    with transaction.atomic():
        put = _editions(follows)
        due = due_days(follows.calendar, opens_on, due_on, due_in)
        everywhere = due(rules.EVERYWHERE)
        terms = CallTerms(
            code=squeeze(code) or rules.default_code([follows.code], period, is_taken),
            title=squeeze(title) or f"{follows.title[: rules.MOST_TITLE - len(period) - 3]} · {period}",
            editions=tuple(f"{each.instrument.code}/{each.code}" for each in put), audience=follows.audience,
            opens_on=opens_on, due_on=everywhere, period=period, expects=Expects.PROGRESS,
            asks_target=follows.asks_target, asks_responsible=follows.asks_responsible,
            asks_budget=follows.asks_budget, visibility=follows.visibility, historical=False,
            remedy_days=follows.remedy_days, plan_type=follows.plan_type, calendar=follows.calendar,
            follows=follows.code, locks_on=_lock(follows, everywhere, lock_in),
        )  # fmt: skip
        rules.check_terms(terms)
        asked = follows.followed_by.values_list("period", flat=True)
        if parse_period(period) in {parse_period(each) for each in asked}:  # 2018-M1 and 2018-M01 are the same days
            raise Conflict("call-follows-already", call=follows.code, period=period)
        if is_taken(terms.code):
            raise Conflict("call-code-taken", call=terms.code)
        call = draft_call(terms, put, None, follows)
        _bind(call, follows, owing, besides, due)
        return opened(call, on)


def ask_also(*, actor: Actor, call: Call, owing: Collection[int], on: date) -> list[Obligation]:
    """Ask more bodies for a report that was called for, each by an act of its own; return what they owe now.

    ``owing`` are keys of what they owe under the call that this one follows. Each is due with the others, but has at
    least the term that the call gives to mend. Nobody is asked twice, and nobody whose day is over.
    """
    if not can_call(actor):
        raise Forbidden("call-planners-only")
    with transaction.atomic():
        held = Call.objects.select_for_update(of=("self",), no_key=True).select_related("follows").get(pk=call.pk)
        if held.state != CallState.OPEN or held.follows is None:
            raise Conflict("call-not-open", call=held.code)
        plans = Obligation.objects.filter(pk__in=owing, call=held.follows).select_related("debtor", "scope")
        new = list(plans.exclude(debtor__in=held.obligations.values("debtor")).order_by("pk"))
        due = _late_due_days(held, {plan.debtor.territory for plan in new}, on)
        return [_asked(held, plan, day, on) for plan in new if (day := due[plan.debtor.territory]) is not None]


def _late_due_days(held: Call, territories: Collection[str], on: date) -> dict[str, date | None]:
    """Say by when those are due who are asked on a day, in each territory: by the day of the others there."""
    others = held.obligations.filter(entry=None, territory__in=territories).order_by()
    told, days = dict(others.values_list("territory", "due_on").distinct()), days_of(held.calendar)
    found = {}
    for place in territories:
        due_on = told.get(place) or rules.due_day(days, held.opens_on, held.due_on, None, place)
        found[place] = due_on and rules.late_due_day(days, due_on, on, held.remedy_days, place)
    return found


def _asked(held: Call, plan: Obligation, due_on: date, on: date) -> Obligation:
    debtor = plan.debtor
    owed = Obligation(
        call=held, debtor=debtor, period=held.period, scope=held.scopes.get(digest=plan.scope.digest), due_on=due_on,
        level_id=debtor.level_id or "", territory=debtor.territory,
    )  # fmt: skip
    content = added_content(held.code, debt_of(owed))
    codes: dict[str, str | int] = {"call": held.code, "entity": debtor.ref}
    owed.entry = record(Fact("obligation.added", codes, on, content, reserved=reserved(held)))
    owed.save(force_insert=True)
    return owed


def _lock(follows: Call, due_on: date | None, lock_in: int | None) -> date | None:
    if lock_in is None or due_on is None:
        return None
    return rules.end_of_term(days_of(follows.calendar), due_on, lock_in, rules.EVERYWHERE) if lock_in else due_on


def _editions(follows: Call) -> list[Edition]:
    put = CallEdition.objects.filter(call=follows).select_related("edition__instrument").order_by("order", "pk")
    return [each.edition for each in put]


def _bind(
    call: Call,
    follows: Call,
    owing: Collection[int],
    besides: Collection[int],
    due: Callable[[str], date | None],
) -> None:
    """Freeze who owes what, as it was frozen for the plan; whom no plan was asked of owes no item."""
    with connection.cursor() as cursor:
        cursor.execute(_SCOPES, [call.pk, follows.pk])
        cursor.execute(_ITEMS, [call.pk, follows.pk])
    mine = dict(call.scopes.values_list("digest", "pk"))
    wanted, strangers = set(owing), dict(Entity.objects.filter(pk__in=besides).values_list("pk", "territory"))
    rows = (
        Obligation.objects.filter(call=follows)
        .order_by()
        .values_list("pk", "debtor", "scope__digest", "debtor__territory")
    )
    debts: dict[int, tuple[str, int]] = {}
    for pk, debtor, digest, territory in rows.iterator(chunk_size=2000):
        if pk in wanted or strangers.pop(debtor, None) is not None:
            debts[debtor] = (territory, mine[digest])
    if strangers:
        nothing = call.scopes.get_or_create(digest=rules.scope_digest(()))[0].pk
        debts |= {debtor: (territory, nothing) for debtor, territory in strangers.items()}
    days = {territory: due(territory) for territory in {place for place, _ in debts.values()}}
    owed: dict[date | None, dict[int, int]] = {}
    for debtor, (territory, scope) in debts.items():
        owed.setdefault(days[territory], {})[debtor] = scope
    for day, scope_of in owed.items():
        owe(call, day, scope_of)
