"""The page of a plan, its heading and its first year."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import ROWS, make_call, obligation_of
from tests.interfaces.desk.desk import Desk, errors, links, row, seen, soup, text, value
from yupana.domain.commitments import actions
from yupana.domain.commitments.facts import Money, Value
from yupana.domain.commitments.models import YearOne
from yupana.domain.commitments.queries import plan_rows
from yupana.domain.obligations.actions import close_call, waive
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import OPERATOR

TODAY = timezone.localdate


def test_nothing_written_yet_says_how_it_goes(desk: Desk) -> None:
    page = desk.get("inti", f"plan/{desk.owed.pk}/")
    assert (page.status_code, "Nothing has been written yet." in text(page)) == (200, True)


def test_reading_the_page_writes_nothing(desk: Desk) -> None:
    desk.get("inti", f"plan/{desk.owed.pk}/")
    assert Submission.objects.count() == 0


def test_starting_makes_one_draft_however_often(desk: Desk) -> None:
    answers = [desk.post("inti", f"plan/{desk.owed.pk}/empezar/")["Location"] for _ in range(2)]
    assert (answers, Submission.objects.count()) == ([f"/en/desk/plan/{desk.owed.pk}/"] * 2, 1)


def test_the_draft_shows_rows_lines_and_sums(desk: Desk) -> None:
    desk.draft()
    page = text(desk.get("inti", f"plan/{desk.owed.pk}/"))
    told = ("1 activity", "1 of 2 lines answered", "1,000.00", "Contar los granos", "answered by 1 activity")
    assert [each in page for each in told] == [True] * 5


def test_an_unanswered_line_leads_to_a_row_that_answers_it(desk: Desk) -> None:
    desk.draft()
    page = desk.get("inti", f"plan/{desk.owed.pk}/")
    link = next(link for link in links(page) if "?line=" in link)
    form = desk.client("inti").get(link)
    assert (value(form, "item"), "Contar con otros" in text(form)) == ("PLAN/1#line:2", True)


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("marzo 2018", "understood as March 2018"),
        ("1 de julio 2020", "understood as July 1, 2020"),
        ("31/12/2019", "understood as Dec. 31, 2019"),
        ("Año 1 Primer Bimestre", "waits for the year that Año 1 is"),
        ("07/12/2018", "could be two days: write the month as a word"),
        ("mañana", "not understood"),
        ("", "not said"),
    ],
)
def test_a_date_is_kept_as_written_and_says_what_was_understood(desk: Desk, written: str, understood: str) -> None:
    desk.draft(row(1, starts=written, ends=written))
    page = text(desk.get("wara", f"plan/{desk.owed.pk}/"))
    assert (written in page, understood.split(" as ", maxsplit=1)[0] in page) == (True, True)


def test_a_plain_year_says_all_there_is_to_understand(desk: Desk) -> None:
    desk.draft(row(1, starts="2018", ends="2019"))
    page = text(desk.get("wara", f"plan/{desk.owed.pk}/"))
    assert ("2018" in page, "understood" in page) == (True, False)


def test_what_came_back_stands_under_its_row(desk: Desk) -> None:
    actions.return_plan(
        actor=desk.cast.amaru, submission=desk.handed_in(), reason="Falta poco.", remarks={1: "Otra meta."}, on=TODAY()
    )
    desk.post("inti", f"plan/{desk.owed.pk}/empezar/")
    cell = soup(desk.get("inti", f"plan/{desk.owed.pk}/")).select_one("tr#row-1")
    assert cell
    assert "Otra meta." in cell.get_text()


def test_under_review_there_is_nothing_to_do(desk: Desk) -> None:
    desk.handed_in()
    assert "There is nothing to do now." in text(desk.get("inti", f"plan/{desk.owed.pk}/"))


def test_an_accepted_plan_can_begin_anew(desk: Desk) -> None:
    actions.accept_plan(actor=desk.cast.amaru, submission=desk.handed_in(), on=TODAY())
    assert "Begin a new version" in text(desk.get("inti", f"plan/{desk.owed.pk}/"))
    desk.post("inti", f"plan/{desk.owed.pk}/empezar/")
    assert "Version 2, draft" in text(desk.get("inti", f"plan/{desk.owed.pk}/"))


def test_a_draft_that_changes_an_accepted_plan_says_what_is_past(desk: Desk) -> None:
    actions.accept_plan(actor=desk.cast.amaru, submission=desk.handed_in(), on=TODAY())
    desk.post("inti", f"plan/{desk.owed.pk}/empezar/")
    shown = text(desk.get("inti", f"plan/{desk.owed.pk}/"))
    told = ("This changes version 1, which was accepted", "for periods that have passed (until Dec. 31, 2018)")
    assert [each in shown for each in told] == [True, True]


def test_a_draft_begun_by_mistake_is_discarded_after_asking(desk: Desk) -> None:
    desk.draft()
    page = f"plan/{desk.owed.pk}/descartar/"
    assert f"/en/desk/{page}" in links(desk.get("inti", f"plan/{desk.owed.pk}/"))
    assert "Something was written in it that stands nowhere else." in text(desk.get("inti", page))
    refused = desk.post("inti", page)
    assert (refused.status_code, "Say that you are sure." in text(refused)) == (422, True)
    assert (desk.post("inti", page, sure="on")["Location"], Submission.objects.count()) == ("/en/desk/", 0)
    desk.post("inti", f"plan/{desk.owed.pk}/empezar/")
    assert (desk.post("inti", page).status_code, Submission.objects.count()) == (302, 0)


def test_a_waived_obligation_says_so(desk: Desk) -> None:
    waive(actor=OPERATOR, obligation=desk.owed, reason="Cierra", act="RA 1", on=TODAY())
    assert "was waived" in text(desk.get("inti", f"plan/{desk.owed.pk}/"))


def test_a_closed_call_says_so(desk: Desk) -> None:
    close_call(actor=OPERATOR, call=desk.call, on=TODAY())
    assert "The call is not open" in text(desk.get("inti", f"plan/{desk.owed.pk}/"))


def test_the_executive_reads_and_does_not_write(desk: Desk) -> None:
    desk.draft()
    page = text(desk.get("wara", f"plan/{desk.owed.pk}/"))
    assert ("Contar los granos" in page, "Add an activity" in page, "Review and hand in" in page) == (True, False, True)


def test_the_executive_cannot_start(desk: Desk) -> None:
    assert desk.post("wara", f"plan/{desk.owed.pk}/empezar/").status_code == 403


@pytest.mark.parametrize("path", ["", "datos/", "anio-uno/", "enviar/", "filas/nueva/", "filas/1/", "filas/1/quitar/"])
@pytest.mark.parametrize("name", ["killa", "tupak", "amaru"])
def test_nobody_else_finds_the_plan(desk: Desk, name: str, path: str) -> None:
    desk.draft()
    assert desk.get(name, f"plan/{desk.owed.pk}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["datos/", "enviar/", "filas/nueva/", "filas/1/"])
def test_without_a_draft_there_is_nothing_to_fill_in(desk: Desk, path: str) -> None:
    assert desk.get("inti", f"plan/{desk.owed.pk}/{path}").status_code == 404


def test_an_obligation_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert desk.get("inti", "plan/999999/").status_code == 404


# --- the heading ---------------------------------------------------------------------------------------------------
def heading(desk: Desk, **changed: str) -> Any:  # noqa: ANN401 - the test client's response has no name
    page = desk.get("inti", f"plan/{desk.owed.pk}/datos/")
    fields = {"seen": seen(page), "cites": "A-1", "resolution": "RA 1", "document_url": "", "notes": ""}
    return desk.post("inti", f"plan/{desk.owed.pk}/datos/", **{**fields, **changed})


def test_the_heading_is_kept_and_the_rows_with_it(desk: Desk) -> None:
    draft = desk.draft()
    response = heading(desk, cites="A-1\nA-2", resolution="RA 7/2026", document_url="https://a.gob.bo/plan.pdf")
    draft.refresh_from_db()
    kept = (draft.cites.split(), draft.resolution, draft.document_url, draft.activities.count())
    assert (response.status_code, kept) == (302, (["A-1", "A-2"], "RA 7/2026", "https://a.gob.bo/plan.pdf", len(ROWS)))


def test_saving_the_heading_leaves_all_of_a_row(desk: Desk) -> None:
    draft = desk.draft(row(1, unit="granos", money=(Money(2018, 5),), programmed=(Value("2018", 10_000),)))
    before = (list(draft.activities.values_list("pk", flat=True)), plan_rows(draft))
    heading(desk)
    assert (list(draft.activities.values_list("pk", flat=True)), plan_rows(draft)) == before


def test_an_address_that_is_none_is_shown_again(desk: Desk) -> None:
    desk.draft()
    response = heading(desk, document_url="javascript:alert(1)")
    assert (response.status_code, value(response, "document_url")) == (422, "javascript:alert(1)")


def test_two_headings_at_once_lose_nothing(desk: Desk) -> None:
    draft = desk.draft()
    page = desk.get("inti", f"plan/{desk.owed.pk}/datos/")
    heading(desk, resolution="theirs")
    late = desk.post("inti", f"plan/{desk.owed.pk}/datos/", seen=seen(page), cites="", resolution="mine")
    draft.refresh_from_db()
    assert (late.status_code, value(late, "resolution"), draft.resolution) == (409, "mine", "theirs")
    assert "stored now theirs" in text(late)
    again = desk.post("inti", f"plan/{desk.owed.pk}/datos/", seen=seen(late), cites="", resolution="mine")
    draft.refresh_from_db()
    assert (again.status_code, draft.resolution) == (302, "mine")


# --- the first year ------------------------------------------------------------------------------------------------
def test_dates_in_years_of_the_plan_ask_for_the_first(desk: Desk) -> None:
    desk.draft(row(1, starts="Año 2 primer bimestre", ends="2030"))
    assert "Which year is Año 1?" in text(desk.get("inti", f"plan/{desk.owed.pk}/"))


def test_the_year_is_confirmed_once_and_the_dates_are_read(desk: Desk) -> None:
    desk.draft(row(1, starts="Año 2 primer bimestre", ends="2030"))
    response = desk.post("inti", f"plan/{desk.owed.pk}/anio-uno/", year="2026")
    page = text(desk.get("inti", f"plan/{desk.owed.pk}/?cols=all"))
    assert (response.status_code, YearOne.objects.get().year, "Jan. 1, 2027" in page) == (302, 2026, True)
    assert "Which year is Año 1?" not in page


@pytest.mark.parametrize("year", ["", "abc", "26", "1989", "2101", "20 26"])
def test_a_year_that_cannot_be_is_asked_for_again(desk: Desk, year: str) -> None:
    desk.draft()
    response = desk.post("inti", f"plan/{desk.owed.pk}/anio-uno/", year=year)
    assert (response.status_code, YearOne.objects.count(), value(response, "year")) == (422, 0, year)


def test_a_year_confirmed_twice_is_a_conflict(desk: Desk) -> None:
    desk.draft()
    desk.post("inti", f"plan/{desk.owed.pk}/anio-uno/", year="2026")
    response = desk.post("inti", f"plan/{desk.owed.pk}/anio-uno/", year="2027")
    assert (response.status_code, errors(response) or text(response)) != (302, "")
    assert YearOne.objects.get().year == 2026


def test_a_confirmed_year_is_shown_and_not_asked_for(desk: Desk) -> None:
    desk.draft()
    desk.post("inti", f"plan/{desk.owed.pk}/anio-uno/", year="2026")
    assert "It is confirmed: Año 1 is 2026." in text(desk.get("inti", f"plan/{desk.owed.pk}/anio-uno/"))


@pytest.mark.parametrize("rows", [1, 5])
def test_a_plan_stays_within_its_queries(desk: Desk, query_budget: Any, rows: int) -> None:  # noqa: ANN401 - a fixture of conftest
    made = [row(number, item=f"line:{1 + number % 2}") for number in range(1, rows + 1)]
    back = desk.handed_in(*made)
    remarks = dict.fromkeys(range(1, rows + 1), "no")
    actions.return_plan(actor=desk.cast.amaru, submission=back, reason="No", remarks=remarks, on=TODAY())
    desk.post("inti", f"plan/{desk.owed.pk}/empezar/")
    client = desk.client("inti")
    with query_budget(17):
        assert client.get(f"/en/desk/plan/{desk.owed.pk}/").status_code == 200


def test_the_extended_day_counts(desk: Desk) -> None:
    due = TODAY() + timedelta(days=30)
    call = make_call(period="2019", due_on=due)
    assert desk.get("inti", f"plan/{obligation_of(call, desk.cast.a).pk}/").status_code == 200


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_draft_says_when_it_was_saved_with_one_full_stop(desk: Desk, language: str) -> None:
    draft = desk.draft()
    shown = text(desk.client("inti").get(f"{language}/desk/plan/{desk.owed.pk}/"))
    assert (f"{timezone.localtime(draft.saved_at):%H:%M}" in shown, ".." in shown) == (True, False)


def test_a_code_is_never_broken_in_two(desk: Desk) -> None:
    desk.draft()
    page = soup(desk.get("inti", f"plan/{desk.owed.pk}/"))
    assert [each.get_text() for each in page.select("main .feed .nb")] == ["2", "1"]


@pytest.mark.parametrize(
    ("kind", "title", "told"),
    [
        ("pisi", "PISI · Plan PLAN, edición 1 · 2020", "Information security plan (PISI)"),
        ("poa", "POA · Plan PLAN, edición 1 · 2020", "Annual operational plan (POA)"),
    ],
)
def test_the_kind_of_plan_is_said_wherever_one_is_owed(desk: Desk, kind: str, title: str, told: str) -> None:
    call = make_call(period="2020", plan_type=kind)
    pages = ["/en/desk/", f"/en/desk/plan/{obligation_of(call, desk.cast.a).pk}/"]
    shown = [text(desk.client("inti").get(page)) for page in pages]
    assert (call.title, call.code) == (title, f"{kind.upper()}-PLAN-2020")
    assert [(title in page, told in page) for page in shown] == [(True, True)] * 2
