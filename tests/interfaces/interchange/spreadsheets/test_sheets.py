"""Workbooks are sheets of text: what is written is read back, letter for letter, and nothing in it runs."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import odfdo
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.spreadsheets import read_ods, read_xlsx, write_ods, write_xlsx
from yupana.interfaces.interchange.spreadsheets.sheets import from_xml, number, to_xml

if TYPE_CHECKING:
    from collections.abc import Callable

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXT = st.text(LETTERS, max_size=12) | st.text(st.sampled_from(" \t\n\r'=+x_005F\x0b\ufffe<&\u202e]>\x85"), max_size=12)
GRID = st.lists(st.lists(TEXT, min_size=1, max_size=4), min_size=1, max_size=4)
KINDS: dict[str, tuple[Callable[[str, list[list[str]]], bytes], Callable[[Path], Any]]] = {
    "xlsx": (write_xlsx, read_xlsx),
    "ods": (write_ods, read_ods),
}


def there_and_back(kind: str, grid: list[list[str]]) -> list[tuple[int, list[str]]]:
    write, read = KINDS[kind]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        path.write_bytes(write("Ítems", grid))
        (sheet,) = read(path)
        assert sheet.name == "Ítems"
        rows: list[tuple[int, list[str]]] = sheet.rows
        return rows


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=100)
@given(grid=GRID)
def test_whatever_is_written_is_read_back(kind: str, grid: list[list[str]]) -> None:
    filled = [
        (at, row[: max(k for k, cell in enumerate(row, 1) if cell)]) for at, row in enumerate(grid, 1) if any(row)
    ]
    assert there_and_back(kind, grid) == filled


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_that_no_cell_holds_is_refused_and_not_cut(kind: str) -> None:
    with pytest.raises(Refused) as caught:
        KINDS[kind][0]("x", [["a"], ["x" * 200_000]])
    assert (caught.value.code, caught.value.details["line"]) == ("cell-too-long", 2)


def test_what_looks_like_a_formula_is_a_quoted_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx("x", [["=1+1", "@x", "plain"]])))
    cells = next(iter(book.worksheets[0].iter_rows()))
    assert [(cell.value, cell.data_type, bool(cell.quotePrefix)) for cell in cells] == [
        ("=1+1", "s", True),
        ("@x", "s", True),
        ("plain", "s", False),
    ]


def test_others_read_our_ods() -> None:
    document = odfdo.Document(io.BytesIO(write_ods("Ítems", [["a", "b  c"], ["línea\nlínea", ""]])))
    (table,) = document.body.tables
    assert (table.name, table.get_values()) == ("Ítems", [["a", "b  c"], ["línea\nlínea", None]])


def test_an_ods_declares_what_it_is_first() -> None:
    with zipfile.ZipFile(io.BytesIO(write_ods("x", [["a"]]))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, archive.read(first)) == (
            "mimetype",
            zipfile.ZIP_STORED,
            b"application/vnd.oasis.opendocument.spreadsheet",
        )


VALUES: list[tuple[Any, str]] = [
    (4, "4"),
    (4.0, "4"),
    (0.1, "0.1"),
    (1e21, "1000000000000000000000"),
    (True, "true"),
    (date(2027, 6, 30), "2027-06-30"),
    (datetime(2027, 6, 30, 8, 30), "2027-06-30T08:30:00"),  # noqa: DTZ001 (a cell has no time zone)
    ("  x ", "  x "),
]


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_a_value_of_a_spreadsheet_is_read_as_people_write_it(value: object, text: str, tmp_path: Path) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "a.xlsx"
    book.worksheets[0].append([value])
    book.save(path)
    assert read_xlsx(path)[0].rows == [(1, [text])]


@pytest.mark.parametrize(("value", "text"), [pair for pair in VALUES if not isinstance(pair[0], float)])
def test_a_value_of_an_open_document_is_read_alike(value: Any, text: str, tmp_path: Path) -> None:  # noqa: ANN401 (any value)
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("x")
    table.set_values([[value]])
    document.body.append(table)
    document.save(str(tmp_path / "a.ods"))
    assert read_ods(tmp_path / "a.ods")[0].rows == [(1, [text])]


def test_a_time_of_day_is_read_as_text(tmp_path: Path) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "a.xlsx"
    book.worksheets[0].append([time(8, 30)])
    book.save(path)
    assert read_xlsx(path)[0].rows == [(1, ["08:30:00"])]


@pytest.mark.parametrize(
    ("said", "text"),
    [("1E+3", "1000"), ("2.50", "2.5"), ("-0.0", "-0"), ("1E+400", "1E+400"), ("NaN", "NaN"), ("0.000001", "0.000001")],
)
def test_a_number_is_written_without_powers_of_ten_as_far_as_anybody_writes_them(said: str, text: str) -> None:
    assert number(said) == text


@given(text=TEXT)
def test_letters_that_xml_cannot_hold_come_back(text: str) -> None:
    assert from_xml(to_xml(text)) == text


@pytest.mark.parametrize("text", ["a_x0000_b", "_xD800_", "_xdfff_", "_x12_", "x000B_"])
def test_what_no_text_holds_stays_as_it_is_written(text: str) -> None:
    assert from_xml(text) == text
