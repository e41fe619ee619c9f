"""A report as a workbook, given out and taken back; and the money that a budget system says was spent."""

from yupana.interfaces.interchange.reports.book import (
    Book,
    BookIndicator,
    BookRow,
    activities_of,
    book_of,
    report_named,
    report_owed,
)
from yupana.interfaces.interchange.reports.budget import BudgetCodes, Spending, codes_of, read_spending
from yupana.interfaces.interchange.reports.layout import pages, title, worded
from yupana.interfaces.interchange.reports.preview import Change, changes
from yupana.interfaces.interchange.reports.read import Brought, read_report

__all__ = [
    "Book",
    "BookIndicator",
    "BookRow",
    "Brought",
    "BudgetCodes",
    "Change",
    "Spending",
    "activities_of",
    "book_of",
    "changes",
    "codes_of",
    "pages",
    "read_report",
    "read_spending",
    "report_named",
    "report_owed",
    "title",
    "worded",
]
