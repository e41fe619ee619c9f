"""A real annual plan, as an entity exported it: formulario 4 of 2024, counted by eye and by a script of its own."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from yupana.foundation.kernel.money import parse_cents
from yupana.interfaces.interchange.foreign import propose, read

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real
FILE = "xlsx/POA2024_formulario4.xlsx"
POA = {"11.7.1.7.1.4": 17, "3.6.2.5.1.2": 10, "1.1.3.1.1.1": 5, "11.7.1.7.1.3": 1}
PEI = {"6.11.7.1.7.1": 17, "6.3.6.2.5.1": 10, "6.1.1.3.1.1": 5, "6.7.1.7.1.1": 1}
CENTS = 4_813_404_900  # the sheet has no total of its own; its column F adds up to 48.134.049
_WORD = re.compile(r"[^\W\d_]+")


@pytest.fixture(scope="module")
def told(real_data: Path) -> dict[str, Any]:
    """The form, read as it is guessed to be."""
    path = real_data / FILE
    return read(path, propose(path).layout)


def kept(told: dict[str, Any], title: str) -> list[str]:
    """What was kept in the notes of each row behind a title."""
    lines = [line for cells in told["rows"].values() for line in cells["notes"].split("\n")]
    return [line.removeprefix(f"{title}: ") for line in lines if line.startswith(f"{title}: ")]


def test_its_columns_are_guessed_without_help(real_data: Path) -> None:
    found = propose(real_data / FILE)
    assert ([guess.field for guess in found.guesses], found.guesses[2].code, found.rows, found.year) == (
        ["kept", "kept", "name", "indicator", "result", "budget", "kept", "responsible", "kept"],
        "kept",
        19,
        2024,
    )


def test_every_row_is_an_activity_and_only_the_title_is_left(told: dict[str, Any]) -> None:
    assert (len(told["rows"]), told["notes"]) == (19, [["Worksheet!A2", "foreign-title", "FORMULARIO 4"]])


def test_every_code_is_apart_from_its_text(told: dict[str, Any]) -> None:
    codes = Counter(code for line in kept(told, "Código POA") for code in line.split("; "))
    of_pei = Counter(re.findall(r"(?:^|; )([\d.]+) \|", "\n".join(kept(told, "Código PEI")), re.MULTILINE))
    texts = [text for cells in told["rows"].values() for text in cells["name"].split("\n")]
    assert (codes, of_pei, len(texts), [text for text in texts if not text[0].isalpha()]) == (POA, PEI, 33, [])


def test_every_amount_is_read(told: dict[str, Any]) -> None:
    cents = [parse_cents(cells["budget"]) for cells in told["rows"].values()]
    assert (sum(cents), cents[0], cents[6]) == (CENTS, 12_981_300, 2_942_956_600)


def test_every_date_is_read(told: dict[str, Any]) -> None:
    days = Counter(kept(told, "Fecha de Registro"))
    assert days == {"2024-02-25": 1, "2024-02-26": 15, "2024-02-27": 3}


def test_nineteen_units_answer(told: dict[str, Any]) -> None:
    units = {cells["responsible"] for cells in told["rows"].values()}
    assert (len(units), "DIRECCIÓN JURÍDICA" in units, "UNIDAD DE AUDITORIA INTERNA" in units) == (19, True, True)


@pytest.mark.filterwarnings("ignore:Print area")  # what the library makes of an ornament
def test_no_word_of_any_cell_is_lost(told: dict[str, Any], real_data: Path) -> None:
    sheet = openpyxl.load_workbook(real_data / FILE).worksheets[0]
    lost = {}
    for (number, cells), row in zip(told["rows"].items(), range(6, 25), strict=True):
        there = {word for cell in sheet[row] for word in _WORD.findall(str(cell.value or "").replace("<br>", " "))}
        lost[number] = there - {word for text in cells.values() for word in _WORD.findall(text)}
    assert {number: words for number, words in lost.items() if words} == {}
