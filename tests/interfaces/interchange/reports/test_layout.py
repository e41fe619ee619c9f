"""How a report is laid out: what may be written, how numbers stand, and words that can be told apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from yupana.domain.progress.rules import Gap, VarianceCause
from yupana.domain.progress.rules.typed import CELLS
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.text import fold
from yupana.interfaces.interchange.reports import Book, BookRow, pages, title
from yupana.interfaces.interchange.reports.layout import CHOICES, READ, choices
from yupana.interfaces.interchange.workbooks.seal import unseal
from yupana.interfaces.interchange.workbooks.words import NUMBER

if TYPE_CHECKING:
    from yupana.interfaces.interchange.workbooks.book import Cell

LANGUAGES = ("en", "es")
ROW = BookRow(3, "Contar los granos", "Granos", "granos", 25 * SCALE, 100 * SCALE, "20", {})
BOOK = Book("INF-1@cast:4", "Municipio A", "Informe", 2, (ROW,))


def line(row: BookRow) -> dict[str, Cell]:
    """The cells of one row, by field."""
    with override("en"):
        [sheet] = [each for each in pages(replace(BOOK, rows=(row,))).shown if each.name == "Report"]
    return dict(zip((column.field for column in sheet.columns), sheet.rows[0], strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_columns_have_titles_that_a_reader_cannot_tell_apart(language: str) -> None:
    """A title is read without regard to case and accents: of two alike one column would be lost."""
    with override(language):
        told = Counter(fold(title(each)) for each in (NUMBER, *READ, *CELLS))
    assert [text for text, times in told.items() if times > 1 or not text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", CHOICES)
def test_what_may_be_chosen_is_read_as_itself_by_its_label_and_by_its_code(language: str, field: str) -> None:
    """Of two that are written alike the later one would be taken for the earlier."""
    with override(language):
        told = choices(field)
    read = {fold(text): code for label, code in told.items() for text in (label, code)}
    assert {text: read[fold(text)] for label, code in told.items() for text in (label, code)} == {
        text: code for label, code in told.items() for text in (label, code)
    }


@pytest.mark.parametrize(("field", "kind"), [("gap", Gap), ("cause", VarianceCause)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_known_may_be_chosen(language: str, field: str, kind: type[Gap | VarianceCause]) -> None:
    with override(language):
        assert sorted(choices(field).values()) == sorted(each.value for each in kind)


def test_titles_are_in_the_language_of_who_asks() -> None:
    with override("en"):
        english = [title(each) for each in CELLS]
    with override("es"):
        spanish = [title(each) for each in CELLS]
    assert [one for one, other in zip(english, spanish, strict=True) if one == other] == []


def test_only_what_is_reported_may_be_written() -> None:
    sheet = pages(BOOK).shown[0]
    assert [column.field for column in sheet.columns if column.open] == list(CELLS)


def test_every_line_has_a_cell_for_every_column() -> None:
    made = pages(replace(BOOK, rows=(ROW, replace(ROW, number=4, cells={"done": "x"}))))
    assert [[len(row) == len(page.columns) for row in page.rows] for page in made.shown] == [
        [True] * 2,
        [True] * len(made.shown[1].rows),
    ]


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("value", "", ""),
        ("value", "0", 0),
        ("value", "20", 20),
        ("value", "-3", -3),
        ("value", "1.234,5", Decimal("1234.5")),
        ("value", "0,0001", Decimal("0.0001")),
        ("value", "45 / 60", "45 / 60"),
        ("value", "0 / 60", "0 / 60"),
        ("accrued", "", ""),
        ("accrued", "0,00", 0),
        ("accrued", "1.234,50", Decimal("1234.5")),
        ("current", "0,01", Decimal("0.01")),
        ("gap", "data", "There are no data"),
        ("gap", "", ""),
        ("cause", "staff", "Staff"),
        ("cause", "third_party", "A third party"),
        ("variation", "12", "12"),
        ("done", "=1+1", "=1+1"),
        ("next_step", "-", "-"),
    ],
)
def test_a_number_stands_as_one_and_everything_else_as_text(field: str, text: str, shown: Cell) -> None:
    assert line(replace(ROW, cells={field: text} if text else {}))[field] == shown


@pytest.mark.parametrize(
    ("due", "whole", "shown"),
    [
        (25 * SCALE, 100 * SCALE, (25, 100)),
        (0, 0, (0, 0)),
        (None, 100 * SCALE, ("", 100)),
        (None, None, ("", "")),
        (-5 * SCALE, SCALE // 2, (-5, Decimal("0.5"))),
    ],
)
def test_what_is_not_said_to_be_reached_is_empty_and_never_nothing(
    due: int | None, whole: int | None, shown: tuple[Cell, Cell]
) -> None:
    told = line(replace(ROW, due=due, whole=whole))
    assert (told["due"], told["whole"]) == shown


def test_a_number_that_a_spreadsheet_would_round_stands_as_text() -> None:
    told = line(replace(ROW, cells={"value": "922.337.203.685.477,5807"}))
    assert type(told["value"]) is str


def test_what_is_known_of_a_row_stands_beside_what_is_asked() -> None:
    told = line(ROW)
    assert [told[field] for field in READ] == ["Contar los granos", "Granos", "granos", 25, 100, "20"]


def test_the_seal_holds_what_each_cell_was() -> None:
    other = replace(ROW, number=9, cells={"value": "45 / 60", "gap": ""})
    sealed = unseal(list(pages(replace(BOOK, rows=(ROW, other))).sealed), "x")
    assert (sealed["report"], sealed["version"], sealed["base"]) == (
        "INF-1@cast:4",
        2,
        {"3": {}, "9": {"value": "45 / 60", "gap": ""}},
    )


def test_a_report_of_nothing_is_a_workbook_of_nothing() -> None:
    assert pages(replace(BOOK, rows=())).shown[0].rows == []
