"""Who may open accounts and give or end mandates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Forbidden

if TYPE_CHECKING:
    from yupana.foundation.kernel.actor import Actor


def can_grant(actor: Actor) -> bool:
    """Whether the actor may open accounts and give and end mandates: the authority's planners and the operator."""
    return actor.operator or actor.has(Role.PLANNER)


def check_grant(actor: Actor) -> None:
    """Refuse who may not."""
    if not can_grant(actor):
        raise Forbidden("grant-forbidden")
