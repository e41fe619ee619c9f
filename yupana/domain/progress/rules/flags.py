"""What does not fit together in what a report says of an activity, each with an id."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from yupana.domain.progress.rules.advance import Flag

if TYPE_CHECKING:
    from yupana.domain.progress.rules.advance import Advance

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


def odd(now: Advance, before: Advance | None, spent: Spent, *, has_evidence: bool) -> tuple[Odd, ...]:
    """Name what does not fit together; ``before`` is how far the activity was a period ago, None where unknown."""
    reached, earlier = now.final.raw, before.final.raw if before else None
    found = {
        Odd.MONEY_WITHOUT_PROGRESS: bool(spent.accrued) and _stood_still(reached, earlier or _NONE),
        Odd.PROGRESS_WITHOUT_MONEY: spent.accrued == 0 and bool(spent.current) and bool(reached and reached > 0),
        Odd.OVER_EXECUTION: spent.accrued is not None and spent.current is not None and spent.accrued > spent.current,
        Odd.JUMP_WITHOUT_EVIDENCE: not has_evidence and reached is not None and reached - (earlier or 0) >= JUMP,
        Odd.FELL: Flag.FELL in now.flags,
        Odd.BEYOND: Flag.BEYOND in now.flags,
        Odd.INCOMPLETE: Flag.INCOMPLETE in now.flags,
    }
    return tuple(name for name, holds in found.items() if holds)


def _stood_still(reached: Fraction | None, earlier: Fraction) -> bool:
    """Whether nothing was gained; who is there already had nothing more to gain."""
    return reached is not None and reached <= earlier and reached < 1
