"""What one cell of somebody's form says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.foundation.kernel.money import format_cents
from yupana.foundation.kernel.quantity import format_quantity, parse_quantity
from yupana.interfaces.interchange.foreign.pieces import (
    Cell,
    Told,
    amount,
    cents_of,
    day,
    pieces,
    quantity,
    tidy,
    told,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.2.3 Mejorar el riego", [("1.2.3", "Mejorar el riego")]),
        ("1.2.3. Mejorar el riego", [("1.2.3", "Mejorar el riego")]),
        ("1.2.3.-MEJORAR", [("1.2.3", "MEJORAR")]),
        ("25200 - Estudios", [("25200", "Estudios")]),
        ("25200 Estudios", [("25200", "Estudios")]),
        ("10-0-001: Agua", [("10-0-001", "Agua")]),
        ("OP-01 Limpiar", [("OP-01", "Limpiar")]),
        ("7) Limpiar", [("7", "Limpiar")]),
        ("5.1.2-2) Medir", [("5.1.2", "Medir")]),  # the ordinal says what the code says already
        ("5.1.2.-7) Medir", [("5.1.2", "7) Medir")]),  # this one does not
        ("1.1.-Limpiar | 1.2.-Medir", [("1.1", "Limpiar"), ("1.2", "Medir")]),
        ("1.1 Limpiar\n1.2 Medir", [("1.1", "Limpiar"), ("1.2", "Medir")]),
        ("1.1.-Limpiar<br> medir | contar", [("1.1", "Limpiar medir | contar")]),
        ("12 talleres", []),
        ("343 municipios", []),
        ("60% del total", []),
        ("1.234,50", []),
        ("25/02/2024", []),
        ("2024 - 2025", []),
        ("Mejorar 1.2.3", []),
        ("1.2.3", []),
        ("", []),
    ],
)
def test_a_code_is_taken_from_the_text_to_which_it_is_glued(text: str, found: list[tuple[str, str]]) -> None:
    assert [tuple(each) for each in pieces(text)] == found


CODES = st.lists(st.integers(0, 99), min_size=2, max_size=6).map(lambda parts: ".".join(map(str, parts)))
TEXTS = st.from_regex(r"[a-zñáó]{2,8}( [a-zñáó]{1,8}){0,3}", fullmatch=True)


@given(st.lists(st.tuples(CODES, TEXTS), min_size=1, max_size=4))
def test_codes_and_texts_that_were_glued_come_apart_again(pairs: list[tuple[str, str]]) -> None:
    glued = " | ".join(f"{code}.-{text}" for code, text in pairs)
    assert [tuple(each) for each in pieces(glued)] == pairs


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        (Cell("1.234.567,00"), 123_456_700),
        (Cell("1.234"), 123_400),
        (Cell("1.234", number=True), 123),  # a number of the file: its point divides decimals
        (Cell("129.125", number=True), 12_913),
        (Cell("Bs 12.000"), 1_200_000),
        (Cell("12.000 Bs."), 1_200_000),
        (Cell("1,234,567.89"), 123_456_789),
        (Cell("1,234.5"), 123_450),
        (Cell("1234.5"), 123_450),
        (Cell("0", number=True), 0),
    ],
)
def test_amounts_are_read_however_they_are_written(cell: Cell, cents: int) -> None:
    assert cents_of(cell) == cents


@pytest.mark.parametrize(
    "cell",
    [
        Cell("mil"),
        Cell("-5", number=True),
        Cell("(5)"),
        Cell("1,234"),  # a thousand, or one and a quarter
        Cell("12.34.5"),
        Cell("50 %"),
        Cell("١٢"),
        Cell("1e5", number=True),
        Cell(""),
    ],
)
def test_what_is_no_amount_or_could_be_two_is_not_guessed(cell: Cell) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(cell.text) + "$"):
        cents_of(cell)


@given(st.integers(0, 10**15))
def test_an_amount_as_we_write_it_reads_as_itself(cents: int) -> None:
    assert amount(Cell(format_cents(cents))) == format_cents(cents)


@given(st.integers(-(10**12), 10**12).filter(lambda value: value % 10_000_000 or not value))
def test_a_quantity_as_we_write_it_reads_as_itself(value: int) -> None:
    text = format_quantity(value)
    assert parse_quantity(quantity(Cell(text))) == value


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("45347", "2024-02-25"),
        ("25/02/2024", "25/02/2024"),
        ("2024-02-25", "2024-02-25"),
        ("12", "12"),
        ("99999", "99999"),
    ],
)
def test_a_number_of_days_is_a_day_and_everything_else_stays_as_it_was_written(text: str, written: str) -> None:
    assert day(Cell(text, number=True)) == written


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([], Told.EMPTY),
        (["-", "n/a"], Told.EMPTY),
        (["1.1 Regar", "1.2 Medir", "1.2 Medir"], Told.GLUED),
        (["1.1.1", "1.1.2"], Told.CODE),
        (["25200 - Estudios", "34110", "39100"], Told.GLUED),
        (["Bs 10", "2.000,00"], Told.NUMBER),
        (["10 %", "12,5%"], Told.PERCENT),
        (["25/02/2024", "julio 2024"], Told.DAY),
        (["Obras", "Riego", "Riego", "2"], Told.TEXT),
        (["Obras", "12", "1/2/2024", "5%"], Told.TEXT),
    ],
)
def test_a_column_holds_what_most_of_its_cells_hold(cells: list[str], kind: Told) -> None:
    assert told(map(Cell, cells)) is kind


def test_lines_that_show_stay_and_blanks_that_hide_go() -> None:
    assert tidy("\tuno  dos\t\t\n\n tres<br>cuatro ") == "uno dos\ntres\ncuatro"


@pytest.mark.parametrize("text", [" " * 100_000, "1." * 50_000, "1.1 a|" * 20_000, "<br" * 40_000, " |" * 50_000])
def test_no_text_takes_for_ever(text: str) -> None:
    assert (len(tidy(text)) <= len(text), told([Cell(text)]) in Told) == (True, True)
