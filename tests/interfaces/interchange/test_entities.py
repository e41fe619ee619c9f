"""Registers as CSV files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from yupana.domain.entities.facts import EntityRow
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.entities import DEFAULT_SOURCE, read_entities

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, content: str, name: str = "cuerpos.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def row(folder: Path, headers: str, cells: str) -> EntityRow:
    return read_entities(written(folder, f"{headers}\n{cells}\n")).rows[0]


def refusal(folder: Path, content: str, mapping: str | None = None) -> Refused:
    told = written(folder, mapping, "mapa.toml") if mapping is not None else None
    with pytest.raises(Refused) as caught:
        read_entities(written(folder, content), told)
    return caught.value


def test_a_register_in_spanish_is_recognised(tmp_path: Path) -> None:
    headers = (
        "id;id_padre;cod;denominacion;sigla;tipo;nivel de gobierno;sector;departamento;tuición;presenta;desde;hasta"
    )
    cells = "7;3;A-7; Casa  del Ábaco ;CA;Museo;municipal;cultura;LP;2;Sí;2018-01-31;31/12/2020"
    assert row(tmp_path, headers, cells) == EntityRow(
        where="cuerpos.csv:2",
        source_id="7",
        code="A-7",
        name="Casa del Ábaco",
        acronym="CA",
        parent_id="3",
        tutelage_id="2",
        type="Museo",
        level="municipal",
        sector="cultura",
        territory="LP",
        bindable=True,
        valid_from=date(2018, 1, 31),
        valid_to=date(2020, 12, 31),
    )


def test_a_register_in_english_is_recognised(tmp_path: Path) -> None:
    found = row(tmp_path, "ID,Parent,Code,Name,Acronym,Type,Level,Bindable", "7,3,A,Abacus,AB,Museum,central,no")
    assert found == EntityRow(
        "cuerpos.csv:2", "7", "A", "Abacus", "AB", "3", type="Museum", level="central", bindable=False
    )


def test_the_least_is_an_id_and_a_name(tmp_path: Path) -> None:
    assert row(tmp_path, "id,nombre", "1,Ábaco") == EntityRow("cuerpos.csv:2", "1", "", "Ábaco")


@pytest.mark.parametrize(
    ("headers", "cells", "category"),
    [
        ("id,nombre,Categoría", "1,Ábaco, B ", "B"),
        ("id,nombre,category", "1,Ábaco,", ""),
        ("id,nombre", "1,Ábaco", None),
    ],
)
def test_no_category_is_less_than_an_empty_one(tmp_path: Path, headers: str, cells: str, category: str | None) -> None:
    assert row(tmp_path, headers, cells).category == category


def test_without_an_id_or_a_name_the_columns_are_listed(tmp_path: Path) -> None:
    refused = refusal(tmp_path, "foo,bar\n1,2\n")
    assert (refused.code, refused.details) == (
        "columns-not-recognised",
        {
            "where": "cuerpos.csv",
            "missing": "source_id, name",
            "headers": "foo, bar",
            "looked": "source_id (source_id, id, identificador, entidad_id, id_entidad); "
            "name (name, denominacion, nombre, entidad, razon_social)",
        },
    )


def test_a_map_names_columns_and_source(tmp_path: Path) -> None:
    mapping = written(tmp_path, 'source = "sigep"\n[columns]\nsource_id = "foo"\nname = "bar"\n', "mapa.toml")
    register = read_entities(written(tmp_path, "foo,bar\n1,Ábaco\n"), mapping)
    assert (register.source, register.rows[0].name) == ("sigep", "Ábaco")


def test_without_a_map_the_source_is_the_usual_one(tmp_path: Path) -> None:
    assert read_entities(written(tmp_path, "id,name\n")).source == DEFAULT_SOURCE


@pytest.mark.parametrize("mapping", ["source = 7", "columns = 7", "[columns]\nname = 7"])
def test_a_map_of_another_form_is_refused(tmp_path: Path, mapping: str) -> None:
    assert refusal(tmp_path, "id,name\n", mapping).code == "map-malformed"


@pytest.mark.parametrize(("cells", "level"), [("3", ""), ("municipal", "municipal"), ("Planta baja", ""), ("", "")])
def test_a_column_nivel_is_a_level_only_if_it_names_levels(tmp_path: Path, cells: str, level: str) -> None:
    """Elsewhere it is the depth in the tree, which says nothing about government."""
    assert row(tmp_path, "id,name,nivel", f"1,Ábaco,{cells}").level == level


def test_a_level_that_a_map_names_is_kept_whatever_it_says(tmp_path: Path) -> None:
    mapping = written(tmp_path, '[columns]\nlevel = "nivel"\n', "mapa.toml")
    assert read_entities(written(tmp_path, "id,name,nivel\n1,Ábaco,3\n"), mapping).rows[0].level == "3"


@pytest.mark.parametrize(("name", "headers"), [("cuerpos_tipos.csv", "id,tipo"), ("cuerpos_types.csv", "id;label")])
def test_types_that_are_numbers_get_their_label_from_the_file_beside(tmp_path: Path, name: str, headers: str) -> None:
    separator = ";" if ";" in headers else ","
    written(tmp_path, f"{headers}\n4{separator}Universidad\n", name)
    content = "id,name,tipo_id\n1,Ábaco,4\n2,Quipu,21\n3,Grupo,0\n4,Sin,\n"
    types = [each.type for each in read_entities(written(tmp_path, content)).rows]
    assert types == ["Universidad", "21", "", ""]


def test_without_that_file_the_type_stays_as_it_is(tmp_path: Path) -> None:
    assert row(tmp_path, "id,name,tipo_id", "1,Ábaco,4").type == "4"


def test_a_file_of_types_without_labels_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "id,foo\n1,2\n", "cuerpos_tipos.csv")
    assert refusal(tmp_path, "id,name\n1,x\n").details["where"] == "cuerpos_tipos.csv"


def test_zero_is_no_parent_unless_somebody_has_that_id(tmp_path: Path) -> None:
    loose = read_entities(written(tmp_path, "id,id_padre,name\n1,0,a\n")).rows
    bound = read_entities(written(tmp_path, "id,id_padre,name\n0,,a\n1,0,b\n")).rows
    assert ([each.parent_id for each in loose], [each.parent_id for each in bound]) == ([""], ["", "0"])


@pytest.mark.parametrize(
    ("text", "bindable"), [("1", True), ("SÍ", True), ("x", True), ("0", False), ("No", False), ("", None)]
)
def test_whether_it_is_bound_is_said_in_many_ways(tmp_path: Path, text: str, bindable: bool | None) -> None:
    assert row(tmp_path, "id,name,presenta", f"1,Ábaco,{text}").bindable == bindable


@pytest.mark.parametrize(
    ("column", "text"),
    [("presenta", "quizá"), ("desde", "2018"), ("desde", "31/02/2018"), ("hasta", "enero"), ("hasta", "2018-13-01")],
)
def test_a_cell_that_is_not_understood_is_named(tmp_path: Path, column: str, text: str) -> None:
    refused = refusal(tmp_path, f"id,name,{column}\n1,a,\n2,b,{text}\n")
    assert (refused.code, refused.details) == (
        "value-unreadable",
        {"where": "cuerpos.csv:3", "column": column, "text": text},
    )


def test_the_apostrophe_of_an_export_is_no_part_of_a_name(tmp_path: Path) -> None:
    assert row(tmp_path, "id,name", "1,'=Ábaco").name == "=Ábaco"


@pytest.mark.real
def test_the_real_register_is_read_whole(real_data: Path) -> None:
    rows = read_entities(real_data / "pige" / "entidades.csv").rows
    facts = (len(rows), sum(each.bindable is True for each in rows), sum(each.bindable is False for each in rows))
    assert facts == (677, 653, 24)


@pytest.mark.real
def test_the_real_types_have_names_but_for_one(real_data: Path) -> None:
    rows = read_entities(real_data / "pige" / "entidades.csv").rows
    assert [
        (each.source_id, each.type) for each in rows if each.bindable and (not each.type or each.type.isdigit())
    ] == [("749", "21")]
