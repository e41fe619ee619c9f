"""Workbooks, as sheets of text: XLSX and ODS, in and out."""

from yupana.interfaces.interchange.spreadsheets.ods import read_ods, write_ods
from yupana.interfaces.interchange.spreadsheets.sheets import Sheet, Span
from yupana.interfaces.interchange.spreadsheets.xlsx import read_xlsx, write_xlsx

__all__ = ["Sheet", "Span", "read_ods", "read_xlsx", "write_ods", "write_xlsx"]
