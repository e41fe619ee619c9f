"""Who acts: a person with the mandates in force at this moment, or an operator at the machine's own console."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a mandate lets a person do. The first three see and act over every entity."""

    PLANNER = "planner"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"
    ENTITY_PLANNER = "entity_planner"
    EXECUTIVE = "executive"


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who asks. Without mandates it may do nothing: deny by default."""

    person: int | None = None
    mandates: frozenset[tuple[Role, int]] = frozenset()
    operator: bool = False

    def entities(self, *roles: Role) -> frozenset[int]:
        """Ids of the entities for which this actor holds one of the roles."""
        return frozenset(entity for role, entity in self.mandates if role in roles)

    def has(self, *roles: Role) -> bool:
        """Whether any mandate in force carries one of the roles."""
        return any(role in roles for role, _ in self.mandates)


NOBODY = Actor()
OPERATOR = Actor(operator=True)
