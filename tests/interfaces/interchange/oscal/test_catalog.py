"""A catalogue as items, also one that breaks every rule."""

from pathlib import Path
from typing import Any

import pytest

from tests.interfaces.interchange.files import saved, whys
from tests.interfaces.interchange.manuscripts import essence
from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow, Manuscript
from yupana.domain.instruments.rules import arranged
from yupana.interfaces.interchange.oscal.marks import OURS
from yupana.interfaces.interchange.oscal.read import read_manuscript
from yupana.interfaces.interchange.oscal.write import write_manuscript

AXIS, REQUIREMENT, TEXT = ItemRole.AXIS, ItemRole.REQUIREMENT, ItemRole.TEXT


def catalog(*groups: Any, **members: Any) -> dict[str, Any]:  # noqa: ANN401 (whatever a test puts there)
    return {"catalog": {"metadata": {"title": "Normas del Nudo", "version": "2.1"}, "groups": list(groups)} | members}


def control(**members: Any) -> dict[str, Any]:  # noqa: ANN401 (whatever a test puts there)
    return {"id": "g", "title": "Grupo", "controls": [{"id": "c", "title": "Control"} | members]}


def read(folder: Path, document: object) -> Manuscript:
    return read_manuscript(saved(folder, document))


def told(folder: Path, document: object) -> list[tuple[str, str, str, str]]:
    rows = read(folder, document).rows
    return [(row.key, row.text, row.body, ":".join(row.parent) if row.parent else "") for row in rows]


def test_groups_controls_and_parts_are_axes_requirements_and_texts(tmp_path: Path) -> None:
    document = catalog(
        control(
            parts=[{"id": "c_1", "name": "statement", "prose": "Haga.\n\nY siga."}],
            controls=[{"id": "c.1", "title": "Dentro"}],
        )
    )
    assert told(tmp_path, document) == [
        ("axis:g", "Grupo", "", ""),
        ("requirement:c", "Control", "", "axis:g"),
        ("text:c_1", "Haga.\n\nY siga.", "", "requirement:c"),
        ("requirement:c.1", "Dentro", "", "requirement:c"),
    ]


def test_people_are_left_out_and_told(tmp_path: Path) -> None:
    parties = [
        {"uuid": "1", "type": "person", "name": "Sami"},
        {"uuid": "2", "type": "organization", "name": "AG"},
        "x",
    ]
    found = read(tmp_path, {"catalog": {"metadata": {"title": "Nudo", "parties": parties}}})
    assert [(note.where, note.why, note.text) for note in found.unplaced] == [
        ("doc.json#/metadata/parties/0", "oscal-person-left-out", ""),
    ]
    assert found.more == {"oscal": {"metadata": {"parties": parties[1:]}}}


def test_each_item_knows_its_place(tmp_path: Path) -> None:
    rows = read(tmp_path, catalog({"id": "a", "title": "A"}, control())).rows
    assert [row.where for row in rows] == [
        "doc.json#/groups/0", "doc.json#/groups/1", "doc.json#/groups/1/controls/0",
    ]  # fmt: skip


def test_the_cover_is_what_the_metadata_say(tmp_path: Path) -> None:
    assert read(tmp_path, catalog()).heading == Heading(
        "NORMAS-DEL-NUDO", "Normas del Nudo", "catalog", "2.1", "Normas del Nudo", ""
    )


@pytest.mark.parametrize(
    ("metadata", "cover"),
    [
        ({}, ("doc", "doc", "1")),
        ("x", ("doc", "doc", "1")),
        ({"title": 5, "version": None}, ("doc", "doc", "1")),
        (
            {"title": "A" * 400, "version": "versión uno / dos, tres"},
            ("A" * 40, "A" * 299 + "…", "versión-uno-dos-tres"),
        ),
    ],
)
def test_a_cover_is_made_of_whatever_there_is(metadata: object, cover: tuple[str, str, str], tmp_path: Path) -> None:
    heading = read(tmp_path, {"catalog": {"metadata": metadata}}).heading
    assert (heading.instrument, heading.title, heading.edition) == cover


@pytest.mark.parametrize(
    ("part", "text", "body"),
    [
        ({"name": "item", "title": "Título", "prose": "Prosa"}, "Título", "Prosa"),
        ({"name": "item", "title": "Título"}, "Título", ""),
        ({"name": "item", "title": " ", "prose": "Prosa"}, "Prosa", ""),
        ({"name": "item", "prose": " "}, "item", ""),
        ({"name": "item"}, "item", ""),
        ({}, "c.part", ""),
        ({"name": 5, "prose": []}, "c.part", ""),
    ],
)
def test_a_part_says_what_it_has(part: dict[str, Any], text: str, body: str, tmp_path: Path) -> None:
    row = read(tmp_path, catalog(control(parts=[part]))).rows[-1]
    assert (row.text, row.body) == (text, body)


def test_a_part_without_an_id_is_named_after_what_it_stands_in(tmp_path: Path) -> None:
    parts = [{"name": "item"}, {"name": "item"}, {"name": "guía 1"}, {"id": "c.item-2", "name": "item"}]
    rows = read(tmp_path, catalog(control(parts=parts))).rows
    assert [row.code for row in rows][2:] == ["c.item", "c.item-3", "c.guía-1", "c.item-2"]


def test_what_lacks_an_id_or_a_title_is_read_and_listed(tmp_path: Path) -> None:
    document = catalog(
        {"title": "Sin id"},
        {"id": "x y", "title": "Id imposible"},
        {"id": "a"},
        {"id": "a", "title": "Dos veces"},
        {"id": 5, "title": "Número", "controls": [{"title": "Sin id"}]},
    )
    found = read(tmp_path, document)
    assert [(row.code, row.text) for row in found.rows] == [
        ("group", "Sin id"), ("x-y", "Id imposible"), ("a", "a"), ("a-2", "Dos veces"), ("group-2", "Número"),
        ("group-2.control", "Sin id"),
    ]  # fmt: skip
    assert whys(found) == [
        ("/groups/1", "oscal-id-unusable"), ("/groups/2", "oscal-title-missing"), ("/groups/3", "oscal-id-unusable"),
        ("/groups/4", "oscal-id-unusable"), ("/groups/4/controls/0", "oscal-id-unusable"),
    ]  # fmt: skip


def test_what_is_no_object_is_listed_as_unplaced(tmp_path: Path) -> None:
    found = read(tmp_path, catalog("suelto", control(parts=[5])))
    assert [(note.where, note.why, note.text) for note in found.unplaced] == [
        ("doc.json#", "oscal-misplaced", "groups: suelto"),
        ("doc.json#/groups/1/controls/0", "oscal-misplaced", "parts: 5"),
    ]


@pytest.mark.parametrize(
    "members",
    [
        {"class": "SP", "params": [{"id": "p", "label": "quién"}], "links": [{"href": "#x", "rel": "related"}]},
        {"props": [{"name": "label", "value": "1"}]},
        {"props": "x", "links": 5, "nunca": {"visto": True}},
        {"props": [], "parts": [], "controls": "x"},
        {"prose": "Un control no tiene prosa"},
        {"parts": [{"id": "q", "name": "item", "ns": "urn:x:y", "class": "z", "props": [{"name": "a", "value": "b"}]}]},
        {
            "parts": [
                {"name": "item", "ns": OURS},
                {"name": "target", "ns": OURS},
                {"name": "body", "ns": OURS, "id": "b"},
            ]
        },
        {"groups": [{"id": "h", "title": "Un control no tiene grupos"}]},
        {"parts": [{"name": "item", "controls": [{"id": "y", "title": "Ni una parte controles"}]}]},
    ],
)
def test_whatever_an_object_says_comes_back(members: dict[str, Any], tmp_path: Path) -> None:
    found = read(tmp_path, catalog(control(**members)))
    write_manuscript(found, tmp_path / "out.json")
    assert essence(read_manuscript(tmp_path / "out.json")) == essence(found)
    assert arranged(found.rows)


def test_what_we_said_beside_an_item_is_read(tmp_path: Path) -> None:
    props = [
        {"name": "role", "ns": OURS, "value": "guideline"}, {"name": "stake", "ns": OURS, "value": "2500"},
        {"name": "legal-basis", "ns": OURS, "value": "Ley 1"}, {"name": "label", "value": "suyo"},
    ]  # fmt: skip
    row = read(tmp_path, catalog(control(props=props))).rows[-1]
    assert (row.role, row.stake, row.legal_basis, row.more) == (
        ItemRole.GUIDELINE, 2500, "Ley 1", {"oscal": {"props": [{"name": "label", "value": "suyo"}]}},
    )  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [("role", "rey"), ("stake", "mucho"), ("more", "[]"), ("parent", "x")])
def test_what_others_say_in_our_name_is_listed_and_not_believed(name: str, value: str, tmp_path: Path) -> None:
    found = read(tmp_path, catalog(control(props=[{"name": name, "ns": OURS, "value": value}])))
    assert found.rows[-1] == ItemRow("doc.json#/groups/0/controls/0", REQUIREMENT, "c", "Control", (AXIS, "g"))
    assert whys(found) == [("/groups/0/controls/0", "own-fields-unreadable")]


def test_what_others_say_of_the_cover_in_our_name_is_listed(tmp_path: Path) -> None:
    props = [{"name": "kind", "ns": OURS, "value": "5"}]
    found = read(tmp_path, {"catalog": {"metadata": {"title": "Nudo", "props": props}}})
    assert (found.heading.kind, whys(found)) == ("catalog", [("/metadata", "own-fields-unreadable")])
