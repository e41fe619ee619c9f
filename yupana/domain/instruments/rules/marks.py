"""Two wordings of one text, marked word by word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text of one mark. Kept and removed pieces joined are the text before, kept and added the text after."""

    mark: Mark
    text: str


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Mark what was kept, removed and added between two wordings, word by word."""
    raise NotImplementedError
