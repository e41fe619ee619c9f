"""The executive reads a plan on one page and signs it or gives it back; its files go with it; and it is printed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.cast import make_call, make_person, make_plan, obligation_of
from tests.interfaces.desk.desk import Desk, errors, links, row, soup, text, value
from yupana.domain.commitments import actions
from yupana.domain.commitments.facts import AlsoAnswers, Money, PlanHeader, Value, row_ref
from yupana.domain.people.actions import grant
from yupana.domain.submissions.models import Document, Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import OPERATOR, Role
from yupana.projections import followers

if TYPE_CHECKING:
    from pathlib import Path

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

TODAY = timezone.localdate
WHOLE = row(1, ends="2018", baseline="0", money=(Money(2018, 600_00), Money(2019, 400_00)))


def sign(desk: Desk, who: str = "wara", **changes: str) -> Response:
    """Read the page and sign it as it stands there."""
    page = desk.get(who, f"plan/{desk.owed.pk}/aprobar/")
    seen = soup(page).select_one("[name=seen]")
    told = {"seen": str(seen["value"]) if seen else "", "resolution": "RA 12/2018", "resolution_on": "2018-05-02"}
    return desk.post(who, f"plan/{desk.owed.pk}/aprobar/", **{**told, "sure": "on", **changes})


def test_from_the_planner_to_the_executive_to_the_authority(desk: Desk) -> None:
    draft = desk.draft(WHOLE)
    hand_in = f"/en/desk/plan/{desk.owed.pk}/enviar/"
    assert "Next step: your executive approves it" in text(desk.client("inti").get(hand_in))
    desk.post("inti", f"plan/{desk.owed.pk}/a-firma/")
    assert "The plan waits for your executive" in text(desk.client("inti").get(hand_in))
    receipt = sign(desk)
    assert receipt["Location"] == f"/en/desk/entregas/{draft.pk}/"
    for who in ("wara", "inti", "amaru"):
        shown = text(desk.get(who, f"entregas/{draft.pk}/"))
        assert "RA 12/2018, May 2, 2018 approved by the highest executive authority" in shown


def test_one_page_says_what_is_signed(desk: Desk) -> None:
    desk.draft(WHOLE)
    shown = text(desk.get("wara", f"plan/{desk.owed.pk}/aprobar/"))
    told = ("1 activity · 1 of 2 lines answered", "2018 Bs 600.00 2019 Bs 400.00", "2 · Contar con otros")
    assert [each in shown for each in told] == [True] * 3
    assert "The planner has not said yet that it is finished." in shown


def test_the_years_add_up_to_the_total_on_the_page_and_on_paper(desk: Desk) -> None:
    draft = desk.draft(WHOLE, row(2, budget_cents=55_500_00, money=()))
    assert "2018 Bs 600.00 2019 Bs 400.00 year not said Bs 55,500.00" in text(
        desk.get("wara", f"plan/{desk.owed.pk}/aprobar/")
    )
    lines = soup(desk.get("inti", f"entregas/{draft.pk}/imprimir/")).select("article tr:not(:has([colspan]))")
    paper = [
        [" ".join(cell.get_text(" ").replace("\N{EN DASH}", "").split()) for cell in line.find_all(["th", "td"])][5:]
        for line in lines
    ]
    assert paper == [
        ["2018", "2019", "year not said", "Budget (Bs)"],
        ["600.00", "400.00", "", "1,000.00"],
        ["", "", "55,500.00", "55,500.00"],
    ]
    assert "Total 600.00 400.00 55,500.00 56,500.00" in text(desk.get("inti", f"entregas/{draft.pk}/imprimir/"))


def test_it_is_given_back_with_a_note_that_the_planner_reads(desk: Desk) -> None:
    actions.put_before_executive(actor=desk.cast.inti, submission=desk.draft(), on=TODAY())
    back = desk.post("wara", f"plan/{desk.owed.pk}/devolver/", note="Falta el monto de 2019.")
    assert back["Location"] == "/en/desk/"
    for path in ("", f"plan/{desk.owed.pk}/enviar/"):
        assert "Falta el monto de 2019." in text(desk.get("inti", path))


WAITS, BACK = "The plan waits for your executive Since", "The plan changed, so it no longer waits for your executive."


def changed(desk: Desk, how: str) -> str:
    """Change the draft in one of the ways in which its planner can, and return what they are told."""
    plan = f"plan/{desk.owed.pk}"
    if how == "script":
        edits = json.dumps([{"act": "change", "row": 1, "cells": {"name": [WHOLE.name, "Otra"]}}])
        return str(desk.post("inti", f"{plan}/celdas/", edits=edits).json()["back"])
    path = {"grid": plan, "row": f"{plan}/filas/1", "heading": f"{plan}/datos"}[how] + "/"
    field = {"grid": "1.name", "row": "name", "heading": "cites"}[how]
    form = desk.get("inti", path)
    told = {each: value(form, each) for each in ("base", "seen") if soup(form).select_one(f"[name={each}]")}
    client = desk.client("inti")
    return soup(client.post(f"/en/desk/{path}", {**told, field: "Otra"}, follow=True)).get_text(" ")


@pytest.mark.parametrize("how", ["grid", "row", "heading", "script"])
def test_who_changes_what_waits_for_the_executive_is_told_before_and_after(desk: Desk, how: str) -> None:
    draft = desk.draft(WHOLE)
    actions.put_before_executive(actor=desk.cast.inti, submission=draft, on=TODAY())
    page = text(desk.get("inti", f"plan/{desk.owed.pk}/"))
    assert (WAITS in page, "nothing is sent until" in page) == (True, False)
    assert BACK in changed(desk, how)
    draft.refresh_from_db()
    again = text(desk.get("inti", f"plan/{desk.owed.pk}/"))
    assert (draft.ready_on, WAITS in again) == (None, False)
    assert BACK not in changed(desk, "grid")


def test_a_note_is_needed_and_the_page_stays(desk: Desk) -> None:
    actions.put_before_executive(actor=desk.cast.inti, submission=desk.draft(), on=TODAY())
    refused = desk.post("wara", f"plan/{desk.owed.pk}/devolver/", note=" ")
    assert (refused.status_code, "This field is required." in errors(refused)) == (422, True)


def test_what_changed_meanwhile_is_not_signed_and_is_read_again(desk: Desk) -> None:
    draft = desk.draft()
    page = soup(desk.get("wara", f"plan/{desk.owed.pk}/aprobar/")).select_one("[name=seen]")
    assert page
    Submission.objects.filter(pk=draft.pk).update(saved_at=timezone.now())
    refused = sign(desk, seen=str(page["value"]))
    assert (refused.status_code, errors(refused)[0]) == (
        409,
        "The plan changed while you read it. Nothing was signed: read it again.",
    )
    fresh = soup(refused).select_one("[name=seen]")
    assert fresh
    assert sign(desk, seen=str(fresh["value"])).status_code == 302


@pytest.mark.parametrize(
    "changes", [{"sure": ""}, {"resolution": ""}, {"resolution_on": ""}, {"resolution_on": "2999-01-01"}]
)
def test_without_number_day_and_consent_nothing_is_signed(desk: Desk, changes: dict[str, str]) -> None:
    draft = desk.draft()
    refused = sign(desk, **changes)
    draft.refresh_from_db()
    assert (refused.status_code, draft.state, draft.approved) == (422, State.DRAFT, False)


def test_one_person_who_plans_and_directs_signs_what_they_wrote(desk: Desk) -> None:
    person, _ = make_person("sisa", (Role.ENTITY_PLANNER, desk.cast.a))
    grant(
        actor=OPERATOR,
        person=person,
        entity=desk.cast.a,
        role=Role.EXECUTIVE,
        starts_on=TODAY(),
        ends_on=None,
        on=TODAY(),
    )
    desk.cast.people["sisa"] = person
    desk.draft()
    assert f"/en/desk/plan/{desk.owed.pk}/aprobar/" in links(desk.get("sisa", f"plan/{desk.owed.pk}/enviar/"))
    assert sign(desk, "sisa").status_code == 302


def test_where_nobody_directs_the_planner_is_not_sent_to_an_executive(desk: Desk) -> None:
    owed = desk.others
    draft = actions.start_plan(actor=desk.cast.killa, obligation=owed, on=TODAY())
    actions.save_plan(actor=desk.cast.killa, submission=draft, header=PlanHeader(), rows=[WHOLE], seen=None)
    shown = text(desk.get("killa", f"plan/{owed.pk}/enviar/"))
    assert [each in shown for each in ("your executive", "without that approval", "Hand in the plan")] == [
        False,
        False,
        True,
    ]


def test_the_page_of_signing_stays_within_its_queries(desk: Desk, query_budget: Any) -> None:  # noqa: ANN401 - a fixture of conftest
    desk.draft(*(replace(WHOLE, row=number, name=str(number)) for number in range(1, 6)))
    client = desk.client("wara")
    with query_budget(33):
        assert client.get(f"/en/desk/plan/{desk.owed.pk}/aprobar/").status_code == 200


# --- files ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleUploadedFile:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    return SimpleUploadedFile("Resolución 12.pdf", b"%PDF-1.4 RA 12")


def bring(desk: Desk, file: SimpleUploadedFile, who: str = "inti") -> Response:
    return desk.post(who, f"plan/{desk.owed.pk}/archivos/", kind="resolution", file=file)


def test_the_resolution_goes_with_the_plan_and_everybody_gets_it_once_it_is_accepted(
    desk: Desk, scan: SimpleUploadedFile
) -> None:
    draft = desk.draft()
    assert bring(desk, scan)["Location"] == f"/en/desk/plan/{desk.owed.pk}/enviar/"
    sign(desk)
    digest = Document.objects.get().digest
    public = f"/en/entregas/{draft.pk}/archivos/{digest}/"
    assert desk.client().get(public).status_code == 404
    actions.accept_plan(actor=desk.cast.amaru, submission=draft, on=TODAY())
    answers = [desk.client().get(public), desk.get("amaru", f"entregas/{draft.pk}/archivos/{digest}/")]
    assert [each.getvalue() for each in answers] == [b"%PDF-1.4 RA 12"] * 2
    assert {each["Content-Disposition"] for each in answers} == {"attachment; filename*=utf-8''Resoluci%C3%B3n_12.pdf"}
    assert public in links(desk.client().get(f"/en/entregas/{draft.pk}/imprimir/"))
    assert desk.client().get(public, headers={"If-None-Match": answers[0]["ETag"]}).status_code == 304


def test_a_file_is_taken_away_while_it_is_a_draft(desk: Desk, scan: SimpleUploadedFile) -> None:
    desk.draft()
    bring(desk, scan, "wara")
    digest = Document.objects.get().digest
    gone = desk.post("inti", f"plan/{desk.owed.pk}/archivos/{digest}/quitar/")
    assert (gone.status_code, Document.objects.count()) == (302, 0)


def test_no_file_and_somebody_else_s_plan_are_refused(desk: Desk, scan: SimpleUploadedFile) -> None:
    desk.draft()
    empty = desk.client("inti").post(f"/en/desk/plan/{desk.owed.pk}/archivos/", {"kind": "plan"}, follow=True)
    assert b"This field is required." in empty.content
    assert (bring(desk, scan, "killa").status_code, Document.objects.count()) == (404, 0)


def test_a_file_that_is_too_large_is_not_even_read(desk: Desk) -> None:
    desk.draft()
    address = f"/en/desk/plan/{desk.owed.pk}/archivos/"
    answer = desk.client("inti").post(
        address, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=2**25
    )
    assert (answer.status_code, "larger than 15 MB" in text(answer)) == (422, True)


def test_nobody_gets_the_files_of_an_erased_plan(desk: Desk, scan: SimpleUploadedFile) -> None:
    draft = desk.draft()
    bring(desk, scan)
    sign(desk)
    document = Document.objects.get()
    actions.accept_plan(actor=desk.cast.amaru, submission=draft, on=TODAY())
    actions.erase_plan(actor=OPERATOR, submission=draft, act="RA 1", on=TODAY())
    answers = [desk.client().get(f"/en/entregas/{draft.pk}/archivos/{document.digest}/")]
    answers.append(desk.get("amaru", f"entregas/{draft.pk}/archivos/{document.digest}/"))
    document.refresh_from_db()
    assert ([each.status_code for each in answers], document.name) == ([404, 404], "\u25a0")


# --- on paper ------------------------------------------------------------------------------------------------------
FULL = replace(
    WHOLE,
    also=(AlsoAnswers("line:2"),),
    programmed=(Value("2018", 40_0000), Value("2018-Q4", 40_0000)),
    unit="granos",
    person="Director de Sistemas",
)


def test_a_draft_is_printed_as_a_draft(desk: Desk) -> None:
    draft = desk.draft(FULL)
    shown = text(desk.get("inti", f"entregas/{draft.pk}/imprimir/"))
    told = ["DRAFT", "Municipio de Ábaco", "1 · Contar lo propio", "It also answers: 2 · Contar con otros", "600.00"]
    told += ["Director de Sistemas", "2018: 40 · Q4 2018: 40 granos", "1,000.00", "name, post and signature"]
    assert [each for each in told if each not in shown] == []
    assert "Verification code" not in shown


def test_the_code_on_paper_leads_anybody_to_the_proof(desk: Desk) -> None:
    done = desk.handed_in(FULL)
    assert "It gets its verification code in a few seconds" in text(desk.get("inti", f"entregas/{done.pk}/imprimir/"))
    followers.tick()
    (address,) = (
        link for link in links(desk.get("inti", f"entregas/{done.pk}/imprimir/")) if link.startswith("/en/verificar/")
    )
    shown = text(desk.client().get(address))
    told = ("The record proves it", "Municipio de Ábaco", "Version 1", "once it is accepted")
    assert [each for each in told if each not in shown] == []
    assert "Contar los granos" not in shown


def test_paper_says_with_whom_and_what_an_activity_hangs_on_and_in_public_only_what_is_public(desk: Desk) -> None:
    cast = desk.cast
    own = make_plan(cast, obligation_of(make_call(period="2019", visibility="restricted"), cast.a))
    make_plan(cast, desk.others, [replace(FULL, name="Tender la red")], actor=cast.killa)
    refs = row_ref(own.obligation.call.code, cast.a.ref, 1), row_ref(desk.call.code, cast.b.ref, 1)
    done = desk.draft(replace(FULL, derives=refs[0], waits=refs[1]))
    asked = actions.ask_partner(
        actor=cast.inti, obligation=desk.owed, row=1, partner=cast.b, part="Prestar", on=TODAY()
    )
    actions.answer_partner(actor=cast.killa, partnership=asked, confirmed=True, answer="", on=TODAY())
    sign(desk)
    actions.accept_plan(actor=cast.amaru, submission=done, on=TODAY())
    pages = [desk.get("inti", f"entregas/{done.pk}/imprimir/"), desk.client().get(f"/en/entregas/{done.pk}/imprimir/")]
    said = ("With: Municipio de Ñandú", "Comes after: Tender la red · Municipio de Ñandú", "Comes from:")
    assert [[each in text(page) for each in said] for page in pages] == [[True, True, True], [True, True, False]]


def test_the_lines_of_a_budget_stand_under_their_heads_on_paper_before_the_reviewer_and_in_public(desk: Desk) -> None:
    lines = (Money(2018, 600_00, "30 0 001", "41", "", "25900", 500_00), Money(2018, 400_00, source="20"))
    done = desk.handed_in(replace(FULL, money=lines), replace(FULL, row=2))
    pages = [desk.get("inti", f"entregas/{done.pk}/imprimir/"), desk.get("amaru", f"revision/{done.pk}/")]
    actions.accept_plan(actor=desk.cast.amaru, submission=done, on=TODAY())
    pages.append(desk.client().get("/en/entidades/cast/4/"))
    heads = "Year, Programmatic category, Financing source, Financing body, Object of expenditure, Programmed (Bs)"
    first = "2018, 30 0 001, 41, \u2013, 25900, 600.00, 500.00, \u2013"
    second = "2018, \u2013, 20, \u2013, \u2013, 400.00, \u2013, \u2013"
    assert [told_by_line(each) for each in pages] == [
        [f"Row, {heads}, Current budget (Bs), Accrued (Bs)", f"1, {first}", f"1, {second}"],
        *[[f"{heads}, Current budget (Bs), Accrued (Bs)", first, second]] * 2,
    ]


def told_by_line(page: Response) -> list[str]:
    """The one table of budget lines on a page."""
    (table,) = (each for each in soup(page).select("table") if "Programmatic category" in each.get_text())
    return [", ".join(cell.get_text() for cell in line.select("th, td")) for line in table.select("tr")]


def test_the_printed_page_stays_within_its_queries(desk: Desk, query_budget: Any) -> None:  # noqa: ANN401 - a fixture of conftest
    draft = desk.draft(*(replace(FULL, row=number) for number in range(1, 6)))
    client = desk.client("inti")
    with query_budget(18):
        assert client.get(f"/en/desk/entregas/{draft.pk}/imprimir/").status_code == 200
