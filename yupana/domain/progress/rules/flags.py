"""What does not fit together in what a report says of an activity, each with an id."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from yupana.domain.progress.rules.advance import Flag, advance
from yupana.foundation.kernel.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yupana.domain.progress.rules.advance import Advance, Promise, Said

OFF_PLAN = Fraction(9, 10)
JUMP = Fraction(1, 4)  # of the way to the last target, in one period
_NONE = Fraction(0)


class Odd(StrEnum):
    """What does not fit together."""

    MONEY_WITHOUT_PROGRESS = "money-without-progress"
    PROGRESS_WITHOUT_MONEY = "progress-without-money"
    OVER_EXECUTION = "over-execution"
    JUMP_WITHOUT_EVIDENCE = "jump-without-evidence"
    FELL = "fell"
    BEYOND = "beyond"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Spent:
    """Money of one activity from the first of January on, in cents; None where it is not known."""

    current: int | None = None
    accrued: int | None = None


def is_off_plan(now: Advance) -> bool:
    """Whether an activity is off plan, so that its report has to say why: under 90 % or over 120 % of what was due."""
    return now.to_date.raw is not None and (now.to_date.raw < OFF_PLAN or Flag.BEYOND in now.flags)


def looked_over(
    promise: Promise, said: Mapping[str, Said], period: str, earlier: Sequence[str], spent: Spent, *, has_evidence: bool
) -> tuple[Advance, tuple[Odd, ...]]:
    """Say how far an activity is at the end of a period, and what does not fit together in it.

    ``earlier`` are the periods that were to be reported before, in order; ``spent`` is the period's money.
    """
    year = parse_period(period).last.year
    years_before = [name for name in earlier if parse_period(name).last.year < year]

    def after(names: Sequence[str]) -> Advance | None:
        return advance(promise, said, names[-1], expected=names[:-1]) if names else None

    now = advance(promise, said, period, expected=earlier)
    return now, odd(now, after(earlier), spent, new_year=after(years_before), has_evidence=has_evidence)


def odd(
    now: Advance, before: Advance | None, spent: Spent, *, has_evidence: bool, new_year: Advance | None = None
) -> tuple[Odd, ...]:
    """Name what does not fit together.

    ``before`` is how far the activity was a period ago, ``new_year`` when the year began: money counts from then on, so
    what it should have paid for does, too. None: there was no such period, so it began from nothing.
    """
    reached, earlier = now.final.raw, before.final.raw if before else None
    began = new_year.final.raw if new_year else _NONE
    found = {
        Odd.MONEY_WITHOUT_PROGRESS: bool(spent.accrued) and _stood_still(reached, earlier or _NONE),
        Odd.PROGRESS_WITHOUT_MONEY: spent.accrued == 0 and bool(spent.current) and _moved(reached, began),
        Odd.OVER_EXECUTION: spent.accrued is not None and spent.current is not None and spent.accrued > spent.current,
        Odd.JUMP_WITHOUT_EVIDENCE: not has_evidence and reached is not None and reached - (earlier or 0) >= JUMP,
        Odd.FELL: Flag.FELL in now.flags,
        Odd.BEYOND: Flag.BEYOND in now.flags,
        Odd.INCOMPLETE: Flag.INCOMPLETE in now.flags,
    }
    return tuple(name for name, holds in found.items() if holds)


def _moved(reached: Fraction | None, began: Fraction | None) -> bool:
    """Whether anything is known to have been gained; from below nothing up to nothing is no progress to pay for."""
    return reached is not None and began is not None and reached > max(began, _NONE)


def _stood_still(reached: Fraction | None, earlier: Fraction) -> bool:
    """Whether nothing was gained; who is there already had nothing more to gain."""
    return reached is not None and reached <= earlier and reached < 1
