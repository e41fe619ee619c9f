"""The review queue and what is decided there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.cast import hand_in as cast_hand_in
from tests.cast import make_call, make_person, obligation_of
from tests.interfaces.desk.desk import Desk, errors, links, row, soup, text, value
from yupana.domain.commitments.actions import accept_plan
from yupana.domain.commitments.models import Reclassification
from yupana.domain.submissions.models import Remark, Step
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.actor import Role

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from yupana.domain.submissions.models import Submission

TODAY = timezone.localdate


def decide(desk: Desk, submission: Submission, who: str = "amaru", **fields: str) -> Response:
    return desk.post(who, f"revision/{submission.pk}/", **fields)


def page(desk: Desk, submission: Submission, who: str = "amaru") -> Response:
    return desk.get(who, f"revision/{submission.pk}/")


# --- the queue -----------------------------------------------------------------------------------------------------
def test_the_queue_names_entity_call_version_and_age(desk: Desk) -> None:
    cast_hand_in(desk.cast.inti, desk.owed, on=TODAY() - timedelta(days=3))
    cells = [
        " ".join(cell.get_text(" ").split()) for cell in soup(desk.get("amaru", "revision/")).select("tbody tr > *")
    ]
    assert (cells[:3], cells[4]) == (["Municipio de Ábaco", desk.call.title, "1"], "3 days")


def test_an_empty_queue_says_so(desk: Desk) -> None:
    assert "Nothing waits for a decision." in text(desk.get("amaru", "revision/"))


def test_drafts_and_what_is_decided_are_not_in_it(desk: Desk) -> None:
    desk.draft()
    accept_plan(actor=desk.cast.amaru, submission=cast_hand_in(desk.cast.killa, desk.others), on=TODAY())
    assert "Nothing waits for a decision." in text(desk.get("amaru", "revision/"))


def test_the_queue_can_be_asked_for_one_call(desk: Desk) -> None:
    other = make_call(period="2019")
    desk.handed_in()
    cast_hand_in(desk.cast.killa, obligation_of(other, desk.cast.b))
    shown = text(desk.get("amaru", f"revision/?call={other.code}"))
    assert ("Municipio de Ñandú" in shown, "Municipio de Ábaco" in shown) == (True, False)


def test_the_longest_waiting_comes_first(desk: Desk) -> None:
    cast_hand_in(desk.cast.killa, desk.others)
    desk.handed_in()
    names = [cell.get_text() for cell in soup(desk.get("amaru", "revision/")).select("tbody th a")]
    assert names == ["Municipio de Ñandú", "Municipio de Ábaco"]


def waiting(desk: Desk, more: int) -> None:
    for number in range(more):
        call = make_call(period=str(2030 + number))
        cast_hand_in(desk.cast.inti, obligation_of(call, desk.cast.a), [row(1), row(2)])


@pytest.mark.parametrize("more", [1, 5])
def test_the_queue_stays_within_its_queries(desk: Desk, query_budget: Any, more: int) -> None:  # noqa: ANN401 - a fixture of conftest
    waiting(desk, more)
    client = desk.client("amaru")
    with query_budget(13):
        assert client.get("/en/desk/revision/").status_code == 200


@pytest.mark.parametrize("rows", [1, 5])
def test_a_review_stays_within_its_queries(desk: Desk, query_budget: Any, rows: int) -> None:  # noqa: ANN401 - the same
    done = desk.handed_in(*(row(number, item=f"line:{1 + number % 2}") for number in range(1, rows + 1)))
    client = desk.client("amaru")
    with query_budget(26):
        assert client.get(f"/en/desk/revision/{done.pk}/").status_code == 200


# --- a decision ----------------------------------------------------------------------------------------------------
def test_every_row_can_be_remarked_on(desk: Desk) -> None:
    done = desk.handed_in(row(1), row(4))
    fields = [field["name"] for field in soup(page(desk, done)).select("main textarea")]
    assert fields == ["remark-1", "remark-4", "reason"]


def test_accepting_is_recorded(desk: Desk) -> None:
    done = desk.handed_in()
    response = decide(desk, done, decision="accept")
    done.refresh_from_db()
    assert (response["Location"], done.state) == ("/en/desk/revision/", State.ACCEPTED)


def test_a_resolution_may_be_pending(desk: Desk) -> None:
    due = TODAY() + timedelta(days=30)
    decide(desk, desk.handed_in(), decision="accept", resolution_due_on=due.isoformat())
    assert Step.objects.get().resolution_due_on == due


def test_returning_carries_reasons_row_by_row(desk: Desk) -> None:
    done = desk.handed_in(row(1), row(2))
    decide(desk, done, decision="return", reason="Falta poco.", remark__2=" Otra meta. ", remark__1="  ")
    step = Step.objects.get()
    kept = (step.after, step.reason, list(Remark.objects.values_list("row", "text")))
    assert kept == (State.RETURNED, "Falta poco.", [(2, "Otra meta.")])


def test_what_belongs_elsewhere_is_said_so(desk: Desk) -> None:
    done = desk.handed_in()
    decide(desk, done, decision="misfile", reason="Es otro plan.")
    done.refresh_from_db()
    assert done.state == State.MISFILED


@pytest.mark.parametrize("decision", ["return", "misfile"])
def test_sending_back_needs_a_reason(desk: Desk, decision: str) -> None:
    done = desk.handed_in()
    response = decide(desk, done, decision=decision, reason="  ")
    done.refresh_from_db()
    assert (response.status_code, done.state) == (422, State.SUBMITTED)
    assert errors(response) == ["Almost. Please look at what is marked below.", "Give a reason."]


def test_the_missing_reason_is_told_at_its_field(desk: Desk) -> None:
    response = decide(desk, desk.handed_in(), decision="return")
    field = soup(response).select_one("#id_reason")
    assert field
    told = [soup(response).select_one(f"#{each}") for each in str(field["aria-describedby"]).split()]
    assert (field["aria-invalid"], [each.get_text() for each in told if each][-1]) == ("true", "Give a reason.")


def test_a_missing_decision_is_told_at_its_group(desk: Desk) -> None:
    response = decide(desk, desk.handed_in(), reason="x")
    group = soup(response).select_one("fieldset[aria-describedby]")
    assert group
    assert group.select_one(f"#{group['aria-describedby']}")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"decision": "accept"}, "The plan of Municipio de Ábaco was accepted."),
        ({"decision": "return", "reason": "x"}, "The plan of Municipio de Ábaco was returned."),
        (
            {"decision": "return", "remark-1": "x", "remark-2": " "},
            "The plan of Municipio de Ábaco was returned with 1 remark.",
        ),
        (
            {"decision": "return", "remark-1": "x", "remark-2": "y"},
            "The plan of Municipio de Ábaco was returned with 2 remarks.",
        ),
        (
            {"decision": "misfile", "reason": "x"},
            "The plan of Municipio de Ábaco was sent back: it does not belong to this call.",
        ),
    ],
)
def test_afterwards_it_is_said_what_was_decided(desk: Desk, fields: dict[str, str], told: str) -> None:
    done = desk.handed_in(row(1), row(2))
    client = desk.client("amaru")
    response = client.post(f"/en/desk/revision/{done.pk}/", fields, follow=True)
    assert [each.get_text() for each in soup(response).select(".messages li")] == [told]


def test_afterwards_it_is_said_in_spanish_too(desk: Desk) -> None:
    done = desk.handed_in(row(1), row(2))
    fields = {"decision": "return", "remark-1": "x", "remark-2": "y"}
    response = desk.client("amaru").post(f"/desk/revision/{done.pk}/", fields, follow=True)
    told = [each.get_text() for each in soup(response).select(".messages li")]
    assert told == ["Se devolvió el plan de Municipio de Ábaco con 2 observaciones."]


@pytest.mark.parametrize("decision", ["", "reject", "draft"])
def test_a_decision_has_to_be_one(desk: Desk, decision: str) -> None:
    done = desk.handed_in()
    response = decide(desk, done, decision=decision, reason="kept", remark__1="kept too")
    typed = (value(response, "reason"), value(response, "remark-1"))
    assert (response.status_code, typed) == (422, ("kept", "kept too"))


def test_nothing_is_accepted_over_a_remark(desk: Desk) -> None:
    done = desk.handed_in()
    response = decide(desk, done, decision="accept", reason="x", remark__1="Otra meta.")
    done.refresh_from_db()
    assert (response.status_code, done.state, value(response, "remark-1")) == (422, State.SUBMITTED, "Otra meta.")


def test_the_second_of_two_reviewers_is_told(desk: Desk) -> None:
    done = desk.handed_in()
    decide(desk, done, decision="accept")
    response = decide(desk, done, decision="return", reason="No")
    assert (response.status_code, Step.objects.count()) == (409, 1)


def test_a_decided_version_shows_no_form(desk: Desk) -> None:
    done = desk.handed_in()
    decide(desk, done, decision="accept")
    assert soup(page(desk, done)).select("main form") == []


# --- who may -------------------------------------------------------------------------------------------------------
def both_sides(desk: Desk) -> None:
    """Mara reviews at the authority and plans for entity A."""
    person, _ = make_person("mara", (Role.REVIEWER, desk.cast.authority), (Role.ENTITY_PLANNER, desk.cast.a))
    desk.cast.people["mara"] = person


def test_nobody_decides_about_their_own_entity(desk: Desk) -> None:
    both_sides(desk)
    done = desk.handed_in()
    shown = page(desk, done, "mara")
    response = decide(desk, done, "mara", decision="accept")
    done.refresh_from_db()
    assert ("your own entity's work" in text(shown), soup(shown).select("main form")) == (True, [])
    assert (response.status_code, done.state) == (403, State.SUBMITTED)


def test_their_queue_says_that_somebody_else_decides(desk: Desk) -> None:
    both_sides(desk)
    desk.handed_in()
    assert "your own entity: somebody else decides" in text(desk.get("mara", "revision/"))


def test_an_auditor_reads_and_does_not_decide(desk: Desk) -> None:
    done = desk.handed_in()
    shown = page(desk, done, "tupak")
    assert ("Only reviewers decide." in text(shown), soup(shown).select("main form")) == (True, [])
    assert decide(desk, done, "tupak", decision="accept").status_code == 403


@pytest.mark.parametrize(("name", "status"), [("inti", 403), ("killa", 403), ("wara", 403), ("rumi", 403), ("", 302)])
def test_entities_have_no_queue(desk: Desk, name: str, status: int) -> None:
    assert desk.get(name, "revision/").status_code == status


def test_nobody_reviews_a_draft(desk: Desk) -> None:
    assert page(desk, desk.draft()).status_code == 404


# --- a row that answers another line -------------------------------------------------------------------------------
def move(desk: Desk, submission: Submission, who: str = "amaru", **fields: str) -> Response:
    given = {"item": "PLAN/1#line:2", "reason": "Habla de otros."}
    return desk.post(who, f"revision/{submission.pk}/filas/1/", **{**given, **fields})


def test_a_row_is_moved_with_a_reason(desk: Desk) -> None:
    done = desk.handed_in()
    response = move(desk, done)
    kept = Reclassification.objects.get()
    assert (response["Location"], kept.item and kept.item.code, kept.reason) == (
        f"/en/desk/revision/{done.pk}/#row-1",
        "2",
        "Habla de otros.",
    )


def test_a_row_may_answer_none(desk: Desk) -> None:
    move(desk, desk.handed_in(), item="")
    assert Reclassification.objects.get().item is None


def test_the_form_begins_with_the_line_that_counts(desk: Desk) -> None:
    done = desk.handed_in()
    before = value(desk.get("amaru", f"revision/{done.pk}/filas/1/"), "item")
    move(desk, done)
    after = value(desk.get("amaru", f"revision/{done.pk}/filas/1/"), "item")
    assert (before, after) == ("PLAN/1#line:1", "PLAN/1#line:2")


@pytest.mark.parametrize(
    "fields", [{"reason": ""}, {"reason": "   "}, {"item": "PLAN/1#line:1"}, {"item": "PLAN/1#axis:1"}]
)
def test_what_cannot_be_recorded_is_shown_again(desk: Desk, fields: dict[str, str]) -> None:
    response = move(desk, desk.handed_in(), **fields)
    assert (response.status_code, Reclassification.objects.count()) == (422, 0)


def test_nobody_moves_the_rows_of_their_own_entity(desk: Desk) -> None:
    both_sides(desk)
    done = desk.handed_in()
    answers = [desk.get("mara", f"revision/{done.pk}/filas/1/"), move(desk, done, "mara")]
    assert ([each.status_code for each in answers], Reclassification.objects.count()) == ([403, 403], 0)
    assert [link for link in links(page(desk, done, "mara")) if "/filas/" in link] == []


def test_an_auditor_is_not_offered_to_move_a_row(desk: Desk) -> None:
    done = desk.handed_in()
    offered = [link for link in links(page(desk, done, "tupak")) if "/filas/" in link]
    answers = [desk.get("tupak", f"revision/{done.pk}/filas/1/"), move(desk, done, "tupak")]
    assert (offered, [each.status_code for each in answers]) == ([], [403, 403])


def test_the_rows_of_what_was_sent_back_do_not_move(desk: Desk) -> None:
    done = desk.handed_in()
    decide(desk, done, decision="return", reason="x")
    offered = [link for link in links(page(desk, done)) if "/filas/" in link]
    answers = [desk.get("amaru", f"revision/{done.pk}/filas/1/"), move(desk, done)]
    assert (offered, [each.status_code for each in answers]) == ([], [409, 409])


def test_a_row_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert desk.get("amaru", f"revision/{desk.handed_in().pk}/filas/9/").status_code == 404


def test_the_review_leads_to_the_row(desk: Desk) -> None:
    done = desk.handed_in()
    assert f"/en/desk/revision/{done.pk}/filas/1/" in links(page(desk, done))
