"""Which periods are reported, when each one can be called for, and how periods lie to each other.

Names are kept in tuples: the same few sets of them come back for every activity, so what is found is remembered.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from yupana.domain.progress.rules.kinds import Frequency
from yupana.foundation.kernel.period import Period, parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_PARTS = {Frequency.MONTH: ("M", 12), Frequency.QUARTER: ("Q", 4), Frequency.HALF: ("S", 2)}
_REMEMBERED = 4096


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


@lru_cache(_REMEMBERED)
def lies_in(period: str, whole: str) -> bool:
    """Whether a period lies in a wider one."""
    part, outer = parse_period(period), parse_period(whole)
    return outer.first <= part.first and part.last <= outer.last


@lru_cache(_REMEMBERED)
def closes(frequency: str, period: str) -> bool:
    """Whether what is told so often is told of a period: one of its own ends with it. Nothing said: of every one."""
    last = parse_period(period).last
    own = periods(Frequency(frequency), parse_period(str(last.year))) if frequency else [period]
    return any(parse_period(name).last == last for name in own)


def opening(period: str) -> date:
    """Return the first day on which a period can be reported: the one after it ended."""
    return parse_period(period).last + timedelta(days=1)


def order(names: Iterable[str]) -> list[str]:
    """Put periods in the order in which they end; of two that end together the wider one stands last."""
    return sorted(set(names), key=lambda name: (parse_period(name).last, -parse_period(name).first.toordinal()))


@lru_cache(_REMEMBERED)
def latest(names: tuple[str, ...]) -> str:
    """Name the one that ends last; of those that end together the widest."""
    return order(names)[-1]


@lru_cache(_REMEMBERED)
def closed(names: tuple[str, ...], period: str) -> tuple[str, ...]:
    """Name those that have ended when ``period`` ends, in order."""
    last = parse_period(period).last
    return tuple(name for name in order(names) if parse_period(name).last <= last)


@lru_cache(_REMEMBERED)
def apart(names: tuple[str, ...]) -> tuple[str, ...]:
    """Name periods of which no two share a day: a wider one stands for what lies in it, or reaches into it."""
    found: list[str] = []
    for name in sorted(names, key=lambda each: (-days(each), parse_period(each).first)):
        if not any(_meets(name, other) for other in found):
            found.append(name)
    return tuple(found)


@lru_cache(_REMEMBERED)
def within(names: tuple[str, ...], whole: str) -> tuple[str, ...]:
    """Name those that lie in a period, itself included, each day of it once."""
    outer, told = parse_period(whole), [(name, parse_period(name)) for name in names]
    return apart(tuple(name for name, each in told if outer.first <= each.first and each.last <= outer.last))


@lru_cache(_REMEMBERED)
def makes_up(names: tuple[str, ...], whole: str) -> bool:
    """Whether a period is one of them, or its parts among them come to all of its days."""
    return sum(days(each) for each in within(names, whole)) == days(whole)


@lru_cache(_REMEMBERED)
def covers(names: tuple[str, ...], part: str) -> bool:
    """Whether they speak of every day of a period: they make it up, or a wider one holds it."""
    inner, others = parse_period(part), [parse_period(each) for each in names]
    return makes_up(names, part) or any(each.first <= inner.first and inner.last <= each.last for each in others)


def days(name: str) -> int:
    """Count the days of a period."""
    return (parse_period(name).last - parse_period(name).first).days + 1


def _meets(name: str, other: str) -> bool:
    one, two = parse_period(name), parse_period(other)
    return one.first <= two.last and two.first <= one.last
