"""What can happen to an item between two texts of an instrument."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from yupana.domain.instruments.facts import ItemFact, Origin

Text: TypeAlias = Sequence[ItemFact]  # in reading order, as `arranged` gives it: each parent before its children


class ChangeKind(StrEnum):
    """What happened to an item between two texts.

    REWEIGHTED is what was said differently, its stake; SHIFTED only follows: its weight is another, because others
    around it came, left or were reweighted.
    """

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    REWEIGHTED = "reweighted"
    SHIFTED = "shifted"
    REDATED = "redated"
    READDRESSED = "readdressed"
    RETARGETED = "retargeted"
    SPLIT = "split"
    MERGED = "merged"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Change:
    """All that happened to one item; ``before`` None where it is new, ``after`` None where it left.

    ``under`` is the lineage of the item above it afterwards and ``follows`` that of the sibling before it, "" where
    there is none. ``origins`` are the items of the text before that it was split from or that were merged into it;
    ``heirs`` are, by lineage, the items of the text after that say so of this one.
    """

    lineage: str
    kinds: frozenset[ChangeKind]
    before: ItemFact | None
    after: ItemFact | None
    under: str = ""
    follows: str = ""
    origins: tuple[Origin, ...] = ()
    heirs: tuple[str, ...] = ()

    @property
    def said(self) -> frozenset[ChangeKind]:
        """What was done to the item itself, without what only follows from changes around it."""
        return self.kinds - {ChangeKind.SHIFTED}
