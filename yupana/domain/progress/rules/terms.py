"""What is promised and said of an activity, and what is told of how far it is.

All quantities count ten-thousandths of the activity's unit; ratios are exact. Where a ratio cannot be said there is a
reason instead: never 0, never 100 %.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yupana.domain.progress.rules.kinds import Method


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
    NOT_DUE = "not-due"  # nothing was to be gone up to now: it is no unknown, it leaves the base
    ZERO_DENOMINATOR = "zero-denominator"
    ADDS_UP = "adds-up"  # what has to fall is a sum over time, and says of a part of it nothing yet


class Flag(StrEnum):
    """What a reader should know about a ratio that can be said."""

    INCOMPLETE = "incomplete"  # an earlier period says nothing, so a sum is at least this much
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


_NOTHING, _ALL = Fraction(0), Fraction(1)


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
        if self.gone is None or not self.of:
            return None
        if self.gone <= 0:
            return _NOTHING
        return _ALL if self.gone >= self.of else self.gone / self.of


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
