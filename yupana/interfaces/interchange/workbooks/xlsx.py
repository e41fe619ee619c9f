"""A plan as XLSX: lists to choose from, numbers that stay, columns behind the first ones, and no formula."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from yupana.interfaces.interchange.spreadsheets.sheets import steady, to_xml
from yupana.interfaces.interchange.spreadsheets.xlsx import MOST_CELL
from yupana.interfaces.interchange.tables import GUARDED, check_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yupana.interfaces.interchange.workbooks.book import Cell, Column, Page, Pages

TEXT = "@"  # whoever types 1/2 into it means 1/2
_HEAD, _QUIET = PatternFill("solid", fgColor="FFE8E4DA"), PatternFill("solid", fgColor="FFF4F2EC")


def write_xlsx_plan(pages: Pages) -> bytes:
    """Write all sheets; the same plan makes the same bytes."""
    for page in pages.shown:
        for number, row in enumerate(page.rows, start=page.head + 1):
            check_cells((to_xml(str(cell)) for cell in row), number, MOST_CELL)
    book = openpyxl.Workbook(write_only=True)  # once begun, a sheet has to be ended
    for page in pages.shown:
        _write(book, page, pages)
    hidden = book.create_sheet(pages.hidden)
    hidden.sheet_state = "veryHidden"
    for piece in pages.sealed:
        hidden.append([_text(hidden, piece)])
    packed = io.BytesIO()
    book.save(packed)
    return steady(packed.getvalue())


def _write(book: openpyxl.Workbook, page: Page, pages: Pages) -> None:
    sheet: Any = book.create_sheet(page.name)  # a kind of sheet that the types do not know
    _set_up(sheet, page)
    for at, line in enumerate(page.lead):
        cell = _text(sheet, line)
        cell.font = Font(bold=not at, size=14 if not at else 11)
        sheet.append([cell])
    sheet.append([_title(sheet, column) for column in page.columns])
    styles = [_styled(WriteOnlyCell(sheet, ""), column)._style for column in page.columns]  # noqa: SLF001 (made once, shared by all cells of a column)
    for row in page.rows:
        sheet.append([_cell(sheet, value, style) for value, style in zip(row, styles, strict=False)])
    last = page.head + len(page.rows) + page.spare
    for at, column in enumerate(page.columns, start=1):
        _offer(sheet, column, f"{get_column_letter(at)}{page.head + 1}:{get_column_letter(at)}{last}", pages)


def _set_up(sheet: Any, page: Page) -> None:  # noqa: ANN401 (see above)
    sheet.freeze_panes = f"B{page.head + 1}"
    sheet.protection.sheet = True  # without a password: it guards against slips, not against people
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False  # allowed
    if any(column.behind for column in page.columns):
        sheet.sheet_format.outlineLevelCol = 1
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for at, column in enumerate(page.columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.width = column.width
        _styled(dimension, column)
        if column.behind:
            dimension.outlineLevel, dimension.hidden = 1, True


def _styled(thing: Any, column: Column) -> Any:  # noqa: ANN401 (a cell or a column)
    thing.number_format = column.number or TEXT
    thing.alignment = Alignment(vertical="top", wrap_text=True)
    thing.protection = Protection(locked=not column.open)
    if not column.open:
        thing.fill = _QUIET
    return thing


def _title(sheet: Any, column: Column) -> Any:  # noqa: ANN401 (see above)
    cell = _text(sheet, column.title)
    cell.font, cell.fill = Font(bold=True), _HEAD
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _cell(sheet: Any, value: Cell, style: Any) -> Any:  # noqa: ANN401 (see above)
    if value == "":
        return None  # which takes the style of its column
    if isinstance(value, str):
        return _text(sheet, value, style)
    cell: Any = WriteOnlyCell(sheet, value)  # type: ignore[arg-type] # an exact number is a number, too
    cell._style = style  # noqa: SLF001 (see above)
    return cell


def _text(sheet: Any, text: str, style: Any = None) -> Any:  # noqa: ANN401 (see above)
    cell: Any = WriteOnlyCell(sheet, to_xml(text))
    cell.data_type = "s"  # whatever it looks like
    if style is not None:
        cell._style = style  # noqa: SLF001 (see above)
    if text[:1] and text[0] in GUARDED:
        cell.quotePrefix = True
    return cell


def _offer(sheet: Any, column: Column, cells: str, pages: Pages) -> None:  # noqa: ANN401 (see above)
    if column.listed:
        source = f"{quote_sheetname(pages.lines)}!$A${pages.first}:$A${pages.last}"
    elif column.choices:
        source = _listed(column.choices)
    else:
        return
    rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = column.title[:32], _("Choose from the list, or leave the cell empty.")
    rule.add(cells)
    sheet.data_validations.append(rule)


def _listed(choices: Sequence[str]) -> str:
    return '"{}"'.format(",".join(each.replace(",", " ") for each in choices))
