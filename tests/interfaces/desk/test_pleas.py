"""An entity asks for more time or to be exempted; the authority grants or denies it; the calendar behind it all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.interfaces.desk.desk import Desk, errors, links, text, value
from yupana.domain.commitments.actions import accept_plan
from yupana.domain.obligations.actions import close_call, deny, open_call, plead, waive
from yupana.domain.obligations.models import Extension, Holiday, Plea, Waiver
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

TODAY = timezone.localdate
UNTIL = TODAY() + timedelta(days=40)
ASKED = {"what": "time", "until": UNTIL.isoformat(), "reason": "La riada"}


def ask(desk: Desk, who: str = "inti", **changed: str) -> Response:
    return desk.post(who, f"plan/{desk.owed.pk}/pedir/", **{**ASKED, **changed})


def asked(desk: Desk, until: date | None = UNTIL) -> Plea:
    return plead(actor=desk.cast.inti, obligation=desk.owed, until=until, reason="La riada", on=TODAY())


# --- the entity ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["inti", "wara"])
def test_an_entity_asks_from_its_inbox(desk: Desk, who: str) -> None:
    path = f"plan/{desk.owed.pk}/pedir/"
    offered = f"/en/desk/{path}" in links(desk.get(who, ""))
    response = ask(desk, who)
    page = text(desk.get(who, path))
    assert (offered, response.status_code, Plea.objects.get().until, "not decided yet" in page) == (
        True,
        302,
        UNTIL,
        True,
    )


def test_what_is_undecided_is_shown_instead_of_a_form(desk: Desk) -> None:
    asked(desk)
    pages = [desk.get("inti", path) for path in ("", f"plan/{desk.owed.pk}/pedir/")]
    assert (["not decided yet" in text(page) for page in pages], "Send the request" in text(pages[1])) == (
        [True, True],
        False,
    )


def test_to_be_exempted_needs_no_day(desk: Desk) -> None:
    ask(desk, what="waiver", until="")
    assert Plea.objects.get().until is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"until": ""}, "Say until which day."),
        ({"until": "2018-06-30"}, "Ask for a day after"),
        ({"reason": " "}, "This field is required."),
        ({"what": "money"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_asked_is_told_beside_its_field(desk: Desk, changed: dict[str, str], sentence: str) -> None:
    response = ask(desk, **changed)
    assert (response.status_code, sentence in " ".join(errors(response)), Plea.objects.count()) == (422, True, 0)


def test_an_answer_is_read_where_it_was_asked_and_in_the_inbox(desk: Desk) -> None:
    deny(actor=desk.cast.amaru, plea=asked(desk).pk, answer="El río bajó", on=TODAY())
    assert ["El río bajó" in text(desk.get("inti", path)) for path in ("", f"plan/{desk.owed.pk}/pedir/")] == [
        True,
        True,
    ]


def test_nobody_else_comes_to_the_page(desk: Desk) -> None:
    found = {who: desk.get(who, f"plan/{desk.owed.pk}/pedir/").status_code for who in ("killa", "amaru", "tupak")}
    assert found == {"killa": 404, "amaru": 403, "tupak": 403}


@pytest.mark.parametrize("settle", ["waived", "closed"])
def test_where_nothing_moves_nothing_can_be_asked(desk: Desk, settle: str) -> None:
    if settle == "waived":
        waive(actor=desk.cast.amaru, obligation=desk.owed, reason="x", act="RA 1", on=TODAY())
    else:
        close_call(actor=desk.cast.amaru, call=desk.call, on=TODAY())
    response = desk.get("inti", f"plan/{desk.owed.pk}/pedir/")
    assert ("Send the request" in text(response), ask(desk).status_code) == (False, 409)


# --- the authority ---------------------------------------------------------------------------------------------------
def test_what_is_asked_waits_in_the_inbox_and_at_its_call_until_it_is_decided(desk: Desk) -> None:
    plea = asked(desk)
    places = ("", f"convocatorias/{desk.call.code}/")
    before = [f"/en/desk/pedidos/{plea.pk}/" in links(desk.get("amaru", place)) for place in places]
    desk.post("amaru", f"pedidos/{plea.pk}/denegar/", answer="No")
    after = [f"/en/desk/pedidos/{plea.pk}/" in links(desk.get("amaru", place)) for place in places]
    assert (before, after) == ([True, True], [False, False])


def test_time_is_granted_as_asked_by_an_act(desk: Desk) -> None:
    plea = asked(desk)
    page = desk.get("amaru", f"pedidos/{plea.pk}/")
    kept = {name: value(page, name) for name in ("due_on", "reason")}
    response = desk.post("amaru", f"pedidos/{plea.pk}/conceder/", **kept, act="RA 7", answer="Sea")
    assert (response.status_code, Extension.objects.values_list("due_on", "reason", "act").get()) == (
        302,
        (UNTIL, "La riada", "RA 7"),
    )


def test_who_is_let_off_is_asked_for_no_day(desk: Desk) -> None:
    plea = asked(desk, None)
    assert desk.post("amaru", f"pedidos/{plea.pk}/conceder/", reason="Sin sede", act="RA 8").status_code == 302
    assert Waiver.objects.values_list("reason", "act").get() == ("Sin sede", "RA 8")


@pytest.mark.parametrize(
    ("path", "fields"),
    [("denegar", {"answer": " "}), ("conceder", {"due_on": UNTIL.isoformat(), "reason": "x", "act": ""})],
)
def test_a_decision_says_by_which_act_or_why(desk: Desk, path: str, fields: dict[str, str]) -> None:
    plea = asked(desk)
    response = desk.post("amaru", f"pedidos/{plea.pk}/{path}/", **fields)
    plea.refresh_from_db()
    assert (response.status_code, len(errors(response)), plea.granted) == (422, 2, None)


def test_it_is_decided_once(desk: Desk) -> None:
    plea = asked(desk)
    told = [desk.post("amaru", f"pedidos/{plea.pk}/denegar/", answer="No").status_code for _ in range(2)]
    assert told == [302, 409]


def test_who_only_looks_finds_no_form(desk: Desk) -> None:
    plea = asked(desk)
    page = desk.get("tupak", f"pedidos/{plea.pk}/")
    sent = desk.post("tupak", f"pedidos/{plea.pk}/denegar/", answer="No")
    assert (page.status_code, "Grant it" in text(page), sent.status_code) == (200, False, 403)


def test_an_extension_to_a_free_day_says_the_day_that_was_given(desk: Desk) -> None:
    response = desk.client("amaru").post(
        f"/en/desk/obligaciones/{desk.owed.pk}/ampliar/",
        {"due_on": "2030-07-16", "reason": "Inundación", "act": "RA 7"},
        follow=True,
    )
    assert "The last day is now July 16, 2030." in " ".join(response.content.decode().split())


def test_who_grants_and_who_asked_are_told_the_day_that_holds(desk: Desk) -> None:
    call = open_call(
        actor=OPERATOR,
        editions=["PLAN/1"],
        audience="level:municipal",
        opens_on=TODAY(),
        due_on=date(2030, 7, 1),
        period="2030",
        calendar="bolivia",
        on=TODAY(),
    )
    owed = call.obligations.get(debtor=desk.cast.a)
    plea = plead(actor=desk.cast.inti, obligation=owed, until=date(2030, 7, 12), reason="La riada", on=TODAY())
    answer = desk.client("amaru").post(
        f"/en/desk/pedidos/{plea.pk}/conceder/",
        {"due_on": "2030-07-14", "reason": "La riada", "act": "RA 7"},  # a Sunday
        follow=True,
    )
    pages = [text(desk.get("inti", path)) for path in ("", f"plan/{owed.pk}/pedir/")]
    assert ["until July 15, 2030" in page for page in pages] == [True, True]
    assert ["The last day is now July 15, 2030." in answer.content.decode(), "July 12" in pages[1]] == [True, True]


def test_for_an_accepted_plan_nobody_asks_for_time(desk: Desk) -> None:
    accept_plan(actor=desk.cast.amaru, submission=desk.handed_in(), on=TODAY())
    found = [
        f"/en/desk/plan/{desk.owed.pk}/pedir/" in links(desk.get("inti", at)) for at in ("", f"plan/{desk.owed.pk}/")
    ]
    assert found == [False, False]


# --- the calendar ----------------------------------------------------------------------------------------------------
def test_everybody_reads_the_calendar_and_those_who_call_change_it(desk: Desk) -> None:
    fields = {"day": "2026-01-23", "works": "", "territory": "02", "name": "Fundación", "act": "DS 5521"}
    sent = [desk.post(who, "calendarios/bolivia/", **fields).status_code for who in ("inti", "tupak", "amaru")]
    page = text(desk.get("inti", "calendarios/bolivia/?year=2026"))
    told = ("Jan. 23, 2026 Fundación DS 5521 La Paz", "June 22, 2026 Andean New Year it was on a Sunday Everywhere")
    assert (sent, [each in page for each in told], Holiday.objects.count()) == ([403, 403, 302], [True, True], 1)


def test_a_day_that_is_free_anyway_is_told_at_its_field(desk: Desk) -> None:
    fields = {"day": "2026-01-22", "works": "", "territory": "", "name": "x", "act": "y"}
    response = desk.post("amaru", "calendarios/bolivia/", **fields)
    assert (response.status_code, errors(response)[1:]) == (422, ["Nobody works there on Jan. 22, 2026 anyway."])


def test_a_holiday_is_taken_back(desk: Desk) -> None:
    fields = {"day": "2026-01-22", "works": "1", "territory": "", "name": "Traslado", "act": "DS 5521"}
    desk.post("amaru", "calendarios/bolivia/", **fields)
    assert "a working day after all Traslado DS 5521" in text(desk.get("inti", "calendarios/bolivia/?year=2026"))


@pytest.mark.parametrize(("year", "shown"), [("1", "1990"), ("9999", "2999"), ("x", ""), ("2027", "2027")])
def test_every_year_that_can_be_asked_for_is_shown(desk: Desk, year: str, shown: str) -> None:
    page = text(desk.get("inti", f"calendarios/bolivia/?year={year}"))
    assert f"Working days in Bolivia, {shown or TODAY().year}" in page


def test_a_calendar_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert desk.get("amaru", "calendarios/luna/").status_code == 404


def test_the_page_of_a_request_stays_within_its_queries(
    desk: Desk, query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    plea, client = asked(desk), desk.client("amaru")
    with query_budget(6):
        assert client.get(f"/en/desk/pedidos/{plea.pk}/").status_code == 200


# --- which day it is -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2030, 7, 16, 3, 59, 59, tzinfo=UTC), date(2030, 7, 15)),
        (datetime(2030, 7, 16, 4, 0, 0, tzinfo=UTC), date(2030, 7, 16)),
        (datetime(2028, 3, 1, 3, 59, 59, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2031, 1, 1, 1, 0, 0, tzinfo=UTC), date(2030, 12, 31)),
    ],
)
def test_the_day_is_that_of_la_paz(desk: Desk, monkeypatch: pytest.MonkeyPatch, moment: datetime, day: date) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)
    desk.post("inti", f"plan/{desk.owed.pk}/pedir/", what="waiver", until="", reason="La riada")
    assert Plea.objects.get().asked_on == day
