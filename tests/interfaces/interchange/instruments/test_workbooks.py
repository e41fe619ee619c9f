"""Plans in workbooks as offices make them: titles on top, merged cells, numbers, days, other sheets."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.instruments import read_instrument

if TYPE_CHECKING:
    from pathlib import Path

ROWS: list[list[Any]] = [
    ["PLAN DE ACEQUIAS"],
    [],
    ["Rol", "Código", "Superior", "Texto", "Plazo", "Peso"],
    ["eje", 1, None, "Uno", None, None],
    ["línea", 1.1, "eje:1", "Dos", datetime(2027, 6, 30), 12.5],  # noqa: DTZ001 (a cell has no time zone)
    ["línea", "1.2", None, "Tres", "30/06/2027", "87,50%"],
    [None, None, None, None, None, None],
]


def workbook(folder: Path, *sheets: list[list[Any]], merged: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    for at, rows in enumerate(sheets):
        sheet = book.worksheets[0] if at == 0 else book.create_sheet(f"Hoja {at}")
        for row in rows:
            sheet.append(row)
        for cells in merged if at == 0 else ():
            sheet.merge_cells(cells)
    path = folder / "plan.xlsx"
    book.save(path)
    return path


def test_numbers_and_days_are_text_and_a_merged_cell_belongs_to_each_of_its_rows(tmp_path: Path) -> None:
    found = read_instrument(workbook(tmp_path, ROWS, merged=("A1:F1", "C5:C6", "A5:A6")))
    day, above = date(2027, 6, 30), (ItemRole.AXIS, "1")
    assert found.rows == (
        ItemRow("plan.xlsx:Sheet!4", ItemRole.AXIS, "1", "Uno", None),
        ItemRow("plan.xlsx:Sheet!5", ItemRole.LINE, "1.1", "Dos", above, due_on=day, stake=1250),
        ItemRow("plan.xlsx:Sheet!6", ItemRole.LINE, "1.2", "Tres", above, due_on=day, stake=8750),
    )


def test_titles_and_other_sheets_are_told_and_not_read(tmp_path: Path) -> None:
    found = read_instrument(workbook(tmp_path, ROWS, [["Notas"]], []))
    assert found.unplaced == (
        Note("plan.xlsx:Sheet!1", "row-not-read", "PLAN DE ACEQUIAS"),
        Note("plan.xlsx:Hoja 1", "sheet-not-read", ""),
    )


def test_two_sheets_of_items_are_not_chosen_between(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_instrument(workbook(tmp_path, ROWS, ROWS))
    assert (caught.value.code, caught.value.details["found"]) == ("sheets-ambiguous", "Sheet, Hoja 1")


def test_a_sheet_without_the_columns_says_what_it_has_and_what_was_sought(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_instrument(workbook(tmp_path, [["Nro", "Actividad"]]))
    told = caught.value.details
    assert (caught.value.code, told["headers"], "rol, tipo" in str(told["looked"])) == (
        "columns-missing",
        "Nro, Actividad",
        True,
    )


def test_headers_are_sought_among_the_first_rows_only(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_instrument(workbook(tmp_path, [*[[f"x{at}"] for at in range(20)], *ROWS]))
    assert caught.value.code == "columns-missing"


@pytest.mark.real
def test_a_real_annual_plan_is_no_instrument_and_says_why(real_data: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_instrument(real_data / "xlsx" / "POA2024_formulario4.xlsx")
    assert (caught.value.code, caught.value.details["headers"]) == ("columns-missing", "FORMULARIO 4")
