"""Who may change the register. Reading it is everybody's right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Forbidden

if TYPE_CHECKING:
    from yupana.foundation.kernel.actor import Actor


def can_register(actor: Actor) -> bool:
    """Whether the actor may import a register or record a succession: the authority's planners and the operator."""
    return actor.operator or actor.has(Role.PLANNER)


def check_register(actor: Actor) -> None:
    """Refuse who may not."""
    if not can_register(actor):
        raise Forbidden("register-forbidden")
