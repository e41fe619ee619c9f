"""Freezing who owes what: each of those called owes the items in whose audience it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import connection

from yupana.domain.entities.queries import audience, reached
from yupana.domain.obligations import rules
from yupana.domain.obligations.models import Scope, ScopeItem
from yupana.domain.obligations.queries import binding
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from yupana.domain.instruments.models import Edition
    from yupana.domain.obligations.models import Call
    from yupana.domain.obligations.queries import Binding

# One statement for all debtors of one due day, whatever their number: %s are the day, the JSON map of debtor to scope,
# and the call.
_OWE = """
INSERT INTO obligations_obligation (call_id, debtor_id, period, subject, scope_id, due_on, level_id, territory)
SELECT c.id, e.id, c.period, '', CAST(owed.value AS bigint), {day}, e.level_id, e.territory
FROM {each}(%s) AS owed
JOIN entities_entity e ON e.id = CAST(owed.key AS bigint)
JOIN obligations_call c ON c.id = %s
"""
_EACH = {"sqlite": "json_each", "postgresql": "json_each_text"}
_DAY = {"sqlite": "%s", "postgresql": "CAST(%s AS date)"}


def bind(call: Call, put: Sequence[Edition], due: Callable[[str], date | None]) -> None:
    """Freeze who owes what: scopes are shared, and all obligations of one due day are written by one statement.

    ``due`` says by when, in each territory.

    Refused where nothing binds, where nobody is called, and where nothing binds any of those called.
    """
    bound = binding(put, call.since)
    if not bound and call.since:
        raise Refused("call-nothing-changed", since=f"{call.since.instrument.code}/{call.since.code}")
    if not bound:
        raise Refused("call-binds-nothing", editions=", ".join(f"{each.instrument.code}/{each.code}" for each in put))
    called = dict(audience(call.audience, on=call.opens_on).order_by().values_list("pk", "territory"))
    if not called:
        raise Refused("call-audience-empty", audience=call.audience, on=call.opens_on)
    groups = rules.resolve(called, {each.name: each.reach for each in bound}, _reached(bound, call))
    if not groups:
        raise Refused("call-binds-nobody", audience=call.audience, on=call.opens_on)
    keys = {each.name: each.item.pk for each in bound}
    scopes = Scope.objects.bulk_create([Scope(call=call, digest=rules.scope_digest(items)) for items in groups])
    ScopeItem.objects.bulk_create(
        [
            ScopeItem(scope=scope, item_id=keys[name])
            for scope, items in zip(scopes, groups, strict=True)
            for name in sorted(items)
        ]
    )
    days = {territory: due(territory) for territory in set(called.values())}
    owed: dict[date | None, dict[int, int]] = {}
    for scope, group in zip(scopes, groups.values(), strict=True):
        for debtor in group:
            owed.setdefault(days[called[debtor]], {})[debtor] = scope.pk
    for day, scope_of in owed.items():
        owe(call, day, scope_of)


def _reached(bound: Iterable[Binding], call: Call) -> dict[str, frozenset[int]]:
    """Ask the register who is in each audience that an item names; Refused with the item where that cannot be said."""
    said = {expression: each for each in bound for expression in each.reach.expressions}
    found = {}
    for expression, keys in reached(said, on=call.opens_on).items():
        if isinstance(keys, Refused):
            raise Refused("call-item-audience", item=said[expression].name, audience=expression) from keys
        found[expression] = keys
    return found


def owe(call: Call, day: date | None, scope_of: Mapping[int, int]) -> None:
    """Let each debtor owe a scope (both by key) by a day: one statement."""
    statement = _OWE.format(each=_EACH[connection.vendor], day=_DAY[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute(statement, [connection.ops.adapt_datefield_value(day), json.dumps(scope_of), call.pk])
