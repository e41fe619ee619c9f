"""Dates that make no sense, say several things, or lie outside what the plan is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.commitments.rules.cells import VALUE
from yupana.domain.commitments.rules.coherence.findings import Finding, Rule
from yupana.domain.commitments.rules.dates import Kind, ends_before_start, read_date
from yupana.foundation.kernel.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.commitments.rules.coherence.view import Asked
    from yupana.foundation.kernel.period import Period

DOUBTFUL = frozenset({Kind.UNREADABLE, Kind.AMBIGUOUS})
DATES = ("starts", "ends")


def year_one(rows: Sequence[PlanRow], asked: Asked) -> Iterator[Finding]:
    """Ask once which year the first one is, where dates count from it."""
    relative = any(read_date(getattr(row, name), year_one=None).kind is Kind.RELATIVE for row in rows for name in DATES)
    if relative and asked.year_one is None:
        yield Finding(Rule.YEAR_ONE_MISSING)


def dates(row: PlanRow, asked: Asked) -> Iterator[Finding]:
    """Look at the start and the end of one activity, and at the periods and years that it speaks of."""
    if ends_before_start(row.starts, row.ends, year_one=asked.year_one):
        yield Finding(Rule.END_BEFORE_START, row.row, "ends", {"starts": row.starts, "ends": row.ends})
    readings = {name: read_date(getattr(row, name), year_one=asked.year_one) for name in DATES}
    doubtful = [name for name, reading in readings.items() if reading.kind in DOUBTFUL]
    if doubtful:
        told = {"text": "; ".join(getattr(row, name) for name in doubtful)}
        yield Finding(Rule.DATE_DOUBTFUL, row.row, doubtful[0], told)
    if asked.period is not None:
        beyond = [name for name, reading in readings.items() if not _meets(reading.first, reading.last, asked.period)]
        yield from _outside(row, asked.period, beyond)


def _outside(row: PlanRow, period: Period, beyond: Sequence[str]) -> Iterator[Finding]:
    """Name dates, periods and years of money of which no day lies within what the plan is about."""
    spans = [(each.period, parse_period(each.period)) for each in row.programmed]
    values = [name for name, span in spans if not _meets(span.first, span.last, period)]
    years = [str(line.year) for line in row.money if not period.first.year <= line.year <= period.last.year]
    cells = [*beyond, *(f"{VALUE}{name}" for name in values), *["money"] * len(years)]
    if cells:
        said = dict.fromkeys([*(getattr(row, name) for name in beyond), *values, *years])
        yield Finding(Rule.DATE_OUTSIDE, row.row, cells[0], {"text": "; ".join(said)})


def _meets(first: date | None, last: date | None, period: Period) -> bool:
    """Whether any day of a reading lies within a period; what could not be read is not held against it."""
    return first is None or last is None or (first <= period.last and last >= period.first)
