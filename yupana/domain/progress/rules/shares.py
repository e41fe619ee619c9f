"""How the progress of activities becomes shares that add up: whole per item and body, rounded once."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from yupana.foundation.kernel.share import Share

if TYPE_CHECKING:
    from collections.abc import Iterable

WHOLE = 10_000  # basis points


def of_item(parts: Iterable[tuple[Fraction, Fraction | None]]) -> Share:
    """Share of one item that one body's activities reached: weight and ratio (0 to 1) of each, None for unknown.

    It is 10,000 basis points in all, of which the part of unknown activities is unknown; rounded once, half to even.
    """
    told = list(parts)
    weight = sum(each for each, _ in told)
    if not weight:
        return Share()
    due = round(WHOLE * sum((each for each, ratio in told if ratio is not None), Fraction(0)) / weight)
    gone = sum((each * ratio for each, ratio in told if ratio is not None), Fraction(0))
    return Share(min(round(WHOLE * gone / weight), due), due, WHOLE - due)
