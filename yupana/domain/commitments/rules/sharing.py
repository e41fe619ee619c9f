"""An activity that answers several items is divided among them: its money and its weight, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from yupana.domain.instruments.rules import divide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WHOLE = 10_000  # basis points


def parts_of(first: int | None, also: Sequence[tuple[int, int | None]]) -> dict[int | None, int]:
    """Divide an activity among the items that it answers, as weights by item.

    ``also`` gives each further item with its basis points. Where nobody said any, all share alike; of what the said
    ones leave, those that are unsaid and the first one have equal parts.
    """
    unsaid = sum(share is None for _, share in also)
    rest = max(WHOLE - sum(share or 0 for _, share in also), 0)
    told: Counter[int | None] = Counter({first: rest})
    for item, share in also:
        told[item] += rest if share is None else share * (unsaid + 1)
    return dict(told)


def split(amount: int, weights: Mapping[int | None, int]) -> dict[int | None, int]:
    """Divide cents by weights; the parts add up to the whole."""
    return dict(zip(weights, divide(amount, list(weights.values())), strict=True))
