"""Exports as other systems write them: odd amounts, odd codes, odd workbooks; money is neither lost nor made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.money import format_cents, parse_cents
from yupana.interfaces.interchange.reports import BudgetCodes, Spending, read_spending
from yupana.interfaces.interchange.reports.budget import MOST_LISTED
from yupana.interfaces.interchange.spreadsheets import write_ods

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KNOWN = (
    BudgetCodes(1, 2018, "10 0 001", "41", "111", "25900"),
    BudgetCodes(2, 2018, "10 0 002", "", "", ""),
    BudgetCodes(3, 2018, "", "41", "111", "25900"),
)
HEAD = "Cat. Prg.;Vigente;Devengado\n"


def read(folder: Path, text: str, known: Sequence[BudgetCodes] = KNOWN, year: int = 2018) -> Spending:
    file = folder / "gasto.csv"
    file.write_text(text, encoding="utf-8")
    return read_spending(file, known, year)


def book(folder: Path, *rows: Sequence[object]) -> Spending:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    made.save(folder / "gasto.xlsx")
    return read_spending(folder / "gasto.xlsx", KNOWN, 2018)


# --- codes ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "code", ["10 0 002", "10-0-002", "10.0.002", "10/0/002", " 10  0  002 ", "10 - 0 - 002", "10\u00a00\u00a0002"]
)
def test_a_category_is_the_same_however_its_parts_are_kept_apart(code: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"{HEAD}{code};1;1\n").cells == {2: {"current": "1,00", "accrued": "1,00"}}


@pytest.mark.parametrize("code", ["100002", "10 0 2", "10 0 0002", "10 0 002 1", "0 002", "*", "Total"])
def test_a_category_that_is_nearly_the_same_is_another_one(code: str, tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEAD}{code};1;1\n")
    assert (found.cells, [why for _, why, _ in found.left]) == ({}, ["budget-no-line"])


@pytest.mark.parametrize(
    ("source", "body", "object_", "rows"),
    [
        ("41", "111", "25900", [1]),
        ("", "", "", []),
        ("41", "", "", []),
        ("", "", "25900", []),
        ("42", "111", "25900", []),
        ("41", "112", "25900", []),
        ("41", "111", "25901", []),
        ("041", "111", "25900", []),
    ],
)
def test_every_code_that_the_plan_says_has_to_be_said_the_same(
    source: str, body: str, object_: str, rows: list[int], tmp_path: Path
) -> None:
    text = f"Cat. Prg.;Fte;Org;Objeto;Devengado\n10 0 001;{source};{body};{object_};1\n"
    assert list(read(tmp_path, text).cells) == rows


def test_two_lines_of_one_activity_that_fit_are_no_doubt(tmp_path: Path) -> None:
    twice = (BudgetCodes(1, 2018, "10 0 001", "41", "", ""), BudgetCodes(1, 2018, "10 0 001", "42", "", ""))
    assert read(tmp_path, f"{HEAD}10 0 001;;5\n", twice).cells == {1: {"accrued": "5,00"}}


def test_a_line_without_a_category_belongs_to_no_activity_not_even_to_one_without(tmp_path: Path) -> None:
    text = "Cat. Prg.;Fte;Org;Objeto;Devengado\n;41;111;25900;1\n"
    assert (read(tmp_path, text).cells, read(tmp_path, text).lines) == ({}, 0)


@pytest.mark.parametrize(("year", "rows"), [(2017, []), (2018, [2]), (2019, [])])
def test_only_the_lines_of_the_year_are_looked_at(year: int, rows: list[int], tmp_path: Path) -> None:
    assert list(read(tmp_path, f"{HEAD}10 0 002;1;1\n", year=year).cells) == rows


def test_where_the_plan_has_no_codes_everything_is_listed(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEAD}10 0 001;1;1\n10 0 002;1;1\n", ())
    assert (found.cells, found.lines, [where for where, _, _ in found.left]) == ({}, 0, ["gasto.csv:2", "gasto.csv:3"])


# --- amounts -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("current", "accrued", "cells"),
    [
        ("0", "0", {"current": "0,00", "accrued": "0,00"}),
        ("", "0", {"accrued": "0,00"}),
        ("5", "", {"current": "5,00"}),
        ("Bs 1.234,5", "0,01", {"current": "1.234,50", "accrued": "0,01"}),
        ("1234.50", "1.234", {"current": "1.234,50", "accrued": "1.234,00"}),
    ],
)
def test_an_amount_that_is_not_given_is_not_nothing(
    current: str, accrued: str, cells: dict[str, str], tmp_path: Path
) -> None:
    assert read(tmp_path, f"{HEAD}10 0 002;{current};{accrued}\n").cells == {2: cells}


@pytest.mark.parametrize("amount", ["--1", "()", "1,234.50", "1.2345", "0,001", "12%", "n/d", "99999999999999999999"])
def test_where_one_amount_is_none_no_part_of_the_sum_is_given_for_the_whole(amount: str, tmp_path: Path) -> None:
    found = read(tmp_path, f'{HEAD}10 0 002;"{amount}";1\n10 0 002;1;2\n10 0 001;1;3\n')
    assert (found.cells, found.lines, [why for _, why, _ in found.left]) == (
        {1: {"current": "1,00", "accrued": "3,00"}},
        1,
        ["budget-amount", "budget-beside"],
    )


LINES = st.lists(
    st.tuples(
        st.sampled_from(["10 0 001", "10-0-002", "10 0 009", ""]),
        st.one_of(st.none(), st.integers(0, 10**12)),
        st.one_of(st.none(), st.integers(-(10**12), 10**12)),
    ),
    max_size=12,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_every_line_is_taken_or_listed_and_no_cent_is_lost(
    tmp_path: Path, lines: list[tuple[str, int | None, int | None]]
) -> None:
    text = [[code, *("" if each is None else format_cents(each) for each in told)] for code, *told in lines]
    said = [row for row in text if any(row)]
    found = read(tmp_path, HEAD + "".join(f"{';'.join(row)}\n" for row in text))
    sums = [sum(accrued or 0 for code, _, accrued in lines if code.endswith(row)) for row in ("001", "002")]
    due = sum(each for each in sums if each > 0)
    told = sum(parse_cents(each["accrued"]) for each in found.cells.values() if "accrued" in each)
    assert (found.lines + len(found.left), told) == (len(said), due)


# --- what is listed ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("lines", "listed"), [(MOST_LISTED - 1, -1), (MOST_LISTED, 0), (MOST_LISTED + 1, 0)])
def test_no_more_is_listed_than_anybody_reads(lines: int, listed: int, tmp_path: Path) -> None:
    assert len(read(tmp_path, HEAD + "x;1;1\n" * lines).left) == MOST_LISTED + listed


def test_what_is_listed_is_cut_and_says_where_it_stands(tmp_path: Path) -> None:
    [(where, _, text)] = read(tmp_path, f"{HEAD}\n\n{'x' * 500};1;1\n").left
    assert (where, len(text)) == ("gasto.csv:4", 200)


# --- columns -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "head",
    [
        *("Categoría Programática;Vigente;Ejecutado", "CAT_PROG;VIGENTE;DEVENGADO", "category;current;accrued"),
        "Cat. Prg.;Presupuesto Vigente;Devengado Acumulado",
    ],
)
def test_a_column_is_known_by_each_of_its_names(head: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"{head}\n10 0 002;3;1\n").cells == {2: {"current": "3,00", "accrued": "1,00"}}


@pytest.mark.parametrize(
    ("head", "lacks"),
    [
        ("Cat. Prg.;Vigente", ["accrued"]),
        ("Vigente;Devengado", ["category"]),
        ("Gestión;Fte", ["category", "accrued"]),
        ("Cat. Prg.;Pagado", ["accrued"]),
    ],
)
def test_what_is_lacking_is_named(head: str, lacks: list[str], tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, f"{head}\n1;1\n")
    told = str(refused.value.details["looked_for"])
    assert [each.partition(" ")[0] for each in told.split("; ")] == lacks


def test_an_export_without_lines_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD) == Spending()


# --- workbooks -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("amount", "cells", "left"),
    [
        (10, {2: {"accrued": "10,00"}}, []),
        (0, {2: {"accrued": "0,00"}}, []),
        (1234.5, {2: {"accrued": "1.234,50"}}, []),
        (0.1 + 0.2, {2: {"accrued": "0,30"}}, []),
        ("1.234,50", {2: {"accrued": "1.234,50"}}, []),
        (234.567, {}, ["budget-amount"]),
        (-5.5, {}, ["budget-negative"]),
        ("12,5 %", {}, ["budget-amount"]),
    ],
)
def test_a_number_of_a_workbook_is_an_amount_as_it_stands(
    amount: object, cells: dict[int, dict[str, str]], left: list[str], tmp_path: Path
) -> None:
    """One with three decimals is no amount, and least of all one of thousands."""
    found = book(tmp_path, ["Cat. Prg.", "Devengado"], ["10 0 002", amount])
    assert (found.cells, [why for _, why, _ in found.left]) == (cells, left)


def test_a_column_that_nobody_asks_for_may_hold_any_number(tmp_path: Path) -> None:
    """Exports say in per cent how much was spent, with as many decimals as it takes."""
    found = book(tmp_path, ["Cat. Prg.", "Devengado", "% Ejec."], ["10 0 002", 10, 33.333333])
    assert (found.cells, found.left) == ({2: {"accrued": "10,00"}}, [])


@pytest.mark.parametrize("head", [["Cat. Prg.", "Devengado"], ["CAT_PRG", "Ejecutado"], ["Cat-Prog", "DEVENGADO"]])
def test_the_line_of_titles_is_found_however_they_are_written(head: list[str], tmp_path: Path) -> None:
    found = book(tmp_path, ["Ejecución del gasto", None, "Página 1"], [], head, ["10 0 002", 3])
    assert (found.cells, found.left) == ({2: {"accrued": "3,00"}}, [])


def test_codes_that_a_workbook_took_for_numbers_are_codes(tmp_path: Path) -> None:
    found = book(tmp_path, ["Gestión", "Cat. Prg.", "Fte", "Objeto", "Devengado"], [2018, "10 0 001", 41, 25900, 1.5])
    assert (found.cells, found.left) == ({1: {"accrued": "1,50"}}, [])


def test_what_a_formula_came_to_is_not_known_until_it_was_saved(tmp_path: Path) -> None:
    found = book(tmp_path, ["Cat. Prg.", "Devengado"], ["10 0 002", "=1+1"])
    assert found.cells == {}


def test_a_workbook_without_a_line_of_titles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        book(tmp_path, ["Ejecución", "2018"], ["10 0 002", 1])
    assert refused.value.code == "budget-columns"


def test_an_open_document_is_read_from_the_line_of_its_titles(tmp_path: Path) -> None:
    rows = [["Reporte"], ["Cat. Prg.", "Devengado"], ["10 0 002", "12,50"]]
    (tmp_path / "gasto.ods").write_bytes(write_ods("Gasto", rows))
    found = read_spending(tmp_path / "gasto.ods", KNOWN, 2018)
    assert (found.cells, found.left) == ({2: {"accrued": "12,50"}}, [])
