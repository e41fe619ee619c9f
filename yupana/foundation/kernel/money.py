"""Money as integer cents, read and written the Bolivian way (1.234,56)."""

from __future__ import annotations

import re

_BOLIVIAN = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<cents>\d{1,2}))?")
_PLAIN = re.compile(r"(?P<whole>\d+)\.(?P<cents>\d{2})")
MOST_CENTS = 10**14
"""A billion of bolivianos a thousand times over: no State's plan holds more, and 90,000 such amounts still add up."""


def parse_cents(text: str) -> int:
    """Read an amount such as "1.234,56", "Bs 1234" or "1234.56" into cents.

    Raises ValueError on anything else, on negatives, and beyond ``MOST_CENTS``.
    """
    bare = re.sub(r"^(?:bs\.?|bob)\s*", "", text.strip(), flags=re.IGNORECASE)
    found = _BOLIVIAN.fullmatch(bare) or _PLAIN.fullmatch(bare)
    if not found or not bare.isascii():
        raise ValueError(f"no amount: {text!r}")
    cents = int(found["whole"].replace(".", "")) * 100 + int((found["cents"] or "").ljust(2, "0") or 0)
    if cents > MOST_CENTS:
        raise ValueError(f"no amount: {text!r} is more than we can keep")
    return cents


def format_cents(cents: int) -> str:
    """Write cents as "1.234,56"."""
    sign, whole, rest = "-" if cents < 0 else "", *divmod(abs(cents), 100)
    return f"{sign}{whole:,}".replace(",", ".") + f",{rest:02d}"
