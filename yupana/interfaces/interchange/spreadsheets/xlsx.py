"""XLSX, as Excel and others write it. Formulas are refused, links to other files are not followed."""

from __future__ import annotations

import io
import warnings
from datetime import datetime, time
from decimal import Decimal
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
    Span,
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
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MERGED, _ROW, _FORMULA, _VALUE = (f"{_MAIN}{name}" for name in ("mergeCell", "row", "f", "v"))


def read_xlsx(path: Path, *, as_shown: bool = False) -> list[Sheet]:
    """Read every sheet; Refused with the place on whatever cannot be read.

    ``as_shown`` takes of a formula what it came to when the workbook was saved, and runs none.
    """
    with unpacked(path) as archive:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about ornaments that are not understood
                return _sheets(path, archive, as_shown=as_shown)
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


def _sheets(path: Path, archive: zipfile.ZipFile, *, as_shown: bool) -> list[Sheet]:
    budget, found = Budget(path.name), []
    with path.open("rb") as file:  # of our own, so that it is closed whatever the library stumbles over
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False, data_only=as_shown)
        for worksheet in book.worksheets:
            worksheet.reset_dimensions()  # what a sheet says of its own size may be anything
            sheet = Sheet(worksheet.title)
            sheet.rows.extend(_rows(worksheet, sheet, f"{path.name}:{worksheet.title}", budget, as_shown=as_shown))
            part = worksheet._worksheet_path  # type: ignore[attr-defined] # noqa: SLF001 (nobody else says where it is)
            sheet.merged.extend(_merged(archive, part, sheet.rows[-1][0] if sheet.rows else 0))
            if as_shown:
                sheet.errors.update(_uncomputed(archive, part))
            fill(sheet.rows, sheet.merged)
            found.append(sheet)
    return found


def _rows(
    worksheet: Any,  # noqa: ANN401 (a kind of sheet that the types do not know)
    sheet: Sheet,
    place: str,
    budget: Budget,
    *,
    as_shown: bool,
) -> Iterator[tuple[int, list[str]]]:
    for at, cells in enumerate(worksheet.iter_rows(), start=1):
        if at > _LAST_ROW:
            raise unreadable(place, f"{at}")
        texts = trimmed([_shown(cell) if as_shown else _text(cell, place) for cell in cells])
        if texts:
            budget.spend(texts)
            kinds = [cell.data_type if text else "" for cell, text in zip(cells, texts, strict=False)]
            sheet.numbers.update((at, column) for column, kind in enumerate(kinds) if kind == "n")
            sheet.errors.update((at, column) for column, kind in enumerate(kinds) if kind == "e")
            yield at, texts


def _text(cell: ReadOnlyCell, place: str) -> str:
    if cell.value is not None and cell.data_type in ("f", "e"):
        raise Refused("cell-formula", where=f"{place}!{cell.coordinate}", text=str(cell.value)[:80])
    return _plain(cell.value)


def _shown(cell: ReadOnlyCell) -> str:
    """Read a cell as its reader sees it: a share of one that is shown in percent is said in percent."""
    value = cell.value
    if cell.data_type == "n" and isinstance(value, int | float) and "%" in str(cell.number_format):
        return f"{number(Decimal(str(value)) * 100)} %"
    return _plain(value)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, int | float):
        return number(value)
    return from_xml(value) if isinstance(value, str) else str(value)


def _merged(archive: zipfile.ZipFile, part: str, last: int) -> Iterator[Span]:
    """Find the merged cells, as far as there are rows."""
    spent = 0
    with archive.open(part) as source:
        for _event, element in etree.iterparse(source, tag=_MERGED, resolve_entities=False, no_network=True):
            left, top, right, bottom = range_boundaries(element.get("ref", ""))
            if left is None or top is None or right is None or bottom is None:
                raise unreadable(part, element.get("ref", ""))
            if top <= last:
                spent += min(bottom, last) - top + 1
                if spent > MOST_CELLS:
                    raise Refused("workbook-too-large", where=part, rows=MOST_ROWS, columns=MOST_COLUMNS)
                yield Span(left - 1, top, right - 1, min(bottom, last))


def _uncomputed(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int]]:
    """Find the formulas of which nobody has written down what they come to, as (row, column from 0)."""
    data = archive.read(part)
    if b"<f" not in data:
        return
    for _event, row in etree.iterparse(io.BytesIO(data), tag=_ROW, resolve_entities=False, no_network=True):
        for cell in row:
            said = cell.findtext(_VALUE) or cell.get("t") == "str"  # a text may come to nothing
            if cell.find(_FORMULA) is not None and not said:
                left, top, _right, _bottom = range_boundaries(cell.get("r", ""))
                if left is None or top is None:
                    raise unreadable(part, cell.get("r", ""))
                yield top, left - 1
        row.clear()
        above = row.getparent()
        if above is not None:
            del above[0]
