"""How the progress of activities becomes shares that add up: whole per item and body, rounded once."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from yupana.foundation.kernel.share import Share

if TYPE_CHECKING:
    from collections.abc import Iterable

WHOLE = 10_000  # basis points
_NONE = Fraction(0)


def of_item(parts: Iterable[tuple[Fraction, Fraction | None]], whole: Fraction | None = None) -> Share:
    """Share of one item that one body's activities reached: weight and ratio (0 to 1) of each, None for unknown.

    ``whole`` (unless told otherwise all their weight) is 10,000 basis points: what is not known of the parts' weight is
    unknown, and nothing is said of the rest. Rounded once, half to even.
    """
    told = list(parts)
    if len(told) == 1 and whole is None and told[0][0]:  # most items: one activity is the whole of it
        ratio = told[0][1]
        return Share(0, 0, WHOLE) if ratio is None else Share(round(WHOLE * ratio), WHOLE)
    spoken = sum((each for each, _ in told), _NONE)
    whole = spoken if whole is None else whole
    if not whole:
        return Share()
    due = round(WHOLE * sum((each for each, ratio in told if ratio is not None), _NONE) / whole)
    gone = sum((each * ratio for each, ratio in told if ratio is not None), _NONE)
    return Share(min(round(WHOLE * gone / whole), due), due, round(WHOLE * spoken / whole) - due)
