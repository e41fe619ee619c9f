"""A profile: references to controls, and everything around them kept."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.interfaces.interchange.files import loaded, saved, whys
from tests.interfaces.interchange.manuscripts import essence
from yupana.domain.instruments.facts import ItemRole, ItemRow, Manuscript
from yupana.interfaces.interchange.oscal.marks import OURS
from yupana.interfaces.interchange.oscal.profile import ITEMS
from yupana.interfaces.interchange.oscal.read import read_manuscript
from yupana.interfaces.interchange.oscal.write import write_manuscript

REQUIREMENT = ItemRole.REQUIREMENT
SOURCE: dict[str, Any] = {
    "profile": {
        "uuid": "7eca4589-7ed9-4552-9da6-738126660be3",
        "metadata": {"title": "Base", "last-modified": "2024-02-04T23:16:00Z", "version": "1", "oscal-version": "1"},
        "imports": [
            {
                "href": "#uno",
                "include-controls": [
                    {"with-child-controls": "yes", "with-ids": ["a-1", "a-2"]},
                    {"matching": [{"pattern": "b-*"}]},
                    {"with-ids": ["c-1"]},
                ],
                "exclude-controls": [{"with-ids": ["a-9"]}],
            },
            {"href": "dos.json", "include-all": {}},
            {"href": "tres.json", "include-controls": [{"with-ids": ["a-1", "d-1"]}]},
        ],
        "merge": {"as-is": True},
        "modify": {
            "set-parameters": [{"param-id": "p", "values": ["5"]}],
            "alters": [{"control-id": "a-1", "adds": [{"parts": [{"name": "nota", "prose": "Sí"}]}]}],
        },
    }
}  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Manuscript:
    return read_manuscript(saved(tmp_path, SOURCE))


def imports(manuscript: Manuscript, folder: Path) -> list[Any]:
    write_manuscript(manuscript, folder / "out.json")
    assert essence(read_manuscript(folder / "out.json")) == essence(manuscript)
    found: list[Any] = loaded(folder / "out.json")["profile"]["imports"]
    return found


def ids(found: list[Any]) -> list[list[str]]:
    return [each.get("with-ids", []) for one in found for each in one.get("include-controls", [])]


def test_every_id_is_a_reference_that_knows_its_import(source: Manuscript) -> None:
    assert [(row.role, row.code, row.text, row.more["oscal"]) for row in source.rows] == [
        (REQUIREMENT, "a-1", "a-1", {"href": "#uno"}),
        (REQUIREMENT, "a-2", "a-2", {"href": "#uno"}),
        (REQUIREMENT, "c-1", "c-1", {"href": "#uno", "selection": 2}),
        (REQUIREMENT, "a-1-2", "a-1", {"href": "tres.json", "import": 2, "id": "a-1"}),
        (REQUIREMENT, "d-1", "d-1", {"href": "tres.json", "import": 2}),
    ]


def test_a_profile_that_nobody_touched_goes_out_as_it_came(source: Manuscript, tmp_path: Path) -> None:
    assert write_manuscript(source, tmp_path / "out.json") == ()
    assert loaded(tmp_path / "out.json") == SOURCE


def test_what_was_taken_out_is_no_longer_selected(source: Manuscript, tmp_path: Path) -> None:
    fewer = replace(source, rows=source.rows[:1] + source.rows[4:])
    assert ids(imports(fewer, tmp_path)) == [["a-1"], [], [], ["d-1"]]


def test_what_is_new_is_selected_where_the_first_was(source: Manuscript, tmp_path: Path) -> None:
    more = replace(source, rows=(*source.rows, ItemRow("", REQUIREMENT, "z-1", "z-1", None)))
    assert ids(imports(more, tmp_path))[0] == ["a-1", "a-2", "z-1"]


def test_what_is_more_than_a_reference_comes_back_all_the_same(source: Manuscript, tmp_path: Path) -> None:
    first = replace(source.rows[0], text="Título propio", body="Y explicación", binds=False)
    axis = ItemRow("", ItemRole.AXIS, "1 x", "Un eje", None)
    changed = replace(source, rows=(axis, replace(first, parent=(ItemRole.AXIS, "1 x")), *source.rows[:0:-1]))
    assert ids(imports(changed, tmp_path)) == [["_1-x", "a-1", "a-2"], [], ["c-1"], ["d-1", "a-1"]]


def test_an_empty_profile_selects_everything_of_nothing(source: Manuscript, tmp_path: Path) -> None:
    bare = replace(source, rows=(), more={"oscal": {"imports": []}})
    assert imports(bare, tmp_path) == [{"href": "#", "include-all": {}}]


def test_rows_without_an_import_get_one(source: Manuscript, tmp_path: Path) -> None:
    bare = replace(source, rows=source.rows[:1], more={"oscal": {"imports": [{"href": "x", "include-all": {}}]}})
    assert imports(bare, tmp_path) == [
        {"href": "x", "include-all": {}}, {"href": "#", "include-controls": [{"with-ids": ["a-1"]}]},
    ]  # fmt: skip


@pytest.mark.parametrize(
    "members",
    [
        {"imports": "x"}, {"imports": [5, {"href": 5}]}, {"imports": [{"include-controls": [5, {"with-ids": "x"}]}]},
        {"imports": [{"href": "a b", "include-controls": [{"with-ids": [5, "a b", "", "a b"], "x": 1}]}]},
        {"imports": [{"include-controls": []}], "merge": {"flat": 5}, "modify": {"alters": []}},
        {"metadata": 5}, {"nunca": "visto", "groups": []},
    ],
)  # fmt: skip
def test_a_broken_profile_is_read_and_comes_back(members: dict[str, Any], tmp_path: Path) -> None:
    found = read_manuscript(saved(tmp_path, {"profile": SOURCE["profile"] | members}))
    write_manuscript(found, tmp_path / "out.json")
    assert essence(read_manuscript(tmp_path / "out.json")) == essence(found)


@pytest.mark.parametrize("value", ["5", "x", '[[99, {"code": "b"}]]', '[[0, {"role": "rey"}]]', "[[0]]", '[["0", {}]]'])
def test_what_others_say_in_our_name_is_listed_and_not_believed(value: str, tmp_path: Path) -> None:
    metadata = SOURCE["profile"]["metadata"] | {"props": [{"name": ITEMS, "ns": OURS, "value": value}]}
    found = read_manuscript(saved(tmp_path, {"profile": SOURCE["profile"] | {"metadata": metadata}}))
    assert ([row.code for row in found.rows][:2], whys(found)) == (
        ["a-1", "a-2"], [("/metadata", "own-fields-unreadable")],
    )  # fmt: skip
