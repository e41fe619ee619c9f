"""A workbook of an entity's own at the console: read as it seems to be, corrected in a file, written in a name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cast import Cast, make_call, make_draft, make_edition, obligation_of
from tests.interfaces.interchange.foreign.forms import workbook
from yupana.domain.commitments.models import Activity, Mapping

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.interfaces.cli.conftest import Yupana

ROWS: list[list[Any]] = [
    ["Código y operación", "Unidad responsable", "Presupuesto"],
    ["1.1 - Limpiar", "Obras", "Bs 1.200"],
    ["1.2 - Medir", "Riego", 500.5],
    ["TOTAL", None, 1700.5],
]


@pytest.fixture
def file(cast: Cast, tmp_path: Path) -> Path:
    """A workbook that Inti keeps, and a draft to bring it to."""
    make_edition()
    make_draft(cast.inti, obligation_of(make_call(), cast.a), [])
    return workbook(tmp_path, ROWS)


def test_it_says_how_it_was_read_and_writes_nothing(yupana: Yupana, file: Path) -> None:
    said = yupana("import", "workbook", file, "--entity", "A-1", "--json")
    fields = [column["field"] for column in said.json["mapping"]["columns"]]
    assert (said.json["added"], fields, said.json["notes"][0]["where"], Activity.objects.count()) == (
        [1, 2],
        ["name", "responsible", "budget"],
        "Sheet!A4",
        0,
    )


def test_a_corrected_mapping_is_what_it_is_read_by_and_what_is_remembered(
    yupana: Yupana, file: Path, tmp_path: Path
) -> None:
    told = yupana("import", "workbook", file, "--entity", "A-1", "--json").json["mapping"]
    told["columns"][1]["field"] = "person"
    mapping = tmp_path / "map.json"
    mapping.write_text(json.dumps(told))
    how = ("--entity", "A-1", "--mapping", mapping, "--apply", "--by", "inti", "--json")
    said = yupana("import", "workbook", file, *how)
    again = yupana("import", "workbook", file, "--entity", "A-1", "--json")
    assert (said.json["applied"], list(Activity.objects.values_list("person", "budget_cents"))) == (
        True,
        [("Obras", 120_000), ("Riego", 50_050)],
    )
    assert (again.json["differences"], Mapping.objects.get().columns["columns"][1]["field"]) == (0, "person")


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"columns": [{"title": "x", "field": "?"}]}'])
def test_a_mapping_that_is_none_is_refused(yupana: Yupana, file: Path, tmp_path: Path, text: str) -> None:
    mapping = tmp_path / "map.json"
    mapping.write_text(text)
    said = yupana("import", "workbook", file, "--entity", "A-1", "--mapping", mapping)
    assert (said.code != 0, "What was said of the columns is not understood" in said.err) == (True, True)
