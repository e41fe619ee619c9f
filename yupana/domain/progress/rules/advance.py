"""How far an activity is: what was done beside what it is to reach in the end, and beside what it was to reach by now.

All quantities count ten-thousandths of the activity's unit; ratios are exact. Where a ratio cannot be said there is a
reason instead: never 0, never 100 %.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from yupana.domain.progress.rules.kinds import Method
from yupana.domain.progress.rules.periods import apart, closed, covers
from yupana.domain.progress.rules.terms import Advance, Flag, Promise, Ratio, Said, Unsaid
from yupana.domain.progress.rules.ways import falls, way_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["MOST_OF_PLAN", "Advance", "Flag", "Promise", "Ratio", "Said", "Unsaid", "added", "advance", "is_verified"]

MOST_OF_PLAN = Fraction(6, 5)


def advance(promise: Promise, said: Mapping[str, Said], period: str, *, expected: Iterable[str] = ()) -> Advance:
    """Say how far an activity is at the end of ``period``; ``said`` holds what accepted reports say, by their period.

    ``expected`` are the earlier periods that were to be reported: without one of them a sum is incomplete. No accepted
    report of ``period``: silent, whatever was said before, but what was not due yet is not due for the silent either.
    What is said later than ``period`` changes nothing.
    """
    now, rates, known = _known(said, period)
    way = way_of(promise, known, rates=rates, period=period)
    unsaid, to_date = _unsaid(promise, now), way.ratio(way.to_date)
    if unsaid:
        nothing = Ratio(unsaid=unsaid)
        kept = to_date if to_date.unsaid is Unsaid.NOT_DUE else nothing
        return Advance(nothing, kept, None, way.target, way.target_to_date)
    told = {
        Flag.INCOMPLETE: promise.method is Method.FLOW
        and not (way.is_whole and all(covers(tuple(known), each) for each in expected)),
        Flag.FELL: promise.method is Method.CUMULATIVE and falls(promise, known),
        Flag.BEYOND: to_date.raw is not None and to_date.raw > MOST_OF_PLAN,
    }
    flags = frozenset(flag for flag, holds in told.items() if holds)
    return Advance(way.ratio(way.final), to_date, way.actual, way.target, way.target_to_date, flags)


def is_verified(promise: Promise, said: Mapping[str, Said], checked: Mapping[str, Said], period: str) -> bool:
    """Whether what was found tells how far an activity is: of a sum, only where nothing in it is declared alone."""
    return period in checked and all(name in checked for name in added(promise, {**said, **checked}, period))


def as_found(promise: Promise, said: Mapping[str, Said], checked: Mapping[str, Said], period: str) -> dict[str, Said]:
    """Put what was found in place of what was declared.

    Of a milestone the verdict on the period alone counts: what was declared before does not outlive a later look.
    """
    if promise.method is Method.MILESTONE and period in checked:
        return {period: checked[period]}
    return {**said, **checked}


def added(promise: Promise, said: Mapping[str, Said], period: str) -> tuple[str, ...]:
    """Name the periods whose values make up a sum at the end of a period; none where values do not add up."""
    return apart(tuple(_known(said, period)[2])) if promise.method is Method.FLOW else ()


def _known(said: Mapping[str, Said], period: str) -> tuple[Said | None, bool, dict[str, Said]]:
    """Return what is said of ``period``, whether it is a rate, and what of its kind was said until then, in order.

    Rates and plain values are never mixed: what is of the other kind counts as not said.
    """
    now, names = said.get(period), closed(tuple(said), period)
    last = now if now and now.is_known else next((said[name] for name in reversed(names) if said[name].is_known), None)
    rates = last is not None and last.is_rate
    return now, rates, {name: said[name] for name in names if said[name].is_known and said[name].is_rate == rates}


def _unsaid(promise: Promise, now: Said | None) -> Unsaid | None:
    if now is None:
        return Unsaid.SILENT
    if not now.is_known:
        return Unsaid.GAP if now.gap else Unsaid.NO_VALUE
    return Unsaid.NO_METHOD if promise.method is None else None
