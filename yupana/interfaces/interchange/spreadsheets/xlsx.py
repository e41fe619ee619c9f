"""XLSX, as Excel and others write it. Formulas are refused, links to other files are not followed."""

from __future__ import annotations

import io
import warnings
from datetime import datetime, time
from typing import TYPE_CHECKING

import openpyxl
from lxml import etree
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import range_boundaries

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.spreadsheets.sheets import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Budget,
    Sheet,
    fill,
    from_xml,
    number,
    steady,
    to_xml,
    trimmed,
    unpacked,
    unreadable,
)
from yupana.interfaces.interchange.tables import GUARDED, check_cells

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from openpyxl.cell.read_only import ReadOnlyCell

MOST_CELL = 32_767  # characters that a cell of a workbook holds
_LAST_ROW = 1_048_576  # of any sheet
_MERGED = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}mergeCell"


def read_xlsx(path: Path) -> list[Sheet]:
    """Read every sheet; Refused with the place on whatever cannot be read."""
    with unpacked(path) as archive:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about ornaments that are not understood
                return _sheets(path, archive)
        except Refused:
            raise
        except Exception as error:  # the library has no error of its own: a broken workbook raises whatever comes
            raise unreadable(path.name, str(error)) from error


def write_xlsx(name: str, records: Iterable[Sequence[str]]) -> bytes:
    """Write one sheet of text cells: nothing in it is a formula; Refused for a text that a cell cannot hold."""
    rows = [[to_xml(cell) for cell in cells] for cells in records]
    for line, cells in enumerate(rows, start=1):
        check_cells(cells, line, MOST_CELL)
    book = openpyxl.Workbook(write_only=True)  # once begun, a sheet has to be ended
    sheet = book.create_sheet(name)
    for cells in rows:
        sheet.append([_text_cell(sheet, cell) if cell else None for cell in cells])
    packed = io.BytesIO()
    book.save(packed)
    return steady(packed.getvalue())


def _text_cell(sheet: object, text: str) -> object:
    cell = WriteOnlyCell(sheet, text)  # type: ignore[arg-type] # a sheet that is only written is a sheet, too
    cell.data_type = "s"  # whatever it looks like
    if text[0] in GUARDED:
        cell.quotePrefix = True
    return cell


def _sheets(path: Path, archive: zipfile.ZipFile) -> list[Sheet]:
    budget, found = Budget(path.name), []
    with path.open("rb") as file:  # of our own, so that it is closed whatever the library stumbles over
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        for worksheet in book.worksheets:
            worksheet.reset_dimensions()  # what a sheet says of its own size may be anything
            sheet = Sheet(worksheet.title, list(_rows(worksheet, f"{path.name}:{worksheet.title}", budget)))
            part = worksheet._worksheet_path  # type: ignore[attr-defined] # noqa: SLF001 (nobody else says where it is)
            fill(sheet.rows, list(_merged(archive, part, sheet.rows[-1][0] if sheet.rows else 0)))
            found.append(sheet)
    return found


def _rows(worksheet: Any, place: str, budget: Budget) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 (a kind of sheet that the types do not know)
    for at, cells in enumerate(worksheet.iter_rows(), start=1):
        if at > _LAST_ROW:
            raise unreadable(place, f"{at}")
        texts = trimmed([_text(cell, place) for cell in cells])
        if texts:
            budget.spend(texts)
            yield at, texts


def _text(cell: ReadOnlyCell, place: str) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        raise Refused("cell-formula", where=f"{place}!{cell.coordinate}", text=str(value)[:80])
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, int | float):
        return number(value)
    return from_xml(value) if isinstance(value, str) else str(value)


def _merged(archive: zipfile.ZipFile, part: str, last: int) -> Iterator[tuple[int, int, int]]:
    """Find the cells that span rows, as (column from 0, first row, last row)."""
    spent = 0
    with archive.open(part) as source:
        for _event, element in etree.iterparse(source, tag=_MERGED, resolve_entities=False, no_network=True):
            left, top, _right, bottom = range_boundaries(element.get("ref", ""))
            if left is None or top is None or bottom is None:
                raise unreadable(part, element.get("ref", ""))
            if top < min(bottom, last):
                spent += min(bottom, last) - top
                if spent > MOST_CELLS:
                    raise Refused("workbook-too-large", where=part, rows=MOST_ROWS, columns=MOST_COLUMNS)
                yield left - 1, top, min(bottom, last)
