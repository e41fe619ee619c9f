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


def can_edit(actor: Actor, edition: Edition | None = None) -> bool:
    """Whether the actor may change the text of the edition, or of drafts at all if none is named."""
    return can_publish(actor) and (edition is None or edition.state == EditionState.DRAFT)


def can_comment(actor: Actor, entity: int | None) -> bool:
    """Whether the actor may speak in a consultation: anybody for themselves, for a body only those who act for it."""
    return entity is None or entity in actor.entities(Role.ENTITY_PLANNER, Role.EXECUTIVE)


def can_read(actor: Actor, edition: Edition) -> bool:
    """Whether the actor may read the edition: what is published or in consultation, everybody; a draft, its writers."""
    return edition.state != EditionState.DRAFT or can_publish(actor)


def readable_by(actor: Actor, editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Those of the editions that the actor may read: the same rule for many."""
    return editions if can_publish(actor) else editions.exclude(state=EditionState.DRAFT)
