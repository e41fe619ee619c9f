"""Reading a row of a plan as a promise that can be measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from yupana.domain.commitments.rules import number_in
from yupana.domain.progress.rules.advance import Promise, Said
from yupana.domain.progress.rules.kinds import method_of

if TYPE_CHECKING:
    from collections.abc import Mapping

PERCENT = 100


class Row(Protocol):
    """What is needed of a row of a plan."""

    @property
    def accumulation(self) -> str:
        """How values make up the whole, in a planner's word."""

    @property
    def direction(self) -> str:
        """Up, down, or unsaid."""

    @property
    def baseline(self) -> str:
        """Where it starts, as it was written."""

    @property
    def target(self) -> str:
        """Where it is to get, as it was written."""

    @property
    def unit(self) -> str:
        """What is counted."""


class Value(Protocol):
    """What is needed of what was said of a row."""

    value: int | None
    numerator: int | None
    denominator: int | None


def promise_of(row: Row, programmed: Mapping[str, int], period: str) -> Promise:
    """Read a row; ``period`` is the plan's own, by whose end a target holds that no period is programmed for.

    A baseline or a target that is no number stays unread.
    """
    target = number_in(row.target)
    values = dict(programmed) or ({period: target} if target is not None else {})
    factor = PERCENT if "%" in row.unit or "%" in row.target else 1
    return Promise(method_of(row.accumulation, row.direction), row.direction, number_in(row.baseline), values, factor)


def said_of(row: Value, gap: str = "") -> Said:
    """Read what a report, or a verdict, says of a row."""
    return Said(row.value, row.numerator, row.denominator, gap)
