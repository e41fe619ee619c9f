"""Adding shares up by measure and item, and telling them as plain numbers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from yupana.foundation.kernel.share import Share
from yupana.projections.figures import rules
from yupana.projections.figures.rules import EXECUTION, weighted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from yupana.foundation.kernel.canonical import Plain

WHOLE = 10_000
NOTHING = Share()
BASES = {  # what was checked is a part of all that was declared, or should have been
    rules.ADVANCE_VERIFIED: rules.ADVANCE,
    rules.ADVANCE_CHECKED: rules.ADVANCE,
    rules.EFFICACY_VERIFIED: rules.EFFICACY,
    rules.EFFICACY_CHECKED: rules.EFFICACY,
}


class Sums:
    """Shares by measure and by item (None: of the body as a whole, or of no item)."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.by: dict[str, dict[int | None, Share]] = defaultdict(dict)

    def add(self, measure: str, item: int | None, share: Share) -> None:
        """Add one share."""
        held = self.by[measure]
        held[item] = held[item] + share if item in held else share

    def add_all(self, other: Sums) -> None:
        """Add what another one holds."""
        for measure, items in other.by.items():
            for item, share in items.items():
                self.add(measure, item, share)

    def total(self, measure: str, items: Iterable[int | None] | None = None) -> Share:
        """Add up one measure, over some items or over everything."""
        held = self.by.get(measure, {})
        chosen = held.values() if items is None else [held[item] for item in items if item in held]
        return sum(chosen, Share())

    def ratio(self, measure: str, weights: Mapping[int, int]) -> Fraction | None:
        """Say a measure as one ratio: weighted over the items; of what has no items, or is money, the plain one."""
        held = {item: share for item, share in self.by.get(measure, {}).items() if item is not None}
        if measure == EXECUTION or not held:
            return self.total(measure).ratio
        return weighted(held, weights)

    def known(
        self, measure: str, weights: Mapping[int, int], items: Iterable[int | None] | None = None
    ) -> Fraction | None:
        """Say of which part of all that is due a measure speaks, weighted the same way; of some items, or of all."""
        own, base = self.by.get(measure, {}), self.by.get(BASES.get(measure, measure), {})
        chosen = set(base) if items is None else base.keys() & set(items)
        held = {item: Share(own.get(item, NOTHING).due, base[item].due + base[item].unknown) for item in chosen}
        of_items = {item: share for item, share in held.items() if item is not None}
        if measure == EXECUTION or not of_items:
            return sum(held.values(), Share()).ratio
        return weighted(of_items, weights)

    def told(
        self, measures: Iterable[str], weights: Mapping[int, int], items: Iterable[int | None] | None = None
    ) -> dict[str, Plain]:
        """Tell every measure: done, due, unknown, and its ratio and the part that it speaks of in basis points.

        They are rounded half to even; None: nothing to say.

        ``items`` cuts it down to some items; ``[None]`` to what answers none, which has no weight and is added up.
        """
        chosen = None if items is None else list(items)
        told: dict[str, Plain] = {}
        for measure in measures:
            held = self.by.get(measure, {})
            if not held or (chosen is not None and held.keys().isdisjoint(chosen)):
                continue
            share = self.total(measure, chosen)
            if chosen is None:
                ratio = self.ratio(measure, weights)
            elif measure == EXECUTION or chosen == [None]:
                ratio = share.ratio
            else:
                ratio = weighted({item: held[item] for item in chosen if item is not None and item in held}, weights)
            known = basis_points(self.known(measure, weights, chosen))
            told[measure] = [share.done, share.due, share.unknown, basis_points(ratio), known]
        return told


def basis_points(ratio: Fraction | None) -> int | None:
    """Round a ratio once, half to even."""
    return None if ratio is None else round(ratio * WHOLE)
