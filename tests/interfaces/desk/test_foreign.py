"""Bringing a workbook that is not ours: its columns are explained once, and nothing counts before it was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import make_draft
from tests.interfaces.desk.desk import Desk, errors, links, row, soup, text, value
from tests.interfaces.interchange.foreign.forms import workbook
from yupana.domain.commitments.models import Activity, Mapping, Upload

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

POA: list[list[Any]] = [
    ["FORMULARIO 4, GESTIÓN 2018"],
    ["Código y operación", "Unidad responsable", "Trimestre I", "Presupuesto", "Línea"],
    ["1.1 - Limpiar acequias", "Obras", 3, "Bs 1.200", "1"],
    ["1.2 - Medir caudales", "Riego", 4, 500.5, "99"],
    ["TOTAL", None, 7, 1700.5, None],
]


def bring(desk: Desk, folder: Path, rows: list[list[Any]] = POA, who: str = "inti", owed: int = 0) -> Response:
    """Send a workbook to a plan."""
    data = workbook(folder, rows).read_bytes()
    address = f"/en/desk/plan/{owed or desk.owed.pk}/planilla-propia/"
    return desk.client(who).post(address, {"file": SimpleUploadedFile("poa.xlsx", data)})


def explain(desk: Desk, address: str, **changes: str) -> Response:
    """Send the page of the columns as it was shown, with changes."""
    page = soup(desk.client("inti").get(address))
    said = {str(field["name"]): "" for field in page.select("main [name]")}
    for field in said:
        chosen = page.select_one(f'[name="{field}"] option[selected]')
        box = page.select_one(f'input[name="{field}"]')
        said[field] = str(chosen["value"]) if chosen else str(box.get("value", "")) if box else ""
    return desk.client("inti").post(address, said | {name.replace("__", "-"): text for name, text in changes.items()})


def apply(desk: Desk, address: str) -> Response:
    """Write what the preview shows."""
    seen = value(desk.client("inti").get(address), "seen")
    return desk.client("inti").post(address, {"seen": seen})


def test_the_page_of_the_file_says_what_it_takes(desk: Desk) -> None:
    desk.draft()
    page = desk.get("inti", f"plan/{desk.owed.pk}/planilla-propia/")
    assert (page.status_code, "XLSX, ODS or CSV" in text(page)) == (200, True)


def test_the_plan_leads_to_it(desk: Desk) -> None:
    desk.draft()
    assert f"/en/desk/plan/{desk.owed.pk}/planilla-propia/" in links(desk.get("inti", f"plan/{desk.owed.pk}/"))


def test_a_form_that_is_new_asks_what_its_columns_hold_and_shows_what_stands_in_them(
    desk: Desk, tmp_path: Path
) -> None:
    desk.draft()
    page = desk.client("inti").get(bring(desk, tmp_path)["Location"])
    guessed = [value(page, f"field-{at}") for at in range(5)]
    assert (guessed, value(page, "code-0"), value(page, "year"), "Limpiar acequias" in text(page)) == (
        ["name", "responsible", "value:Q1", "budget", "item"],
        "kept",
        "2018",
        True,
    )


def test_nothing_is_written_before_the_preview_is_confirmed(desk: Desk, tmp_path: Path) -> None:
    draft = desk.draft()
    preview = explain(desk, bring(desk, tmp_path)["Location"])["Location"]
    before = Activity.objects.filter(submission=draft).count()
    apply(desk, preview)
    assert (before, Activity.objects.filter(submission=draft).count()) == (1, 3)


def test_what_was_brought_stands_in_the_plan(desk: Desk, tmp_path: Path) -> None:
    draft = desk.draft()
    apply(desk, explain(desk, bring(desk, tmp_path)["Location"])["Location"])
    found = Activity.objects.get(submission=draft, name="Limpiar acequias")
    values = [(each.period, each.value) for each in found.programmed.all()]
    assert (found.responsible, found.budget_cents, found.notes, found.item.code, values) == (  # type: ignore[union-attr] # it answers one
        "Obras",
        120_000,
        "Código y operación: 1.1",
        "1",
        [("2018-Q1", 30_000)],
    )


def test_what_has_no_place_is_listed_with_its_cell(desk: Desk, tmp_path: Path) -> None:
    desk.draft()
    page = text(desk.client("inti").get(explain(desk, bring(desk, tmp_path)["Location"])["Location"]))
    told = ("Sheet!A1 It is a title", "Sheet!E4 This names none of the lines", "Sheet!A5 It is a sum of other rows")
    assert [each in page for each in told] == [True, True, True]


def test_the_next_workbook_of_the_form_goes_straight_to_the_preview_and_changes_what_is_there(
    desk: Desk, tmp_path: Path
) -> None:
    draft = desk.draft()
    apply(desk, explain(desk, bring(desk, tmp_path)["Location"])["Location"])
    newer = [*POA[:3], ["1.2 - Medir caudales", "Riego", 4, 600, "99"]]
    preview = bring(desk, tmp_path, newer)["Location"]
    apply(desk, preview)
    amounts = Activity.objects.filter(submission=draft).order_by("row").values_list("budget_cents", flat=True)
    assert ("/cargas/" in preview, list(amounts)[1:]) == (True, [120_000, 60_000])


def test_the_same_workbook_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.draft()
    apply(desk, explain(desk, bring(desk, tmp_path)["Location"])["Location"])
    page = desk.client("inti").get(bring(desk, tmp_path)["Location"])
    assert "Nothing: it says what the plan says." in text(page)


def test_a_correction_is_what_is_remembered(desk: Desk, tmp_path: Path) -> None:
    desk.draft()
    explain(desk, bring(desk, tmp_path)["Location"], field__1="kept")
    assert Mapping.objects.get().columns["columns"][1] == {
        "title": "Unidad responsable",
        "field": "kept",
        "code": "",
    }


def test_what_one_entity_said_of_a_form_is_not_known_to_another(desk: Desk, tmp_path: Path) -> None:
    desk.draft()
    make_draft(desk.cast.killa, desk.others, [row(1)])
    explain(desk, bring(desk, tmp_path)["Location"])
    assert "/planilla-propia/" in bring(desk, tmp_path, who="killa", owed=desk.others.pk)["Location"]


def test_nobody_opens_what_another_brought(desk: Desk, tmp_path: Path) -> None:
    desk.draft()
    make_draft(desk.cast.killa, desk.others, [row(1)])
    bring(desk, tmp_path)
    address = f"plan/{desk.others.pk}/planilla-propia/{Upload.objects.get().pk}/"
    assert desk.get("killa", address).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"field__0": "kept"}, "Say which column holds the name of the activity."),
        ({"field__4": "budget"}, "Two columns were said to be “Budget in Bs”."),
        ({"field__4": "other"}, "Select a valid choice."),
        ({"year": "18"}, "Ensure this value is greater than or equal to 1990."),
    ],
)
def test_what_cannot_be_read_by_is_said_and_nothing_is_lost(
    desk: Desk, tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    desk.draft()
    page = explain(desk, bring(desk, tmp_path)["Location"], **changes)
    told = " ".join(errors(page))
    assert (page.status_code, sentence in told, Mapping.objects.count()) == (422, True, 0)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["Una nota"]], "no sheet has a row of column names"),
        ([["Actividad", "Presupuesto"], ["TOTAL", 5]], "below the names of the columns there is no activity"),
    ],
)
def test_a_workbook_without_a_plan_is_refused_with_what_to_do(
    desk: Desk, tmp_path: Path, rows: list[list[Any]], sentence: str
) -> None:
    desk.draft()
    page = bring(desk, tmp_path, rows)
    assert (page.status_code, sentence in " ".join(errors(page))) == (422, True)


def test_a_file_that_is_no_workbook_is_refused(desk: Desk) -> None:
    desk.draft()
    sent = {"file": SimpleUploadedFile("plan.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old")}
    page = desk.client("inti").post(f"/en/desk/plan/{desk.owed.pk}/planilla-propia/", sent)
    assert (page.status_code, "before 2007" in " ".join(errors(page)), Upload.objects.count()) == (422, True, 0)


def test_where_our_own_workbook_is_brought_back_a_form_of_ones_own_finds_its_way_too(
    desk: Desk, tmp_path: Path
) -> None:
    desk.draft()
    data = workbook(tmp_path, [*POA[:3], ["1.3 - Sumar", "Obras", 1, "=1+1", "1"]]).read_bytes()
    sent = {"file": SimpleUploadedFile("poa.xlsx", data)}
    answer = desk.client("inti").post(f"/en/desk/plan/{desk.owed.pk}/planilla/subir/", sent)
    assert (answer.status_code, "/planilla-propia/" in answer["Location"]) == (302, True)
