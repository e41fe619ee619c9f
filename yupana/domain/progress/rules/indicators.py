"""What an indicator is worth: each body's values over time, then those of many bodies, beside who is not known.

All quantities count ten-thousandths and are exact. Numerators and denominators are added before they are divided:
percentages of different bases are never averaged, and what is unknown is never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from yupana.domain.progress.rules.advance import Promise, Ratio, Said, Unsaid, advance
from yupana.domain.progress.rules.kinds import Direction, Method, OverBodies, OverTime
from yupana.domain.progress.rules.periods import apart, covers, latest
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.share import Share

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date


class Lack(StrEnum):
    """Why the value of a body is not known."""

    SILENT = "silent"  # no report of the period was accepted
    GAP = "gap"  # the report says that there is no value, and why
    EMPTY = "empty"  # the report leaves it empty
    NO_BASE = "no-base"  # a value without numerator and denominator, where rates are put together
    ZERO_BASE = "zero-base"  # the denominator is zero


class Sheet(Protocol):
    """What is needed of a sheet."""

    @property
    def method(self) -> str:
        """How values make up the whole."""

    @property
    def direction(self) -> str:
        """Which way it is to go."""

    @property
    def baseline(self) -> int | None:
        """Where it began."""

    @property
    def target(self) -> int | None:
        """What is to be reached."""

    @property
    def factor(self) -> int:
        """What a rate is multiplied by, in ten-thousandths."""

    @property
    def over_time(self) -> str:
        """What becomes of the values of one body."""

    @property
    def over_bodies(self) -> str:
        """What becomes of those of many."""


@dataclass(frozen=True, slots=True)
class OfBody:
    """What one body said, over time: its value, the rate behind it where it is one; or why it is not known.

    ``is_part`` says that an earlier period of a sum was asked for and never came: then it is at least this much.
    """

    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    lack: Lack | None = None
    gap: str = ""
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """What an indicator is worth at the end of a period.

    ``actual`` None: not known, or kept apart by body. ``way`` is how far from the baseline to the target. ``coverage``
    counts the bodies whose value is known among those that were asked.
    """

    actual: Fraction | None
    way: Ratio
    coverage: Share
    bodies: Mapping[int, OfBody]
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    is_part: bool = False
    lacks: Mapping[Lack, int] = field(default_factory=dict)
    gaps: Mapping[str, int] = field(default_factory=dict)

    @property
    def rounded(self) -> int | None:
        """The value as it is shown: rounded once, half to even."""
        return None if self.actual is None else round(self.actual)


def value_of(
    sheet: Sheet, said: Mapping[int, Mapping[str, Said]], asked: Mapping[int, Collection[str]], last: date
) -> Value:
    """Value an indicator on a day on which periods end.

    ``said`` holds by body and period what accepted reports say, ``asked`` the periods that each body was asked for.
    Counted are the bodies that were asked for a period that ends that day; whoever said nothing of it is silent,
    whatever it said before. What adds up over time keeps what bodies did that are not asked any more. Of a single
    body the value that it gives is the value of all, even of a rate.
    """
    gone = _gone(sheet, said, asked, last)
    alone = sum(any(_last(name) <= last for name in periods) for periods in asked.values()) == 1
    bodies = {
        body: over_time(sheet, said.get(body, {}), periods, last, alone=alone)
        for body, periods in asked.items()
        if any(parse_period(name).last == last for name in periods)
    }
    known = [each for each in (*bodies.values(), *gone.values()) if each.lack is None]
    actual, above, below = _over_bodies(sheet, known)
    lacks = [each.lack for each in bodies.values() if each.lack]
    gaps = [each.gap for each in bodies.values() if each.gap]
    return Value(
        actual=actual,
        way=Ratio(unsaid=_why_no(known, below)) if actual is None else _way(sheet, actual, str(last.year), above),
        coverage=Share(sum(each.lack is None for each in bodies.values()), len(bodies)),
        bodies=bodies | gone,
        numerator=above,
        denominator=below,
        is_part=any(each.is_part for each in known),
        lacks={each: lacks.count(each) for each in Lack if each in lacks},
        gaps={each: gaps.count(each) for each in sorted(set(gaps))},
    )


def _gone(
    sheet: Sheet, said: Mapping[int, Mapping[str, Said]], asked: Mapping[int, Collection[str]], last: date
) -> dict[int, OfBody]:
    """What bodies did that were asked before and are not any more: they were merged, or let off."""
    if sheet.over_time != OverTime.SUM:
        return {}
    found = {}
    for body, periods in asked.items():
        days = [day for day in map(_last, periods) if day <= last]
        if days and max(days) < last:
            found[body] = over_time(sheet, said.get(body, {}), periods, max(days))
    return {body: each for body, each in found.items() if each.lack is None}


def _last(period: str) -> date:
    return parse_period(period).last


def over_time(
    sheet: Sheet, told: Mapping[str, Said], asked: Iterable[str], last: date, *, alone: bool = False
) -> OfBody:
    """Make one value of what one body said up to a day; it has to have said something of a period that ends then.

    ``alone``: nobody else is asked, so that no base is needed to put its value together with others.
    """
    now = [each for name, each in told.items() if parse_period(name).last == last]
    if not any(each.is_known for each in now):
        gap = next((each.gap for each in now if each.gap), "")
        return OfBody(lack=Lack.GAP if gap else Lack.EMPTY if now else Lack.SILENT, gap=gap)
    known = {name: each for name, each in told.items() if each.is_known and parse_period(name).last <= last}
    chosen = _chosen(sheet, known, alone=alone)
    due = [name for name in asked if parse_period(name).last <= last]
    missing = sheet.over_time == OverTime.SUM and any(not covers(tuple(known), name) for name in due)
    return _of_body(sheet, chosen, is_part=missing, alone=alone)


def days_of(asked: Mapping[int, Iterable[str]]) -> list[date]:
    """Return the days on which periods that were asked for end, in order."""
    return sorted({parse_period(name).last for names in asked.values() for name in names})


def _chosen(sheet: Sheet, known: Mapping[str, Said], *, alone: bool) -> list[Said]:
    """Choose the values that count: a wider period stands for its parts."""
    last = latest(tuple(known))
    if sheet.over_time == OverTime.LAST:
        return [known[last]]
    widest = apart(tuple(known))
    if sheet.over_time != OverTime.MOST:
        return [known[name] for name in widest]
    found = {name: _of_body(sheet, [known[name]], alone=alone).value for name in widest}
    values = [(value, name) for name, value in found.items() if value is not None]
    return [known[max(values)[1] if values else last]]


def _of_body(sheet: Sheet, chosen: list[Said], *, is_part: bool = False, alone: bool = False) -> OfBody:
    rates = [each for each in chosen if each.is_rate]
    if rates and len(rates) < len(chosen):
        return OfBody(lack=Lack.NO_BASE)
    if rates:
        above = Fraction(sum(each.numerator or 0 for each in rates))
        below = Fraction(sum(each.denominator or 0 for each in rates))
        if not below and sheet.over_bodies != OverBodies.RATE:
            return OfBody(numerator=above, denominator=below, lack=Lack.ZERO_BASE)
        value = above * sheet.factor / below if below else None
        return OfBody(value, above, below, is_part=is_part)
    if sheet.over_bodies == OverBodies.RATE and not alone:
        return OfBody(lack=Lack.NO_BASE)
    total = Fraction(sum(each.value or 0 for each in chosen))
    return OfBody(total / len(chosen) if sheet.over_time == OverTime.MEAN else total, is_part=is_part)


def _over_bodies(sheet: Sheet, known: list[OfBody]) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Put the bodies together: the value, and the numerator and denominator behind it where it is a rate."""
    if not known or sheet.over_bodies == OverBodies.APART:
        return None, None, None
    if sheet.over_bodies == OverBodies.RATE and all(each.denominator is not None for each in known):
        above = sum((each.numerator or Fraction(0) for each in known), Fraction(0))
        below = sum((each.denominator or Fraction(0) for each in known), Fraction(0))
        return (above * sheet.factor / below if below else None), above, below
    values = [each.value for each in known if each.value is not None]
    return (max(values) if sheet.over_bodies == OverBodies.MOST else sum(values, Fraction(0))), None, None


def _why_no(known: list[OfBody], below: Fraction | None) -> Unsaid:
    if not known:
        return Unsaid.SILENT
    return Unsaid.ZERO_DENOMINATOR if below is not None else Unsaid.NO_VALUE


def _way(sheet: Sheet, actual: Fraction, period: str, above: Fraction | None) -> Ratio:
    """Say how far the value is on its way, by the one rule of all progress: what is put together is one value.

    A sum that has to fall says nothing of it: that little has happened by March does not mean that little will. A rate
    (``above`` is its numerator) does.
    """
    falls = sheet.direction == Direction.DOWN or sheet.method == Method.REDUCTION
    if falls and sheet.over_time == OverTime.SUM and above is None:
        return Ratio(unsaid=Unsaid.ADDS_UP)
    programmed = {} if sheet.target is None else {period: sheet.target}
    promise = Promise(Method(sheet.method), sheet.direction, sheet.baseline, programmed)
    exact = Said(numerator=actual.numerator, denominator=actual.denominator * SCALE)
    return advance(promise, {period: exact}, period).final
