"""Why an edition binds one body, or does not: item by item, with the conditions that hold and those that do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.entities import queries as entities
from yupana.domain.obligations.models import CallEdition, ScopeItem
from yupana.domain.obligations.queries import binding
from yupana.domain.obligations.rules import APPLIES, Why, why
from yupana.projections.overviews.applicability import EVERYBODY, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from yupana.domain.entities.models import Entity
    from yupana.domain.entities.queries import Explained
    from yupana.domain.entities.rules import Part
    from yupana.domain.instruments.models import Edition
    from yupana.domain.obligations.models import Call
    from yupana.domain.obligations.queries import Binding


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one item applies to a body or not: ``parts`` are the conditions of its audience, each with whether it holds.

    ``name`` is the item's for ever, ``key`` that within its edition; ``audience`` and ``said_by`` as in
    `applicability.ItemReach`.
    """

    name: str
    lineage: str
    key: str
    text: str
    applies: bool
    why: Why
    audience: str
    said_by: str
    parts: tuple[tuple[Part, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """Why an edition, or a call, binds one body. ``parts`` are the conditions of the call's audience."""

    called: bool
    stands: bool
    audience: str
    parts: tuple[tuple[Part, bool], ...]
    items: tuple[Reason, ...]

    @property
    def applying(self) -> int:
        """How many items apply."""
        return sum(each.applies for each in self.items)


def trace(edition: Edition, body: Entity, *, audience: str = EVERYBODY, on: date) -> Trace:
    """Say of every binding item of an edition why it would apply to one body or not. A fixed number of queries."""
    return _trace([edition], body, audience, on, None)


def trace_call(call: Call, body: Entity) -> Trace:
    """Say of every binding item that a call put why it applies to one body or not, as of the day it opened.

    Whether it applies is what was frozen then; why is what the register says now of that day.
    """
    named = CallEdition.objects.filter(call=call).select_related("edition__instrument").order_by("order")
    frozen = set(
        ScopeItem.objects.filter(scope__call=call, scope__obligations__debtor=body).values_list("item", flat=True)
    )
    return _trace([each.edition for each in named], body, call.audience, call.opens_on, call.since, frozen)


def _trace(
    put: Sequence[Edition],
    body: Entity,
    audience: str,
    on: date,
    since: Edition | None,
    frozen: set[int] | None = None,
) -> Trace:
    every = binding(put)
    putting = {each.item.pk: each.reach for each in (binding(put, since) if since else every)}
    asked = {audience, *(one for each in every for one in each.reach.expressions)}
    asked |= {one for reach in putting.values() for one in reach.expressions}
    told = entities.explained(sorted(asked), body=body.pk)
    fault = told[audience].fault
    if fault:
        raise fault
    stands = entities.valid(on).filter(pk=body.pk).exists()
    called = stands and told[audience].holds
    inside = {each: None if found.fault else found.holds for each, found in told.items()}
    reasons = []
    for each in every:
        because = why(putting.get(each.item.pk), called=called, inside=inside)
        applies = because in APPLIES if frozen is None else each.item.pk in frozen
        reasons.append(_reason(each, because, told, applies=applies))
    return Trace(called, stands, audience, told[audience].parts, tuple(reasons))


def _reason(each: Binding, because: Why, told: Mapping[str, Explained], *, applies: bool) -> Reason:
    held = told.get(each.reach.audience)
    return Reason(
        name=each.name,
        lineage=str(each.item.lineage),
        key=key_of(each.item),
        text=each.item.text,
        applies=applies,
        why=because,
        audience=each.reach.audience,
        said_by=key_of(each.said_by),
        parts=held.parts if held else (),
    )
