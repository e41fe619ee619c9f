"""Which figure a page shows: enough to count it again and to say what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as a reader meets it. ``calls`` are codes; what is left empty is not restricted.

    ``item`` is "INSTRUMENT/EDITION#role:code", ``entity`` "source:source_id", ``as_of`` the day up to which it is read.
    """

    measure: str
    calls: tuple[str, ...]
    as_of: date
    item: str = ""
    level: str = ""
    territory: str = ""
    entity: str = ""

    def query(self) -> dict[str, str]:
        """Say it in an address: only what is said."""
        told = {
            "m": self.measure,
            "c": ",".join(self.calls),
            "al": self.as_of.isoformat(),
            "i": self.item,
            "n": self.level,
            "t": self.territory,
            "e": self.entity,
        }
        return {name: value for name, value in told.items() if value}
