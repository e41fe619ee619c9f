"""An export of the budget system is put to activities by codes alone; whatever is not certain is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.reports import BudgetCodes, read_spending

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = (
    BudgetCodes(1, 2018, "10 0 001", "41", "111", "25900"),
    BudgetCodes(1, 2018, "10 0 001", "41", "111", "43120"),
    BudgetCodes(2, 2018, "10 0 002", "", "", ""),
    BudgetCodes(3, 2018, "10 0 003", "41", "", ""),
    BudgetCodes(4, 2018, "10 0 003", "41", "", ""),
    BudgetCodes(5, 2017, "10 0 005", "", "", ""),
)
HEAD = "Gestión;Cat. Prg.;Fte;Org;Objeto del Gasto;Presupuesto Vigente;Devengado\n"


def read(folder: Path, lines: str, head: str = HEAD) -> tuple[dict[int, dict[str, str]], int, list[tuple[str, str]]]:
    file = folder / "ejecucion.csv"
    file.write_text(head + lines, encoding="utf-8")
    found = read_spending(file, KNOWN, 2018)
    return found.cells, found.lines, [(where, why) for where, why, _ in found.left]


@pytest.mark.parametrize(
    ("line", "cells", "left"),
    [
        ("2018;10 0 001;41;111;25900;1.000,50;250,25", {1: {"current": "1.000,50", "accrued": "250,25"}}, []),
        ("2018;10-0-001;41;111;43120;10;0", {1: {"current": "10,00", "accrued": "0,00"}}, []),
        ("2018;10.0.002;20;230;31110;7;7", {2: {"current": "7,00", "accrued": "7,00"}}, []),
        (";10 0 002;;;;;5", {2: {"accrued": "5,00"}}, []),
        ("2017;10 0 001;41;111;25900;1;1", {}, ["budget-other-year"]),
        ("2018;10 0 001;41;111;99999;1;1", {}, ["budget-no-line"]),
        ("2018;10 0 003;41;;;1;1", {}, ["budget-several"]),
        ("2018;10 0 005;;;;1;1", {}, ["budget-no-line"]),
        ("2018;;;;;1;1", {}, ["budget-no-line"]),
        ("2018;10 0 002;;;;mucho;1", {}, ["budget-amount"]),
        ("2018;10 0 002;;;;-4;1", {}, ["budget-negative"]),
    ],
)
def test_a_line_goes_where_its_codes_belong_and_nowhere_else(
    line: str, cells: dict[int, dict[str, str]], left: list[str], tmp_path: Path
) -> None:
    found, lines, listed = read(tmp_path, line)
    assert (found, lines, listed) == (cells, len(cells), [("ejecucion.csv:2", why) for why in left])


def test_a_subtotal_is_not_counted_beside_its_lines(tmp_path: Path) -> None:
    told = "2018;10 0 001;;;;300;90\n2018;10 0 001;41;111;25900;100;30\n2018;10 0 001;41;111;43120;200;60\n"
    cells, lines, left = read(tmp_path, told)
    assert (cells, lines, left) == (
        {1: {"current": "300,00", "accrued": "90,00"}}, 2, [("ejecucion.csv:2", "budget-no-line")],
    )  # fmt: skip


@pytest.mark.parametrize("top", ["10 0 002;;;;300;90", "10 0 002;20;;;300;90", "10-0-002;20;230;;300;n/d"])
def test_a_subtotal_is_left_out_where_the_plan_says_the_category_alone(top: str, tmp_path: Path) -> None:
    told = f"2018;{top}\n2018;10 0 002;20;230;21100;100;30\n2018;10 0 002;20;230;31110;200;60\n"
    cells, lines, left = read(tmp_path, told)
    assert (cells, lines, left) == (
        {2: {"current": "300,00", "accrued": "90,00"}}, 2, [("ejecucion.csv:2", "budget-subtotal")],
    )  # fmt: skip


def test_a_line_with_more_codes_of_another_year_makes_no_subtotal(tmp_path: Path) -> None:
    cells, _, left = read(tmp_path, "2018;10 0 002;;;;3;1\n2017;10 0 002;20;230;31110;2;1\n")
    assert (cells, left) == ({2: {"current": "3,00", "accrued": "1,00"}}, [("ejecucion.csv:3", "budget-other-year")])


@pytest.mark.parametrize("less", ["-50", "-50,00", "- 50", "\u221250,00", "(50,00)", "-Bs 50"])
def test_what_is_taken_back_is_taken_from_the_sum(less: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"10 0 002;100\n10 0 002;{less}\n", "Categoría;Devengado\n") == (
        {2: {"accrued": "50,00"}}, 2, [],
    )  # fmt: skip


def test_the_lines_of_an_activity_add_up(tmp_path: Path) -> None:
    told = "2018;10 0 001;41;111;25900;100;30\n2018;10 0 001;41;111;43120;50,5;20,25\n"
    assert read(tmp_path, told)[0] == {1: {"current": "150,50", "accrued": "50,25"}}


def test_what_was_not_exported_stays_unsaid(tmp_path: Path) -> None:
    assert read(tmp_path, "10 0 002;9\n", "Categoría programática;Devengado\n")[0] == {2: {"accrued": "9,00"}}


def test_without_its_columns_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, "1;2\n", "Gestión;Vigente\n")
    assert refused.value.code == "budget-columns"


def test_a_workbook_may_have_titles_above_and_numbers_in_its_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Ejecución del gasto"],
        [],
        ["CATEGORÍA PROGRAMÁTICA", "Vigente", "Devengado"],
        ["10 0 002", 1234.5, 10],
    ):
        sheet.append(row)
    book.save(tmp_path / "ejecucion.xlsx")
    found = read_spending(tmp_path / "ejecucion.xlsx", KNOWN, 2018)
    assert (found.cells, found.left) == ({2: {"current": "1.234,50", "accrued": "10,00"}}, [])
