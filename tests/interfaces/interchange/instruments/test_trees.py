"""JSON as people write plans, and outlines of numbered lines."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.instruments import read_instrument

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yupana.domain.instruments.facts import Manuscript

GOALS = {"metas": ItemRole.OBJECTIVE}
PLAN = {
    "plan": "Plan de Acequias",
    "norma": "Ley 5",
    "vigente": True,
    "ejes": [
        {"codigo": 1, "eje": "Limpias", "metas": [{"Código": "1.1", "Descripción": "Limpiar", "sector": "agua"}]},
        {"codigo": "2", "nombre": "Medidas", "metas": [{"codigo": "2.1", "nombre": "Medir", "sector": "agua"}]},
    ],
}


def read(folder: Path, told: object, roles: Mapping[str, ItemRole] | None = None) -> Manuscript:
    path = folder / "acequias.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    return read_instrument(path, roles=roles)


def test_lists_inside_lists_are_a_tree(tmp_path: Path) -> None:
    found = read(tmp_path, PLAN, GOALS)
    axis, goal = ItemRole.AXIS, ItemRole.OBJECTIVE
    assert found.rows == (
        ItemRow("acequias.json:ejes[0]", axis, "1", "Limpias", None),
        ItemRow("acequias.json:ejes[0].metas[0]", goal, "1.1", "Limpiar", (axis, "1")),
        ItemRow("acequias.json:ejes[1]", axis, "2", "Medidas", None),
        ItemRow("acequias.json:ejes[1].metas[0]", goal, "2.1", "Medir", (axis, "2")),
    )


def test_the_cover_is_what_the_whole_says(tmp_path: Path) -> None:
    assert read(tmp_path, PLAN).heading == Heading("ACEQUIAS", "Plan de Acequias", "", "", "", "Ley 5")


def test_without_a_word_from_the_reader_a_word_means_what_it_usually_means(tmp_path: Path) -> None:
    assert [row.role for row in read(tmp_path, PLAN).rows] == [ItemRole.AXIS, ItemRole.TARGET] * 2


def test_what_is_not_read_is_told_once_by_its_name(tmp_path: Path) -> None:
    assert read(tmp_path, PLAN).unplaced == (
        Note("acequias.json:ejes[0].metas[0]", "field-not-read", "sector"),
        Note("acequias.json", "field-not-read", "vigente"),
    )


def test_a_word_of_ones_own_can_be_told_to_be_a_role(tmp_path: Path) -> None:
    found = read(tmp_path, {"pilares": [{"codigo": "1", "nombre": "Uno"}]}, {"Pilares": ItemRole.AXIS})
    assert [(row.role, row.text) for row in found.rows] == [(ItemRole.AXIS, "Uno")]


def test_items_may_name_their_parents_themselves(tmp_path: Path) -> None:
    told = {
        "items": [
            {"role": "eje", "code": "1", "text": "Uno"},
            {"role": "line", "code": "a", "text": "Dos", "parent": "eje:1", "stake": 5000, "binds": False},
        ]
    }
    row = read(tmp_path, told).rows[1]
    assert (row.parent, row.stake, row.binds) == ((ItemRole.AXIS, "1"), 5000, False)


@pytest.mark.real
def test_the_real_plan_of_the_state_has_ten_axes_and_forty_four_goals(real_data: Path) -> None:
    found = read_instrument(real_data / "pdes" / "pdes_2021_2025_ejes_metas.json", roles=GOALS)
    counted = Counter(row.role for row in found.rows)
    goals = [row for row in found.rows if row.role is ItemRole.OBJECTIVE]
    assert (counted, found.unplaced, found.heading.title) == (
        {ItemRole.AXIS: 10, ItemRole.OBJECTIVE: 44},
        (),
        "PDES 2021-2025",
    )
    assert [row for row in goals if not row.parent or row.parent[1] != row.code.partition(".")[0]] == []


@pytest.mark.real
def test_both_files_of_the_real_plan_say_the_same(real_data: Path) -> None:
    tree = read_instrument(real_data / "pdes" / "pdes_2021_2025_ejes_metas.json", roles=GOALS)
    lines = read_instrument(real_data / "pdes" / "pdes_2021_2025_ejes_metas.tsv", roles={"2": ItemRole.OBJECTIVE})
    said = [[(row.role, row.code, row.text, row.parent) for row in each.rows] for each in (tree, lines)]
    assert said[0] == said[1]


# --- outlines ------------------------------------------------------------------------------------------------------
def outline(folder: Path, text: str, **roles: ItemRole) -> Manuscript:
    path = folder / "plan.tsv"
    path.write_bytes(text.encode())
    return read_instrument(path, roles={word.lstrip("_"): role for word, role in roles.items()})


def test_numbered_lines_are_a_tree(tmp_path: Path) -> None:
    found = outline(tmp_path, "EJE 1\tUno\r\n\r\n1.1\t Dos, con  coma\r\nNota suelta\r\n", _2=ItemRole.LINE)
    assert (found.rows, found.unplaced) == (
        (
            ItemRow("plan.tsv:1", ItemRole.AXIS, "1", "Uno", None),
            ItemRow("plan.tsv:3", ItemRole.LINE, "1.1", "Dos, con coma", (ItemRole.AXIS, "1")),
        ),
        (Note("plan.tsv:4", "line-not-read", "Nota suelta"),),
    )


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("EJE 1\tUno\n1.1\tDos\n", "outline-role-unsaid", {"where": "plan.tsv:2", "code": "1.1", "level": "2"}),
        ("COSA 1\tUno\n", "outline-role-unsaid", {"where": "plan.tsv:1", "code": "COSA 1", "level": "1"}),
        ("EJE 1\tUno\nMETA 2.1\tDos\n", "outline-parent-missing",
         {"where": "plan.tsv:2", "code": "2.1", "parent": "2"}),
    ],
)  # fmt: skip
def test_a_line_without_role_or_place_is_refused(tmp_path: Path, text: str, code: str, told: object) -> None:
    with pytest.raises(Refused) as caught:
        outline(tmp_path, text)
    assert (caught.value.code, caught.value.details) == (code, told)
