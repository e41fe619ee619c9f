"""Where the items of a draft stand, and what changes places when one of them moves with all that is below it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable


class Step(StrEnum):
    """One step of an item inside its tree."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an item stands: below which other (None at the root), and at which place of the reading order."""

    item: int
    parent: int | None
    order: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item may go: below ``parent`` (None at the root), right behind its sibling ``behind`` (None: first)."""

    parent: int | None
    behind: int | None = None


@dataclass(frozen=True, slots=True)
class Swap:
    """Two runs of places, each said by its first and last, one behind the other, that change places."""

    first: tuple[int, int]
    second: tuple[int, int]


class Outline:
    """A tree in reading order: an item and all that is below it stand in one run of places."""

    def __init__(self, spots: Iterable[Spot]) -> None:
        """Read spots in reading order: each parent before its children."""
        self.spots = {spot.item: spot for spot in spots}
        self._families: dict[int | None, list[int]] = {}
        self._at = {item: at for at, item in enumerate(self.spots)}
        self._items = list(self.spots)
        for spot in self.spots.values():
            self._families.setdefault(spot.parent, []).append(spot.item)

    def family(self, parent: int | None) -> list[int]:
        """List what stands right below an item, in order; at the root for None."""
        return self._families.get(parent, [])

    def branch(self, item: int) -> list[int]:
        """List an item and all that is below it, in reading order."""
        found = [item]
        for other in self._items[self._at[item] + 1 :]:
            if not self._is_below(other, item):
                break
            found.append(other)
        return found

    def run(self, item: int) -> tuple[int, int]:
        """Say the first and the last place that an item and all below it take."""
        return self.spots[item].order, self.spots[self.branch(item)[-1]].order

    def place_of(self, item: int) -> Place:
        """Say where an item stands."""
        return Place(self.spots[item].parent, self._before(item))

    def last(self, parent: int | None) -> Place:
        """Say where the next one below an item would come."""
        family = self.family(parent)
        return Place(parent, family[-1] if family else None)

    def step(self, item: int, step: Step) -> Place | None:
        """Say where a step leads; None where there is no way."""
        parent, before = self.spots[item].parent, self._before(item)
        if step is Step.OUT:
            return None if parent is None else Place(self.spots[parent].parent, parent)
        if step is Step.IN:
            return None if before is None else self.last(before)
        if step is Step.UP:
            return None if before is None else Place(parent, self._before(before))
        family = self.family(parent)
        behind = family[family.index(item) + 1 :]
        return Place(parent, behind[0]) if behind else None

    def opening(self, place: Place) -> int:
        """Say at which place of the reading order something begins that comes there."""
        if place.behind is not None:
            return self.run(place.behind)[1] + 1
        if place.parent is not None:
            return self.spots[place.parent].order + 1
        return self.spots[self._items[0]].order if self._items else 0

    def moved(self, item: int, place: Place) -> Swap | None:
        """Say which runs change places when an item goes there with all below it; None where none does.

        Refused where the place is at or below the item itself, or its two halves do not belong together.
        """
        self.check(place)
        if {place.parent, place.behind} & set(self.branch(item)):
            raise Refused("item-below-itself-here")
        first, last = self.run(item)
        opening = self.opening(place)
        others = [spot.order for spot in self.spots.values() if last < spot.order < opening]
        if others:
            return Swap((first, last), (min(others), max(others)))
        others = [spot.order for spot in self.spots.values() if opening <= spot.order < first]
        return Swap((min(others), max(others)), (first, last)) if others else None

    def check(self, place: Place) -> None:
        """Refuse a place that is nowhere in this tree."""
        if place.parent is not None and place.parent not in self.spots:
            raise Refused("item-place-gone")
        if place.behind is not None and place.behind not in self.family(place.parent):
            raise Refused("item-place-gone")

    def _before(self, item: int) -> int | None:
        family = self.family(self.spots[item].parent)
        at = family.index(item)
        return family[at - 1] if at else None

    def _is_below(self, item: int, above: int) -> bool:
        parent = self.spots[item].parent
        while parent is not None and parent != above:
            parent = self.spots[parent].parent
        return parent == above
