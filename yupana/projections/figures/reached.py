"""What one plan reached in a period, by measure and item: the one count behind cells, evaluations and explanations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from yupana.domain.commitments.rules import split
from yupana.domain.progress.rules import Advance, Spent, Unsaid, advance, as_found, closed, is_verified, of_item
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from yupana.domain.progress.histories import History, Line
    from yupana.domain.progress.rules import Said

_SCALES = (
    (rules.ADVANCE, rules.ADVANCE_VERIFIED, rules.ADVANCE_CHECKED, "final"),
    (rules.EFFICACY, rules.EFFICACY_VERIFIED, rules.EFFICACY_CHECKED, "to_date"),
)

_ALL = Fraction(1)


@dataclass(frozen=True, slots=True)
class Part:
    """An activity's part of an item: its weight there, how far it is as declared, and as found where it was checked."""

    weight: Fraction
    declared: Advance
    found: Advance | None


def reached(history: History, period: str) -> dict[tuple[str, int | None], Share]:
    """Count what a plan reached by the end of a period: shares by measure and item, None for what answers no item.

    Per item 10,000 basis points are divided among its activities. Verified and checked ones speak of the same
    activities, in basis points of all: how much was checked is their base beside the declared one's.
    """
    found: dict[tuple[str, int | None], Share] = {}
    for item, parts in parts_of_items(history, period).items():
        for measure, share in _shares(parts):
            found[measure, item] = share
    for item, share in _executed(history, period):
        found[rules.EXECUTION, item] = found.get((rules.EXECUTION, item), Share()) + share
    return {key: share for key, share in found.items() if share != Share()}


def parts_of_items(history: History, period: str) -> Mapping[int | None, Sequence[Part]]:
    """Tell, by item, how far each activity is that this body answers for in a period."""
    parts: dict[int | None, list[Part]] = defaultdict(list)
    for line in counted(history, period):
        declared = advance(line.promise, line.said, period)
        found = advance(line.promise, found_by(line, period), period) if was_verified(line, period) else None
        whole = sum(line.items.values())
        for item, weight in line.items.items():
            if weight:
                parts[item].append(Part(_ALL if weight == whole else Fraction(weight, whole), declared, found))
    return parts


def counted(history: History, period: str) -> list[Line]:
    """Return the activities that were this body's to answer for in a period."""
    return [line for line in history.lines if period not in line.elsewhere | line.unplanned]


def was_verified(line: Line, period: str) -> bool:
    """Whether verified and checked measures speak of an activity in a period."""
    return is_verified(line.promise, line.said, line.checked, period)


def found_by(line: Line, period: str) -> dict[str, Said]:
    """Put what was found in place of what was declared, in every period of which anything was checked."""
    return as_found(line.promise, line.said, line.checked, period)


def _shares(parts: Sequence[Part]) -> Iterator[tuple[str, Share]]:
    for declared, verified, checked, kind in _SCALES:
        due = [(each, getattr(each.declared, kind)) for each in parts]
        due = [(each, ratio) for each, ratio in due if ratio.unsaid is not Unsaid.NOT_DUE]
        yield declared, of_item((each.weight, ratio.capped) for each, ratio in due)
        seen = [(each, ratio, getattr(each.found, kind)) for each, ratio in due if each.found]
        if seen:
            whole = sum((each.weight for each, _ in due), Fraction(0))
            yield verified, of_item(((each.weight, found.capped) for each, _, found in seen), whole)
            yield checked, of_item(((each.weight, said.capped) for each, said, _ in seen), whole)


def _executed(history: History, period: str) -> Iterator[tuple[int | None, Share]]:
    """Divide the money of each activity among what it answers: accrued, current, and what nobody said in cents."""
    for line in counted(history, period):
        spent = line.spent.get(period, Spent())
        if spent.current is None or spent.accrued is None:
            done, due, unknown = 0, 0, size(line, period)
        else:
            done, due, unknown = spent.accrued, spent.current, 0
        if len(line.items) == 1:
            yield from ((item, Share(done, due, unknown)) for item in line.items)
        elif done or due or unknown:
            parts = [split(cents, line.items) for cents in (done, due, unknown)]
            yield from ((item, Share(*(each[item] for each in parts))) for item in line.items)


def size(line: Line, period: str) -> int:
    """Return how many cents are unknown of an activity that does not say its money.

    The current budget that the year's reports said last; else what the plan programmes for that year; else all that it
    programmes. What nobody gave any money weighs nothing.
    """
    now = parse_period(period).last
    said = [name for name in closed(tuple(line.spent), period) if line.spent[name].current is not None]
    if said and parse_period(said[-1]).last.year == now.year:
        return line.spent[said[-1]].current or 0
    return line.budgets.get(now.year, 0) if line.budgets else line.budget or 0
