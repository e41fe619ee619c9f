"""A plan as a workbook, in the format that its reader's program writes, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.interfaces.interchange.workbooks.layout import pages
from yupana.interfaces.interchange.workbooks.ods import write_ods_plan
from yupana.interfaces.interchange.workbooks.xlsx import write_xlsx_plan

if TYPE_CHECKING:
    from yupana.interfaces.interchange.workbooks.book import Book, Pages

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def write_workbook(book: Book, kind: str) -> bytes:
    """Write it as "xlsx" or "ods", in the language that is active."""
    return write_pages(pages(book), kind)


def write_pages(told: Pages, kind: str) -> bytes:
    """Write sheets as "xlsx" or "ods"."""
    return (write_ods_plan if kind == "ods" else write_xlsx_plan)(told)
