"""Money as a budget system exports it, put to the activities whose budget lines have the same codes.

A line goes to an activity only where its codes are those of one activity's lines and of no other's. Nothing is divided,
nothing is guessed and no part of a sum is given for the whole: every other line is listed with its place and why.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.money import format_cents, parse_cents
from yupana.foundation.kernel.text import fold
from yupana.interfaces.interchange.spreadsheets import read_ods, read_xlsx
from yupana.interfaces.interchange.tables import header_key, looked_for, read_table, recognise, table_of
from yupana.interfaces.interchange.workbooks.cells import CENTS, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from yupana.domain.commitments.models import BudgetLine
    from yupana.interfaces.interchange.spreadsheets import Sheet
    from yupana.interfaces.interchange.tables import Table

NAMES: dict[str, tuple[str, ...]] = {
    "year": ("gestion", "ejercicio", "ano", "anio", "year"),
    "category": ("categoria programatica", "cat. prg.", "cat. prog.", "cat prg", "cat prog", "categoria", "category"),
    "source": ("fuente", "fte", "fte.", "fuente de financiamiento", "source"),
    "body": ("organismo", "org", "org.", "organismo financiador", "body"),
    "object": ("objeto", "objeto del gasto", "obj", "obj.", "partida", "object"),
    "current": ("presupuesto vigente", "vigente", "ppto vigente", "pres vigente", "current"),
    "accrued": ("devengado", "ejecutado", "devengado acumulado", "accrued"),
}
NEEDED = ("category", "accrued")
CODES = ("category", "source", "body", "object")
_BELOW_ZERO = re.compile(r"[-\u2212]\s*(?P<less>.+)|\((?P<apart>.+)\)")
_SPACE = re.compile(r"[\s.\-/]+")
MOST_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class BudgetCodes:
    """The codes of one budget line of the plan, and the row that it belongs to; what the plan leaves open is empty."""

    row: int
    year: int
    category: str
    source: str
    body: str
    object: str


def codes_of(line: BudgetLine) -> BudgetCodes:
    """Read the codes of a line, its activity at hand."""
    return BudgetCodes(line.activity.row, line.year, line.category, line.source, line.body, line.object)


@dataclass(slots=True)
class Spending:
    """Cells by row as they are typed, ``lines`` that went into them, and ``left``: (place, why, text) of the others."""

    cells: dict[int, dict[str, str]] = field(default_factory=dict)
    lines: int = 0
    left: list[tuple[str, str, str]] = field(default_factory=list)


def read_spending(path: Path, known: Iterable[BudgetCodes], year: int) -> Spending:
    """Read an export of a year; Refused where its columns are not there. ``known`` are the plan's budget lines."""
    table = _table(path)
    columns = recognise(table, NAMES)
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise Refused("budget-columns", where=table.name, looked_for=looked_for(NAMES, missing))
    lines = [each for each in known if each.year == year]
    told = [
        _line(record.where, {name: record.cells[header].strip() for name, header in columns.items()}, lines, year)
        for record in table.rows
    ]
    _leave_subtotals(told)
    sums = _sums(told)
    return Spending(
        {row: {name: format_cents(cents) for name, cents in each.items()} for row, each in sorted(sums.items())},
        sum(not each.why for each in told),
        [(each.where, each.why, each.text) for each in told if each.why][:MOST_LISTED],
    )


@dataclass(slots=True)
class _Line:
    """A line of an export: the row that it goes to, or ``why`` it goes to none; an amount that is none is None."""

    where: str
    text: str
    codes: frozenset[tuple[str, str]]
    why: str
    row: int
    amounts: Mapping[str, int | None]


def _line(where: str, said: Mapping[str, str], lines: Iterable[BudgetCodes], year: int) -> _Line:
    codes = frozenset((name, _bare(said[name])) for name in CODES if _bare(said.get(name, "")))
    amounts = {name: _cents(said[name]) for name in ("current", "accrued") if said.get(name)}
    text = " · ".join(each for each in said.values() if each)[:200]
    return _Line(where, text, codes, *_place(said, lines, year), amounts)


def _leave_subtotals(told: Sequence[_Line]) -> None:
    """Leave out a line that says some codes of another one, and no more: it is the sum of such lines."""
    parts = {part for each in told if each.why != "budget-other-year" for part in _parts(each.codes)}
    for each in told:
        if not each.why and each.codes in parts:
            each.why = "budget-subtotal"


def _parts(codes: frozenset[tuple[str, str]]) -> Iterator[frozenset[tuple[str, str]]]:
    for some in range(1, len(codes)):
        yield from map(frozenset, combinations(codes, some))


def _sums(told: Sequence[_Line]) -> dict[int, dict[str, int]]:
    """Add the lines of each row up, and leave out a row of which not every amount is known or one is below zero."""
    by_row: dict[int, list[_Line]] = defaultdict(list)
    for each in told:
        if not each.why:
            by_row[each.row].append(each)
    sums: dict[int, dict[str, int]] = {}
    for row, lines in by_row.items():
        spoilt = any(None in each.amounts.values() for each in lines)
        added: dict[str, int] = {}
        for name, cents in ((name, cents or 0) for each in lines for name, cents in each.amounts.items()):
            added[name] = added.get(name, 0) + cents
        if not spoilt and all(cents >= 0 for cents in added.values()):
            sums[row] = added
            continue
        for each in lines:
            unread = None in each.amounts.values()
            each.why = "budget-amount" if unread else "budget-beside" if spoilt else "budget-negative"
    return {row: added for row, added in sums.items() if added}


def _place(said: Mapping[str, str], lines: Iterable[BudgetCodes], year: int) -> tuple[str, int]:
    """Find the one row whose codes a line has, or say why there is none."""
    if said.get("year") and said["year"] != str(year):
        return "budget-other-year", 0
    fitting = {each.row for each in lines if _fits(said, each)}
    if len(fitting) == 1:
        return "", fitting.pop()
    return ("budget-several" if fitting else "budget-no-line"), 0


def _fits(said: Mapping[str, str], line: BudgetCodes) -> bool:
    """Whether the programmatic category and every other code of the plan's line are said by a line of the export.

    A code without a column is not asked. A line that leaves one empty is a subtotal of lines that stand beside it.
    """
    if not _bare(line.category) or _bare(line.category) != _bare(said.get("category", "")):
        return False
    others = ((_bare(getattr(line, name)), _bare(said[name])) for name in CODES[1:] if name in said)
    return all(not ours or ours == theirs for ours, theirs in others)


def _bare(code: str) -> str:
    return _SPACE.sub(" ", fold(code)).strip()


def _cents(text: str) -> int | None:
    """Read an amount; one below zero takes back what another line says."""
    found = _BELOW_ZERO.fullmatch(text)
    try:
        return -parse_cents(found["less"] or found["apart"]) if found else parse_cents(text)
    except ValueError:
        return None


def _table(path: Path) -> Table:
    """Read a CSV file, or the first sheet of a workbook from the line on which its titles stand."""
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".ods"):
        return read_table(path)
    sheet = next(iter((read_ods if suffix == ".ods" else read_xlsx)(path, as_shown=True)), None)
    rows = sheet.rows if sheet else []
    head = next((at for at, (_line, cells) in enumerate(rows) if _is_head(cells)), 0)
    told = [(line, [_text(sheet, line, at, cell) for at, cell in enumerate(cells)]) for line, cells in rows[head:]]
    return table_of(path.name, told, lambda line: f"{path.name}:{line}")


def _is_head(cells: Iterable[str]) -> bool:
    names = {header_key(cell) for cell in cells}
    return all(names & {header_key(name) for name in NAMES[each]} for each in NEEDED)


def _text(sheet: Sheet | None, line: int, at: int, cell: str) -> str:
    """Write a number of a workbook as an amount reads it: there a point is a decimal point.

    One with more decimals than an amount has stays none: its point must not be read as one of thousands.
    """
    if sheet is None or (line, at) not in sheet.numbers or "." not in cell:
        return cell
    try:
        return format_cents(parts(cell, CENTS))
    except ValueError:
        return cell.replace(".", ",")
