"""A report on its way out: what it lacks is told, nothing is lost unasked, and what is handed in is read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from tests.cast import obligation_of
from tests.domain.progress.stage import FLOW, SAID, asked, planned, reported
from tests.domain.progress.targets import barns, called
from tests.interfaces.desk.desk import Desk, errors, links, soup, text
from yupana.domain.obligations.actions import extend, waive
from yupana.domain.progress.actions import misfile_report, return_report, save_measured, save_rows, start_report
from yupana.domain.progress.actions.proving import add_link
from yupana.domain.progress.facts import ReportRow, Terms
from yupana.domain.progress.models import Evidence
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def desk(cast: Cast) -> Desk:
    plan = planned(cast)
    call = asked(plan)
    return Desk(cast, call, obligation_of(call, cast.a), obligation_of(plan, cast.b))


def where(desk: Desk, more: str = "") -> str:
    return f"avance/{desk.owed.pk}/{more}"


def begin(desk: Desk, *rows: ReportRow) -> Submission:
    draft = start_report(actor=desk.cast.inti, obligation=desk.owed, on=desk.owed.call.opens_on)
    save_rows(actor=desk.cast.inti, submission=draft, rows=rows)
    return draft


def states(desk: Desk) -> list[str]:
    return list(desk.owed.submissions.order_by("version").values_list("state", flat=True))


def test_what_it_lacks_is_told_row_by_row_and_nothing_leaves(desk: Desk) -> None:
    begin(desk, replace(SAID[0], cause="", variation=""), replace(SAID[2], value=None))
    before = Entry.objects.count()
    page = desk.get("inti", where(desk, "enviar/"))
    told = [each.get_text(" ", strip=True) for each in soup(page).select(".todo.warn li")]
    assert told == [
        "Row 1 it is off plan: say the cause and what happened",
        "Row 2 give its value, or say why there is none",
        "Row 3 give its value, or say why there is none",
    ]
    assert [f"/en/desk/{where(desk)}#row-{row}" in links(page) for row in (1, 2, 3)] == [True] * 3
    assert "Hand in the report" not in text(page)
    refused = desk.post("inti", where(desk, "enviar/"), sure="on")
    assert (refused.status_code, errors(refused)) == (422, ["Row 1 is off plan: say the cause and what happened."])
    assert (states(desk), Entry.objects.count()) == (["draft"], before)


def test_nothing_leaves_that_was_not_confirmed_and_nothing_leaves_twice(desk: Desk) -> None:
    begin(desk, *SAID)
    unsure = desk.post("inti", where(desk, "enviar/"))
    assert (unsure.status_code, states(desk)) == (422, ["draft"])
    sent = [desk.post("inti", where(desk, "enviar/"), sure="on").status_code for _ in range(2)]
    assert (sent, states(desk)) == ([302, 404], ["submitted"])
    assert [desk.get("inti", where(desk, path)).status_code for path in ("enviar/", "descartar/")] == [404, 404]


def test_the_last_day_is_asked_only_of_what_came_on_paper(desk: Desk) -> None:
    begin(desk, *SAID)
    assert soup(desk.get("inti", where(desk, "enviar/"))).select("[name=received_on]") == []
    desk.post("inti", where(desk, "enviar/"), sure="on", received_on="2018-04-03")
    held = Submission.objects.get(obligation=desk.owed)
    assert (held.state, held.received_on) == ("submitted", TODAY())


def test_what_came_on_paper_says_on_which_day_it_was_received(desk: Desk) -> None:
    desk.post("amaru", f"obligaciones/{desk.owed.pk}/transcribir/")
    draft = Submission.objects.get(obligation=desk.owed)
    save_rows(actor=desk.cast.amaru, submission=draft, rows=SAID)
    assert len(soup(desk.get("amaru", where(desk, "enviar/"))).select("[name=received_on]")) == 1
    opened = desk.owed.call.opens_on
    days = ["2018-02-30", (opened - timedelta(1)).isoformat(), (TODAY() + timedelta(1)).isoformat()]
    refused = [desk.post("amaru", where(desk, "enviar/"), sure="on", received_on=day) for day in days]
    assert [each.status_code for each in refused] == [422] * 3
    assert [bool(soup(each).select("[name=received_on][aria-invalid]")) for each in refused] == [True] * 3
    assert states(desk) == ["draft"]
    desk.post("amaru", where(desk, "enviar/"), sure="on", received_on=opened.isoformat())
    assert Submission.objects.get(obligation=desk.owed).received_on == opened


def test_after_the_lock_nothing_is_handed_in_until_more_time_is_given(cast: Cast) -> None:
    call = asked(planned(cast, bodies=(cast.a, cast.b)), lock_in=0)
    paper = Desk(cast, call, obligation_of(call, cast.b), obligation_of(call, cast.b))
    paper.post("amaru", f"obligaciones/{paper.owed.pk}/transcribir/")
    letter = Submission.objects.get(obligation=paper.owed)
    save_rows(actor=cast.amaru, submission=letter, rows=SAID)
    last = call.locks_on or TODAY()
    days = ("", (last + timedelta(1)).isoformat(), last.isoformat())
    told = [paper.post("amaru", where(paper, "enviar/"), sure="on", received_on=day) for day in days]
    assert [each.status_code for each in told] == [422, 422, 302]
    assert f"Reports are taken that were received until {date_format(last, 'DATE_FORMAT')}" in text(told[0])
    desk = Desk(cast, call, obligation_of(call, cast.a), obligation_of(call, cast.a))
    begin(desk, *SAID)
    page = desk.get("inti", where(desk, "enviar/"))
    refused = desk.post("inti", where(desk, "enviar/"), sure="on")
    assert ("Reports of this period were taken until" in text(page), "Hand in the report" in text(page)) == (
        True,
        False,
    )
    assert (refused.status_code, states(desk)) == (422, ["draft"])
    extend(actor=OPERATOR, obligation=desk.owed, due_on=TODAY(), reason="Sin luz", act="RM 2", on=TODAY())
    assert "Hand in the report" in text(desk.get("inti", where(desk, "enviar/")))
    assert (desk.post("inti", where(desk, "enviar/"), sure="on").status_code, states(desk)) == (302, ["submitted"])


ANYTHING = (
    ReportRow(1, done="Se contó"),
    ReportRow(1, next_step="Seguir"),
    ReportRow(1, variation="Faltó gente"),
    ReportRow(1, cause="staff"),
    ReportRow(1, accrued_cents=0),
    ReportRow(1, current_cents=100),
    ReportRow(1, value=0),
    ReportRow(1, gap="data"),
)


def test_a_draft_in_which_anything_was_written_is_not_thrown_away_unasked(desk: Desk) -> None:
    found = []
    for said in ANYTHING:
        begin(desk, said)
        page = desk.get("inti", where(desk, "descartar/"))
        found.append((len(soup(page).select("[name=sure]")), desk.post("inti", where(desk, "descartar/")).status_code))
    assert (found, states(desk)) == ([(1, 422)] * len(ANYTHING), ["draft"])


def test_a_draft_that_speaks_of_indicators_alone_is_not_thrown_away_unasked(cast: Cast) -> None:
    _edition, plan = called(cast)
    call = asked(plan)
    desk = Desk(cast, call, obligation_of(call, cast.a), obligation_of(call, cast.b))
    save_measured(actor=cast.inti, submission=begin(desk), values=[barns(2)])
    assert (desk.post("inti", where(desk, "descartar/")).status_code, states(desk)) == (422, ["draft"])


def test_an_empty_draft_goes_at_once_and_its_evidence_stays(desk: Desk) -> None:
    begin(desk)
    add_link(actor=desk.cast.inti, entity=desk.cast.a, url="https://a.example", terms=Terms("Acta", "public", 2),
             on=desk.owed.call.opens_on)  # fmt: skip
    assert soup(desk.get("inti", where(desk, "descartar/"))).select("[name=sure]") == []
    gone = desk.post("inti", where(desk, "descartar/"))
    assert (gone["Location"], states(desk), Evidence.objects.count()) == ("/en/desk/", [], 1)


def test_a_row_of_which_nothing_is_asked_is_no_reason_to_ask_before_throwing_away(cast: Cast) -> None:
    plan = planned(cast, [replace(FLOW, accumulation="", direction="", programmed=())])
    call = asked(plan)
    desk = Desk(cast, call, obligation_of(call, cast.a), obligation_of(call, cast.a))
    begin(desk)
    assert (desk.post("inti", where(desk, "descartar/")).status_code, states(desk)) == (302, [])


def test_nobody_else_throws_a_draft_away(desk: Desk) -> None:
    begin(desk, *SAID)
    answers = {
        who: desk.post(who, where(desk, "descartar/"), sure="on").status_code for who in ("wara", "killa", "amaru", "")
    }
    assert (answers, states(desk)) == ({"wara": 403, "killa": 404, "amaru": 404, "": 403}, ["draft"])


def test_every_decision_about_a_version_stands_on_its_page(desk: Desk) -> None:
    first = reported(desk.cast.inti, desk.owed)
    return_report(actor=desk.cast.amaru, submission=first, reason="Mire esto", remarks={2: "¿Cuánto?"}, on=TODAY())
    second = reported(desk.cast.inti, desk.owed, on=TODAY())
    page = desk.get("inti", f"avance/entregas/{first.pk}/")
    other = desk.get("amaru", f"avance/entregas/{second.pk}/")
    assert [each in text(page) for each in ("Mire esto", "¿Cuánto?", "version 2", "Version 1")] == [True] * 4
    assert [f"/en/desk/avance/entregas/{each.pk}/" in links(other) for each in (first, second)] == [True, False]
    assert [f"/en/desk/{where(desk)}" in links(each) for each in (page, other)] == [True, False]
    assert [desk.get(who, f"avance/entregas/{second.pk}/").status_code for who in ("killa", "wara")] == [404, 200]


def test_what_belongs_nowhere_begins_anew_with_its_reason(desk: Desk) -> None:
    first = reported(desk.cast.inti, desk.owed)
    misfile_report(actor=desk.cast.amaru, submission=first, reason="Es de otro", on=TODAY())
    assert "Es de otro" in text(desk.get("inti", where(desk)))
    assert [desk.post("inti", where(desk, "empezar/")).status_code for _ in range(2)] == [302, 302]
    assert states(desk) == ["misfiled", "draft"]


def test_of_what_was_waived_no_report_begins(desk: Desk) -> None:
    waive(actor=OPERATOR, obligation=desk.owed, reason="x", act="RM 1", on=TODAY())
    page = desk.get("inti", where(desk))
    assert ("waived by a recorded act" in text(page), soup(page).select("form[action$='empezar/']")) == (True, [])
    assert "/en/desk/avance/" not in str(soup(desk.get("inti", "")).select("main .todo .acts"))


def test_what_is_typed_for_a_row_is_seen_before_it_leaves(desk: Desk) -> None:
    begin(desk, SAID[0], ReportRow(2, gap="capacity"), ReportRow(3, value=SCALE, accrued_cents=0))
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        for row in soup(desk.get("wara", where(desk, "enviar/"))).select("tbody tr")
    ]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("20 granos", "Bs\u202f100.00".replace("\u202f", " "), "none"),
        ("There is nobody to measure it", "not said", "none"),
        ("yes", "Bs 0.00", "none"),
    ]
