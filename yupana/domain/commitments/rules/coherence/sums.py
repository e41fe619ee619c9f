"""Numbers that do not add up: schedules, targets, shares, percentages, money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.commitments.rules.coherence.findings import Finding, Rule
from yupana.domain.commitments.rules.rows import Accumulation, Direction
from yupana.foundation.kernel.money import format_cents
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.quantity import SCALE, format_quantity, parse_quantity
from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from yupana.domain.commitments.facts import PlanRow, Value
    from yupana.domain.commitments.rules.coherence.view import Asked
    from yupana.foundation.kernel.period import Period

WHOLE_BP = 10_000
HUNDRED = 100 * SCALE
_PERCENT = ("%", "porcent", "por ciento", "percent")


def reached(values: Sequence[Value], accumulation: str) -> int:
    """Say what values of periods that follow each other come to: added up, the last one, or the best of yes and no."""
    amounts = [each.value for each in values]
    if accumulation == Accumulation.LAST:
        return amounts[-1]
    return max(amounts) if accumulation == Accumulation.YES_NO else sum(amounts)


def schedule(row: PlanRow, _: Asked) -> Iterator[Finding]:
    """Find a period whose value is not what its parts come to. Parts of one width are held against it at a time."""
    spans = sorted(((parse_period(each.period), each) for each in row.programmed), key=_outermost_first)
    for at, (_span, whole) in enumerate(spans):
        for parts in _parts(at, spans):
            found = reached(parts, row.accumulation)
            if found != whole.value:
                told = {
                    "period": whole.period,
                    "target": format_quantity(whole.value),
                    "sum": format_quantity(found),
                }
                yield Finding(Rule.SCHEDULE_SUM, row.row, f"value:{whole.period}", told)
                return


def _outermost_first(told: tuple[Period, Value]) -> tuple[date, int]:
    """Order periods so that whatever holds another comes before it, and parts follow each other."""
    return told[0].first, -told[0].last.toordinal()


def _parts(at: int, spans: Sequence[tuple[Period, Value]]) -> Iterable[list[Value]]:
    """Group what stands right below a longer period by width: years of a term, halves, quarters, months of a year."""
    whole, below = spans[at][0], None
    by_width: dict[str, list[Value]] = {}
    for span, value in spans[at + 1 :]:
        if span.first > whole.last:
            break
        if span.last > whole.last or span == whole:
            continue
        if below is None or span.last > below.last or span == below:  # else an earlier part holds it
            below = span
            by_width.setdefault(_width(value.period), []).append(value)
    return by_width.values()


def _width(period: str) -> str:
    return period[5] if period[4:5] == "-" else ""


def target(row: PlanRow, _: Asked) -> Iterator[Finding]:
    """Find a target that is a number and that the values of the years do not come to."""
    aim, years = _number(row.target), _longest(row.programmed)
    if aim is None or not years:
        return
    found = reached(years, row.accumulation)
    missed = found > aim if row.direction == Direction.DOWN else found < aim
    if missed:
        told = {"target": format_quantity(aim), "sum": format_quantity(found)}
        yield Finding(Rule.TARGET_SUM, row.row, "target", told)


def _number(text: str) -> int | None:
    try:
        return parse_quantity(text.strip().removesuffix("%"))
    except ValueError:
        return None


def _longest(values: Sequence[Value]) -> list[Value]:
    """The values of the longest periods that are programmed, one after the other."""
    spans = {each.period: parse_period(each.period) for each in values}
    lengths = {name: round((span.last - span.first).days / 30) for name, span in spans.items()}  # a month more or less
    most = max(lengths.values(), default=0)
    return sorted((each for each in values if lengths[each.period] == most), key=lambda each: spans[each.period])


def percentages(row: PlanRow, _: Asked) -> Iterator[Finding]:
    """Find more than a hundred of a hundred, in the target or in what the years come to."""
    said = _number(row.target) if "%" in row.target else None
    is_percent = any(mark in fold(row.unit) for mark in _PERCENT)
    if is_percent and row.programmed:
        years = _longest(row.programmed)
        said = max(said or 0, *(each.value for each in row.programmed), reached(years, row.accumulation))
    elif is_percent and said is None:
        said = _number(row.target)
    if said is not None and said > HUNDRED:
        yield Finding(Rule.PERCENT_OVER, row.row, "target", {"found": format_quantity(said)})


def shares(row: PlanRow, _: Asked) -> Iterator[Finding]:
    """Find shares of further items that are more than the activity, or that leave nothing for its first item."""
    found = sum(each.share_bp or 0 for each in row.also)
    if found > WHOLE_BP or (found == WHOLE_BP and row.item):
        yield Finding(Rule.SHARES_OVER, row.row, "also", {"sum": format_quantity(found * SCALE // 100)})


def money(row: PlanRow, _: Asked) -> Iterator[Finding]:
    """Find a budget that is not the sum of its lines, and a line of which more was spent than there was."""
    amounts = [line.programmed_cents for line in row.money if line.programmed_cents is not None]
    if amounts and row.budget_cents is not None and sum(amounts) != row.budget_cents:
        told = {"budget": format_cents(row.budget_cents), "sum": format_cents(sum(amounts))}
        yield Finding(Rule.MONEY_SUM, row.row, "money", told)
    spent = [
        str(line.year)
        for line in row.money
        if line.accrued_cents is not None and line.current_cents is not None and line.accrued_cents > line.current_cents
    ]
    if spent:
        yield Finding(Rule.OVERSPENT, row.row, "money", {"years": ", ".join(dict.fromkeys(spent))})
