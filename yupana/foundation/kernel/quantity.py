"""Quantities of any unit as whole ten-thousandths, read and written the Bolivian way (1.234,5).

Integers add up to the same sum on every database; four decimals are as many as a plan's indicators ever showed.
"""

from __future__ import annotations

import re

SCALE = 10_000
MOST = 2**63 - 1
_BOLIVIAN = re.compile(r"(?P<sign>-?)(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(?P<part>\d{1,4}))?")
_PLAIN = re.compile(r"(?P<sign>-?)(?P<whole>\d+)\.(?P<part>\d{1,4})")


def parse_quantity(text: str) -> int:
    """Read a number such as "1.234,5", "12" or "0.25" into ten-thousandths.

    A point before three digits separates thousands, except after a lone 0. Raises ValueError on anything else and
    beyond a 64-bit column.
    """
    bare = text.strip()
    found = _BOLIVIAN.fullmatch(bare) or _PLAIN.fullmatch(bare)
    if not found or not bare.isascii():
        raise ValueError(f"no quantity: {text!r}")
    value = int(found["whole"].replace(".", "")) * SCALE + int((found["part"] or "").ljust(4, "0"))
    if value > MOST:
        raise ValueError(f"no quantity: {text!r} is more than we can keep")
    return -value if found["sign"] else value


def format_quantity(value: int) -> str:
    """Write ten-thousandths as "1.234,5", without decimals that say nothing."""
    sign, whole, part = "-" if value < 0 else "", *divmod(abs(value), SCALE)
    decimals = f"{part:04d}".rstrip("0")
    return f"{sign}{whole:,}".replace(",", ".") + (f",{decimals}" if decimals else "")
