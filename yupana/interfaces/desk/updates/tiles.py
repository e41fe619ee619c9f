"""The nine departments as tiles, each about where it lies, and how many bodies stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# By the code of the national institute of statistics: the letters that registers write, the name, column and row.
DEPARTMENTS = {
    "01": ("CH", "Chuquisaca", 1, 2),
    "02": ("LP", "La Paz", 0, 1),
    "03": ("CB", "Cochabamba", 1, 1),
    "04": ("OR", "Oruro", 0, 2),
    "05": ("PT", "Potosí", 0, 3),
    "06": ("TJ", "Tarija", 1, 3),
    "07": ("SC", "Santa Cruz", 2, 1),
    "08": ("BE", "Beni", 1, 0),
    "09": ("PD", "Pando", 0, 0),
}
WIDE, HIGH, GAP = 120, 66, 6
COLUMNS, ROWS = 3, 4
PALEST, DARKEST = 0.05, 0.42  # of the colour; the words on it stay readable in both schemes
_CODES = {known: code for code, (letters, *_) in DEPARTMENTS.items() for known in (code, letters)}


@dataclass(frozen=True, slots=True)
class Tile:
    """One department: where its tile begins, how dark it is, and how many bodies stand there."""

    name: str
    bodies: int
    x: int
    y: int
    shade: str


@dataclass(frozen=True, slots=True)
class Places:
    """Bodies by territory: ``tiles`` are the departments, ``rows`` they and all others; ``nowhere`` stand in none."""

    tiles: tuple[Tile, ...]
    rows: tuple[tuple[str, int], ...]
    nowhere: int
    width: int = COLUMNS * (WIDE + GAP)
    height: int = ROWS * (HIGH + GAP)
    wide: int = WIDE
    high: int = HIGH


def places(counts: Mapping[str, int], names: Mapping[str, str] | None = None) -> Places:
    """Put counts by territory ("" for none) on the map; where none of them is a department there is no map.

    ``names`` say what territories are called that are no department.
    """
    names = names or {}
    nowhere = counts.get("", 0)
    elsewhere = {where: many for where, many in counts.items() if where and where not in _CODES}
    others = tuple(sorted((names.get(where, where), many) for where, many in elsewhere.items()))
    found = dict.fromkeys(DEPARTMENTS, 0)
    for where in counts.keys() & _CODES.keys():
        found[_CODES[where]] += counts[where]
    most = max(found.values())
    if not most:
        return Places((), others, nowhere)
    tiles = tuple(_tile(code, many, most) for code, many in found.items())
    return Places(tiles, (*((tile.name, tile.bodies) for tile in tiles), *others), nowhere)


def _tile(code: str, many: int, most: int) -> Tile:
    _, name, column, row = DEPARTMENTS[code]
    shade = PALEST + (DARKEST - PALEST) * many / most
    return Tile(name, many, column * (WIDE + GAP), row * (HIGH + GAP), f"{shade if many else 0:.2f}")
