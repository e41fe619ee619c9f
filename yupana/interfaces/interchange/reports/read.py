"""The workbook of a report, read back: what each cell was, what it is now, and where in the sheet that stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from yupana.domain.progress.facts import ReportRow
from yupana.domain.progress.rules.typed import CELLS, cells_of, read
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.money import format_cents
from yupana.foundation.kernel.quantity import SCALE, format_quantity
from yupana.foundation.kernel.text import fold
from yupana.interfaces.interchange.reports.layout import CHOICES, SHEET
from yupana.interfaces.interchange.workbooks.cells import cents, parts, plain
from yupana.interfaces.interchange.workbooks.read import open_sheets
from yupana.interfaces.interchange.workbooks.seal import HIDDEN, unseal
from yupana.interfaces.interchange.workbooks.tables import Sheets
from yupana.interfaces.interchange.workbooks.words import NUMBER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yupana.interfaces.interchange.workbooks.tables import Table, Told

Cells = dict[int, dict[str, str]]


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
    table = Sheets(sheets, sealed["sheets"], sealed["titles"], path.name).required(SHEET)
    for extra in table.unknown:
        brought.notes.append((extra.where, "column-unknown", extra.text))
    for name in set(table.missing) & set(CELLS):
        brought.notes.append((table.sheet.name, "column-gone", name))
    _read_lines(brought, table, sealed)
    return brought


def _read_lines(brought: Brought, table: Table, sealed: Mapping[str, Any]) -> None:
    codes = {
        name: {fold(text): code for label, code in sealed["choices"][name].items() for text in (label, code)}
        for name in CHOICES
    }
    for line in table.rows():
        text = line[NUMBER].text.strip()
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0  # noqa: PLR2004 (no plan has so many)
        if number not in brought.base:
            if any(cell.text.strip() for name, cell in line.items() if name in CELLS):
                brought.notes.append((line[NUMBER].where, "line-without-activity", text))
            continue
        if number in brought.rows:
            brought.notes.append((line[NUMBER].where, "report-row-twice", text))
            continue
        was = brought.base[number]
        brought.rows[number] = {name: was.get(name, "") for name in CELLS}
        for name in CELLS:
            if name in line:
                brought.where.setdefault(number, {})[name] = line[name].where
                brought.rows[number][name] = _said(brought, number, name, line[name], codes)
    for number, was in brought.base.items():
        brought.rows.setdefault(number, {name: was.get(name, "") for name in CELLS})


def _said(brought: Brought, number: int, name: str, cell: Told, codes: Mapping[str, Mapping[str, str]]) -> str:
    """Read one cell and write it as cells are written; what cannot be read stays as it was, and is noted."""
    was = brought.base[number].get(name, "")
    text = plain(cell.text)
    try:
        if name in codes and text:
            text = codes[name][fold(text)]
        elif cell.number and name == "value":
            text = format_quantity(parts(text, SCALE))
        elif cell.number and name in ("accrued", "current"):
            text = format_cents(cents(text, number=True))
        return cells_of(replace(ReportRow(number), **read(name, text, str(number))))[name]
    except (Refused, ValueError, ArithmeticError, KeyError):
        brought.notes.append((cell.where, "cell-not-read", cell.text[:200]))
        return was
