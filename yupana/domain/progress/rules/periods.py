"""Which periods are reported, and when each one can be called for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from yupana.domain.progress.rules.kinds import Frequency
from yupana.foundation.kernel.period import Period, parse_period

if TYPE_CHECKING:
    from datetime import date

_PARTS = {Frequency.MONTH: ("M", 12), Frequency.QUARTER: ("Q", 4), Frequency.HALF: ("S", 2)}


def periods(frequency: Frequency, plan: Period) -> list[str]:
    """Name the periods of a plan's years, in order."""
    years = range(plan.first.year, plan.last.year + 1)
    if frequency is Frequency.YEAR:
        return [str(year) for year in years]
    letter, number = _PARTS[frequency]
    return [f"{year}-{letter}{at}" for year in years for at in range(1, number + 1)]


def ended(frequency: Frequency, plan: Period, *, since: date, on: date) -> list[str]:
    """Name the periods that ended before ``on``, and not before ``since``."""
    return [name for name in periods(frequency, plan) if since <= parse_period(name).last < on]


def opening(period: str) -> date:
    """Return the first day on which a period can be reported: the one after it ended."""
    return parse_period(period).last + timedelta(days=1)
