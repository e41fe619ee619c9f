"""Mi bandeja, read as people read it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from tests.cast import Cast, make_call, make_edition, obligation_of
from tests.cast import hand_in as cast_hand_in
from tests.interfaces.desk.desk import Desk, links, row, soup, text
from yupana.domain.commitments import actions
from yupana.domain.obligations.actions import close_call, waive
from yupana.foundation.kernel.actor import OPERATOR
from yupana.projections import followers

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Obligation

TODAY = timezone.localdate


def return_plan(desk: Desk, **remarks: str) -> None:
    actions.return_plan(
        actor=desk.cast.amaru,
        submission=desk.handed_in(row(1), row(2, name="Publicar los granos")),
        reason="Falta poco.",
        remarks={int(key.removeprefix("row")): said for key, said in remarks.items()},
        on=TODAY(),
    )


def test_what_is_owed_has_its_day_and_one_next_step(desk: Desk) -> None:
    page = text(desk.get("inti", ""))
    told = ("There is 1 thing to do.", f"Write the plan: {desk.call.title}", "it was due on June 30, 2018")
    assert [each in page for each in told] == [True, True, True]


@pytest.mark.parametrize(
    ("days", "said"), [(0, "due today"), (1, "due tomorrow"), (2, "2 days left"), (40, "40 days left")]
)
def test_the_days_that_are_left_are_counted(desk: Desk, days: int, said: str) -> None:
    make_call(period="2019", due_on=TODAY() + timedelta(days=days))
    assert said in text(desk.get("inti", ""))


def test_a_draft_says_how_far_it_is(desk: Desk) -> None:
    desk.draft()
    page = text(desk.get("inti", ""))
    told = ("Go on with the plan", "The draft has 1 activity and answers 1 of 2 lines.")
    assert [each in page for each in told] == [True, True]


def test_what_came_back_says_why_row_by_row(desk: Desk) -> None:
    return_plan(desk, row2="Falta la meta.")
    page = text(desk.get("inti", ""))
    told = ("Mend the plan", "returned version 1", "Falta poco.", "Row 2 Publicar los granos Falta la meta.")
    assert [each in page for each in told] == [True, True, True, True]


# Days from today: of the remedy term, of the due day; what is said about them, and how it looks.
TERMS = [
    (5, 900, "If you mend it by", "warn"),
    (5, -9, "If you mend it by", "warn"),
    (-9, 900, "It can still be mended until", ""),
    (-9, 0, "It can still be mended until", "warn"),
    (-9, -1, "so it will count as late", "late"),
]


def came_back(desk: Desk, remedy: int, due: int) -> Obligation:
    """Return a plan that came back, with that many days to mend it and to the due day."""
    call = make_call(period="2029", due_on=TODAY() + timedelta(days=due))
    owed = obligation_of(call, desk.cast.a)
    back = cast_hand_in(desk.cast.inti, owed, on=TODAY() + timedelta(days=remedy - 16))
    on = TODAY() + timedelta(days=remedy - 15)
    actions.return_plan(actor=desk.cast.amaru, submission=back, reason="Falta poco.", remarks={}, on=on)
    return owed


@pytest.mark.parametrize(("remedy", "due", "said", "look"), TERMS)
def test_what_came_back_looks_as_urgent_as_it_is(desk: Desk, remedy: int, due: int, said: str, look: str) -> None:
    came_back(desk, remedy, due)
    (section,) = [each for each in soup(desk.get("inti", "")).select(".todo") if "Mend the plan" in each.get_text()]
    classes = ["todo", look] if look else ["todo"]
    assert (said in " ".join(section.get_text(" ").split()), section["class"]) == (True, classes)


@pytest.mark.parametrize(("remedy", "due", "said", "look"), TERMS)
def test_the_plan_itself_says_the_same(desk: Desk, remedy: int, due: int, said: str, look: str) -> None:
    owed = came_back(desk, remedy, due)
    section = soup(desk.get("inti", f"plan/{owed.pk}/")).select_one(".todo")
    assert section
    late = "late" if look == "late" else "warn"
    assert (said in " ".join(section.get_text(" ").split()), section["class"]) == (True, ["todo", late])


def test_after_the_term_it_is_said_which_day_counts_now_and_how_long_there_is(desk: Desk) -> None:
    came_back(desk, -9, 900)
    page = text(desk.get("inti", ""))
    passed, due = (date_format(TODAY() + timedelta(days=days), "N j, Y") for days in (-9, 900))
    told = (
        f"The term to mend it passed on {passed}: the day on which you hand it in again is the one that counts.",
        f"It can still be mended until {due}, when the plan is due.",
        f"due on {due}: 900 days left",
    )
    assert [each in page for each in told] == [True, True, True]
    assert f"it was due on {passed}" not in page


def test_after_the_term_the_same_is_said_in_spanish(desk: Desk) -> None:
    came_back(desk, -9, 900)
    page = text(desk.client("inti").get("/desk/"))
    assert ["El plazo para corregirlo venció el" in page, "Todavía puede corregirse hasta el" in page] == [True, True]


def test_what_came_back_under_a_closed_call_is_not_promised_more_time(desk: Desk) -> None:
    owed = came_back(desk, -9, 900)
    close_call(actor=OPERATOR, call=owed.call, on=TODAY())
    page = text(desk.get("inti", ""))
    assert ("The call is not open" in page, "can still be mended" in page) == (True, False)


def test_a_remark_leads_to_its_row_once_there_is_a_draft(desk: Desk) -> None:
    return_plan(desk, row2="Falta la meta.")
    desk.post("inti", f"plan/{desk.owed.pk}/empezar/")
    assert f"/en/desk/plan/{desk.owed.pk}/filas/2/" in links(desk.get("inti", ""))


def test_until_then_it_leads_to_the_row_that_was_handed_in(desk: Desk) -> None:
    return_plan(desk, row2="Falta la meta.")
    assert any(link.endswith("#row-2") for link in links(desk.get("inti", "")))


def test_what_is_under_review_waits_for_somebody_else(desk: Desk) -> None:
    desk.handed_in()
    page = text(desk.get("inti", ""))
    told = ("There is nothing for you to do now. 1 waits for somebody else.", "version 1 is handed in and under review")
    assert [each in page for each in told] == [True, True]


def test_a_receipt_names_its_place_in_the_record(desk: Desk) -> None:
    desk.handed_in()
    before = "it will be sealed in a few seconds" in text(desk.get("inti", ""))
    followers.tick()
    receipt = soup(desk.get("inti", "")).select("table td:last-child")
    assert (before, [cell.get_text().strip().split()[0] for cell in receipt]) == (True, ["entry"])


def test_what_is_accepted_is_settled(desk: Desk) -> None:
    actions.accept_plan(actor=desk.cast.amaru, submission=desk.handed_in(), on=TODAY())
    page = text(desk.get("inti", ""))
    assert ("Everything is up to date" in page, "Settled" in page, "accepted" in page) == (True, True, True)


def test_a_pending_resolution_has_its_day(desk: Desk) -> None:
    due = TODAY() + timedelta(days=9)
    actions.accept_plan(actor=desk.cast.amaru, submission=desk.handed_in(), on=TODAY(), resolution_due_on=due)
    assert "resolution pending until" in text(desk.get("inti", ""))


def test_a_waived_obligation_asks_for_nothing(desk: Desk) -> None:
    waive(actor=OPERATOR, obligation=desk.owed, reason="Cierra", act="RA 1", on=TODAY())
    assert "Everything is up to date" in text(desk.get("inti", ""))


def test_a_closed_call_asks_for_nothing(desk: Desk) -> None:
    close_call(actor=OPERATOR, call=desk.call, on=TODAY())
    assert "the call is not open" in text(desk.get("inti", ""))


def test_the_executive_is_told_to_approve_what_the_planner_finished(desk: Desk) -> None:
    before = "Your entity's planner has to write it" in text(desk.get("wara", ""))
    actions.put_before_executive(actor=desk.cast.inti, submission=desk.draft(), on=TODAY())
    page = desk.get("wara", "")
    assert (before, "Read and approve the plan" in text(page)) == (True, True)
    assert f"/en/desk/plan/{desk.owed.pk}/aprobar/" in links(page)
    assert "it waits for the executive since" in text(desk.get("inti", ""))


def test_nothing_asked_yet_is_said_kindly(cast: Cast) -> None:
    assert "Nothing has been asked of your entity yet" in text(Desk(cast, *[None] * 3).get("inti", ""))  # type: ignore[arg-type] # an empty house


def test_what_another_entity_writes_is_not_there(desk: Desk) -> None:
    desk.draft(row(1, name="CANARY of Inti"))
    assert b"CANARY" not in desk.get("killa", "").content


def test_the_authority_sees_what_waits_for_it(desk: Desk) -> None:
    make_edition("OTRO", published=False)
    desk.handed_in()
    page = text(desk.get("amaru", ""))
    told = ("1 submission waits for review", "You may decide about 1 of them.", "Draft: Plan OTRO", "Open calls")
    assert [each in page for each in told] == [True, True, True, True]


def test_an_auditor_reads_the_same_without_the_drafts(desk: Desk) -> None:
    make_edition("OTRO", published=False)
    page = text(desk.get("tupak", ""))
    assert ("Open calls" in page, "OTRO" in page, "Open a call" in page) == (True, False, False)


def test_a_letter_half_typed_is_in_the_inbox_of_who_types_it(desk: Desk) -> None:
    desk.post("amaru", f"obligaciones/{desk.owed.pk}/transcribir/")
    assert "Go on typing the letter of Municipio de Ábaco" in text(desk.get("amaru", ""))


def many(desk: Desk, more: int) -> None:
    """So many further calls, with everything that an inbox can hold: returned, drafted again, under review."""
    for number in range(more):
        call = make_call(period=str(2030 + number))
        owed = obligation_of(call, desk.cast.a)
        back = cast_hand_in(desk.cast.inti, owed, [row(1), row(2)])
        actions.return_plan(actor=desk.cast.amaru, submission=back, reason="No", remarks={1: "a", 2: "b"}, on=TODAY())
        actions.start_plan(actor=desk.cast.inti, obligation=owed, on=TODAY())
        cast_hand_in(desk.cast.killa, obligation_of(call, desk.cast.b))


@pytest.mark.parametrize("more", [1, 5])
def test_the_inbox_of_an_entity_stays_within_its_queries(desk: Desk, query_budget: Any, more: int) -> None:  # noqa: ANN401 - a fixture of conftest
    many(desk, more)
    client = desk.client("inti")
    with query_budget(26):
        assert client.get("/en/desk/").status_code == 200


@pytest.mark.parametrize("more", [1, 5])
def test_the_inbox_of_the_authority_stays_within_its_queries(desk: Desk, query_budget: Any, more: int) -> None:  # noqa: ANN401 - the same
    many(desk, more)
    client = desk.client("amaru")
    with query_budget(21):
        assert client.get("/en/desk/").status_code == 200
