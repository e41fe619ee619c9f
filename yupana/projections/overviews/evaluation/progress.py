"""What does not fit together in the report of one plan on a period, and how much of it was checked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from yupana.domain.progress.rules import Spent, looked_over
from yupana.projections.figures.reached import counted

if TYPE_CHECKING:
    from yupana.domain.progress.histories import History


def oddities(history: History, period: str) -> Counter[str]:
    """Count, by kind, the activities of which something does not fit together in a period."""
    before = history.before(period)
    found: Counter[str] = Counter()
    for line in counted(history, period):
        if period not in line.said:
            continue
        spent, proved = line.spent.get(period, Spent()), period in line.proved
        _, odds = looked_over(line.promise, line.said, period, before, spent, has_evidence=proved)
        found.update(each.value for each in odds)
    return found


def checked_rows(history: History, period: str) -> tuple[int, int]:
    """Count the activities that were checked in a period, and those that say something."""
    said = [line for line in counted(history, period) if period in line.said and line.said[period].is_known]
    return sum(period in line.checked for line in said), len(said)
