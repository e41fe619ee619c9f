from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from yupana.domain.instruments.actions import draft_edition, publish
from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow, Manuscript
from yupana.domain.instruments.models import Item
from yupana.domain.instruments.rules import WHOLE
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Conflict, Refused
from yupana.foundation.kernel.report import Report
from yupana.interfaces.interchange.instruments import read_instrument

if TYPE_CHECKING:
    from pathlib import Path

AXIS, LINE, TARGET = ItemRole.AXIS, ItemRole.LINE, ItemRole.TARGET
FOLDER = {
    "nudo_ejes.csv": "id,eje\n1,Cuenta clara\n2,Puerta abierta\n",
    "nudo_lineas.csv": 'id,eje_id,linea,linea_alt\n1,1,"Registros, todos",\n2,2,Ventanilla,Otra\n',
    "nudo_metas.csv": (
        'id,eje_id,linea_id,meta\n1,1,1,"La mitad\nde los registros"\n2,2,2,Una ventanilla\n3,2,,Sin línea\n'
    ),
}


def folder(place: Path, files: dict[str, str] | None = None) -> Path:
    for name, text in (FOLDER if files is None else files).items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def table(place: Path, text: str, name: str = "nudo.csv") -> Path:
    path = place / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path) -> tuple[str, object]:
    with pytest.raises(Refused) as refused:
        read_instrument(path)
    return refused.value.code, refused.value.details["where"]


# --- a folder ------------------------------------------------------------------------------------------------------
def test_a_folder_gives_each_row_its_role_its_parent_and_its_place(tmp_path: Path) -> None:
    assert read_instrument(folder(tmp_path)).rows == (
        ItemRow("nudo_ejes.csv:2", AXIS, "1", "Cuenta clara", None),
        ItemRow("nudo_ejes.csv:3", AXIS, "2", "Puerta abierta", None),
        ItemRow("nudo_lineas.csv:2", LINE, "1", "Registros, todos", (AXIS, "1")),
        ItemRow("nudo_lineas.csv:3", LINE, "2", "Ventanilla", (AXIS, "2")),
        ItemRow("nudo_metas.csv:2", TARGET, "1", "La mitad de los registros", (LINE, "1")),
        ItemRow("nudo_metas.csv:4", TARGET, "2", "Una ventanilla", (LINE, "2")),
        ItemRow("nudo_metas.csv:5", TARGET, "3", "Sin línea", (AXIS, "2")),
    )


def test_the_code_comes_from_the_name_of_the_files(tmp_path: Path) -> None:
    assert read_instrument(folder(tmp_path)).heading.instrument == "NUDO"


def test_files_without_a_prefix_take_the_name_of_their_folder(tmp_path: Path) -> None:
    place = tmp_path / "plan de nudos"
    place.mkdir()
    assert read_instrument(folder(place, {"lineas.csv": "id,linea\n1,Uno\n"})).heading.instrument == "PLAN-DE-NUDOS"


def test_english_names_are_read_as_well(tmp_path: Path) -> None:
    files = {
        "knot_axes.csv": "id,axis\n1,One\n",
        "knot_lines.csv": "id,axis_id,line\n1,1,Two\n",
        "knot_targets.csv": "id,line_id,target\n1,1,Three\n",
    }
    assert [(row.role, row.parent) for row in read_instrument(folder(tmp_path, files)).rows] == [
        (AXIS, None),
        (LINE, (AXIS, "1")),
        (TARGET, (LINE, "1")),
    ]


def test_other_tables_in_the_folder_are_nobodys_business(tmp_path: Path) -> None:
    others = {"entidades.csv": "id\n1\n", "nudo_detalle.csv": "id\n1\n", "leeme.md": "nothing"}
    alone = read_instrument(folder(tmp_path))
    assert read_instrument(folder(tmp_path, others)) == alone


@pytest.mark.parametrize("name", FOLDER)
def test_the_digest_changes_with_any_byte_of_any_table(tmp_path: Path, name: str) -> None:
    before = read_instrument(folder(tmp_path)).digest
    folder(tmp_path, {name: FOLDER[name] + "\n"})
    assert (len(before), read_instrument(tmp_path).digest == before) == (64, False)


@pytest.mark.parametrize(
    ("changed", "why", "where"),
    [
        ({"nudo_lineas.csv": "id,eje_id\n1,1\n"}, "columns-missing", "nudo_lineas.csv"),
        ({"nudo_metas.csv": "meta\nUna\n"}, "columns-missing", "nudo_metas.csv"),
        (
            {"nudo_metas.csv": "id,eje_id,linea_id,meta\n1,1,1,Una\n2,1,2,Otra\n"},
            "item-axis-differs",
            "nudo_metas.csv:3",
        ),
        ({"nudo_ejes.csv": ""}, "headers-missing", "nudo_ejes.csv:1"),
        ({"nudo_metas.csv": 'id,meta\n1,"open\n'}, "table-malformed", "nudo_metas.csv:2"),
    ],
)
def test_a_table_that_cannot_be_placed_is_refused_with_its_place(
    tmp_path: Path, changed: dict[str, str], why: str, where: str
) -> None:
    assert refusal(folder(tmp_path, FOLDER | changed)) == (why, where)


def test_a_folder_without_lines_is_no_instrument(tmp_path: Path) -> None:
    assert refusal(folder(tmp_path, {"nudo_ejes.csv": FOLDER["nudo_ejes.csv"]})) == (
        "instrument-files-missing",
        tmp_path.name,
    )


def test_two_tables_of_one_role_are_not_chosen_between(tmp_path: Path) -> None:
    assert refusal(folder(tmp_path, FOLDER | {"otro_lineas.csv": "id,linea\n1,Uno\n"})) == (
        "instrument-files-ambiguous",
        tmp_path.name,
    )


def test_tables_of_two_instruments_are_not_joined(tmp_path: Path) -> None:
    files = {"nudo_lineas.csv": "id,linea\n1,Uno\n", "otro_ejes.csv": "id,eje\n1,Uno\n"}
    assert refusal(folder(tmp_path, files))[0] == "instrument-files-mixed"


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere")[0] == "file-unreadable"


# --- one table -----------------------------------------------------------------------------------------------------
SINGLE = """rol;código;superior;texto;vincula
Eje;1;;Cuenta clara;
Línea estratégica;1.1;1;Registros;
lineamiento;a;línea:1.1;"Publicar

registros";no
META;1;Eje:1;La mitad;
"""


def test_one_table_says_the_role_of_each_row(tmp_path: Path) -> None:
    path = table(tmp_path, SINGLE.replace("Línea estratégica;1.1;1;", "Línea estratégica;1.1;eje:1;"))
    assert read_instrument(path) == Manuscript(
        Heading("NUDO", "", "", "", "", ""),
        (
            ItemRow("nudo.csv:2", AXIS, "1", "Cuenta clara", None),
            ItemRow("nudo.csv:3", LINE, "1.1", "Registros", (AXIS, "1")),
            ItemRow("nudo.csv:4", ItemRole.GUIDELINE, "a", "Publicar registros", (LINE, "1.1"), binds=False),
            ItemRow("nudo.csv:7", TARGET, "1", "La mitad", (AXIS, "1")),
        ),
        hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def test_a_parent_may_be_a_code_alone_where_only_one_row_has_it(tmp_path: Path) -> None:
    path = table(tmp_path, "role,code,parent,text\nline,1.1,1,Two\naxis,1,,One\n")
    assert [row.parent for row in read_instrument(path).rows] == [(AXIS, "1"), None]


def test_parents_and_binding_are_not_required(tmp_path: Path) -> None:
    path = table(tmp_path, "role,code,text\nguideline,1,One\n")
    assert read_instrument(path).rows == (ItemRow("nudo.csv:2", ItemRole.GUIDELINE, "1", "One", None),)


@pytest.mark.parametrize("role", list(ItemRole))
def test_every_role_is_read_by_its_name(tmp_path: Path, role: ItemRole) -> None:
    path = table(tmp_path, f"role,code,text\n{role},1,One\n")
    assert read_instrument(path).rows[0].role is role


@pytest.mark.parametrize(
    ("said", "binds"), [("", None), ("sí", True), ("YES", True), ("1", True), ("No", False), ("0", False)]
)
def test_what_binds_is_said_in_either_language(tmp_path: Path, said: str, *, binds: bool | None) -> None:
    path = table(tmp_path, f"role,code,text,binds\nline,1,One,{said}\n")
    assert read_instrument(path).rows[0].binds is binds


def test_text_that_was_guarded_against_spreadsheets_is_read_as_it_was(tmp_path: Path) -> None:
    path = table(tmp_path, "role,code,text\nline,1,'=One\nline,2,'tis\n")
    assert [row.text for row in read_instrument(path).rows] == ["=One", "'tis"]


@pytest.mark.parametrize(
    ("text", "why", "where"),
    [
        (SINGLE, "item-parent-ambiguous", "nudo.csv:3"),
        ("role,code,parent,text\nline,1,9,One\n", "item-parent-unnamed", "nudo.csv:2"),
        ("role,code,text\nboss,1,One\n", "value-unreadable", "nudo.csv:2"),
        ("role,code,text\n,1,One\n", "value-unreadable", "nudo.csv:2"),
        ("role,code,text,binds\nline,1,One,perhaps\n", "value-unreadable", "nudo.csv:2"),
        ("role,code\nline,1\n", "columns-missing", "nudo.csv"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_its_place(tmp_path: Path, text: str, why: str, where: str) -> None:
    assert refusal(table(tmp_path, text)) == (why, where)


def test_a_parent_of_a_role_that_has_it_not_is_left_to_the_house_to_refuse(tmp_path: Path) -> None:
    path = table(tmp_path, "role,code,parent,text\nline,1,axis:9,One\n")
    assert read_instrument(path).rows[0].parent == (AXIS, "9")


# --- the real plan -------------------------------------------------------------------------------------------------
def draft(source: Manuscript, rows: tuple[ItemRow, ...] | None = None) -> Report:
    cover = Heading(source.heading.instrument, "Plan", "plan", "1", "Plan", "")
    text = replace(source, heading=cover, rows=source.rows if rows is None else rows)
    return draft_edition(actor=OPERATOR, manuscript=text)


@pytest.mark.real
def test_the_real_plan_has_three_axes_fourteen_lines_and_twenty_eight_targets(real_data: Path) -> None:
    source = read_instrument(real_data / "pige")
    roles = [row.role for row in source.rows]
    assert (source.heading.instrument, [roles.count(role) for role in (AXIS, LINE, TARGET)]) == ("PIGE", [3, 14, 28])


@pytest.mark.real
def test_no_text_of_the_real_plan_holds_a_line_break(real_data: Path) -> None:
    rows = read_instrument(real_data / "pige").rows
    broken = [row for row in rows if row.text != " ".join(row.text.split())]
    assert (
        broken,
        [row.where for row in rows if row.text.startswith("50% de entidades públicas del nivel central")],
    ) == (
        [],
        ["pige_metas.csv:24"],
    )


@pytest.mark.real
@pytest.mark.django_db
def test_the_real_plan_is_imported_once_and_published(real_data: Path) -> None:
    source = read_instrument(real_data / "pige")
    reports = [draft(source), draft(source)]
    publish(actor=OPERATOR, instrument="PIGE", edition="1", act="D.S. 3251", on=source_day())
    reports.append(draft(source))
    lines = list(Item.objects.filter(role=LINE).values_list("weight", flat=True))
    assert (reports, sum(lines), sorted(set(lines))) == (
        [Report(read=45, created=45), Report(read=45, unchanged=45), Report(read=45, unchanged=45)],
        WHOLE,
        [71_428_571, 71_428_572],
    )


@pytest.mark.real
@pytest.mark.django_db
def test_the_real_plan_with_one_line_less_is_a_conflict_once_it_is_published(real_data: Path) -> None:
    source = read_instrument(real_data / "pige")
    draft(source)
    publish(actor=OPERATOR, instrument="PIGE", edition="1", act="D.S. 3251", on=source_day())
    with pytest.raises(Conflict) as refused:
        draft(source, source.rows[:-1])
    assert (refused.value.code, Item.objects.count()) == ("edition-published", 45)


def source_day() -> date:
    """Say the day of the decree that approved the plan."""
    return date(2017, 7, 12)
