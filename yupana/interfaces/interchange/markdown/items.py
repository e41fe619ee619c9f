"""Items while a draft is being read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import NOBODY, ItemRole

if TYPE_CHECKING:
    from datetime import date

    from yupana.foundation.kernel.canonical import Plain
    from yupana.interfaces.interchange.markdown.grammar import Grammar

HELD_BY_ITEMS = frozenset({ItemRole.ACTION, ItemRole.TARGET, ItemRole.INDICATOR})


@dataclass(slots=True, eq=False)
class Draft:
    """An item while it is being read. ``number`` is the code that the text gives it, "" where it gives none."""

    role: ItemRole
    where: str
    text: str
    parent: Draft | None
    number: str = ""
    bodies: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    due_on: date | None = None
    more: dict[str, Plain] = field(default_factory=dict)
    full: bool = False  # whether items hang on it already
    prose: bool = False  # whether it is running text that stands by itself
    gathers: bool = False  # whether its text stands below its label, in bullets

    @property
    def body(self) -> str:
        """What explains it."""
        return "".join(self.bodies)

    @property
    def legal_basis(self) -> str:
        """Its norms."""
        return "\n".join(self.bases)

    def say(self, text: str, *, loose: bool = True) -> None:
        """Add to what explains it."""
        if self.bodies:
            self.bodies.append("\n\n" if loose else "\n")
        self.bodies.append(text)


def audience_of(item: Draft, grammar: Grammar) -> str:
    """Say whom an item binds: nobody where it speaks of the State itself and names nobody responsible."""
    binds_nobody = item.role is ItemRole.GUIDELINE and "responsible" not in item.more
    return NOBODY if binds_nobody and grammar.binds_nobody(item.text) else ""
