"""Who may draft, publish and read editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import EditionState
from yupana.foundation.kernel.actor import Actor, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from yupana.domain.instruments.models import Edition


def can_publish(actor: Actor) -> bool:
    """Whether the actor drafts and publishes: the authority's planners, and the operator at the console."""
    return actor.operator or actor.has(Role.PLANNER)


def can_read(actor: Actor, edition: Edition) -> bool:
    """Whether the actor may read the edition: what is published, everybody; a draft, only those who write it."""
    return edition.state != EditionState.DRAFT or can_publish(actor)


def readable_by(actor: Actor, editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Those of the editions that the actor may read: the same rule for many."""
    return editions if can_publish(actor) else editions.exclude(state=EditionState.DRAFT)
