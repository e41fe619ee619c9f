"""What the rows of a register mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.entities.facts import EntityRow, registration_content
from yupana.domain.entities.rules import MOST_DEPTH, check_row, check_source, place
from yupana.foundation.kernel.errors import Refused


def row(source_id: str, name: str = "", parent: str = "", **fields: Any) -> EntityRow:  # noqa: ANN401 - any field of a row
    fields.setdefault("code", f"C-{source_id}")
    return EntityRow(
        where=f"f.csv:{source_id}", source_id=source_id, name=name or f"N{source_id}", parent_id=parent, **fields
    )


CENTRAL = row("1", "Administración Pública No Financiera", bindable=False)
LOCAL = row("2", "Administración Pública Territorial", bindable=False)
PLACE = row("3", "La Paz", "2", acronym="LP", bindable=False)
BRANCHES = (CENTRAL, LOCAL, PLACE)


def placed(*rows: EntityRow) -> EntityRow:
    """The last of the rows, placed together with the branches."""
    done = place([*BRANCHES, *rows], {})
    return next(each for each in done.rows if each.source_id == rows[-1].source_id)


def notes(*rows: EntityRow) -> list[tuple[str, str]]:
    done = place([*BRANCHES, *rows], {})
    return [(note.where, note.why) for note in (*done.flagged, *done.unplaced)]


def refusal(*rows: EntityRow) -> tuple[str, object]:
    with pytest.raises(Refused) as caught:
        place(rows, {})
    return caught.value.code, caught.value.details.get("where")


# --- level, territory, tutelage ------------------------------------------------------------------------------------
def test_a_municipality_gets_level_and_territory() -> None:
    found = placed(row("9", parent="3", type="Gobierno Autónomo Municipal", bindable=True))
    assert (found.level, found.territory, found.tutelage_id, found.kind) == (
        "municipal",
        "LP",
        "",
        "Gobierno Autónomo Municipal",
    )


def test_a_group_stands_in_its_own_territory_and_has_no_level() -> None:
    found = place(BRANCHES, {}).rows[-1]
    assert (found.source_id, found.level, found.territory) == ("3", "", "LP")


def test_a_territory_without_an_acronym_is_named_by_its_code() -> None:
    found = placed(
        replace(PLACE, source_id="4", acronym="", code="G-13"), row("9", parent="4", type="Municipio", bindable=True)
    )
    assert found.territory == "G-13"


def test_a_central_body_and_a_university_stand_in_no_territory() -> None:
    kinds = ["Entidad Pública", "Universidad"]
    assert [placed(row("9", parent="3", type=each, bindable=True)).territory for each in kinds] == ["", ""]


def test_what_the_row_says_wins_over_type_and_branch() -> None:
    found = placed(
        row("9", parent="3", type="Empresa Municipal", level="Regional", territory="TJ", kind="Empresa", bindable=True)
    )
    assert (found.level, found.territory, found.kind) == ("regional", "TJ", "Empresa")


def test_tutelage_is_the_nearest_body_above() -> None:
    ministry = row("8", "Ministerio", "1", type="Ministerio", bindable=True)
    group = row("7", "Servicios", "8", bindable=False)
    assert placed(ministry, group, row("9", parent="7", type="Entidad Pública", bindable=True)).tutelage_id == "8"


def test_a_tutelage_that_is_given_stands() -> None:
    ministry = row("8", "Ministerio", "1", type="Ministerio", bindable=True)
    assert (
        placed(ministry, row("9", parent="1", tutelage_id="8", type="Entidad Pública", bindable=True)).tutelage_id
        == "8"
    )


def test_a_central_body_below_a_municipality_keeps_its_level_and_takes_nothing_from_the_branch() -> None:
    town = row("8", "Gobierno Autónomo Municipal de Toledo", "3", type="Gobierno Autónomo Municipal", bindable=True)
    stray = row("9", "Instituto", "8", type="Entidad Pública", bindable=True)
    found = placed(town, stray)
    assert (found.level, found.territory, found.tutelage_id, notes(town, stray)) == (
        "central",
        "",
        "",
        [("f.csv:9", "branch-contradicts-type")],
    )


def test_an_unknown_type_takes_its_level_from_the_branch_and_is_flagged() -> None:
    department = row(
        "8", "Gobierno Autónomo Departamental de Potosí", "3", type="Gobierno Autónomo Departamental", bindable=True
    )
    service = row("9", "Servicio de Salud", "8", type="21", bindable=True)
    found = placed(department, service)
    assert (found.level, found.tutelage_id, notes(department, service)) == (
        "departmental",
        "8",
        [("f.csv:9", "type-unknown")],
    )


def test_without_a_type_its_own_name_may_tell_the_level() -> None:
    town = row("9", "Gobierno Autónomo Municipal de Sucre", "3", bindable=True)
    assert (placed(town).level, notes(town)) == ("municipal", [])


def test_a_body_whose_level_nothing_tells_is_kept_unbound_and_reported() -> None:
    stray = row("9", "Misterio", "3", bindable=True)
    assert (placed(stray).bindable, placed(stray).name, notes(stray)) == (
        False,
        "Misterio",
        [("f.csv:9", "level-not-told")],
    )


def test_a_contradiction_is_not_reported_of_a_group() -> None:
    assert notes(row("9", "Grupo", "3", type="Entidad Pública", bindable=False)) == []


@pytest.mark.parametrize(
    ("fields", "has_child", "bindable"),
    [
        ({}, True, False),
        ({"type": "Ministerio"}, True, True),
        ({"level": "central"}, True, True),
        ({"type": "Ministerio"}, False, True),
    ],
)
def test_where_it_is_not_said_only_a_group_has_children_and_no_type(
    fields: dict[str, str], has_child: bool, bindable: bool
) -> None:
    rows = [row("8", **fields), *([row("9", parent="8", type="Ministerio")] if has_child else [])]
    assert place(rows, {}).rows[0].bindable == bindable


def test_parents_come_first_whatever_the_order_of_the_file() -> None:
    rows = [row("c", parent="b", level="central"), row("b", parent="a", level="central"), row("a", level="central")]
    assert [each.source_id for each in place(rows, {}).rows] == ["a", "b", "c"]


def test_notes_come_in_the_order_of_the_file() -> None:
    first = row("7", "Uno", "8", code="X", type="Entidad Pública", bindable=True)
    second = row("8", "Gobierno Autónomo Municipal", "3", code="X", type="Gobierno Autónomo Municipal", bindable=True)
    assert notes(first, second) == [
        ("f.csv:7", "code-duplicated"),
        ("f.csv:7", "branch-contradicts-type"),
        ("f.csv:8", "code-duplicated"),
    ]


# --- doubtful and impossible ---------------------------------------------------------------------------------------
def test_a_code_used_twice_is_flagged_at_each_use() -> None:
    twins = [row(each, code="SC-54", level="central") for each in "45"]
    assert notes(*twins) == [("f.csv:4", "code-duplicated"), ("f.csv:5", "code-duplicated")]


def test_no_code_is_not_a_code_used_twice() -> None:
    assert notes(*[row(each, code="", level="central") for each in "45"]) == []


def test_a_code_that_a_registered_body_has_is_flagged() -> None:
    done = place([row("4", code="X", level="central")], {"5": row("5", code="X", level="central")})
    assert [note.where for note in done.flagged] == ["f.csv:4"]


def test_a_parent_may_be_registered_before() -> None:
    assert (
        place([row("4", parent="5", level="central")], {"5": row("5", level="central", bindable=True)})
        .rows[0]
        .tutelage_id
        == "5"
    )


@pytest.mark.parametrize(
    ("rows", "code", "where"),
    [
        ([row("1"), row("2"), row("1")], "id-repeated", "f.csv:1"),
        ([row("1"), row("2", parent="7")], "parent-unknown", "f.csv:2"),
        ([row("1", tutelage_id="7")], "tutelage-unknown", "f.csv:1"),
        ([row("1", tutelage_id="1")], "tutelage-unknown", "f.csv:1"),
        ([row("1", parent="2"), row("2", parent="1")], "parent-cycle", "f.csv:1"),
        ([row("1", parent="1")], "parent-cycle", "f.csv:1"),
        ([row("1", level="galactic")], "level-unknown", "f.csv:1"),
        ([row("1"), replace(row("2"), name="  ")], "name-missing", "f.csv:2"),
        ([replace(row("1"), source_id=" ")], "id-missing", "f.csv:1"),
        ([row("1/2")], "id-unusable", "f.csv:1/2"),
        ([row("a b")], "id-unusable", "f.csv:a b"),
        ([row("1", "x" * 301)], "text-too-long", "f.csv:1"),
        ([row("1", type="x" * 61)], "text-too-long", "f.csv:1"),
        ([row("1", valid_from=date(2020, 1, 2), valid_to=date(2020, 1, 1))], "validity-backwards", "f.csv:1"),
        ([row(str(at), parent=str(at - 1) if at else "") for at in range(MOST_DEPTH + 1)], "tree-too-deep", "f.csv:24"),
    ],
)
def test_what_cannot_be_registered_is_refused_with_its_line(rows: list[EntityRow], code: str, where: str) -> None:
    assert refusal(*rows) == (code, where)


def test_a_cycle_through_a_registered_body_is_refused_at_the_line_of_the_file() -> None:
    with pytest.raises(Refused) as caught:
        place([row("1", parent="2")], {"1": row("1"), "2": row("2", parent="1")})
    assert caught.value.details == {"where": "f.csv:1", "chain": "1 > 2 > 1"}


@pytest.mark.parametrize("source", ["", "Mayúscula", "a b", "a:b", "a/b", "-a", "a" * 41])
def test_a_source_must_stand_in_an_address(source: str) -> None:
    with pytest.raises(Refused, match="source-unusable"):
        check_source(source)


def test_texts_are_squeezed() -> None:
    found = check_row(row(" 1 ", "  Casa \n del   Ábaco ", code=" A 1 ", acronym=" CA "))
    assert (found.source_id, found.name, found.code, found.acronym) == ("1", "Casa del Ábaco", "A 1", "CA")


LEVELS = ("central", "municipal", "Ministerio", "")


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(LEVELS), st.sampled_from([True, False, None])), max_size=10)
)
def test_placing_what_was_placed_changes_nothing(drawn: list[tuple[int, str, bool | None]]) -> None:
    rows = [
        row(str(at), parent=str(above) if above < at and above else "", type=kind, bindable=bindable)
        for at, (above, kind, bindable) in enumerate(drawn, 1)
    ]
    once = place(rows, {})
    again = place(rows, {each.source_id: each for each in once.rows})
    assert once == again
    assert all(each.level for each in once.rows if each.bindable)
    assert {each.source_id for each in once.rows} == {each.source_id for each in rows}


def test_the_content_of_a_registration_is_what_is_registered() -> None:
    complete = replace(
        check_row(row("1", "Ábaco", type="Museo", bindable=True, valid_from=date(2018, 1, 1))), level="central"
    )
    assert registration_content("cast", complete) == {
        "source": "cast",
        "source_id": "1",
        "code": "C-1",
        "name": "Ábaco",
        "acronym": "",
        "parent_id": "",
        "tutelage_id": "",
        "level": "central",
        "kind": "Museo",
        "sector": "",
        "territory": "",
        "bindable": True,
        "valid_from": "2018-01-01",
        "valid_to": None,
    }
