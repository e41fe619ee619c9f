"""What is counted, by which formula, and how cells of one measure are weighed."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yupana.foundation.kernel.share import Share

FORMULA = "4"  # changes with the meaning of any measure; cells of an older formula are counted anew
UNDATED = date(1, 1, 1)  # stands for a deadline that is not known: always in, whatever the day of reading

COVERAGE = "coverage"
TIMELINESS = "timeliness"
ANSWERED = "incorporation.answered"
TARGET = "incorporation.target"
RESPONSIBLE = "incorporation.responsible"
BUDGET = "incorporation.budget"
ADVANCE = "advance.declared"  # done of the last target; cells of the call for the report
ADVANCE_VERIFIED = "advance.verified"  # the same, of the activities that were checked, as they were found
ADVANCE_CHECKED = "advance.checked"  # the same activities, as they were declared
EFFICACY = "efficacy.declared"  # done of what was programmed to date
EFFICACY_VERIFIED = "efficacy.verified"
EFFICACY_CHECKED = "efficacy.checked"
EXECUTION = "execution"  # accrued of current budget, in cents; alone may be done beyond what is due
PROGRESS = (
    ADVANCE,
    ADVANCE_VERIFIED,
    ADVANCE_CHECKED,
    EFFICACY,
    EFFICACY_VERIFIED,
    EFFICACY_CHECKED,
    EXECUTION,
)
LADDER = (ANSWERED, TARGET, RESPONSIBLE, BUDGET)


class Key(NamedTuple):
    """What one cell counts. ``item`` is None for measures of whole obligations."""

    measure: str
    call: int
    item: int | None
    level: str
    territory: str
    period: str
    due_on: date


def weighted(shares: Mapping[int, Share], weights: Mapping[int, int]) -> Fraction | None:
    """Average the ratios of items by their weights; None where nothing that weighs is due.

    An item of which nothing is due, or all is unknown, leaves the average together with its weight.
    """
    counted = [(weights.get(item, 0), share.ratio) for item, share in shares.items()]
    due = sum(weight for weight, ratio in counted if ratio is not None)
    return sum((weight * ratio for weight, ratio in counted if ratio is not None), Fraction()) / due if due else None


def in_review(coverage: Share, timeliness: Share) -> int:
    """Count what came in time and is not decided yet: coverage has it in its base, and timeliness not until then."""
    return coverage.due - timeliness.due - timeliness.unknown


def default_as_of(today: date) -> date:
    """Last day of the last closed month."""
    return today.replace(day=1) - timedelta(days=1)


def added(parts: Iterable[Mapping[Key, Share]]) -> dict[Key, Share]:
    """Add up contributions key by key."""
    total: dict[Key, Share] = {}
    for part in parts:
        for key, share in part.items():
            total[key] = total[key] + share if key in total else share
    return total


def differences(new: Mapping[Key, Share], old: Mapping[Key, Share]) -> dict[Key, Share]:
    """Subtract old from new, and keep only what changed."""
    minus = {key: share - share - share for key, share in old.items()}
    return {key: share for key, share in added([new, minus]).items() if share != share - share}
