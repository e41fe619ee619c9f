"""What bringing something into a draft would change, cell by cell, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: what it was when it was given out, what was brought, what the draft says now, and where it stands."""

    row: int
    field: str
    was: str
    brought: str
    now: str
    where: str = ""

    @property
    def clashes(self) -> bool:
        """Whether somebody changed the same cell of the draft meanwhile."""
        return self.now != self.was


def changes(
    base: Mapping[int, Mapping[str, str]],
    rows: Mapping[int, Mapping[str, str]],
    now: Mapping[int, Mapping[str, str]],
    where: Mapping[int, Mapping[str, str]],
) -> list[Change]:
    """Compare what was given out, what came back and what the draft says by now; cells that agree are left out."""
    found = []
    for row, cells in sorted(rows.items()):
        for field, text in cells.items():
            was, stands = base.get(row, {}).get(field, ""), now.get(row, {}).get(field, "")
            if text not in (was, stands):
                found.append(Change(row, field, was, text, stands, where.get(row, {}).get(field, "")))
    return found
