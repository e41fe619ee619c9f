"""The workbook of a plan: the one that we give out is the one that we take back."""

from yupana.interfaces.interchange.workbooks.gather import (
    book_of,
    cells_now,
    newest,
    plan_name,
    plan_named,
    plan_owed,
)
from yupana.interfaces.interchange.workbooks.read import Brought, is_ours, read_workbook
from yupana.interfaces.interchange.workbooks.words import chosen_label, place_of, title
from yupana.interfaces.interchange.workbooks.write import KINDS, write_pages, write_workbook

__all__ = [
    "KINDS",
    "Brought",
    "book_of",
    "cells_now",
    "chosen_label",
    "is_ours",
    "newest",
    "place_of",
    "plan_name",
    "plan_named",
    "plan_owed",
    "read_workbook",
    "title",
    "write_pages",
    "write_workbook",
]
