"""Plans read from tables: what is understood, what is kept, and what is refused with its place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from yupana.domain.commitments.facts import Plan
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.commitments import plain_text, read_plans

if TYPE_CHECKING:
    from pathlib import Path

PLANS = "id,entidad_id,fecha,resolucion,fecha_res,doc_externo,url,observaciones\n"
ROWS = (
    "id,plan_id,linea_id,medio,nombre,instancia,objeto_meta_resultado,inicio,final,indicador,"
    "observaciones_transcripcion,linea_rev_id,observaciones_linea\n"
)


def folder(path: Path, plans: str, rows: str, *, stem: str = "plan") -> Path:
    (path / f"{stem}s.csv").write_text(PLANS + plans, encoding="utf-8")
    (path / f"{stem}_detalle.csv").write_text(ROWS + rows, encoding="utf-8")
    return path


def single(path: Path, text: str) -> Path:
    file = path / "uno.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    plans = read_plans(
        folder(
            tmp_path,
            "7,136,2018-07-25,RA 1/2018,0000-00-00,CA 12,https://a.example/p.pdf,<p>CA 9; ver&nbsp;&ntilde;</p>\n",
            '3,7,2,Proyecto,"Contar\nlas papas",,,2018,Año 1,papas,dudoso,3,mal puesto\n4,7,,,Otra,,,,,,,,\n',
        )
    )
    assert [(each.where, each.debtor, each.read, each.misfiled, each.flags) for each in plans] == [
        ("plans.csv:2", "#136", 3, "", ())
    ]
    header, (first, second) = plans[0].header, plans[0].rows
    assert (header.received_on, header.resolution, header.document_url, header.notes, header.source_ref) == (
        date(2018, 7, 25), "RA 1/2018", "https://a.example/p.pdf", "CA 9; ver ñ", "plans.csv#7",
    )  # fmt: skip
    assert header.cites == "CA 12\nCA 9"
    assert header.source and header.source["observaciones"] == "<p>CA 9; ver&nbsp;&ntilde;</p>"  # noqa: PT018 - one thing, where it is there
    assert (first.row, first.item, first.medium, first.name, first.starts, first.ends, first.indicator) == (
        1, "line:2", "Proyecto", "Contar\nlas papas", "2018", "Año 1", "papas",
    )  # fmt: skip
    assert (first.notes, first.reviewed_item, first.reviewed_because, first.where, first.source_ref) == (
        "dudoso", "line:3", "mal puesto", "plan_detalle.csv:2", "plan_detalle.csv#3",
    )  # fmt: skip
    assert (second.row, second.item, second.where) == (2, "", "plan_detalle.csv:4")


def test_rows_find_their_plan_wherever_they_stand(tmp_path: Path) -> None:
    plans = read_plans(folder(tmp_path, "1,10,,,,,,\n2,20,,,,,,\n", "1,2,1,,a\n2,1,1,,b\n3,2,1,,c\n"))
    assert [(each.debtor, [(row.row, row.name) for row in each.rows]) for each in plans] == [
        ("#10", [(1, "b")]),
        ("#20", [(1, "a"), (2, "c")]),
    ]


def test_rows_of_no_plan_come_as_plans_of_nobody(tmp_path: Path) -> None:
    plans = read_plans(folder(tmp_path, "1,10,,,,,,\n", "1,1,1,,a\n2,8,1,,b\n3,,1,,c\n"))
    lost = [(each.where, each.debtor, each.own_row, each.read, each.rows[0].name) for each in plans[1:]]
    assert lost == [("plan_detalle.csv:3", "", False, 1, "b"), ("plan_detalle.csv:4", "", False, 1, "c")]


def test_what_is_empty_in_every_row_was_never_asked_for(tmp_path: Path) -> None:
    plans = read_plans(folder(tmp_path, "1,10,,,,,,\n2,20,,,,,,\n", "1,1,1,,a\n"))
    assert {(each.asks_target, each.asks_responsible, each.asks_budget) for each in plans} == {(False, False, False)}


@pytest.mark.parametrize(
    ("column", "cell", "asked"),
    [
        ("meta", "100", (True, False, False)),
        ("responsable", "Unidad", (False, True, False)),
        ("presupuesto", "1.000,50", (False, False, True)),
        ("presupuesto", "mucho", (False, False, True)),
        ("resultado", "algo", (False, False, False)),
    ],
)
def test_what_is_filled_in_once_was_asked_of_all(
    tmp_path: Path, column: str, cell: str, asked: tuple[bool, bool, bool]
) -> None:
    plans = read_plans(single(tmp_path, f'entidad,nombre,{column}\nA-1,x,"{cell}"\nB-1,y,\n'))
    assert {(each.asks_target, each.asks_responsible, each.asks_budget) for each in plans} == {asked}


@pytest.mark.parametrize(
    ("text", "day", "flagged"),
    [
        ("", None, False),
        ("0000-00-00", None, False),
        ("2018-07-02", date(2018, 7, 2), False),
        ("25/07/2018", date(2018, 7, 25), False),
        ("07/12/2018", None, True),
        ("2018", None, True),
        ("ayer", None, True),
        ("2018-02-30", None, True),
    ],
)
def test_a_day_of_reception_is_read_or_flagged_and_never_guessed(
    tmp_path: Path, text: str, day: date | None, flagged: bool
) -> None:
    (plan,) = read_plans(folder(tmp_path, f"1,10,{text},,,,,\n", "1,1,1,,a\n"))
    flags = (Note("plans.csv:2", "received-unreadable", text),) if flagged else ()
    assert (plan.header.received_on, plan.flags) == (day, flags)


def test_a_note_that_the_document_is_another_plan_is_taken_at_its_word(tmp_path: Path) -> None:
    note = "Revisado: lo enviado corresponde al PISLEA y no al PIGE."
    plans = read_plans(
        folder(
            tmp_path,
            "1,10,,,,,,\n2,20,,,,,,Menciona la PISLEA y el PIGE\n3,30,,,,,,corresponde al PISI y no al PIGE\n",
            f"1,1,1,,a\n2,1,1,,b,,,,,,{note}\n",
        )
    )
    assert [each.misfiled for each in plans] == [note, "", "corresponde al PISI y no al PIGE"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("a < b & c", "a < b & c"),
        ("<p>DE-A 1466</p>\n<p>&nbsp;</p>", "DE-A 1466"),
        ("uno<br>dos", "uno\ndos"),
        ("<b>N&deg;</b> 4 &amp; <i>5</i>", "N° 4 & 5"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("dos\nlíneas", "dos\nlíneas"),
    ],
)
def test_what_an_editor_left_is_read_as_text(html: str, text: str) -> None:
    assert plain_text(html) == text


# --- one table -----------------------------------------------------------------------------------------------------
PLAIN = (
    "entidad;version;fecha;resolucion;cite;linea;medio;nombre;responsable;indicador;meta;presupuesto;inicio;fin\n"
    "A-1;1;2018-07-25;RA 1;CA 5;1;actividad;Contar;Sistemas;granos;100;1.234,56;2018;2019\n"
    "B-1;;;;;guideline:3;;Otra;;;;;;\n"
    "A-1;1;;RA 2;;2;;Contar más;;;;mil;;\n"
    "A-1;2;;;;2;;Mejor;;;;;;\n"
)


def test_one_table_of_activities_holds_many_plans(tmp_path: Path) -> None:
    plans = read_plans(single(tmp_path, PLAIN))
    told = [(each.debtor, each.version, each.header.source_ref, len(each.rows), each.read) for each in plans]
    assert told == [
        ("A-1", "1", "uno.csv#A-1/1", 2, 2),
        ("B-1", "", "uno.csv#B-1/1", 1, 1),
        ("A-1", "2", "uno.csv#A-1/2", 1, 1),
    ]


def test_what_holds_for_the_whole_plan_is_taken_from_its_first_row_that_says_it(tmp_path: Path) -> None:
    plan = read_plans(single(tmp_path, PLAIN))[0]
    assert (plan.header.received_on, plan.header.resolution, plan.header.cites) == (date(2018, 7, 25), "RA 1", "CA 5")
    assert plan.flags == (Note("uno.csv:4", "budget-unreadable", "mil"), Note("uno.csv:4", "header-differs", "RA 2"))


def test_a_row_of_a_plain_table_says_everything_of_an_activity(tmp_path: Path) -> None:
    row = read_plans(single(tmp_path, PLAIN))[0].rows[0]
    assert (row.item, row.medium, row.name, row.responsible, row.indicator, row.target, row.budget_cents) == (
        "line:1", "actividad", "Contar", "Sistemas", "granos", "100", 123456,
    )  # fmt: skip
    assert (row.starts, row.ends, row.where, row.source and row.source["presupuesto"]) == (
        "2018", "2019", "uno.csv:2", "1.234,56",
    )  # fmt: skip


def test_an_item_may_say_what_it_is(tmp_path: Path) -> None:
    assert read_plans(single(tmp_path, PLAIN))[1].rows[0].item == "guideline:3"


def test_an_entity_may_be_named_by_its_id(tmp_path: Path) -> None:
    (plan,) = read_plans(single(tmp_path, "entidad_id,nombre\n12,x\n12,y\n"))
    assert (plan.debtor, plan.header.source_ref) == ("#12", "uno.csv#12/1")


def test_text_that_a_spreadsheet_would_run_is_read_as_it_was(tmp_path: Path) -> None:
    (plan,) = read_plans(single(tmp_path, "entidad,nombre\nA-1,'=1+1\n"))
    assert plan.rows[0].name == "=1+1"


# --- which files ---------------------------------------------------------------------------------------------------
def test_a_table_of_plans_takes_the_activities_beside_it(tmp_path: Path) -> None:
    path = folder(tmp_path, "1,10,,,,,,\n", "1,1,1,,a\n")
    assert read_plans(path / "plans.csv") == read_plans(path)


def test_a_table_of_plans_alone_holds_plans_without_activities(tmp_path: Path) -> None:
    plans = read_plans(single(tmp_path, PLANS.replace("fecha,", "version,fecha,", 1) + "1,10,2,,,,,,\n"))
    assert plans == (
        Plan(
            "uno.csv:2",
            "#10",
            plans[0].header,
            version="2",
            asks_target=False,
            asks_responsible=False,
            asks_budget=False,
        ),
    )


@pytest.mark.parametrize("stem", ["pige", "plan"])
def test_the_stem_of_the_files_names_the_column_that_joins_them(tmp_path: Path, stem: str) -> None:
    (tmp_path / f"{stem}s.csv").write_text(PLANS + "1,10,,,,,,\n")
    (tmp_path / f"{stem}_detalle.csv").write_text(f"id,{stem}_id,nombre\n1,1,a\n")
    assert [row.name for row in read_plans(tmp_path)[0].rows] == ["a"]


def test_a_plural_in_es_is_a_plural_too(tmp_path: Path) -> None:
    (tmp_path / "planes.csv").write_text(PLANS + "1,10,,,,,,\n")
    (tmp_path / "plan_detalle.csv").write_text("id,plan_id,nombre\n1,1,a\n")
    assert read_plans(tmp_path) == read_plans(tmp_path / "planes.csv")


def refusal(path: Path) -> tuple[str, object]:
    with pytest.raises(Refused) as refused:
        read_plans(path)
    return refused.value.code, refused.value.details.get("where")


def test_a_folder_without_plans_is_refused(tmp_path: Path) -> None:
    (tmp_path / "otra.csv").write_text("a\n1\n")
    assert refusal(tmp_path) == ("plan-files-missing", tmp_path.name)


def test_activities_without_their_plans_are_refused(tmp_path: Path) -> None:
    (tmp_path / "plan_detalle.csv").write_text(ROWS)
    assert refusal(tmp_path) == ("plan-files-missing", tmp_path.name)


def test_two_pairs_of_tables_are_refused(tmp_path: Path) -> None:
    folder(tmp_path, "", "")
    folder(tmp_path, "", "", stem="otro")
    assert refusal(tmp_path) == ("plan-files-ambiguous", tmp_path.name)


@pytest.mark.parametrize(
    ("text", "missing"),
    [("nombre\nx\n", "entity"), ("id,fecha\n1,2018-01-01\n", "entity"), ("entidad,fecha\nA-1,2018-01-01\n", "id")],
)
def test_a_table_that_does_not_say_whose_a_plan_is_is_refused(tmp_path: Path, text: str, missing: str) -> None:
    with pytest.raises(Refused) as refused:
        read_plans(single(tmp_path, text))
    assert (refused.value.code, refused.value.details["missing"]) == ("columns-missing", missing)


def test_activities_that_do_not_name_their_plan_are_refused(tmp_path: Path) -> None:
    path = folder(tmp_path, "1,10,,,,,,\n", "")
    (path / "plan_detalle.csv").write_text("id,nombre\n1,a\n")
    assert refusal(path) == ("columns-missing", "plan_detalle.csv")


def test_a_broken_file_is_refused_with_its_place(tmp_path: Path) -> None:
    assert refusal(folder(tmp_path, '1,10,"sin cerrar\n', "")) == ("table-malformed", "plans.csv:2")


@pytest.mark.real
def test_the_real_plans_are_read(real_data: Path) -> None:
    plans = read_plans(real_data / "pige")
    assert (len(plans), sum(len(plan.rows) for plan in plans), sum(plan.read for plan in plans)) == (83, 861, 944)
    assert (sum(bool(plan.misfiled) for plan in plans), [flag for plan in plans for flag in plan.flags]) == (26, [])
    assert {(plan.asks_target, plan.asks_responsible, plan.asks_budget) for plan in plans} == {(False, False, False)}
    assert [plan.where for plan in plans if "<" in plan.header.notes or "&" in plan.header.notes] == []


@pytest.mark.real
def test_plans_of_the_other_kind_have_versions(real_data: Path) -> None:
    plans = read_plans(real_data / "pige" / "pisleas.csv")
    assert sorted(plan.version for plan in plans if plan.debtor == "#162") == ["1", "2", "3"]
