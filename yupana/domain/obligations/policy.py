"""Who may open and move calls, and who may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from yupana.domain.obligations.models import Call, Obligation, Plea
from yupana.domain.obligations.rules import CallState, Visibility
from yupana.foundation.kernel.actor import Actor, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

AUTHORITY = (Role.PLANNER, Role.REVIEWER, Role.AUDITOR)
OF_THE_ENTITY = (Role.ENTITY_PLANNER, Role.EXECUTIVE)


def can_call(actor: Actor) -> bool:
    """Whether the actor opens and closes calls, extends and waives: the authority's planners and the operator."""
    return actor.operator or actor.has(Role.PLANNER)


def is_own(actor: Actor, obligation: Obligation) -> bool:
    """Whether a body owes it for which the actor holds any mandate."""
    return any(entity == obligation.debtor_id for _, entity in actor.mandates)


def can_plead(actor: Actor, obligation: Obligation) -> bool:
    """Whether the actor asks for more time, or to be waived: who plans or signs for the entity that owes it."""
    return obligation.debtor_id in actor.entities(*OF_THE_ENTITY)


def pleas_readable_by(actor: Actor, pleas: QuerySet[Plea]) -> QuerySet[Plea]:
    """Those of the pleas that the actor may read: an entity's people its own, the authority all."""
    return pleas if _sees_all(actor) else pleas.filter(obligation__debtor__in=actor.entities(*OF_THE_ENTITY))


def can_read(actor: Actor, call: Call) -> bool:
    """Whether the actor may read the call: a public one, everybody; a restricted one, the authority and its debtors.

    A draft is for those who call alone.
    """
    if call.state == CallState.DRAFT:
        return can_call(actor)
    if call.visibility == Visibility.PUBLIC or _sees_all(actor):
        return True
    return call.obligations.filter(debtor__in=actor.entities(*OF_THE_ENTITY)).exists()


def readable_by(actor: Actor, calls: QuerySet[Call]) -> QuerySet[Call]:
    """Those of the calls that the actor may read: the same rule for many."""
    shown = calls if can_call(actor) else calls.exclude(state=CallState.DRAFT)
    if _sees_all(actor):
        return shown
    own = Obligation.objects.filter(call=OuterRef("pk"), debtor__in=actor.entities(*OF_THE_ENTITY))
    return shown.filter(Q(visibility=Visibility.PUBLIC) | Exists(own))


def obligations_readable_by(actor: Actor, obligations: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Those of the obligations that the actor may read; in a restricted call a debtor reads its own alone."""
    if _sees_all(actor):
        return obligations
    own = Q(debtor__in=actor.entities(*OF_THE_ENTITY))
    return obligations.filter(Q(call__visibility=Visibility.PUBLIC) | own)


def _sees_all(actor: Actor) -> bool:
    return actor.operator or actor.has(*AUTHORITY)
