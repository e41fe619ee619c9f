"""A stretch of the calendar that people report by: a year (gestión), a half, a quarter or a month."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_FORM = re.compile(r"(?P<year>\d{4})(?:-(?P<last>\d{4})|-(?P<kind>[SQM])(?P<number>\d{1,2}))?")
_MONTHS = {"S": 6, "Q": 3, "M": 1}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days ``first`` to ``last``, both included."""

    first: date
    last: date


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """Read "2024", "2017-2025", "2024-S1", "2024-Q3" or "2024-M11"; ValueError otherwise."""
    found = _FORM.fullmatch(text)
    if not found or not text.isascii() or text.startswith("0000"):
        raise ValueError(f"no period: {text!r}")
    year, last = int(found["year"]), int(found["last"] or found["year"])
    if not found["kind"]:
        if last < year:
            raise ValueError(f"no period: {text!r}")
        return Period(date(year, 1, 1), date(last, 12, 31))
    width, number = _MONTHS[found["kind"]], int(found["number"])
    if not 1 <= number <= 12 // width:
        raise ValueError(f"no period: {text!r}")
    end = number * width
    return Period(date(year, end - width + 1, 1), date(year, end, monthrange(year, end)[1]))


def period_or_none(text: str) -> Period | None:
    """Read the same; None where it is no period: a call of long ago may say none."""
    try:
        return parse_period(text)
    except ValueError:
        return None
