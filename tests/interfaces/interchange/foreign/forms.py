"""Workbooks as people make them, small enough to be checked by eye."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Titles in two rows, an activity of two lines of money, a sum for each group and one for all.
POA: list[list[Any]] = [
    ["MUNICIPIO DE PRUEBA"],
    ["PROGRAMA OPERATIVO ANUAL GESTIÓN 2027"],
    [],
    ["Código y operación", "Unidad responsable", "Programación física", None, None, None, "Presupuesto", None, None],
    [None, None, "1er Trim.", "2do Trim.", "3er Trim.", "4to Trim.", "Partida", "Fuente", "Monto Bs"],
    ["PROGRAMA 10: AGUA"],
    ["1.1 - Limpiar acequias", "Obras", 1, 2, None, 3.5, "25200 - Estudios", "20", 1000.5],
    [None, None, None, None, None, None, "34110", "20", "2.000,00"],
    ["1.2 - Medir caudales", "Obras", "-", 4, 4, 4, 39100, 41, "Bs 500"],
    ["Subtotal", None, None, None, None, None, None, None, 3500.5],
    ["1.3 - Capacitar regantes", "Riego", 0, 0, 1, "uno", "25500", "20", "mil"],
    ["TOTAL", None, None, None, None, None, None, None, 3600],
]
MERGED = ("A1:I1", "A2:I2", "A4:A5", "B4:B5", "C4:F4", "G4:I4", "A6:I6", "A7:A8", "B7:B8", "C7:C8")


def workbook(
    folder: Path, *sheets: Sequence[Sequence[Any]], merged: Sequence[str] = (), name: str = "poa.xlsx"
) -> Path:
    """Write sheets as a workbook; the cells that are merged are those of the first one."""
    book = openpyxl.Workbook()
    for at, rows in enumerate(sheets):
        sheet = book.worksheets[0] if at == 0 else book.create_sheet(f"Hoja {at}")
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    path = folder / name
    book.save(path)
    return path


def day(year: int, month: int, number: int) -> datetime:
    """A day as a cell of a workbook holds it."""
    return datetime(year, month, number)  # noqa: DTZ001 (a cell has no time zone)
