"""Activities that several bodies carry out: whom their owner asked, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments import policy
from yupana.domain.commitments import queries as commitments
from yupana.foundation.kernel.actor import Role

if TYPE_CHECKING:
    from collections.abc import Collection

    from yupana.domain.commitments.models import Partnership
    from yupana.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """One body that was asked; ``answerable``: by this reader."""

    partnership: Partnership
    answerable: bool

    @property
    def activity(self) -> str:
        """The activity as it was called when it was asked, whatever its owner writes since."""
        return self.partnership.activity


def waiting(actor: Actor) -> tuple[Asked, ...]:
    """What the actor's entities were asked and have not answered yet; one query."""
    mine = actor.entities(Role.ENTITY_PLANNER, Role.EXECUTIVE)
    return _told(actor, list(commitments.partnerships(actor).filter(partner__in=mine, confirmed=None)))


def of_row(actor: Actor, obligation: int, row: int) -> tuple[Asked, ...]:
    """Whom the owner of one activity asked."""
    return _told(actor, list(commitments.partnerships(actor).filter(obligation=obligation, row=row)))


def one(actor: Actor, pk: int) -> Asked:
    """One that was asked; Missing unless the actor may know of it."""
    return _told(actor, [commitments.partnership(actor, pk)])[0]


def _told(actor: Actor, found: Collection[Partnership]) -> tuple[Asked, ...]:
    return tuple(Asked(each, each.confirmed is None and policy.can_answer_for(actor, each)) for each in found)
