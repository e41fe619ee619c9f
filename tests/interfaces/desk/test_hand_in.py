"""Handing in: what is missing is said, nothing is in the way, and there is a receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from tests.cast import obligation_of
from tests.interfaces.desk.desk import Desk, errors, links, row, soup, text
from yupana.domain.commitments import actions
from yupana.domain.commitments.facts import PlanHeader
from yupana.domain.obligations.actions import close_call
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.ledger import queries as ledger
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf
from yupana.projections import followers

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

TODAY = timezone.localdate


def page(desk: Desk, who: str = "inti") -> Response:
    return desk.get(who, f"plan/{desk.owed.pk}/enviar/")


def hand_in(desk: Desk, who: str = "inti", **fields: str) -> Response:
    return desk.post(who, f"plan/{desk.owed.pk}/enviar/", **(fields or {"sure": "on"}))


def hints(desk: Desk) -> list[str]:
    """What is found, in the order of the page: the fault, and its row where it has one."""
    found = []
    for each in soup(page(desk)).select(".todo .findings > li"):
        (fault,) = each.select(":scope > b")
        rows = {str(link["href"]).split("/")[-2] for link in each.select(":scope > a[href*='/filas/']")}
        found.append(" ".join([*(f"Row {number}" for number in rows), fault.get_text()]))
    return found


def test_what_could_be_better_is_said_in_the_order_of_rows_and_the_heaviest_first(desk: Desk) -> None:
    one = row(1, item="", target="", starts="Año 1", ends="mañana", baseline="0")
    desk.draft(one, row(2, item="", starts="2018", ends="2017", name="Otra", baseline="0"))
    assert hints(desk) == [
        "Row 2 It ends (2017) before it starts (2018)",
        "2 guidelines without an activity",
        "Dates count from “Año 1”, and which year that is was not said",
        "Row 1 It answers no guideline",
        "Row 1 No target",
        "Row 1 A date that does not say one thing: mañana",
        "Row 2 It answers no guideline",
        "Row 2 Outside the period of the plan: 2017",
    ]


def test_each_guideline_that_nothing_answers_is_named_with_the_way_to_answer_it(desk: Desk) -> None:
    desk.draft(row(1, ends="2018", baseline="0"))
    (named,) = soup(page(desk)).select(".findings li li")
    (link,) = named.select("a")
    assert named.get_text().startswith("2 · Contar con otros")
    assert str(link["href"]) == f"/en/desk/plan/{desk.owed.pk}/filas/nueva/?line=PLAN%2F1%23line%3A2"


def test_a_finding_leads_to_the_field_in_which_it_is_mended(desk: Desk) -> None:
    desk.draft(row(1, responsible="", ends="pronto"))
    rows = f"/en/desk/plan/{desk.owed.pk}/filas/1/"
    assert {link for link in links(page(desk)) if link.startswith(rows)} == {
        rows,
        *(f"{rows}#id_{cell}" for cell in ("responsible", "ends", "baseline")),
    }


def test_a_reason_is_kept_beside_the_finding_and_read_by_the_reviewer_and_by_everybody(desk: Desk) -> None:
    draft = desk.draft(row(1, ends="2018", baseline="0"))
    sent = {"reason-guideline-unanswered:0": "No nos toca.", "reason-x": "y", "reason-name-missing:9999999999": "z"}
    answer = desk.client("inti").post(f"/en/desk/plan/{desk.owed.pk}/explicar/", sent)
    assert answer["Location"] == f"/en/desk/plan/{desk.owed.pk}/enviar/"
    assert soup(page(desk)).select("textarea")[0].get_text() == "No nos toca."
    hand_in(desk)
    actions.accept_plan(actor=desk.cast.amaru, submission=draft, on=TODAY())
    shown = [version(desk, draft), desk.client().get(f"/en/entregas/{draft.pk}/imprimir/")]
    assert ["No nos toca." in text(each) for each in shown] == [True, True]


def test_what_makes_no_sense_is_not_handed_in_without_a_word(desk: Desk) -> None:
    draft = desk.draft(row(1, starts="2018", ends="2017"))
    refused = hand_in(desk)
    assert (refused.status_code, errors(refused)[0]) == (
        422,
        "Row 1 says something that makes no sense. Mend it, or say beside it why.",
    )
    desk.client("inti").post(f"/en/desk/plan/{desk.owed.pk}/explicar/", {"reason-end-before-start:1": "Así es."})
    hand_in(desk)
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED


def test_a_resolution_is_said_on_handing_in_or_pending(desk: Desk) -> None:
    draft = desk.draft()
    refused = hand_in(desk, sure="on", resolution="", resolution_on="2018-05-01")
    assert (refused.status_code, errors(refused)) == (
        422,
        ["Almost. Please look at what is marked below.", "Say the number of the resolution."],
    )
    hand_in(desk, sure="on", resolution="RA 7/2018", resolution_on="2018-05-01")
    shown = text(version(desk, draft))
    assert "RA 7/2018, May 1, 2018 not approved by the highest executive authority" in shown


def test_none_of_it_stops_anybody(desk: Desk) -> None:
    draft = desk.draft(row(1, item="", name="", target="", budget_cents=None))
    response = hand_in(desk)
    draft.refresh_from_db()
    assert (response["Location"], draft.state) == (f"/en/desk/entregas/{draft.pk}/", State.SUBMITTED)


def test_a_complete_plan_is_told_so(desk: Desk) -> None:
    desk.draft(*(row(at, item=f"line:{at}", name=f"Contar {at}", ends="2018", baseline="0") for at in (1, 2)))
    assert "Nothing is missing" in text(page(desk))


def test_what_the_call_never_asked_for_is_not_missed(desk: Desk) -> None:
    from tests.cast import make_call, make_draft  # noqa: PLC0415 - only here

    call = make_call(period="2019", asks_budget=False, asks_responsible=False)
    owed = obligation_of(call, desk.cast.a)
    make_draft(desk.cast.inti, owed, [row(1, budget_cents=None, responsible="")])
    shown = text(desk.get("inti", f"plan/{owed.pk}/enviar/"))
    assert [each in shown for each in ("No budget", "Nobody is responsible")] == [False, False]


def test_without_an_activity_there_is_nothing_to_hand_in(desk: Desk) -> None:
    desk.post("inti", f"plan/{desk.owed.pk}/empezar/")
    shown = page(desk)
    assert ("needs at least one" in text(shown), soup(shown).select("main form")) == (True, [])


def test_an_empty_plan_is_refused_even_so(desk: Desk) -> None:
    desk.post("inti", f"plan/{desk.owed.pk}/empezar/")
    response = hand_in(desk)
    assert (response.status_code, errors(response)[0]) == (
        422,
        "There is not a single activity: a plan needs at least one.",
    )


def test_it_asks_before_it_hands_in(desk: Desk) -> None:
    draft = desk.draft()
    response = hand_in(desk, nothing="")
    draft.refresh_from_db()
    assert (response.status_code, draft.state) == (422, State.DRAFT)
    assert "Tick the box to hand in the plan." in errors(response)


def test_the_executive_hands_in_what_the_planner_wrote(desk: Desk) -> None:
    draft = desk.draft()
    hand_in(desk, "wara")
    draft.refresh_from_db()
    assert (draft.state, draft.received_on) == (State.SUBMITTED, TODAY())


def test_nobody_hands_in_for_another_entity(desk: Desk) -> None:
    draft = desk.draft()
    answers = [hand_in(desk, who).status_code for who in ("killa", "amaru", "tupak", "rumi", "")]
    draft.refresh_from_db()
    assert (answers, draft.state) == ([404, 404, 404, 403, 403], State.DRAFT)


def test_handing_in_twice_is_handed_in_once(desk: Desk) -> None:
    desk.draft()
    assert [hand_in(desk).status_code for _ in range(2)] == [302, 404]


def test_after_the_call_is_closed_it_is_too_late_and_says_so(desk: Desk) -> None:
    desk.draft()
    close_call(actor=OPERATOR, call=desk.call, on=TODAY())
    response = hand_in(desk)
    assert (response.status_code, "is not open" in errors(response)[0]) == (422, True)


# --- what was handed in --------------------------------------------------------------------------------------------
def version(desk: Desk, submission: Submission, who: str = "inti") -> Response:
    return desk.get(who, f"entregas/{submission.pk}/")


def test_the_receipt_shows_what_was_handed_in(desk: Desk) -> None:
    shown = text(version(desk, desk.handed_in()))
    assert [each in shown for each in ("Version 1", "under review", "this desk", "Contar los granos")] == [True] * 4


def facts(response: Response) -> dict[str, str]:
    """What the receipt says, by name."""
    names, told = (soup(response).select(f".card {each}") for each in ("dt", "dd"))
    return {name.get_text(): " ".join(each.get_text(" ").split()) for name, each in zip(names, told, strict=True)}


def test_the_receipt_proves_it(desk: Desk) -> None:
    done = desk.handed_in()
    followers.tick()
    response = version(desk, done)
    entry = Entry.objects.get(submission=done)
    head = ledger.head()
    told = facts(response)
    moment = date_format(timezone.localtime(entry.recorded_at), "N j, Y, H:i:s \\U\\T\\CO")
    assert told == {
        "Entry of the public record": str(entry.position),
        "Recorded": moment,
        "Handed in by": "the entity itself: its planner or its highest executive authority",
        "Digest of the entry": read_leaf(bytes(entry.leaf)).content,
        "Root of the record now": f"{head.root} with {head.size} sealed entries",
    }


def test_before_it_is_sealed_it_says_when(desk: Desk) -> None:
    told = facts(version(desk, desk.handed_in()))
    assert "it will be sealed in a few seconds" in told["Entry of the public record"]
    assert "Root of the record now" not in told


def test_whoever_checks_it_finds_the_entry_first_with_the_same_digest(desk: Desk) -> None:
    done = desk.handed_in()
    followers.tick()
    response = version(desk, done)
    (address,) = {link for link in links(response) if "verificar" in link}
    record = soup(desk.client().get(address.partition("#")[0]))
    first = record.select_one("tbody tr")
    assert first
    assert (first["id"], address.partition("#")[2]) == (f"e{facts(response)['Entry of the public record']}",) * 2
    digest = first.select("code")[-1].get_text().rstrip("…")
    assert digest
    assert facts(response)["Digest of the entry"].startswith(digest)


def test_the_receipt_names_no_person(desk: Desk) -> None:
    shown = text(version(desk, desk.handed_in()))
    assert [name for name in ("inti", "Inti") if name in shown] == []


def test_the_receipt_of_a_letter_says_who_typed_it(desk: Desk) -> None:
    desk.post("amaru", f"obligaciones/{desk.owed.pk}/transcribir/")
    draft = Submission.objects.get()
    save = {"header": PlanHeader(channel="letter", received_on=TODAY()), "rows": [row(1)], "seen": draft.saved_at}
    actions.save_plan(actor=desk.cast.amaru, submission=draft, **save)  # type: ignore[arg-type] # by name
    hand_in(desk, "amaru")
    assert facts(version(desk, draft))["Handed in by"] == "a planner of the authority, who typed in the entity's letter"


def test_in_spanish_it_is_a_constancia(desk: Desk) -> None:
    done = desk.handed_in()
    shown = text(desk.client("inti").get(f"/desk/entregas/{done.pk}/"))
    assert [each in shown for each in ("Constancia", "se sellará en unos segundos")] == [True, True]


def test_a_receipt_stays_within_its_queries(desk: Desk, query_budget: Any) -> None:  # noqa: ANN401 - a fixture of conftest
    done = desk.handed_in(*(row(number) for number in range(1, 6)))
    client = desk.client("inti")
    with query_budget(27):
        assert client.get(f"/en/desk/entregas/{done.pk}/").status_code == 200


def test_a_draft_has_no_receipt(desk: Desk) -> None:
    assert version(desk, desk.draft()).status_code == 404


@pytest.mark.parametrize("name", ["killa", "rumi", ""])
def test_others_do_not_find_what_is_under_review(desk: Desk, name: str) -> None:
    assert version(desk, desk.handed_in(), name).status_code != 200


@pytest.mark.parametrize("name", ["inti", "wara", "amaru", "tupak"])
def test_both_sides_read_what_is_under_review(desk: Desk, name: str) -> None:
    assert version(desk, desk.handed_in(), name).status_code == 200


def test_every_decision_stands_on_it_and_every_version_is_at_hand(desk: Desk) -> None:
    first = desk.handed_in()
    actions.return_plan(actor=desk.cast.amaru, submission=first, reason="Falta poco.", remarks={1: "meta"}, on=TODAY())
    desk.post("inti", f"plan/{desk.owed.pk}/empezar/")
    hand_in(desk)
    second = Submission.objects.get(version=2)
    told = text(version(desk, first))
    assert [each in told for each in ("returned with remarks", "Falta poco.", "meta", "version 2")] == [True] * 4
    assert "version 1" in text(version(desk, second))


def test_a_row_that_the_reviewer_moved_shows_both_lines(desk: Desk) -> None:
    done = desk.handed_in()
    moved = done.activities.get()
    actions.reclassify(actor=desk.cast.amaru, activity=moved, item="line:2", reason="Habla de otros.", on=TODAY())
    told = text(version(desk, done))
    parts = ("2 · Contar con otros moved by the reviewer Habla de otros.", "had chosen: 1 · Contar lo propio")
    assert [each in told for each in parts] == [True, True]


def test_mended_rows_are_handed_in_again(desk: Desk) -> None:
    actions.return_plan(actor=desk.cast.amaru, submission=desk.handed_in(), reason="No", remarks={}, on=TODAY())
    desk.post("inti", f"plan/{desk.owed.pk}/empezar/")
    assert hand_in(desk).status_code == 302
