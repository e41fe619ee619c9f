"""What an import did: counted, and whatever could not be placed or is doubtful named with its place."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """One line about one place: ``where`` is file:line or sheet!cell, ``why`` an id, ``text`` what stands there."""

    where: str
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """``read`` counts source rows; created, updated and unchanged count stored records.

    ``unplaced`` was kept but has no place; ``flagged`` was placed and is doubtful.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    unplaced: tuple[Note, ...] = field(default=())
    flagged: tuple[Note, ...] = field(default=())

    def __add__(self, other: Report) -> Report:
        """Add the reports of two parts of one import."""
        return Report(
            self.read + other.read,
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.unplaced + other.unplaced,
            self.flagged + other.flagged,
        )
