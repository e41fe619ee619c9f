"""What does not hold together in a plan, rule by rule. All of it can be explained instead of mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.commitments.rules.coherence.days import dates, year_one
from yupana.domain.commitments.rules.coherence.fields import derived, duplicates, left_out, unanswered, waits
from yupana.domain.commitments.rules.coherence.findings import WEIGHTS, Finding, Rule, Weight
from yupana.domain.commitments.rules.coherence.sums import money, percentages, schedule, shares, target
from yupana.domain.commitments.rules.coherence.view import Asked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from yupana.domain.commitments.facts import PlanRow

__all__ = ["WEIGHTS", "Asked", "Finding", "Rule", "Weight", "coherence", "unexplained"]

_OF_PLANS: tuple[Callable[[Sequence[PlanRow], Asked], Iterator[Finding]], ...] = (
    unanswered,
    year_one,
    waits,
    duplicates,
)
_OF_ROWS: tuple[Callable[[PlanRow, Asked], Iterator[Finding]], ...] = (
    left_out,
    dates,
    derived,
    schedule,
    target,
    percentages,
    shares,
    money,
)
_ORDER = {rule: at for at, rule in enumerate(Rule)}


def coherence(rows: Sequence[PlanRow], asked: Asked) -> tuple[Finding, ...]:
    """Look a plan through: what concerns all of it first, then row by row, the heaviest first in each."""
    found = [finding for check in _OF_PLANS for finding in check(rows, asked)]
    found += [finding for row in rows for check in _OF_ROWS for finding in check(row, asked)]
    return tuple(sorted(found, key=lambda finding: (finding.row, _ORDER[finding.rule])))


def unexplained(findings: Sequence[Finding], explained: Collection[tuple[str, int]]) -> tuple[Finding, ...]:
    """Return what makes no sense and was not explained: (rule, row) of each justification is ``explained``."""
    return tuple(each for each in findings if each.weight is Weight.SENSELESS and each.key not in explained)
