"""What a form seems to hold, before anybody says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.interfaces.interchange.foreign.forms import MERGED, POA, day, workbook
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.foreign import propose

if TYPE_CHECKING:
    from pathlib import Path


def test_titles_in_two_rows_are_joined_and_guessed_by_name_and_content(tmp_path: Path) -> None:
    found = propose(workbook(tmp_path, POA, merged=MERGED))
    assert [(guess.title, guess.field, guess.code) for guess in found.guesses] == [
        ("Código y operación", "name", "kept"),
        ("Unidad responsable", "responsible", ""),
        ("Programación física / 1er Trim.", "value:Q1", ""),
        ("Programación física / 2do Trim.", "value:Q2", ""),
        ("Programación física / 3er Trim.", "value:Q3", ""),
        ("Programación física / 4to Trim.", "value:Q4", ""),
        ("Presupuesto / Partida", "money:object", ""),
        ("Presupuesto / Fuente", "money:source", ""),
        ("Presupuesto / Monto Bs", "money:programmed", ""),
    ]


def test_a_form_says_its_name_its_year_and_how_many_rows_it_has(tmp_path: Path) -> None:
    found = propose(workbook(tmp_path, POA, merged=MERGED))
    assert (found.name, found.year, found.rows, found.sheet) == (
        "MUNICIPIO DE PRUEBA · PROGRAMA OPERATIVO ANUAL GESTIÓN 2027",
        2027,
        4,
        "Sheet",
    )


def test_the_same_titles_are_the_same_form_whatever_is_filled_in(tmp_path: Path) -> None:
    rows = [["ACTIVIDAD ", "Unidad Responsable"], ["Regar", "Obras"]]
    signatures = {
        propose(workbook(tmp_path, [["Otra gestión"], *rows, ["Medir", "Riego"]])).signature,
        propose(workbook(tmp_path, [["Actividad", "unidad  responsable"], ["Otra", "cosa"]])).signature,
    }
    assert len(signatures) == 1


def test_another_column_makes_another_form(tmp_path: Path) -> None:
    one = propose(workbook(tmp_path, [["Actividad", "Meta"], ["Regar", 1]])).signature
    assert propose(workbook(tmp_path, [["Actividad", "Meta", "Indicador"], ["Regar", 1, "x"]])).signature != one


@pytest.mark.parametrize(
    ("titles", "row", "fields"),
    [
        (["Operación", "Actividad", "Meta"], ["Agua", "Regar", 3], ["kept", "name", "target"]),  # the finest level
        (["Actividad", "Presupuesto"], ["Regar", "mucho"], ["name", "kept"]),  # no amount stands there
        (["Actividad", "Inicio", "Fin"], ["Regar", day(2027, 1, 1), "julio 2027"], ["name", "starts", "ends"]),
        (["Actividad", "Indicador", "Indicador POA"], ["Regar", "a", "b"], ["name", "kept", "indicator"]),
        (["Nº", "Trabajo", "Unidad"], [1, "Regar", "Obras"], ["kept", "name", "responsible"]),
        (["Actividad", "Fuente", "Monto"], ["Regar", 20, 5.5], ["name", "money:source", "money:programmed"]),
        (["Actividad", "Monto", "Vigente"], ["Regar", 5, 5.5], ["name", "budget", "kept"]),  # of no line
        (["Tarea", "Cantidad", "Unidad"], ["Regar", 3, "Global"], ["name", "kept", "kept"]),  # things to buy
        (["Actividad", "Meta", ""], ["Regar", 3, "suelto"], ["name", "target", "kept"]),
        (["Actividad", "Meta", "Indicador"], ["Regar", 3, None], ["name", "target", ""]),
    ],
)
def test_columns_are_guessed_by_name_and_content(
    tmp_path: Path, titles: list[str], row: list[object], fields: list[str]
) -> None:
    assert [guess.field for guess in propose(workbook(tmp_path, [titles, row])).guesses] == fields


def test_samples_are_different_cells_and_not_long(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Actividad", "Meta"], ["a" * 200, 1], ["b", 1], ["b", 2], ["c", 3], ["d", 4]]
    assert [guess.samples for guess in propose(workbook(tmp_path, rows)).guesses] == [
        ("a" * 63 + "…", "b", "c"),
        ("1", "2", "3"),
    ]


def test_the_sheet_with_most_rows_is_taken_unless_another_is_named(tmp_path: Path) -> None:
    titles = ["Actividad", "Meta"]
    path = workbook(tmp_path, [titles, ["x", 1]], [titles, ["x", 1], ["y", 2]], [["Notas"]])
    found = propose(path)
    assert (found.sheet, found.sheets, propose(path, sheet="Sheet").rows) == ("Hoja 1", ("Sheet", "Hoja 1"), 1)


@pytest.mark.parametrize("rows", [[], [["Actividad", "Meta"]], [[1, 2], [3, 4]], [["Actividad"], ["Regar"]]])
def test_where_no_row_names_columns_above_others_there_is_no_form(tmp_path: Path, rows: list[list[object]]) -> None:
    with pytest.raises(Refused) as caught:
        propose(workbook(tmp_path, rows))
    assert caught.value.code == "form-missing"
