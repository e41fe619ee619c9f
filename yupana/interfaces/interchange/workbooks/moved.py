"""Whose number is whose, when activities were moved on a sheet whose numbers stay where they are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST = 2  # cells that an activity must say to be known again by them


def settled(base: Mapping[int, Mapping[str, str]], now: Mapping[int, Mapping[str, str]]) -> dict[int, int]:
    """Return which number an activity has, by the number beside which it stands, where the two differ.

    An activity is known again where it says exactly what another one said, which says something else now. What stood
    in its way gets a number that became free.
    """
    homeless: dict[frozenset[tuple[str, str]], list[int]] = defaultdict(list)
    for row, cells in base.items():
        if now.get(row) != cells and len(cells) >= LEAST:
            homeless[frozenset(cells.items())].append(row)
    found: dict[int, int] = {}
    for row, cells in now.items():
        if cells == base.get(row):
            continue
        homes = homeless.get(frozenset(cells.items()), [])
        if len(homes) == 1:
            found[row] = homes.pop()
    taken = set(found.values())
    displaced = [row for row in now if row in taken and row not in found]
    free = [row for row in found if row not in taken]
    beyond = max([*base, *now], default=0)
    free += [beyond + 1 + more for more in range(len(displaced))]
    return found | dict(zip(displaced, free, strict=False))
