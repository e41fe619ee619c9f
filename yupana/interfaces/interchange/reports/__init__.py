"""A report as a workbook, given out and taken back; and the money that a budget system says was spent."""

from yupana.interfaces.interchange.reports.book import Book, BookRow, book_of, report_named, report_owed
from yupana.interfaces.interchange.reports.budget import Spending, read_spending
from yupana.interfaces.interchange.reports.layout import pages, title
from yupana.interfaces.interchange.reports.preview import Change, changes
from yupana.interfaces.interchange.reports.read import Brought, read_report

__all__ = [
    "Book",
    "BookRow",
    "Brought",
    "Change",
    "Spending",
    "book_of",
    "changes",
    "pages",
    "read_report",
    "read_spending",
    "report_named",
    "report_owed",
    "title",
]
