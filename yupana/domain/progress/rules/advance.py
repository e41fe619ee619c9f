"""How far an activity is: what was done beside what it is to reach in the end, and beside what it was to reach by now.

All quantities count ten-thousandths of the activity's unit; ratios are exact. Where a ratio cannot be said there is a
reason instead: never 0, never 100 %.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from yupana.domain.progress.rules.kinds import Direction, Method
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.quantity import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

MOST_OF_PLAN = Fraction(6, 5)


class Unsaid(StrEnum):
    """Why a ratio cannot be said."""

    SILENT = "silent"  # no report of the period was accepted
    GAP = "gap"  # the report says that there is no value, and why
    NO_VALUE = "no-value"  # the report leaves it empty
    NO_METHOD = "no-method"  # the plan does not say how values make up the whole
    NO_TARGET = "no-target"
    NO_BASELINE = "no-baseline"  # what has to fall falls from somewhere
    TARGET_IS_BASELINE = "target-is-baseline"
    TARGET_IS_ZERO = "target-is-zero"
    WRONG_WAY = "wrong-way"  # the target lies on the other side of the baseline than the direction says
    NOT_DUE = "not-due"  # nothing was programmed up to now
    ZERO_DENOMINATOR = "zero-denominator"


class Flag(StrEnum):
    """What a reader should know about a ratio that can be said."""

    INCOMPLETE = "incomplete"  # an earlier period was not reported, so a sum is at least this much
    FELL = "fell"  # a running total fell
    BEYOND = "beyond"  # more than 120 % of what was programmed: look at the programming


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one period: a value, or a rate of ``numerator`` by ``denominator``; or why there is none."""

    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    gap: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether it is said as a rate."""
        return self.numerator is not None

    @property
    def is_known(self) -> bool:
        """Whether it says anything."""
        return self.value is not None or self.numerator is not None


@dataclass(frozen=True, slots=True)
class Promise:
    """What a row of a plan is to reach. ``programmed`` by period as stored; ``factor`` multiplies rates (100 for %)."""

    method: Method | None
    direction: str = ""
    baseline: int | None = None
    programmed: Mapping[str, int] = field(default_factory=dict)
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Ratio:
    """``of`` is what has to be gone and ``gone`` how much of it is, or ``unsaid`` tells why that cannot be said."""

    gone: Fraction | None = None
    of: Fraction | None = None
    unsaid: Unsaid | None = None

    @property
    def raw(self) -> Fraction | None:
        """The ratio as it is, below 0 and above 1 too."""
        return self.gone / self.of if self.gone is not None and self.of else None

    @property
    def capped(self) -> Fraction | None:
        """The ratio as it goes into sums: from 0 to 1."""
        return None if self.raw is None else min(max(self.raw, Fraction(0)), Fraction(1))


@dataclass(frozen=True, slots=True)
class Advance:
    """How far one activity is: against its last target (``final``) and against what was programmed (``to_date``).

    ``actual``, ``target`` and ``target_to_date`` are what a person compares, in ten-thousandths (None: unknown).
    """

    final: Ratio
    to_date: Ratio
    actual: Fraction | None = None
    target: Fraction | None = None
    target_to_date: Fraction | None = None
    flags: frozenset[Flag] = frozenset()


def advance(promise: Promise, said: Mapping[str, Said], period: str, *, expected: Iterable[str] = ()) -> Advance:
    """Say how far an activity is at the end of ``period``; ``said`` holds what accepted reports say, by their period.

    ``expected`` are the earlier periods that were to be reported: without one of them a sum is incomplete. No accepted
    report of ``period``: silent, whatever was said before.
    """
    last = parse_period(period).last
    unsaid = _unsaid(promise, said, period)
    if unsaid:
        target, to_date = _targets(promise, said, last)
        return Advance(Ratio(unsaid=unsaid), Ratio(unsaid=unsaid), None, target, to_date)
    known = {name: each for name, each in said.items() if each.is_known and parse_period(name).last <= last}
    made = _flow_down if promise.method is Method.FLOW and promise.direction == Direction.DOWN else _made
    found = made(promise, known, last)
    flags = set(found.flags)
    if promise.method is Method.FLOW and not set(_widest(expected)) <= _covered(known, expected):
        flags.add(Flag.INCOMPLETE)
    if promise.method is Method.CUMULATIVE and _falls(known, promise):
        flags.add(Flag.FELL)
    if found.to_date.raw is not None and found.to_date.raw > MOST_OF_PLAN:
        flags.add(Flag.BEYOND)
    return Advance(found.final, found.to_date, found.actual, found.target, found.target_to_date, frozenset(flags))


def _unsaid(promise: Promise, said: Mapping[str, Said], period: str) -> Unsaid | None:
    now = said.get(period)
    if now is None:
        return Unsaid.SILENT
    if not now.is_known:
        return Unsaid.GAP if now.gap else Unsaid.NO_VALUE
    return Unsaid.NO_METHOD if promise.method is None else None


def _made(promise: Promise, known: Mapping[str, Said], last: date) -> Advance:
    actual = _actual(promise, known)
    target, to_date = _targets(promise, known, last)
    if actual is None:
        missing = Ratio(unsaid=Unsaid.ZERO_DENOMINATOR)
        return Advance(missing, missing, None, target, to_date)
    if promise.method is Method.MILESTONE:
        reached = Fraction(SCALE if actual > 0 else 0)
        whole = Fraction(SCALE)
        return Advance(
            Ratio(reached, whole) if target is not None else Ratio(unsaid=Unsaid.NO_TARGET),
            Ratio(reached, whole) if to_date is not None else Ratio(unsaid=_why_no(target)),
            reached, target, to_date,
        )  # fmt: skip
    return Advance(
        _ratio(promise, actual, target, Unsaid.NO_TARGET),
        _ratio(promise, actual, to_date, _why_no(target)),
        actual, target, to_date,
    )  # fmt: skip


def _why_no(target: Fraction | None) -> Unsaid:
    return Unsaid.NO_TARGET if target is None else Unsaid.NOT_DUE


def _ratio(promise: Promise, actual: Fraction, target: Fraction | None, without: Unsaid) -> Ratio:
    """Measure from the baseline where the method has one, else from 0."""
    if target is None:
        return Ratio(unsaid=without)
    from_baseline = promise.method in (Method.STOCK, Method.REDUCTION) or promise.direction == Direction.DOWN
    falls = promise.direction == Direction.DOWN or promise.method is Method.REDUCTION
    if not promise.direction and from_baseline and promise.baseline is not None:
        falls = falls or target < promise.baseline
    if from_baseline and promise.baseline is None and falls:
        return Ratio(unsaid=Unsaid.NO_BASELINE)
    start = Fraction(promise.baseline) if from_baseline and promise.baseline is not None else Fraction(0)
    way = target - start
    if way == 0:
        has_start = from_baseline and promise.baseline is not None
        return Ratio(unsaid=Unsaid.TARGET_IS_BASELINE if has_start else Unsaid.TARGET_IS_ZERO)
    if (way > 0) if falls else (way < 0):
        return Ratio(unsaid=Unsaid.WRONG_WAY)
    return Ratio((actual - start) * (-1 if falls else 1), abs(way))


def _flow_down(promise: Promise, known: Mapping[str, Said], last: date) -> Advance:
    """Measure what was avoided: in each closed period of the programme, less than in a period before it began.

    A part of such a period says nothing yet: that little has happened by March does not mean that little will.
    """
    roots = {name: value for name, value in promise.programmed.items() if name in _widest(promise.programmed)}
    target, to_date = _targets(promise, known, last)
    actual = _sum(known, promise)
    closed = [name for name in roots if parse_period(name).last <= last]
    if promise.baseline is None or not roots:
        none = Ratio(unsaid=Unsaid.NO_BASELINE if roots else Unsaid.NO_TARGET)
        return Advance(none, none, actual, target, to_date)
    base = promise.baseline

    def avoided(names: Iterable[str]) -> Fraction:
        return sum((Fraction(base - roots[name]) for name in names), Fraction(0))

    gone = sum(((base - (_sum(_within(known, name), promise) or Fraction(0))) for name in closed), Fraction(0))
    return Advance(
        _avoided(gone, avoided(roots)), _avoided(gone, avoided(closed)) if closed else Ratio(unsaid=Unsaid.NOT_DUE),
        actual, target, to_date,
    )  # fmt: skip


def _avoided(gone: Fraction, of: Fraction) -> Ratio:
    if of == 0:
        return Ratio(unsaid=Unsaid.TARGET_IS_BASELINE)
    return Ratio(unsaid=Unsaid.WRONG_WAY) if of < 0 else Ratio(gone, of)


def _within(known: Mapping[str, Said], name: str) -> dict[str, Said]:
    return {each: said for each, said in known.items() if _inside(each, name) or each == name}


def _actual(promise: Promise, known: Mapping[str, Said]) -> Fraction | None:
    """What was done up to now; None where a rate has nothing below it."""
    if promise.method is Method.FLOW:
        return _sum(known, promise)
    if promise.method is Method.MILESTONE:
        return Fraction(max(_value(each, promise) or Fraction(0) for each in known.values()))
    return _value(known[_latest(known)], promise)


def _sum(known: Mapping[str, Said], promise: Promise) -> Fraction | None:
    """Add up values, or numerators and denominators before they are divided; a wider period stands for its parts."""
    counted = [known[name] for name in _widest(known)]
    if any(each.is_rate for each in counted):
        rates = [each for each in counted if each.is_rate]
        below = sum(each.denominator or 0 for each in rates)
        above = sum(each.numerator or 0 for each in rates)
        return Fraction(above * promise.factor * SCALE, below) if below else None
    return Fraction(sum(each.value or 0 for each in counted))


def _value(said: Said, promise: Promise) -> Fraction | None:
    if said.numerator is not None and said.denominator is not None:
        return Fraction(said.numerator * promise.factor * SCALE, said.denominator) if said.denominator else None
    return Fraction(said.value or 0)


def _falls(known: Mapping[str, Said], promise: Promise) -> bool:
    in_order = [_value(known[name], promise) for name in sorted(known, key=lambda each: parse_period(each).last)]
    values = [each for each in in_order if each is not None]
    return any(after < before for before, after in pairwise(values))


def _targets(promise: Promise, said: Mapping[str, Said], last: date) -> tuple[Fraction | None, Fraction | None]:
    """Return what is to be reached in the end and what was to be reached by ``last``; None where nothing is.

    Targets add up where values do; rates never do.
    """
    programmed = promise.programmed
    if not programmed:
        return None, None
    closed = {name: value for name, value in programmed.items() if parse_period(name).last <= last}
    if promise.method is Method.FLOW and not any(each.is_rate for each in said.values()):
        roots = _widest(programmed)
        final = Fraction(sum(programmed[name] for name in roots))
        return final, Fraction(sum(programmed[name] for name in _widest(closed))) if closed else None
    final = Fraction(programmed[_latest(programmed)])
    return final, Fraction(closed[_latest(closed)]) if closed else None


def _latest(named: Mapping[str, object]) -> str:
    """Name the period that ends last; of two that end together the wider one."""
    return max(named, key=lambda name: (parse_period(name).last, -parse_period(name).first.toordinal()))


def _widest(names: Iterable[str]) -> list[str]:
    """Name the periods that lie in no other one of them."""
    all_of = list(names)
    return [name for name in all_of if not any(_inside(name, other) for other in all_of)]


def _inside(name: str, other: str) -> bool:
    """Whether a period is a part of another one."""
    inner, outer = parse_period(name), parse_period(other)
    return inner != outer and outer.first <= inner.first and inner.last <= outer.last


def _covered(known: Mapping[str, Said], expected: Iterable[str]) -> set[str]:
    return {name for name in expected if name in known or any(_inside(name, each) for each in known)}


def order(periods: Iterable[str]) -> list[str]:
    """Put periods in the order in which they end."""
    return sorted(set(periods), key=lambda name: (parse_period(name).last, parse_period(name).first))
