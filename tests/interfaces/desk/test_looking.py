"""Notes that reviewers make while they read: of rows, and of the sections of a checklist."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import ROWS, make_person
from tests.cast import make_plan as accepted
from tests.interfaces.desk.checklists import items, under_a_checklist
from tests.interfaces.desk.desk import Desk, errors, row, soup, text, value
from tests.interfaces.portal.stage import words
from yupana.domain.commitments.actions import look_at
from yupana.domain.submissions.models import Look, Step
from yupana.domain.submissions.rules import Note, State, mark
from yupana.foundation.kernel.actor import Role

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from yupana.domain.submissions.models import Submission

JSON = {"Accept": "application/json"}


def stored() -> list[tuple[str, str, str]]:
    return list(Look.objects.order_by("subject").values_list("subject", "verdict", "text"))


def noted_by_mara(desk: Desk, plan: Submission, note: Note) -> None:
    """Mara reviews too."""
    person, _ = make_person("mara", (Role.REVIEWER, desk.cast.authority))
    from tests.cast import actor_of  # noqa: PLC0415 - used here alone

    look_at(actor=actor_of(person), submission=plan, notes=[note])


def checked_radios(response: Response) -> dict[str, str]:
    found = soup(response).select("main input[type=radio][checked]")
    return {str(each["name"]): str(each["value"]) for each in found if str(each["name"]).startswith("look-")}


# --- rows ----------------------------------------------------------------------------------------------------------
def test_notes_are_kept_by_a_plain_button_and_stand_in_the_decision(desk: Desk) -> None:
    done = desk.handed_in(row(1), row(2))
    fields = {"look-1": "fine", "remark-1": "", "was-1": "", "look-2": "mend", "remark-2": "¿Cuántos?", "was-2": ""}
    response = desk.client("amaru").post(f"/en/desk/revision/{done.pk}/notas/", {**fields, "part": "2"})
    shown = desk.get("amaru", f"revision/{done.pk}/")
    assert response["Location"] == f"/en/desk/revision/{done.pk}/#row-2"
    assert (checked_radios(shown), value(shown, "remark-2"), value(shown, "was-2")) == (
        {"look-1": "fine", "look-2": "mend"},
        "¿Cuántos?",
        mark("mend", "¿Cuántos?"),
    )


def test_a_return_carries_what_was_noted_before(desk: Desk) -> None:
    done = desk.handed_in(row(1), row(2))
    look_at(actor=desk.cast.amaru, submission=done, notes=[Note("row:2", "mend", "¿Cuántos?")])
    desk.post("amaru", f"revision/{done.pk}/", decision="return", reason="")
    step = Step.objects.get()
    assert (step.after, list(step.remarks.values_list("row", "text"))) == (State.RETURNED, [(2, "¿Cuántos?")])


def test_two_reviewers_never_overwrite_each_other_and_both_notes_are_shown(desk: Desk) -> None:
    done = desk.handed_in()
    noted_by_mara(desk, done, Note("row:1", "mend", "Falta la unidad"))
    mine = {"look-1": "mend", "remark-1": "Falta la meta", "was-1": ""}
    response = desk.client("amaru").post(f"/en/desk/revision/{done.pk}/", {**mine, "decision": "return", "reason": ""})
    beside = soup(response).select_one("#row-1 .note .tag.warn")
    assert (response.status_code, Step.objects.count(), value(response, "remark-1")) == (409, 0, "Falta la meta")
    assert beside
    assert beside.parent
    assert words(beside.parent) == "noted by somebody else Falta la unidad"
    again = {**mine, "was-1": value(response, "was-1"), "decision": "return", "reason": ""}
    desk.client("amaru").post(f"/en/desk/revision/{done.pk}/", again)
    assert list(Step.objects.get().remarks.values_list("text", flat=True)) == ["Falta la meta"]


def test_a_script_keeps_one_note_and_learns_what_another_noted(desk: Desk) -> None:
    done = desk.handed_in(row(1), row(2))
    address, client = f"/en/desk/revision/{done.pk}/notas/", desk.client("amaru")
    kept = client.post(address, {"look-1": "", "remark-1": "Falta", "was-1": ""}, headers=JSON)
    assert (kept.status_code, kept.json()) == (200, {"marks": {"1": mark("mend", "Falta")}, "stored": {}})
    noted_by_mara(desk, done, Note("row:1", "fine"))
    clash = client.post(address, {"look-1": "mend", "remark-1": "x", "was-1": mark("mend", "Falta")}, headers=JSON)
    assert (clash.status_code, clash.json()) == (409, {"marks": {"1": mark("fine", "")}, "stored": {"1": "fine"}})
    assert stored() == [("row:1", "fine", "")]


@pytest.mark.parametrize(("fields", "status"), [({"look-1": "na"}, 422), ({"remark-1": "x" * 4001}, 422), ({}, 200)])
def test_a_script_is_told_what_cannot_be_kept(desk: Desk, fields: dict[str, str], status: int) -> None:
    done = desk.handed_in()
    response = desk.client("amaru").post(f"/en/desk/revision/{done.pk}/notas/", fields, headers=JSON)
    assert (response.status_code, stored()) == (status, [])


def test_the_entity_reads_no_note_before_the_decision(desk: Desk) -> None:
    done = desk.handed_in()
    look_at(actor=desk.cast.amaru, submission=done, notes=[Note("row:1", "mend", "canario")])
    shown = [desk.get("inti", path) for path in (f"entregas/{done.pk}/", f"plan/{desk.owed.pk}/", "")]
    assert ["canario" in each.content.decode() for each in shown] == [False, False, False]


# --- side by side --------------------------------------------------------------------------------------------------
def test_what_changed_comes_first_and_the_rest_is_folded_away(desk: Desk) -> None:
    accepted(desk.cast, desk.owed, [row(1), row(2)])
    second = desk.handed_in(row(1), row(2, target="90"))
    shown = soup(desk.get("amaru", f"revision/{second.pk}/"))
    folded = [each["id"] for each in shown.select("details .plan > li")]
    assert ([each["id"] for each in shown.select(".plan > li")], folded) == (["row-2", "row-1"], ["row-1"])
    assert [(each.name, each.get_text()) for each in shown.select(".card del, .card ins")] == [
        ("del", "100"),
        ("ins", "90"),
    ]
    assert "RA 2/2018" in words(shown.select_one(".card"))


def test_whoever_may_read_two_versions_may_compare_them(desk: Desk) -> None:
    accepted(desk.cast, desk.owed, [row(1), row(2)])
    accepted(desk.cast, desk.owed, [row(1)])
    third = desk.handed_in(row(1, name="Contar los surcos"), row(2))
    address = f"entregas/{third.pk}/cambios/"
    told = [
        [words(each) for each in soup(desk.get("inti", f"{address}{con}")).select(".feed > li > b")]
        for con in ("", "?con=1")
    ]
    codes = [desk.get("inti", f"{address}?con={con}").status_code for con in ("3", "9", "x", "99999")]
    assert (told, codes, desk.get("killa", address).status_code) == (
        [["Row 1", "Row 2"], ["Row 1"]],
        [404, 404, 200, 200],
        404,
    )


def test_a_first_version_has_nothing_beside_it(desk: Desk) -> None:
    done = desk.handed_in()
    assert "no earlier version" in text(desk.get("inti", f"entregas/{done.pk}/cambios/"))


def test_the_planner_is_told_before_handing_in_what_an_amendment_lacks(desk: Desk) -> None:
    accepted(desk.cast, desk.owed)
    desk.client("inti").post(f"/en/desk/plan/{desk.owed.pk}/empezar/")
    shown = text(desk.get("inti", f"plan/{desk.owed.pk}/enviar/"))
    assert "This changes version 1, which was accepted Say why it changes and which act approves the change." in shown
    asked = [field["name"] for field in soup(desk.get("inti", f"plan/{desk.owed.pk}/datos/")).select("main [name]")]
    assert {"reason", "act"} <= set(asked)


# --- the checklist -------------------------------------------------------------------------------------------------
def section(code: str, verdict: str = "", note: str = "") -> dict[str, str]:
    key = f"i{items()[code].pk}"
    return {f"look-{key}": verdict, f"remark-{key}": note, f"was-{key}": ""}


def test_a_section_is_kept_by_itself_and_progress_is_counted(desk: Desk) -> None:
    done = under_a_checklist(desk)
    address = f"revision/{done.pk}/lista/"
    fields = section("2.", "fine") | section("2.1.", "mend", "Faltan cargos") | section("2.2.", "na")
    response = desk.client("amaru").post(f"/en/desk/{address}", fields)
    shown = desk.get("amaru", address)
    assert response["Location"].endswith(f"/lista/#s-{items()['2.'].pk}")
    assert [words(each) for each in soup(shown).select("summary")] == [
        "1. Carátula 0 of 1",
        "2. Inventario 3 of 3 1 to mend",
    ]
    assert [each["id"] for each in soup(shown).select("details[open]")] == [f"s-{items()['1.'].pk}"]
    assert "3 of 4 · 1 to mend" in text(desk.get("amaru", f"revision/{done.pk}/"))


def test_what_a_section_lacks_goes_back_to_the_entity(desk: Desk) -> None:
    done = under_a_checklist(desk)
    desk.client("amaru").post(f"/en/desk/revision/{done.pk}/lista/", section("1.", "mend", "Sin firma"))
    refused = desk.post("amaru", f"revision/{done.pk}/", decision="accept")
    desk.post("amaru", f"revision/{done.pk}/", decision="return", reason="")
    done.refresh_from_db()
    assert (refused.status_code, done.state) == (422, State.RETURNED)
    assert "1. Carátula: Sin firma" in text(desk.get("inti", f"entregas/{done.pk}/"))
    assert "1. Sin firma" in text(desk.get("inti", f"plan/{done.obligation_id}/"))
    assert soup(desk.get("amaru", f"revision/{done.pk}/lista/")).select("main form") == []


@pytest.mark.parametrize(("fields", "found"), [({"x": ""}, 422), ({"note": "Falta"}, 422)])
def test_a_note_without_a_choice_is_refused_and_kept_on_the_page(
    desk: Desk, fields: dict[str, str], found: int
) -> None:
    done = under_a_checklist(desk)
    sent = section("1.", **fields) if "note" in fields else fields
    response = desk.client("amaru").post(f"/en/desk/revision/{done.pk}/lista/", sent)
    assert (response.status_code, stored()) == (found, [])
    if "note" in fields:
        assert ("Falta" in response.content.decode(), len(errors(response)) > 0) == (True, True)


@pytest.mark.parametrize("plan_type", ["pige", ""])
def test_other_kinds_of_plans_have_no_checklist(desk: Desk, plan_type: str) -> None:
    done = under_a_checklist(desk, plan_type)
    assert desk.get("amaru", f"revision/{done.pk}/lista/").status_code == 404


def test_a_checklist_stays_within_its_queries(desk: Desk, query_budget: Any) -> None:  # noqa: ANN401 - a fixture of conftest
    done = under_a_checklist(desk)
    client = desk.client("amaru")
    with query_budget(19):
        assert client.get(f"/en/desk/revision/{done.pk}/lista/").status_code == 200


def test_what_a_row_says_beyond_its_card_is_read_too(desk: Desk) -> None:
    done = desk.handed_in(replace(ROWS[0], unit="granos", person="Responsable de sistemas"))
    facts = words(soup(desk.get("amaru", f"revision/{done.pk}/")).select_one("#row-1 .facts"))
    assert ("Unit of measure granos" in facts, "Post in charge Responsable de sistemas" in facts) == (True, True)


def test_an_auditor_reads_a_checklist_and_an_entity_does_not(desk: Desk) -> None:
    done = under_a_checklist(desk)
    address = f"/en/desk/revision/{done.pk}/lista/"
    seen = [desk.client(name).get(address).status_code for name in ("tupak", "inti", "killa")]
    sent = [desk.client(name).post(address, section("1.", "fine")).status_code for name in ("tupak", "inti")]
    assert (seen, sent, stored()) == ([200, 403, 403], [403, 403], [])
