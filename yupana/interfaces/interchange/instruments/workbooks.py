"""The one sheet of a workbook that holds items: with titles above its headers or not, among other sheets or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.foundation.kernel.text import squeeze
from yupana.interfaces.interchange.instruments.words import COLUMNS, REQUIRED
from yupana.interfaces.interchange.tables import header_key, looked_for, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yupana.interfaces.interchange.spreadsheets import Sheet
    from yupana.interfaces.interchange.tables import Table

MOST_TITLES = 20  # rows that may stand above the headers
SHEET = "Items"


def table_in(sheets: Sequence[Sheet], name: str) -> tuple[Table, tuple[Note, ...]]:
    """Find the sheet of items and its headers; what stands above them, and every other sheet, is told as not read."""
    found = [(sheet, at) for sheet in sheets if (at := _headers(sheet)) is not None]
    if not found:
        first = sheets[0].rows[0][1] if sheets and sheets[0].rows else []
        raise Refused(
            "columns-missing",
            where=name,
            missing=", ".join(REQUIRED),
            headers=", ".join(squeeze(cell) for cell in first if cell)[:300],
            looked=looked_for(COLUMNS, REQUIRED),
        )
    if len(found) > 1:
        raise Refused("sheets-ambiguous", where=name, found=", ".join(sheet.name for sheet, _at in found))
    sheet, at = found[0]
    above = [Note(_place(name, sheet, row), "row-not-read", squeeze(" ".join(cells))) for row, cells in sheet.rows[:at]]
    others = [Note(f"{name}:{each.name}", "sheet-not-read", "") for each in sheets if each is not sheet and each.rows]
    return table_of(name, sheet.rows[at:], lambda row: _place(name, sheet, row)), (*above, *others)


def _headers(sheet: Sheet) -> int | None:
    """Find the first row that names all columns that are needed."""
    names = [{header_key(name) for name in COLUMNS[field]} for field in REQUIRED]
    for at, (_row, cells) in enumerate(sheet.rows[:MOST_TITLES]):
        keys = {header_key(cell) for cell in cells}
        if all(keys & known for known in names):
            return at
    return None


def _place(name: str, sheet: Sheet, row: int) -> str:
    return f"{name}:{sheet.name}!{row}"
