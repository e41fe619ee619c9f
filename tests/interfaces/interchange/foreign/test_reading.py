"""A form that is not ours, read by its layout: rows of the plan, and a reason for whatever is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.interfaces.interchange.foreign.forms import MERGED, POA, day, workbook
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.period import parse_period
from yupana.interfaces.interchange.foreign import IGNORED, Column, Layout, propose, read, reading

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = {
    "Fecha de inicio": "starts",
    "Fecha de registro": "kept",
    "Meta": "target",
    "Medio": "medium",
    "Lineamiento": "item",
    "Unidad de medida": "unit",
    "Resultado": "result",
}
TITLES: list[Any] = ["Actividad", "Unidad responsable", "Presupuesto"]


def told(folder: Path, *rows: list[Any], merged: tuple[str, ...] = ()) -> dict[str, Any]:
    """Read rows below their titles as they are guessed to be."""
    path = workbook(folder, rows, merged=merged)
    return read(path, propose(path).layout)


def test_codes_periods_and_lines_of_money_find_their_cells(tmp_path: Path) -> None:
    assert told(tmp_path, *POA, merged=MERGED)["rows"] == {
        "1": {
            "name": "Limpiar acequias",
            "responsible": "Obras",
            "value:2027-Q1": "1",
            "value:2027-Q2": "2",
            "value:2027-Q4": "3,5",
            "money": "2027 |  | 20 |  | 25200 | 1.000,50 |  | \n2027 |  | 20 |  | 34110 | 2.000,00 |  | ",
            "notes": "Código y operación: 1.1\nPresupuesto / Partida: 25200 | Estudios",
        },
        "2": {
            "name": "Medir caudales",
            "responsible": "Obras",
            "value:2027-Q2": "4",
            "value:2027-Q3": "4",
            "value:2027-Q4": "4",
            "money": "2027 |  | 41 |  | 39100 | 500,00 |  | ",
            "notes": "Código y operación: 1.2",
        },
        "3": {
            "name": "Capacitar regantes",
            "responsible": "Riego",
            "value:2027-Q1": "0",
            "value:2027-Q2": "0",
            "value:2027-Q3": "1",
            "money": "2027 |  | 20 |  | 25500 |  |  | ",
            "notes": ("Código y operación: 1.3\nProgramación física / 4to Trim.: uno\nPresupuesto / Monto Bs: mil"),
        },
    }


def test_what_is_programmed_for_years_that_the_plan_is_not_about_stays_in_the_notes(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Actividad", "Unidad responsable", "2026", "2027"], ["Regar", "Obras", 2, 3]])
    found = read(path, propose(path).layout, period=parse_period("2026"))
    assert (found["rows"]["1"], found["notes"]) == (
        {"name": "Regar", "responsible": "Obras", "value:2026": "2", "notes": "2027: 3"},
        [["Sheet!D2", "foreign-outside", "3"]],
    )


def test_whatever_is_no_activity_is_named_with_its_cell_and_why(tmp_path: Path) -> None:
    assert told(tmp_path, *POA, merged=MERGED)["notes"] == [
        ["Sheet!A1", "foreign-title", "MUNICIPIO DE PRUEBA"],
        ["Sheet!A2", "foreign-title", "PROGRAMA OPERATIVO ANUAL GESTIÓN 2027"],
        ["Sheet!A6", "foreign-title", "PROGRAMA 10: AGUA"],
        ["Sheet!A10", "foreign-total", "Subtotal · 3500.5"],
        ["Sheet!F11", "foreign-quantity", "uno"],
        ["Sheet!I11", "foreign-amount", "mil"],
        ["Sheet!A12", "foreign-total-differs", "TOTAL · 3600"],
    ]


def test_each_cell_says_where_it_stood(tmp_path: Path) -> None:
    assert told(tmp_path, TITLES, ["Regar", "Obras", 5])["where"] == {
        "1": {"": "Sheet!A2", "name": "Sheet!A2", "responsible": "Sheet!B2", "budget": "Sheet!C2"}
    }


@pytest.mark.parametrize(
    ("row", "note"),
    [
        (["Total", None, 7], ["Sheet!A3", "foreign-total", "Total · 7"]),
        (["TOTAL GENERAL", "", "Bs 7,00"], ["Sheet!A3", "foreign-total", "TOTAL GENERAL · Bs 7,00"]),
        (["Sub-total", None, 8], ["Sheet!A3", "foreign-total-differs", "Sub-total · 8"]),
        ([None, "Obras", 3], ["Sheet!B3", "foreign-nameless", "Obras · 3"]),
        ([None, "ÁREA DE RIEGO"], ["Sheet!B3", "foreign-title", "ÁREA DE RIEGO"]),
        (TITLES, ["Sheet!A3", "foreign-heading-again", "Actividad · Unidad responsable · Presupuesto"]),
        (["(1)", "(2)", "(3)"], ["Sheet!A3", "foreign-title", "(1) · (2) · (3)"]),
    ],
)
def test_rows_that_are_no_activity(tmp_path: Path, row: list[Any], note: list[str]) -> None:
    found = told(tmp_path, TITLES, ["Regar", "Obras", 7], row, ["Medir", "Obras", 1])
    assert ([cells["name"] for cells in found["rows"].values()], found["notes"]) == (["Regar", "Medir"], [note])


def test_an_activity_may_begin_with_the_word_total(tmp_path: Path) -> None:
    row = ["Total de servidores migrados", "Sistemas", 7]
    assert told(tmp_path, TITLES, row)["rows"]["1"]["name"] == "Total de servidores migrados"


def test_a_cell_merged_over_rows_holds_for_each_but_its_amount_counts_once(tmp_path: Path) -> None:
    found = told(tmp_path, TITLES, ["Regar", "Obras", 9], ["Medir", None, None], merged=("B2:B3", "C2:C3"))
    assert (list(found["rows"].values()), found["notes"]) == (
        [
            {"name": "Regar", "responsible": "Obras", "budget": "9,00"},
            {"name": "Medir", "responsible": "Obras"},
        ],
        [["Sheet!C2", "foreign-shared", "9"]],
    )


def test_what_stands_beside_a_merged_name_belongs_to_one_activity(tmp_path: Path) -> None:
    titles = ["Actividad", "Indicador", "Presupuesto"]
    found = told(tmp_path, titles, ["Regar", "Canales", 9], [None, "Caudal", None], merged=("A2:A3",))
    assert found["rows"] == {"1": {"name": "Regar", "indicator": "Canales\nCaudal", "budget": "9,00"}}


@pytest.mark.parametrize(
    ("title", "cell", "cells", "why"),
    [
        ("Fecha de inicio", day(2027, 3, 1), {"starts": "2027-03-01"}, ""),
        ("Fecha de inicio", "25/02/2027", {"starts": "25/02/2027"}, ""),
        ("Fecha de inicio", "03/04/2027", {"starts": "03/04/2027"}, "date-ambiguous"),
        ("Fecha de inicio", "31/02/2027", {"starts": "31/02/2027"}, "date-unreadable"),
        ("Fecha de inicio", 46447, {"starts": "2027-03-01"}, ""),
        ("Fecha de registro", "25/02/2027", {"notes": "Fecha de registro: 2027-02-25"}, ""),
        ("Meta", 0.5, {"target": "0,5"}, ""),
        ("Medio", "Proyecto", {"medium": "project"}, ""),
        ("Medio", "Sueño", {"notes": "Medio: Sueño"}, "foreign-choice"),
        ("Lineamiento", "7", {"item": "line:7"}, ""),
        ("Lineamiento", "7 - Abrir", {"item": "line:7"}, ""),
        ("Lineamiento", "Abrir los datos", {"item": "line:8"}, ""),
        ("Lineamiento", "99 - Otro", {"notes": "Lineamiento: 99"}, "foreign-item"),
        ("Unidad de medida", "x" * 121, {"notes": f"Unidad de medida: {'x' * 121}"}, "foreign-too-long"),
        ("Resultado", "=1+1", {}, "foreign-error"),  # nobody has computed it
        ("Resultado", "'=1+1", {"result": "'=1+1"}, ""),
    ],
)
def test_cells_are_read_as_their_field_holds_them(
    tmp_path: Path, title: str, cell: object, cells: dict[str, str], why: str
) -> None:
    path = workbook(tmp_path, [["Actividad", title], ["Regar", cell]])
    layout = Layout((Column("Actividad", "name"), Column(title, FIELDS[title])))
    found = read(path, layout, items={"7": "line:7", "abrir los datos": "line:8"})
    assert (found["rows"]["1"], {note[1] for note in found["notes"]}) == ({"name": "Regar", **cells}, {why} - {""})


def test_a_column_that_is_left_out_and_another_sheet_are_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, [TITLES, ["Regar", "Obras", 5]], [["Notas"]])
    columns = (Column("Actividad", "name"), Column("Unidad responsable", IGNORED), Column("Presupuesto", "budget"))
    found = read(path, Layout(columns, "Sheet"))
    assert found["notes"] == [
        ["Hoja 1", "foreign-sheet", "Notas"],
        ["Sheet!B1", "foreign-column-ignored", "Unidad responsable"],
    ]


def test_what_belongs_to_a_year_that_nobody_said_is_kept_and_named(tmp_path: Path) -> None:
    found = told(tmp_path, ["Actividad", "Trimestre I"], ["Regar", 5], ["Medir", 6])
    assert (found["rows"]["1"], found["notes"][0]) == (
        {"name": "Regar", "notes": "Trimestre I: 5"},
        ["Sheet!B2", "foreign-year", "5"],
    )


def test_one_column_may_answer_several_items(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Actividad", "Lineamiento"], ["Regar", "1.7 Abrir | 1.8 Cerrar"]])
    layout = Layout((Column("Actividad", "name"), Column("Lineamiento", "item")))
    found = read(path, layout, items={"1.7": "line:1.7", "1.8": "line:1.8"})
    assert found["rows"]["1"] == {"name": "Regar", "item": "line:1.7", "also": "line:1.8"}


def test_a_form_that_changed_is_not_read_by_the_layout_of_another(tmp_path: Path) -> None:
    path = workbook(tmp_path, [[*TITLES, "Otra"], ["Regar", "Obras", 5, "x"]])
    with pytest.raises(Refused) as caught:
        read(path, Layout(tuple(Column(title, "kept") for title in TITLES)))
    assert caught.value.code == "form-differs"


def test_a_layout_is_remembered_as_it_was_said() -> None:
    layout = Layout((Column("Actividad", "name", "kept"), Column("T1", "value:Q1")), "Hoja", 2027)
    assert Layout.from_plain(layout.plain()) == layout


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"columns": 3},
        {"columns": [{"title": "x"}]},
        {"columns": [{"title": "x", "field": "money"}]},
        {"columns": [{"title": "x", "field": "value:Q9"}]},
        {"columns": [{"title": "x", "field": "name", "code": "name"}]},
        {"columns": [{"title": "x", "field": []}]},
        {"columns": [], "year": "2027"},
        {"columns": [], "year": 3},
    ],
)
def test_what_is_no_layout_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(Refused) as caught:
        Layout.from_plain(told)
    assert caught.value.code == "layout-malformed"


def test_a_form_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ACTIVITIES", 1)
    with pytest.raises(Refused) as caught:
        told(tmp_path, TITLES, ["Regar", "Obras", 7], ["Medir", "Obras", 1])
    assert caught.value.code == "form-too-long"


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "<script>alert(1)</script>", "\u202eevil"])
def test_what_could_hurt_elsewhere_is_a_text_here(tmp_path: Path, text: str) -> None:
    path = tmp_path / "poa.csv"
    path.write_text(f'Actividad;Resultado\nRegar;"{text}"\n', encoding="utf-8")
    assert read(path, propose(path).layout)["rows"]["1"] == {"name": "Regar", "result": text}


@pytest.mark.parametrize(
    ("text", "cells", "why"),
    [
        ("6.1 - Ampliar el riego", {"derives": "PEI@x:1#2", "notes": "Código PEI: 6.1 | Ampliar el riego"}, []),
        ("6.9 - Otra", {"notes": "Código PEI: 6.9 | Otra"}, ["foreign-source"]),
        (
            "6.9 - Otra | 6.1 - Ampliar el riego",
            {"derives": "PEI@x:1#2", "notes": "Código PEI: 6.9 | Otra; 6.1 | Ampliar el riego"},
            [],
        ),
    ],
)
def test_an_activity_derives_from_that_of_the_strategic_plan_which_has_the_name(
    tmp_path: Path, text: str, cells: dict[str, str], why: list[str]
) -> None:
    path = workbook(tmp_path, [["Código PEI", "Actividad"], [text, "Regar"]])
    sources = {"ampliar el riego": "PEI@x:1#2"}
    found = read(path, propose(path, linked=True).layout, sources=sources)
    assert (found["rows"]["1"], [note[1] for note in found["notes"]]) == ({"name": "Regar", **cells}, why)


def test_where_there_is_no_strategic_plan_nothing_derives_from_it(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Código PEI", "Actividad"], ["6.1 - Ampliar", "Regar"]])
    assert propose(path).guesses[0].field == "kept"
