"""What a plan is looked at for before it is handed in, how much each fault weighs, and what a finding tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Weight(StrEnum):
    """How much a finding weighs: what makes no sense is mended or explained before the plan is handed in."""

    SENSELESS = "senseless"
    DOUBTFUL = "doubtful"
    HINT = "hint"


class Rule(StrEnum):
    """What a plan is looked at for."""

    END_BEFORE_START = "end-before-start"
    SHARES_OVER = "shares-over"
    WAITS_FOR_ITSELF = "waits-for-itself"
    UNANSWERED = "guideline-unanswered"
    YEAR_ONE_MISSING = "year-one-missing"
    NAME_MISSING = "name-missing"
    ITEM_MISSING = "item-missing"
    RESPONSIBLE_MISSING = "responsible-missing"
    INDICATOR_MISSING = "indicator-missing"
    TARGET_MISSING = "target-missing"
    BUDGET_MISSING = "budget-missing"
    CATEGORY_MISSING = "category-missing"
    DATE_DOUBTFUL = "date-doubtful"
    DATE_OUTSIDE = "date-outside"
    SOURCE_MISSING = "source-missing"
    SOURCE_UNKNOWN = "source-unknown"
    PERCENT_OVER = "percent-over"
    SCHEDULE_SUM = "schedule-sum"
    TARGET_SUM = "target-sum"
    MONEY_SUM = "money-sum"
    OVERSPENT = "overspent"
    DUPLICATE = "duplicate"
    WAITS_UNKNOWN = "waits-unknown"
    UNIT_MISSING = "unit-missing"
    BASELINE_MISSING = "baseline-missing"


WEIGHTS: Mapping[Rule, Weight] = {
    **dict.fromkeys(Rule, Weight.DOUBTFUL),
    **dict.fromkeys((Rule.END_BEFORE_START, Rule.SHARES_OVER, Rule.WAITS_FOR_ITSELF), Weight.SENSELESS),
    **dict.fromkeys((Rule.UNIT_MISSING, Rule.BASELINE_MISSING), Weight.HINT),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of one rule in one row (0: the plan as a whole), and the ``cell`` in which it is mended ("": none).

    ``told`` are what gave it away: sums, dates as they were written, names of items. One rule finds one fault a row.
    """

    rule: Rule
    row: int = 0
    cell: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    items: tuple[str, ...] = ()

    @property
    def weight(self) -> Weight:
        """How much a fault of this rule weighs."""
        return WEIGHTS[self.rule]

    @property
    def key(self) -> tuple[str, int]:
        """What a justification names."""
        return self.rule.value, self.row
