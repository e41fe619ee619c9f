"""A share adds in any order and only turns into a percentage beside its base."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Share:
    """``done`` of ``due``, with ``unknown`` cases kept apart: they are neither met nor unmet."""

    done: int = 0
    due: int = 0
    unknown: int = 0

    def __add__(self, other: Share) -> Share:
        """Add two shares of the same measure."""
        return Share(self.done + other.done, self.due + other.due, self.unknown + other.unknown)

    def __sub__(self, other: Share) -> Share:
        """Take one share out of another."""
        return Share(self.done - other.done, self.due - other.due, self.unknown - other.unknown)

    @property
    def ratio(self) -> Fraction | None:
        """The exact ratio, or None where nothing was due: an empty base is not zero."""
        return Fraction(self.done, self.due) if self.due else None

    @property
    def percent(self) -> int | None:
        """Whole per cent, half to even; 0 and 100 are kept for exactly none and exactly all, more is more than 100."""
        if self.ratio is None:
            return None
        if self.done in (0, self.due):
            return round(self.ratio * 100)
        if self.done > self.due:
            return max(round(self.ratio * 100), 101)
        return min(max(round(self.ratio * 100), 1), 99)

    @property
    def missing(self) -> int:
        """Due and not done."""
        return max(self.due - self.done, 0)
