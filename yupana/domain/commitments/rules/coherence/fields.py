"""What was left out, what answers nothing, and what leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.commitments.rules.coherence.findings import Finding, Rule
from yupana.domain.obligations.rules.plan_types import Money
from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.commitments.rules.coherence.view import Asked


def unanswered(rows: Sequence[PlanRow], asked: Asked) -> Iterator[Finding]:
    """Name the items that no row answers, in one finding: they are explained together."""
    answered = {name for row in rows for name in (row.item, *(each.item for each in row.also))}
    left = tuple(name for name in asked.owed if name not in answered)
    if left:
        yield Finding(Rule.UNANSWERED, items=left, told={"count": str(len(left))})


def left_out(row: PlanRow, asked: Asked) -> Iterator[Finding]:
    """Find what the call asks of an activity and the row does not say."""
    says_target = bool(row.target or row.programmed)
    missing = {
        (Rule.NAME_MISSING, "name"): not row.name,
        (Rule.ITEM_MISSING, "item"): bool(asked.owed) and not row.item and not row.also,
        (Rule.RESPONSIBLE_MISSING, "responsible"): asked.responsible and not (row.responsible or row.person),
        (Rule.INDICATOR_MISSING, "indicator"): asked.target and not row.indicator,
        (Rule.TARGET_MISSING, "target"): asked.target and not says_target,
        (Rule.BUDGET_MISSING, "budget"): asked.budget and row.budget_cents is None and not row.money,
        (Rule.UNIT_MISSING, "unit"): bool(row.programmed) and not row.unit,
        (Rule.BASELINE_MISSING, "baseline"): bool(row.indicator) and says_target and not row.baseline,
    }
    yield from (Finding(rule, row.row, field) for (rule, field), lacks in missing.items() if lacks)
    if asked.kind.money is Money.LINES:
        years = [str(line.year) for line in row.money if not (line.category and line.source and line.object)]
        if years:
            told = {"years": ", ".join(dict.fromkeys(years))}
            yield Finding(Rule.CATEGORY_MISSING, row.row, "money", told)


def derived(row: PlanRow, asked: Asked) -> Iterator[Finding]:
    """Find an activity that comes from none of the accepted plan above it, while there is one."""
    if not asked.kind.derives or asked.sources is None:
        return
    if not row.derives:
        yield Finding(Rule.SOURCE_MISSING, row.row, "derives")
    elif row.derives not in asked.sources:
        yield Finding(Rule.SOURCE_UNKNOWN, row.row, "derives", {"name": row.derives})


def waits(rows: Sequence[PlanRow], asked: Asked) -> Iterator[Finding]:
    """Find activities that wait for themselves, in a ring too, or for one that is not there."""
    own = {f"{asked.own}#{row.row}": row for row in rows}
    for name, row in own.items():
        if not row.waits:
            continue
        if _comes_back(name, own):
            yield Finding(Rule.WAITS_FOR_ITSELF, row.row, "waits", {"name": row.waits})
        elif row.waits not in own and row.waits not in asked.known:
            yield Finding(Rule.WAITS_UNKNOWN, row.row, "waits", {"name": row.waits})


def _comes_back(name: str, own: dict[str, PlanRow]) -> bool:
    seen, at = set[str](), own[name].waits
    while at in own and at not in seen:
        seen.add(at)
        at = own[at].waits
    return name in seen


def duplicates(rows: Sequence[PlanRow], _: Asked) -> Iterator[Finding]:
    """Find an activity that says the same as an earlier one, for the same item."""
    first: dict[tuple[str, str, str], int] = {}
    for row in rows:
        name = fold(row.name)
        before = first.setdefault((row.item, name, fold(row.result)), row.row)
        if name and before != row.row:
            yield Finding(Rule.DUPLICATE, row.row, "name", {"row": str(before)})
