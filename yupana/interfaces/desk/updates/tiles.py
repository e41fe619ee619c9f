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
WIDE, HIGH, GAP = 112, 66, 6
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
    """Bodies by territory: ``tiles`` where all territories are departments, ``rows`` always; ``nowhere`` has none."""

    tiles: tuple[Tile, ...]
    rows: tuple[tuple[str, int], ...]
    nowhere: int
    width: int = COLUMNS * (WIDE + GAP) - GAP
    height: int = ROWS * (HIGH + GAP) - GAP


def places(counts: Mapping[str, int]) -> Places:
    """Put counts by territory ("" for none) on the map; where one is no department there is no map."""
    there = {where: number for where, number in counts.items() if where}
    nowhere = counts.get("", 0)
    if not there or any(where not in _CODES for where in there):
        return Places((), tuple(sorted(there.items())), nowhere)
    found = dict.fromkeys(DEPARTMENTS, 0)
    for where, number in there.items():
        found[_CODES[where]] += number
    most = max(found.values())
    tiles = tuple(_tile(code, number, most) for code, number in found.items())
    return Places(tiles, tuple((tile.name, tile.bodies) for tile in tiles), nowhere)


def _tile(code: str, number: int, most: int) -> Tile:
    _, name, column, row = DEPARTMENTS[code]
    shade = PALEST + (DARKEST - PALEST) * number / most
    return Tile(name, number, column * (WIDE + GAP), row * (HIGH + GAP), f"{shade if number else 0:.2f}")
