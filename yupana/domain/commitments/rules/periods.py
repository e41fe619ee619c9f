"""The periods for which a row may promise something: those of its plan, and no more than somebody can look through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.period import parse_period

if TYPE_CHECKING:
    from yupana.domain.commitments.facts import PlanRow
    from yupana.foundation.kernel.period import Period

MOST_PERIODS = 150
"""Of one row: ten years month by month, or twenty-five by quarters, and what they come to."""


def refuse_periods(row: PlanRow, before: PlanRow, plan: Period | None) -> None:
    """Refuse periods that a row has and did not have ``before``: beyond the years of its plan, or one too many.

    What stands already may stay, so that it can be mended bit by bit. ``plan`` None: its call says no period.
    """
    new = {each.period for each in row.programmed} - {each.period for each in before.programmed}
    if new and len(row.programmed) > MOST_PERIODS:
        raise Refused("periods-too-many", row=row.row, most=MOST_PERIODS)
    beyond = [period for period in sorted(new) if plan and is_beyond(period, plan)]
    if plan and beyond:
        raise Refused("period-outside", row=row.row, period=beyond[0], first=plan.first.year, last=plan.last.year)


def is_beyond(period: str, plan: Period) -> bool:
    """Whether a period reaches into a year (gestión) that a plan is not about."""
    span = parse_period(period)
    return span.first.year < plan.first.year or span.last.year > plan.last.year
