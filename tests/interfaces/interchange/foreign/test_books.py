"""Whatever a person brings as a table, by what it is and not by how it is called."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from tests.interfaces.interchange.foreign.forms import workbook
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.foreign import load, propose, read
from yupana.interfaces.interchange.spreadsheets import write_ods

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [["Actividad", "Área responsable", "Presupuesto"], ["1.1 Regar año", "Obras, riego", "1.234,50"]]
READ = {
    "name": "Regar año",
    "responsible": "Obras, riego",
    "budget": "1.234,50",
    "notes": "Actividad: 1.1",
}


def text(separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(ROWS)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        text(";").encode(),
        text(",").encode("utf-8-sig"),
        text("\t").encode("cp1252"),  # as spreadsheets on Windows write it
        write_ods("Plan", ROWS),
    ],
    ids=["semicolons", "commas", "windows", "ods"],
)
def test_the_same_table_reads_the_same_in_every_format(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "plan.bin"
    path.write_bytes(data)
    assert read(path, propose(path).layout)["rows"] == {"1": READ}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", "workbook-old"),
        (b"PK\x03\x04 broken", "workbook-unreadable"),
        (b"a;b\0c", "file-has-nul"),
        (b"", "form-missing"),
        (b"%PDF-1.4 no table at all", "form-missing"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(data)
    with pytest.raises(Refused) as caught:
        propose(path)
    assert (caught.value.code, caught.value.details["where"]) == (code, "plan.xlsx")


def test_a_cell_that_could_not_be_computed_is_no_text(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["Actividad", "Meta"], ["Regar", "#DIV/0!"]])
    sheet = load(path)[0]
    assert (sheet.rows[1], sheet.errors) == ((2, ["Regar", "#DIV/0!"]), {(2, 1)})


def test_a_share_is_said_in_percent_as_the_sheet_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "poa.xlsx"
    book = __import__("openpyxl").Workbook()
    book.active.append(["Actividad", "Meta"])
    book.active.append(["Regar", 0.125])
    book.active["B2"].number_format = "0.0%"
    book.save(path)
    assert read(path, propose(path).layout)["rows"]["1"] == {"name": "Regar", "target": "12,5 %"}
