"""Which figure a page shows: enough to count it again and to say what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

NOWHERE = "-"  # the department of those who stand in none
NO_LINE = "-"  # the item of what answers no line at all
BY_WEIGHT, BY_LINE = "peso", "linea"  # how it is split, in its address
BELOW = "+"  # after an item: with all that it holds


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as a reader meets it. ``calls`` are codes; what is left empty is not restricted.

    ``item`` is "INSTRUMENT/EDITION#role:code", or "INSTRUMENT/EDITION" for all that an edition binds to; ``territory``
    a department; ``entity`` "source:source_id"; ``as_of`` the day up to which it is read. ``weighted``: each line
    counts by its weight. ``by_line``: broken down by line first. ``only`` keeps money of one group ("year:2026").
    ``inside``: it is opened at the desk, where calls may be restricted.
    """

    measure: str
    calls: tuple[str, ...]
    as_of: date
    item: str = ""
    level: str = ""
    territory: str = ""
    entity: str = ""
    weighted: bool = False
    by_line: bool = False
    only: str = ""
    inside: bool = False

    def query(self) -> dict[str, str]:
        """Say it in an address: only what is said; at the desk its one call stands in the path."""
        told = {
            "m": self.measure,
            "c": "" if self.inside else ",".join(self.calls),
            "as_of": self.as_of.isoformat(),
            "i": self.item,
            "n": self.level,
            "t": self.territory,
            "e": self.entity,
            "p": BY_WEIGHT if self.weighted else BY_LINE * self.by_line,
            "x": self.only,
        }
        return {name: value for name, value in told.items() if value}
