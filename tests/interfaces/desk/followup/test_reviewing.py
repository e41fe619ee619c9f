"""A report under review: read beside what was promised, noted about, returned row by row, accepted, several at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from tests.domain.progress.stage import FLOW, SAID, asked, planned, reported
from tests.interfaces.desk.desk import Desk, soup, text
from yupana.domain.progress.actions import return_report, save_rows, start_report, submit_report
from yupana.domain.submissions.models import Look, Remark, Submission
from yupana.foundation.kernel.quantity import SCALE
from yupana.projections.followers import tick
from yupana.projections.overviews.printed import code_of
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast
    from tests.conftest import Budget

FINE = (
    replace(SAID[0], value=24 * SCALE, cause="", variation=""),
    replace(SAID[1], value=36 * SCALE),
    SAID[2],
)
ON = date(2018, 4, 2)
ASKED = "¿Cuántos granos?"


@pytest.fixture
def two(cast: Cast) -> tuple[Desk, Submission, Submission]:
    """A desk in front of two reports: Ábaco's, which is off plan, and Ñandú's, in which everything fits."""
    call = planned(cast, bodies=(cast.a, cast.b))
    report = asked(call)
    owed = {each.debtor_id: each for each in report.obligations.all()}
    odd = reported(cast.inti, owed[cast.a.pk])
    fine = reported(cast.killa, owed[cast.b.pk], FINE)
    return Desk(cast, report, owed[cast.a.pk], owed[cast.b.pk]), odd, fine


def states() -> list[str]:
    reports = Submission.objects.filter(obligation__call__expects="progress")
    return list(reports.order_by("pk").values_list("state", flat=True))


def told(response: Response) -> list[str]:
    return [each.get_text() for each in soup(response).select(".messages li")]


def test_a_reviewer_reads_what_was_promised_said_and_how_far_that_is(two: tuple[Desk, Submission, Submission]) -> None:
    desk, odd, fine = two
    queue = text(desk.get("tupak", "revision/"))
    page = text(desk.get("tupak", f"revision/{odd.pk}/"))
    assert ("2 submissions" in queue, queue.count("Report on Q1 2018")) == (True, 2)
    said = (
        *("Look at 2 rows 1 · Contar los granos : off plan 2 · Bajar la merma : A jump without evidence",),
        *("Report on Q1 2018", "80 % of what was due by now", "By the end of the period 25 granos", "Faltó gente"),
        "Only reviewers decide.",
    )
    assert [each for each in said if each not in page] == []
    assert "Look at" not in text(desk.get("tupak", f"revision/{fine.pk}/"))


def test_a_row_is_returned_mended_shown_beside_what_it_said_and_accepted(
    two: tuple[Desk, Submission, Submission],
) -> None:
    desk, odd, _ = two
    desk.post("amaru", f"revision/{odd.pk}/notas/", look__1="mend", remark__1=ASKED, part="1")
    noted = Look.objects.get(submission=odd)
    desk.post("amaru", f"revision/{odd.pk}/", decision="return", reason="", look__1="mend", remark__1=ASKED)
    assert (noted.text, Remark.objects.get().row, states()) == (ASKED, 1, ["returned", "submitted"])
    again = start_report(actor=desk.cast.inti, obligation=desk.owed, on=ON)
    save_rows(actor=desk.cast.inti, submission=again, rows=[replace(SAID[0], value=22 * SCALE)])
    submit_report(actor=desk.cast.inti, submission=again, received_on=None, on=ON)
    page = soup(desk.get("amaru", f"revision/{again.pk}/"))
    marked = [each.get_text() for each in page.select("li#row-1 del, li#row-1 ins")]
    asked_before = page.select_one("li#row-1 blockquote")
    folded = [each.get_text(" ", strip=True) for each in page.select("details summary")]
    response = desk.client("amaru").post(f"/en/desk/revision/{again.pk}/", {"decision": "accept"}, follow=True)
    assert asked_before
    assert asked_before.get_text(" ", strip=True) == f"remark on version 1 {ASKED}"
    assert (marked[:2], "2 rows are as in version 1" in folded, told(response), states(), verify().ok) == (
        ["20", "22"],
        True,
        ["The report of Municipio de Ábaco on Q1 2018 was accepted."],
        ["returned", "submitted", "accepted"],
        True,
    )


def test_what_stands_in_no_plan_is_not_remarked_on_and_what_was_left_unsaid_is(
    two: tuple[Desk, Submission, Submission],
) -> None:
    desk, odd, _ = two
    step = return_report(actor=desk.cast.amaru, submission=odd, reason="", remarks={3: "¿Y esto?"}, on=ON)
    assert list(step.remarks.values_list("row", "text")) == [(3, "¿Y esto?")]


def test_reports_without_anything_odd_are_accepted_together(two: tuple[Desk, Submission, Submission]) -> None:
    desk, odd, fine = two
    sent = {"pick": [odd.pk, fine.pk], "act": "accept"}
    asked_first = text(desk.client("amaru").post("/en/desk/revision/varias/", sent))
    done = desk.client("amaru").post("/en/desk/revision/varias/", {**sent, "sure": "on"}, follow=True)
    assert (
        "1 submission will be accepted" in asked_first,
        told(done),
        states(),
    ) == (
        True,
        ["Municipio de Ábaco: look at it by itself.", "1 submission was accepted."],
        ["submitted", "accepted"],
    )


def test_a_report_has_no_pages_of_a_plan(two: tuple[Desk, Submission, Submission]) -> None:
    desk, odd, _ = two
    pages = (f"revision/{odd.pk}/lista/", f"revision/{odd.pk}/filas/1/", f"entregas/{odd.pk}/cambios/")
    printed = reverse("desk:version-print", args=[odd.pk])
    tick()
    odd.refresh_from_db()
    assert odd.entry
    code = reverse("portal:verify_plan", args=[code_of(odd.entry)])
    assert [desk.get("amaru", each).status_code for each in pages] == [404, 404, 404]
    assert [desk.client("amaru").get(each).status_code for each in (printed, code)] == [404, 404]


def test_turning_a_report_away_and_nobody_decides_about_their_own(two: tuple[Desk, Submission, Submission]) -> None:
    desk, odd, fine = two
    away = desk.client("amaru").post(
        f"/en/desk/revision/{fine.pk}/", {"decision": "misfile", "reason": "Es otro"}, follow=True
    )
    own = desk.post("inti", f"revision/{odd.pk}/", decision="accept")
    assert (own.status_code, states(), told(away)) == (
        403,
        ["submitted", "misfiled"],
        ["The report of Municipio de Ñandú was sent back: it does not belong to this call."],
    )


def test_the_page_asks_the_database_as_often_for_many_rows(cast: Cast, query_budget: type[Budget]) -> None:
    rows = [replace(FLOW, row=number) for number in range(1, 31)]
    owed = asked(planned(cast, rows)).obligations.get()
    version = reported(cast.inti, owed, [replace(SAID[0], row=row.row) for row in rows])
    client = Client()
    client.force_login(cast.people["amaru"])
    with query_budget(34):
        assert text(client.get(f"/en/desk/revision/{version.pk}/")).count("80 % of what was due by now") == len(rows)
