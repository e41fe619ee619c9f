"""Asking and being answered, at its edges: what is chosen, what is given as a file, and who may do which."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.cast import make_call, make_edition, make_plan, obligation_of
from tests.domain.progress.stage import SAID, accepted, asked, planned, reported
from tests.interfaces.desk.desk import Desk, errors, links, soup, text
from yupana.domain.obligations.actions import waive
from yupana.domain.obligations.actions.contacting import note_contact
from yupana.domain.obligations.models import Call
from yupana.domain.obligations.rules import ContactHow
from yupana.domain.progress.actions import return_report, set_rhythm
from yupana.domain.progress.models import Rhythm
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast

TODAY = timezone.localdate
ALL = ("Municipio de Ábaco", "Municipio de Ñandú")


@pytest.fixture
def followed(cast: Cast) -> Desk:
    """A desk in front of accepted plans of both municipalities."""
    call = planned(cast, bodies=(cast.a, cast.b))
    owed = {each.debtor_id: each for each in call.obligations.all()}
    return Desk(cast, call, owed[cast.a.pk], owed[cast.b.pk])


def follow(desk: Desk, more: str = "") -> str:
    return f"convocatorias/{desk.call.code}/seguimiento/{more}"


def content(response: Response) -> str:
    """What a file that streams holds."""
    return response.getvalue().decode("utf-8-sig")


def bodies(response: Response) -> list[str]:
    """Whom a page lists."""
    listed = text(response)
    return [name for name in ALL if name in listed]


def test_who_answered_can_be_looked_through_by_words_and_by_how(followed: Desk, cast: Cast) -> None:
    call = asked(followed.call)
    reported(cast.inti, obligation_of(call, cast.a))
    here = f"convocatorias/{call.code}/informes/"
    found = {
        query: bodies(followed.get("amaru", f"{here}?{query}"))
        for query in ("", "q=nandu", "q=ÁBACO", "q=municipio+de", "q=nadie", "how=review", "how=silent", "how=x",
                      "how=review&q=nandu", "how=owed", "how=off_plan", "page=0", "page=99", "page=x", "q=%25")
    }  # fmt: skip
    both = list(ALL)
    assert found == {
        "": both, "q=nandu": [ALL[1]], "q=ÁBACO": [ALL[0]], "q=municipio+de": both, "q=nadie": [],
        "how=review": [ALL[0]], "how=silent": [ALL[1]], "how=x": both, "how=review&q=nandu": [],
        "how=owed": [ALL[1]], "how=off_plan": [],
        "page=0": both, "page=99": both, "page=x": both, "q=%25": [],
    }  # fmt: skip


def test_a_table_says_of_everybody_how_and_when_they_answered(followed: Desk, cast: Cast) -> None:
    call = asked(followed.call)
    owed = obligation_of(call, cast.a)
    accepted(cast, owed, on=call.due_on)
    note_contact(
        actor=cast.amaru,
        entity=cast.b,
        call=call,
        how=ContactHow.CALLED,
        contacted_on=TODAY(),
        note="Nadie",
        on=TODAY(),
    )
    file = followed.get("tupak", f"convocatorias/{call.code}/informes.csv")
    rows = list(csv.DictReader(StringIO(content(file))))
    assert [list(each.values()) for each in rows] == [
        ["A-1", ALL[0], "reported in time", "2018-04-21", "2018-04-21", "0", ""],
        ["B-1", ALL[1], "did not report", "2018-04-21", "", "1", TODAY().isoformat()],
    ]
    assert (file["Content-Type"], f'"{call.code}-informes.csv"' in file["Content-Disposition"]) == (
        "text/csv; charset=utf-8",
        True,
    )


def test_the_day_after_the_last_is_late_and_the_last_is_not(followed: Desk, cast: Cast) -> None:
    call = asked(followed.call)
    assert call.due_on
    accepted(cast, obligation_of(call, cast.a), on=call.due_on)
    accepted(cast, obligation_of(call, cast.b), actor=cast.killa, on=call.due_on + timedelta(1))
    here = f"convocatorias/{call.code}/informes/"
    told = {how: bodies(followed.get("amaru", f"{here}?how={how}")) for how in ("reported", "late")}
    assert told == {"reported": [ALL[0]], "late": [ALL[1]]}
    why = {how: bodies(followed.get("amaru", f"{here}?how={how}")) for how in ("off_plan", "owed")}
    assert why == {"off_plan": list(ALL), "owed": []}


def test_what_was_sent_back_and_what_was_lifted_are_not_silent(followed: Desk, cast: Cast) -> None:
    call = asked(followed.call)
    version = reported(cast.inti, obligation_of(call, cast.a))
    return_report(actor=cast.amaru, submission=version, reason="Mire", remarks={}, on=TODAY())
    waive(actor=OPERATOR, obligation=obligation_of(call, cast.b), reason="x", act="RM 1", on=TODAY())
    here = f"convocatorias/{call.code}/informes/"
    told = {how: bodies(followed.get("amaru", f"{here}?how={how}")) for how in ("returned", "waived", "silent", "open")}
    assert told == {"returned": [ALL[0]], "waived": [ALL[1]], "silent": [], "open": []}


def test_only_calls_for_plans_are_followed_and_only_calls_for_reports_answered(followed: Desk) -> None:
    report = asked(followed.call)
    ways = [
        (code, path)
        for code in (followed.call.code, report.code, "NADA")
        for path in ("seguimiento/", "informes/", "informes.csv", "informes.xlsx")
    ]
    found = {}
    for code, path in ways:
        response = followed.get("amaru", f"convocatorias/{code}/{path}")
        found[code, path] = response.status_code
        if response.streaming:
            response.getvalue()
    there = {(followed.call.code, "seguimiento/")}
    there |= {(report.code, path) for path in ("informes/", "informes.csv", "informes.xlsx")}
    assert {way for way, status in found.items() if status == 200} == there
    assert {status for way, status in found.items() if way not in there} == {404}


def test_who_does_not_plan_for_the_authority_asks_for_nothing(followed: Desk) -> None:
    before = (Call.objects.count(), Rhythm.objects.count(), Entry.objects.count())
    ask = {"period": "2018-Q1", "due_in": "20"}
    rhythm = {"frequency": "quarter", "since": "2018-07-01", "due_in": "15"}
    answers = {
        (who, path): followed.post(who, follow(followed, path), **sent).status_code
        for who in ("tupak", "inti", "wara", "killa", "rumi", "")
        for path, sent in (("pedir/", ask), ("ritmo/", rhythm))
    }
    assert set(answers.values()) == {403}
    assert (Call.objects.count(), Rhythm.objects.count(), Entry.objects.count()) == before
    forms = soup(followed.get("tupak", follow(followed))).select("main form[method=post]")
    assert [form["action"] for form in forms if "seguimiento" in str(form.get("action"))] == []


ODD_ASKS = (
    {"period": "2018-Q1"},
    {"period": "2019-Q1", "due_in": "20"},
    {"period": "2018-Q1", "due_in": "0"},
    {"period": "2018-Q1", "due_in": "366"},
    {"period": "2018-Q1", "due_on": "2018-02-29"},
    {"period": "2018-Q1", "due_on": "2018-04-01", "opens_on": "2018-04-02"},
    {"period": "2018-Q1", "due_on": "2018-04-01"},
    {"period": "2018-Q1", "due_in": "20", "opens_on": "0001-01-01", "lock_in": "-1"},
)


def test_what_cannot_be_asked_is_told_and_nothing_opens(followed: Desk) -> None:
    before = Entry.objects.count()
    answers = [followed.post("amaru", follow(followed, "pedir/"), **sent) for sent in ODD_ASKS]
    assert [(each.status_code, bool(errors(each))) for each in answers] == [(422, True)] * len(ODD_ASKS)
    assert (Call.objects.filter(follows=followed.call).count(), Entry.objects.count()) == (0, before)


def test_the_end_of_time_is_a_day_like_others(followed: Desk) -> None:
    last = date.max.isoformat()
    asks = (
        {"period": "2018-Q1", "due_in": "20", "opens_on": last},
        {"period": "2018-Q2", "due_in": "1", "lock_in": "365", "opens_on": "9999-12-30"},
        {"period": "2018-Q3", "due_on": last, "lock_in": "1"},
    )
    answers = [followed.post("amaru", follow(followed, "pedir/"), **sent).status_code for sent in asks]
    opened = Call.objects.filter(follows=followed.call)
    assert (answers, {each.due_on for each in opened}) == ([302] * 3, {date.max})
    assert followed.get("amaru", follow(followed)).status_code == 200
    assert [followed.get(who, "").status_code for who in ("inti", "amaru")] == [200, 200]


def test_while_no_plan_is_accepted_nobody_is_asked(cast: Cast) -> None:
    make_edition()
    call = make_call()
    desk = Desk(cast, call, obligation_of(call, cast.a), obligation_of(call, cast.b))
    refused = desk.post("amaru", follow(desk, "pedir/"), period="2018-Q1", due_in="20")
    shown = text(refused)
    assert (refused.status_code, call.followed_by.count(), "0 accepted plans" in shown) == (422, 0, True)
    assert soup(refused).select("form[action$='pedir/']") == []


def test_a_period_that_was_asked_for_is_not_offered_again_and_the_next_quarter_is_proposed(followed: Desk) -> None:
    def offered() -> tuple[list[str], str]:
        chosen = soup(followed.get("amaru", follow(followed))).select("select[name=period] option")
        return [str(each["value"]) for each in chosen], next(
            str(each["value"]) for each in chosen if "selected" in each.attrs
        )

    everything, first = offered()
    for period in ("2018-Q1", "2018", "2018-M12"):
        asked(followed.call, period)
    left, second = offered()
    assert (len(everything), first, second) == (1 + 2 + 4 + 12, "2018-Q1", "2018-Q2")
    assert sorted(set(everything) - set(left)) == ["2018", "2018-M12", "2018-Q1"]


def test_the_rhythm_that_was_set_last_stands_in_its_form(followed: Desk) -> None:
    for frequency, lock_in in (("month", 3), ("half", None)):
        set_rhythm(actor=OPERATOR, call=followed.call, frequency=frequency, since=date(2018, 7, 1), due_in=9,
                   lock_in=lock_in, on=TODAY())  # fmt: skip
    page = soup(followed.get("amaru", follow(followed)))
    held = {name: page.select_one(f"#rhythm_{name}") for name in ("since", "due_in", "lock_in")}
    chosen = page.select_one("#rhythm_frequency option[selected]")
    assert chosen
    assert (chosen["value"], {name: each and each.get("value") for name, each in held.items()}) == (
        "half",
        {"since": "2018-07-01", "due_in": "9", "lock_in": None},
    )
    wrong = followed.post("amaru", follow(followed, "ritmo/"), frequency="week", since="", due_in="0")
    assert (wrong.status_code, Rhythm.objects.count(), len(soup(wrong).select("[aria-invalid]"))) == (422, 2, 3)


def test_both_forms_keep_to_themselves_what_is_wrong_in_one(followed: Desk) -> None:
    asks = soup(followed.post("amaru", follow(followed, "pedir/"), period="2018-Q1"))
    rhythm = soup(followed.post("amaru", follow(followed, "ritmo/"), since="x", due_in="15"))
    marked = [[str(each["id"]) for each in page.select("[aria-invalid]")] for page in (asks, rhythm)]
    assert marked == [["id_due_on"], ["rhythm_since"]]


def test_a_restricted_call_is_followed_by_the_authority_alone(cast: Cast) -> None:
    make_edition()
    call = make_call(visibility="restricted")
    make_plan(cast, obligation_of(call, cast.a), actor=cast.inti)
    desk = Desk(cast, call, obligation_of(call, cast.a), obligation_of(call, cast.b))
    desk.post("amaru", follow(desk, "pedir/"), period="2018-Q1", due_in="20")
    [opened] = Call.objects.filter(follows=call)
    here = f"convocatorias/{opened.code}/informes/"
    assert opened.visibility == "restricted"
    assert [desk.get(who, here).status_code for who in ("amaru", "tupak", "inti", "killa")] == [200, 200, 403, 403]
    assert desk.client().get(f"/en/convocatorias/{opened.code}/").status_code == 404


def test_each_answer_leads_to_what_can_be_done_about_it(followed: Desk, cast: Cast) -> None:
    call = asked(followed.call)
    version = reported(cast.inti, obligation_of(call, cast.a), [replace(each) for each in SAID])
    other = obligation_of(call, cast.b)
    overdue = f"/en/desk/convocatorias/{call.code}/informes/?how=owed"
    assert overdue in links(followed.get("tupak", ""))
    found = links(followed.get("amaru", f"convocatorias/{call.code}/informes/"))
    assert f"/en/desk/revision/{version.pk}/" in found
    assert f"/en/desk/obligaciones/{other.pk}/ampliar/" in found
    assert f"/en/desk/obligaciones/{obligation_of(call, cast.a).pk}/ampliar/" not in found


@pytest.mark.parametrize(("days", "told"), [(0, "it is taken until"), (-1, "taken until")])
def test_a_lock_that_is_to_come_is_no_past(followed: Desk, days: int, told: str) -> None:
    call = asked(followed.call, lock_in=(TODAY() - date(2018, 4, 21)).days + days)
    assert call.locks_on == TODAY() + timedelta(days=days)
    page = text(followed.get("amaru", f"convocatorias/{call.code}/informes/"))
    assert (told in page, "it is taken until" in page) == (True, days == 0)
