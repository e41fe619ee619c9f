"""Every way in which a cell of a workbook can say something, or fail to: one workbook holds a line for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.utils.translation import override

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.quantity import SCALE
from yupana.interfaces.interchange.reports import Book, BookRow, Brought, changes, pages, read_report, title
from yupana.interfaces.interchange.workbooks import write_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LONG = 5_000  # characters of a text
WAS = {"value": "7", "accrued": "10,00", "current": "20,00", "cause": "staff", "done": "algo"}
# field, what is written in the cell, how it comes back; None: it cannot be read and stays as it was
CASES: tuple[tuple[str, object, str | None], ...] = (
    ("value", 0, "0"),
    ("value", 7, "7"),
    ("value", -7, "-7"),
    ("value", 0.5, "0,5"),
    ("value", 0.0001, "0,0001"),
    ("value", 0.1 + 0.2, "0,3"),
    ("value", 1234.567, "1.234,567"),
    ("value", 1e15, None),
    ("value", 0.00001, None),
    ("value", 0.00015, None),
    ("value", "7", "7"),
    ("value", " 7 ", "7"),
    ("value", "1.234", "1.234"),
    ("value", "1.234,5", "1.234,5"),
    ("value", "1234,5", "1.234,5"),
    ("value", "0.25", "0,25"),
    ("value", "1,234.5", None),
    ("value", "1.2345,6", None),
    ("value", "45/60", "45 / 60"),
    ("value", "45 / 60", "45 / 60"),
    ("value", "0 / 60", "0 / 60"),
    ("value", "45 / 0", "45 / 0"),
    ("value", "45 /", None),
    ("value", "/ 60", None),
    ("value", "45 / 60 / 2", None),
    ("value", "50%", None),
    ("value", "siete", None),
    ("value", "\u0667", None),
    ("value", "   ", ""),
    ("value", None, ""),
    ("value", date(2018, 3, 4), None),
    ("gap", "There are no data", "data"),
    ("gap", "THERE ARE  NO DATA", "data"),
    ("gap", "data", "data"),
    ("gap", "Data ", "data"),
    ("gap", "no sé", None),
    ("gap", 1, None),
    ("accrued", 0, "0,00"),
    ("accrued", 10.5, "10,50"),
    ("accrued", 1234.567, None),
    ("accrued", -1, None),
    ("accrued", "1.234,56", "1.234,56"),
    ("accrued", "Bs 1234", "1.234,00"),
    ("accrued", "1234.56", "1.234,56"),
    ("accrued", "1234.567", None),
    ("accrued", "-1", None),
    ("accrued", "mucho", None),
    ("accrued", None, ""),
    ("current", 92_233_720_368_547_758, None),
    ("current", "0,01", "0,01"),
    ("cause", "Staff", "staff"),
    ("cause", "stáff", "staff"),
    ("cause", "third_party", "third_party"),
    ("cause", "A third party", "third_party"),
    ("cause", None, ""),
    ("cause", "Duendes", None),
    ("done", 7, "7"),
    ("done", "  dos  palabras  ", "dos  palabras"),
    ("done", "una\r\notra", "una\notra"),
    ("done", "'=1+1", "'=1+1"),
    ("done", "x" * LONG, "x" * LONG),
    ("done", "x" * (LONG + 1), None),
    ("next_step", "Seguir ☂ ñandú", "Seguir ☂ ñandú"),
    ("variation", "<b>&amp;</b>", "<b>&amp;</b>"),
)
BOOK = Book(
    "INF-1@cast:4", "Municipio A", "Informe", 1,
    [BookRow(at, f"Fila {at}", "", "", None, None, "", WAS) for at in range(1, len(CASES) + 1)],
)  # fmt: skip


def packed(book: Book, change: Callable[[Any], None], file: Path) -> Path:
    """Write a report, change it as somebody would in a spreadsheet, and keep it."""
    with override("en"):
        opened = openpyxl.load_workbook(BytesIO(write_pages(pages(book), "xlsx")))
    change(opened)
    opened.save(file)
    return file


def heads(sheet: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401 - openpyxl's own
    """The row of the titles, and the column of each."""
    [row] = [each for each in sheet.iter_rows() if each[0].value == "No."]
    return row[0].row, {cell.value: cell.column for cell in row}


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    def fill(book: Any) -> None:  # noqa: ANN401 - openpyxl's own
        sheet = book.worksheets[0]
        top, columns = heads(sheet)
        with override("en"):
            for at, (field, value, _) in enumerate(CASES, 1):
                sheet.cell(top + at, columns[title(field)]).value = value

    return read_report(packed(BOOK, fill, tmp_path_factory.mktemp("book") / "informe.xlsx"))


@pytest.mark.parametrize("at", range(1, len(CASES) + 1), ids=lambda at: f"{CASES[at - 1][0]}-{CASES[at - 1][1]!s:.20}")
def test_a_cell_comes_back_as_cells_are_written_or_stays_and_is_told(brought: Brought, at: int) -> None:
    field, _, due = CASES[at - 1]
    stands = WAS.get(field, "") if due is None else due
    listed = [why for where, why, _ in brought.notes if where == brought.where[at][field]]
    assert (brought.rows[at][field], listed) == (stands, ["cell-not-read"] * (due is None))


def test_cells_that_nobody_touched_are_as_they_were(brought: Brought) -> None:
    touched = {(at, field) for at, (field, _, _) in enumerate(CASES, 1)}
    found = changes(brought.base, brought.rows, brought.base, brought.where)
    assert [each for each in found if (each.row, each.field) not in touched] == []


def test_what_was_not_taken_is_cut_where_it_is_told(brought: Brought) -> None:
    assert max(len(text) for _, _, text in brought.notes) == 200


def test_what_the_workbook_was_given_out_for_comes_back(brought: Brought) -> None:
    assert (brought.report, brought.entity, brought.version) == ("INF-1@cast:4", "Municipio A", 1)


def test_numbers_that_a_spreadsheet_would_round_come_back_untouched(tmp_path: Path) -> None:
    """It is written as text, in another form than that of a cell."""
    told = {"value": "922.337.203.685.477,5807"}
    book = replace(BOOK, rows=(replace(BOOK.rows[0], cells=told),))
    back = read_report(packed(book, lambda _: None, tmp_path / "informe.xlsx"))
    assert changes(back.base, back.rows, back.base, back.where) == []


# --- the sheet itself ----------------------------------------------------------------------------------------------
TWO = replace(BOOK, rows=(replace(BOOK.rows[0], due=25 * SCALE), replace(BOOK.rows[1], cells={})))


def changed(
    tmp_path: Path, change: Callable[[Any, int, dict[str, int]], None]
) -> tuple[Brought, list[tuple[int, str, str]]]:
    def on_sheet(book: Any) -> None:  # noqa: ANN401 - openpyxl's own
        sheet = book.worksheets[0]
        change(sheet, *heads(sheet))

    back = read_report(packed(TWO, on_sheet, tmp_path / "informe.xlsx"))
    found = changes(back.base, back.rows, back.base, back.where)
    return back, [(each.row, each.field, each.brought) for each in found]


def test_a_column_that_was_taken_out_empties_nothing(tmp_path: Path) -> None:
    back, found = changed(tmp_path, lambda sheet, _, columns: sheet.delete_cols(columns["Value now"]))
    assert (found, [(why, text) for _, why, text in back.notes]) == ([], [("column-gone", "value")])


def test_a_column_that_is_only_read_may_be_taken_out_in_silence(tmp_path: Path) -> None:
    back, found = changed(tmp_path, lambda sheet, _, columns: sheet.delete_cols(columns["Unit of measure"]))
    assert (found, back.notes) == ([], [])


def test_a_column_of_somebody_else_is_told_and_left(tmp_path: Path) -> None:
    def add(sheet: Any, top: int, columns: dict[str, int]) -> None:  # noqa: ANN401 - openpyxl's own
        sheet.cell(top, max(columns.values()) + 1).value = "Mis notas"

    back, found = changed(tmp_path, add)
    assert (found, [(why, text) for _, why, text in back.notes]) == ([], [("column-unknown", "Mis notas")])


def test_columns_and_lines_may_change_places(tmp_path: Path) -> None:
    def turn(sheet: Any, top: int, columns: dict[str, int]) -> None:  # noqa: ANN401 - openpyxl's own
        one, other = columns["Value now"], columns["Next step"]
        for at in range(top, top + 3):
            left, right = sheet.cell(at, one), sheet.cell(at, other)
            left.value, right.value = right.value, left.value
        for column in columns.values():
            upper, lower = sheet.cell(top + 1, column), sheet.cell(top + 2, column)
            upper.value, lower.value = lower.value, upper.value
        sheet.insert_rows(top)

    back, found = changed(tmp_path, turn)
    assert (found, back.notes) == ([], [])


def test_a_line_that_was_taken_out_empties_nothing(tmp_path: Path) -> None:
    back, found = changed(tmp_path, lambda sheet, top, _: sheet.delete_rows(top + 1))
    assert (found, back.notes, sorted(back.rows)) == ([], [], [1, 2])


def test_what_is_only_read_changes_nothing_whoever_writes_there(tmp_path: Path) -> None:
    def write(sheet: Any, top: int, columns: dict[str, int]) -> None:  # noqa: ANN401 - openpyxl's own
        sheet.cell(top + 1, columns["To be reached by the end of the period"]).value = 1
        sheet.cell(top + 1, columns["Activity"]).value = "Otra cosa"

    back, found = changed(tmp_path, write)
    assert (found, back.notes) == ([], [])


@pytest.mark.parametrize("number", [0, -1, 3, "uno", "\u0661", "1" * 9, 1.5, None])
def test_a_line_whose_number_is_nobodys_is_told_once_it_says_something(number: object, tmp_path: Path) -> None:
    def add(sheet: Any, top: int, columns: dict[str, int]) -> None:  # noqa: ANN401 - openpyxl's own
        for at, text in ((top + 3, "5"), (top + 4, " ")):
            sheet.cell(at, 1).value, sheet.cell(at, columns["Value now"]).value = number, text

    back, found = changed(tmp_path, add)
    assert (found, [why for _, why, _ in back.notes]) == ([], ["line-without-activity"])


def test_of_two_lines_with_one_number_the_first_is_taken(tmp_path: Path) -> None:
    def twice(sheet: Any, top: int, columns: dict[str, int]) -> None:  # noqa: ANN401 - openpyxl's own
        sheet.cell(top + 1, columns["Value now"]).value = 8
        sheet.cell(top + 2, 1).value, sheet.cell(top + 2, columns["Value now"]).value = 1, 9

    back, found = changed(tmp_path, twice)
    assert (found, [why for _, why, _ in back.notes]) == ([(1, "value", "8")], ["report-row-twice"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda book: book["Report"].delete_cols(1), "workbook-column-missing"),
        (lambda book: book.remove(book["Report"]), "workbook-sheet-missing"),
        (lambda book: book.remove(book["yupana"]), "report-book-not-ours"),
        (lambda book: setattr(book["Report"], "title", "Otra"), "workbook-sheet-missing"),
        (lambda book: setattr(book["yupana"].cell(1, 1), "value", ""), "workbook-seal-broken"),
    ],
)
def test_without_what_holds_it_together_it_is_refused(change: Callable[[Any], None], code: str, tmp_path: Path) -> None:
    file = packed(TWO, change, tmp_path / "informe.xlsx")
    with pytest.raises(Refused) as refused:
        read_report(file)
    assert refused.value.code == code
