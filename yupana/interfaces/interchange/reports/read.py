"""The workbook of a report, read back: what each cell was, what it is now, and where in the sheet that stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from yupana.domain.progress.facts import MeasuredValue, ReportRow
from yupana.domain.progress.rules.typed import CELLS, INDICATOR_CELLS, cells_of, read
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.money import format_cents
from yupana.foundation.kernel.quantity import SCALE, format_quantity
from yupana.foundation.kernel.text import fold
from yupana.interfaces.interchange.reports.layout import CHOICES, INDICATORS_SHEET, SHEET
from yupana.interfaces.interchange.workbooks.cells import cents, parts, plain
from yupana.interfaces.interchange.workbooks.read import open_sheets
from yupana.interfaces.interchange.workbooks.seal import HIDDEN, unseal
from yupana.interfaces.interchange.workbooks.tables import Sheets
from yupana.interfaces.interchange.workbooks.words import NUMBER

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from yupana.interfaces.interchange.workbooks.tables import Table, Told

Cells = dict[int, dict[str, str]]
BARE = "indicator-bare"


@dataclass(slots=True)
class Brought:
    """What a workbook says of the report that it was given out for: ``base`` is what it said then, ``rows`` now.

    ``where`` gives the place of each cell. ``notes`` are (place, why, text): what was not taken as it stands.
    """

    report: str
    entity: str
    version: int
    base: Cells
    rows: Cells = field(default_factory=dict)
    where: Cells = field(default_factory=dict)
    notes: list[tuple[str, str, str]] = field(default_factory=list)


def read_report(path: Path) -> Brought:
    """Read a workbook; Refused where it is none of a report that was given out here, was forged, or could hurt."""
    sheets = open_sheets(path)
    hidden = next((sheet for sheet in sheets if sheet.name == HIDDEN), None)
    sealed = unseal([cells[0] for _at, cells in hidden.rows], path.name) if hidden else {}
    if "report" not in sealed:
        raise Refused("report-book-not-ours", where=path.name)
    base = {int(row): dict(cells) for row, cells in sealed["base"].items()}
    brought = Brought(sealed["report"], sealed["entity"], sealed["version"], base)
    codes = {
        name: {fold(text): code for label, code in sealed["choices"][name].items() for text in (label, code)}
        for name in CHOICES
    }
    named = {int(line): number for line, (number, _parts) in sealed.get("indicators", {}).items()}
    rates = {number for number, parts in sealed.get("indicators", {}).values() if parts}
    rows = {number: number for number in base if number not in named.values()}
    held = Sheets(sheets, sealed["sheets"], sealed["titles"], path.name)
    _read_lines(brought, held.required(SHEET), rows, _Kind(CELLS, ReportRow(0), "line-without-activity", codes))
    if named:
        indicator = _Kind(INDICATOR_CELLS, MeasuredValue(""), "line-without-indicator", codes, rates)
        if table := held.found(INDICATORS_SHEET):
            _read_lines(brought, table, named, indicator)
        else:
            brought.notes.append((sealed["sheets"][INDICATORS_SHEET], "workbook-sheet-gone", ""))
    return brought


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the lines of a sheet are: their cells, what says nothing, and the word for a line that belongs to none.

    ``rates`` are the numbers of those that have to say the part and the whole.
    """

    cells: Sequence[str]
    empty: ReportRow | MeasuredValue
    stray: str
    codes: Mapping[str, Mapping[str, str]]
    rates: Collection[int] = ()


def _read_lines(brought: Brought, table: Table, numbers: Mapping[int, int], kind: _Kind) -> None:
    """Read the lines of a sheet; ``numbers`` says which number of the draft each number on the sheet is."""
    brought.notes += [(extra.where, "column-unknown", extra.text) for extra in table.unknown]
    brought.notes += [(table.sheet.name, "column-gone", name) for name in table.missing if name in kind.cells]
    for line in table.rows():
        number, text = _numbered(line[NUMBER], numbers)
        if number is None:
            if any(cell.text.strip() for name, cell in line.items() if name in kind.cells):
                brought.notes.append((line[NUMBER].where, kind.stray, text))
            continue
        if number in brought.rows:
            brought.notes.append((line[NUMBER].where, "report-row-twice", text))
            continue
        brought.rows[number] = _as_given(brought, number, kind)
        for name in set(kind.cells) & set(line):
            brought.where.setdefault(number, {})[name] = line[name].where
            brought.rows[number][name] = _said(brought, number, name, line[name], kind)
    for number in numbers.values():
        brought.rows.setdefault(number, _as_given(brought, number, kind))


def _numbered(cell: Told, numbers: Mapping[int, int]) -> tuple[int | None, str]:
    text = cell.text.strip()
    known = text.isascii() and text.isdecimal() and len(text) < 9  # noqa: PLR2004 (no plan has so many)
    return (numbers.get(int(text)) if known else None), text


def _as_given(brought: Brought, number: int, kind: _Kind) -> dict[str, str]:
    return {name: brought.base[number].get(name, "") for name in kind.cells}


def _said(brought: Brought, number: int, name: str, cell: Told, kind: _Kind) -> str:
    """Read one cell and write it as cells are written; what cannot be read stays as it was, and is noted."""
    was, codes = brought.base[number].get(name, ""), kind.codes
    text = plain(cell.text)
    try:
        if name in codes and text:
            text = codes[name][fold(text)]
        elif cell.number and name == "value":
            text = format_quantity(parts(text, SCALE))
        elif cell.number and name in ("accrued", "current"):
            text = format_cents(cents(text, number=True))
        fields = read(name, text, str(number), parts=number in kind.rates)
        return cells_of(replace(kind.empty, **fields))[name]
    except (Refused, ValueError, ArithmeticError, KeyError) as error:
        why = BARE if isinstance(error, Refused) and error.code == BARE else "cell-not-read"
        brought.notes.append((cell.where, why, cell.text[:200]))
        return was
