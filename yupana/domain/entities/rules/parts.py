"""Why a body is in an audience or not: its conditions one by one, each wanted as it is or turned round by a "not"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.entities.rules.audience import All, And, Audience, Match, Not, Or, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Part:
    """One condition of an audience. ``negated``: the body has to be outside of it."""

    match: Match
    negated: bool = False

    def __str__(self) -> str:
        return str(self.tree)

    @property
    def tree(self) -> Audience:
        """The condition as an audience of its own."""
        return Not(self.match) if self.negated else self.match

    def spoken(self, language: str) -> str:
        """Say it in the words of a reader."""
        return spoken(self.tree, language)


def parts_of(audience: Audience, *, negated: bool = False) -> Iterator[Part]:
    """Yield every condition from left to right, each with the "not" that in the end stands before it."""
    if isinstance(audience, Match):
        yield Part(audience, negated)
    elif isinstance(audience, Not):
        yield from parts_of(audience.inner, negated=not negated)
    elif isinstance(audience, And | Or):
        for part in audience.parts:
            yield from parts_of(part, negated=negated)


def holds(audience: Audience, held: Mapping[Match, bool]) -> bool:
    """Whether a body is in an audience, by which matches hold for it."""
    if isinstance(audience, All):
        return True
    if isinstance(audience, Match):
        return held[audience]
    if isinstance(audience, Not):
        return not holds(audience.inner, held)
    told = (holds(part, held) for part in audience.parts)
    return all(told) if isinstance(audience, And) else any(told)
