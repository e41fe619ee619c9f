"""A plan for the tests of its workbook, and ways to fill the workbook in."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl

from yupana.domain.commitments.facts import AlsoAnswers, Money, PlanRow, Value
from yupana.domain.obligations.rules import plan_type
from yupana.interfaces.interchange.workbooks import read_workbook, write_workbook
from yupana.interfaces.interchange.workbooks.book import Book, Line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from yupana.interfaces.interchange.workbooks import Brought

LINES = (Line("P/1#line:1", "1", "Contar lo propio"), Line("P/1#line:2", "2", "Contar con otros"))
ROWS = (
    PlanRow(1, "P/1#line:1", "project", "Contar", budget_cents=3_000_50, starts="2018", ends="31/12/2019"),
    PlanRow(
        2,
        "P/1#line:2",
        name="Pesar",
        accumulation="sum",
        budget_cents=3_000_50,
        also=(AlsoAnswers("P/1#line:1", 2550),),
        programmed=(Value("2026", 1_2345),),
        money=(Money(2026, 1_000_25), Money(2027, 2_000_25, "10 0 1", "41", "113", "25200", None, 5)),
    ),
    PlanRow(4, name="Medir", responsible="Unidad", target="100"),
)
HEAD = 4  # row of the titles


def book(*rows: PlanRow, **more: object) -> Book:
    told: dict[str, object] = {"periods": ("2026", "2026-Q1"), "years": (2026, 2027), "free": 7} | more
    return Book("C@s:1", "Ábaco", "Plan", 1, rows or ROWS, LINES, plan_type("pige"), **told)  # type: ignore[arg-type] # by name


def lay(folder: Path, data: bytes, name: str = "plan.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def back(folder: Path, told: Book, fill: Callable[[openpyxl.Workbook], object] = lambda _: None) -> Brought:
    """Give a plan out, fill it in as somebody with a spreadsheet would, and read it."""
    opened = openpyxl.load_workbook(BytesIO(write_workbook(told, "xlsx")))
    fill(opened)
    saved = BytesIO()
    opened.save(saved)
    return read_workbook(lay(folder, saved.getvalue()))


def put(sheet: str, **cells: str | float | None) -> Callable[[openpyxl.Workbook], None]:
    """Write into cells of a sheet: ``C5="x"``."""

    def fill(opened: openpyxl.Workbook) -> None:
        for at, value in cells.items():
            opened[sheet][at] = value

    return fill


def clear(*numbers: int) -> Callable[[openpyxl.Workbook], None]:
    """Empty lines of the sheet Plan but for their number."""

    def fill(opened: openpyxl.Workbook) -> None:
        for number in numbers:
            for cell in opened["Plan"][number][1:]:
                cell.value = None

    return fill


def column(opened: openpyxl.Workbook, sheet: str, title: str) -> str:
    """Letter of the column that has a title."""
    return next(cell.column_letter for cell in opened[sheet][HEAD] if cell.value == title)
