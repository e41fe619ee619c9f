"""The authority asks for reports, sees who answered, and gives one entity more time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tests.domain.progress.stage import SAID, accepted, asked, planned, reported
from tests.interfaces.desk.desk import Desk, errors, links, soup, text
from yupana.domain.obligations.actions import waive
from yupana.domain.obligations.models import Call
from yupana.domain.progress.actions import set_rhythm
from yupana.domain.progress.models import Rhythm
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import OPERATOR
from yupana.projections.overviews.followup import followed as overview

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast

TODAY = timezone.localdate


@pytest.fixture
def followed(cast: Cast) -> Desk:
    """A desk in front of accepted plans of both municipalities."""
    call = planned(cast, bodies=(cast.a, cast.b))
    owed = {each.debtor_id: each for each in call.obligations.all()}
    return Desk(cast, call, owed[cast.a.pk], owed[cast.b.pk])


def rows(response: Response) -> list[list[str]]:
    """What a page's tables say, row by row."""
    found = soup(response).select("main tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in found]


def test_a_report_is_asked_for_with_time_from_today(followed: Desk) -> None:
    empty = text(followed.get("amaru", f"convocatorias/{followed.call.code}/seguimiento/"))
    sent = {"period": "2018-Q1", "due_in": "20", "lock_in": "5"}
    response = followed.post("amaru", f"convocatorias/{followed.call.code}/seguimiento/pedir/", **sent)
    opened = Call.objects.get(follows=followed.call)
    assert (
        "No report was asked for yet." in empty,
        response["Location"].endswith(f"/convocatorias/{opened.code}/informes/"),
        opened.opens_on,
        opened.due_on,
        opened.locks_on,
    ) == (True, True, TODAY(), TODAY() + timedelta(20), TODAY() + timedelta(25))


def test_what_cannot_be_asked_is_told_at_its_field(followed: Desk) -> None:
    asked(followed.call)
    address = f"convocatorias/{followed.call.code}/seguimiento/pedir/"
    both = followed.post("amaru", address, period="2018-Q2", due_in="20", due_on="2018-08-01")
    again = followed.post("amaru", address, period="2018-Q1", due_in="20")
    assert (both.status_code, again.status_code, Call.objects.filter(follows=followed.call).count()) == (422, 422, 1)
    assert errors(both)[1:] == ["Say the last day, or in how many days: one of the two."]


def test_the_rhythm_is_set_shown_and_stopped(followed: Desk) -> None:
    address = f"convocatorias/{followed.call.code}/seguimiento/"
    set_ = {"frequency": "quarter", "since": "2018-07-01", "due_in": "15", "lock_in": ""}
    followed.post("amaru", f"{address}ritmo/", **set_)
    shown = text(followed.get("amaru", address))
    followed.post("amaru", f"{address}ritmo/", **{**set_, "frequency": ""})
    stopped = text(followed.get("amaru", address))
    assert (
        "Every quarter, for periods that end from July 1, 2018 on." in shown,
        "To be asked next: Q3 2018, Q4 2018." in shown,
        "Nothing is asked for by itself." in stopped,
        list(Rhythm.objects.order_by("pk").values_list("frequency", "due_in", "lock_in")),
    ) == (True, True, True, [("quarter", 15, None), ("", 15, None)])


def test_the_authority_sees_who_reported_and_who_did_not(followed: Desk, cast: Cast) -> None:
    first = asked(followed.call, lock_in=5)
    accepted(cast, first.obligations.get(debtor=cast.a), on=date(2018, 4, 25))
    second = asked(followed.call, "2018-Q2")
    said = [SAID[0], replace(SAID[1], cause="staff", variation="Faltó gente"), SAID[2]]
    reported(cast.inti, second.obligations.get(debtor=cast.a), said)
    waive(actor=OPERATOR, obligation=second.obligations.get(debtor=cast.b), reason="x", act="RM 1", on=second.opens_on)
    whole = rows(followed.get("amaru", f"convocatorias/{followed.call.code}/seguimiento/"))
    listed = rows(followed.get("amaru", f"convocatorias/{first.code}/informes/"))
    silent = rows(followed.get("tupak", f"convocatorias/{first.code}/informes/?how=locked"))
    assert ([row[2:] for row in whole], [row[1] for row in listed], [row[0] for row in silent]) == (
        [["2", "0", "1", "0", "lifted: 1"], ["2", "1 (1 late)", "0", "1", ""]],
        ["reported late see it Municipio de Ábaco", "did not report, and cannot any more"],
        ["Municipio de Ñandú B-1"],
    )
    [older] = overview(OPERATOR, followed.call, on=TODAY(), page=2, size=1).asked.rows
    assert (older.call, older.total) == (first, 2)
    file = followed.get("tupak", f"convocatorias/{first.code}/informes.xlsx")
    book = load_workbook(BytesIO(file.getvalue()))
    sheet = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr] # it has a sheet
    csv = followed.get("tupak", f"convocatorias/{first.code}/informes.csv?how=locked")
    lines = csv.getvalue()
    assert ([row[:3] for row in sheet[1:]], lines.count(b"\r\n")) == (
        [
            ("A-1", "Municipio de Ábaco", "reported late"),
            ("B-1", "Municipio de Ñandú", "did not report, and cannot any more"),
        ],
        2,
    )


def test_the_pages_of_calls_lead_to_each_other_and_only_where_there_is_something(followed: Desk) -> None:
    report = asked(followed.call)
    plan, other = (set(links(followed.get("amaru", f"convocatorias/{each.code}/"))) for each in (followed.call, report))
    of_plans = {f"/en/desk/convocatorias/{report.code}/{each}/" for each in ("matriz", "dinero", "parecidas", "traer")}
    assert (
        f"/en/desk/convocatorias/{followed.call.code}/seguimiento/" in plan,
        f"/en/desk/convocatorias/{report.code}/informes/" in other,
        f"/en/desk/convocatorias/{followed.call.code}/" in other,
        other & of_plans,
        [
            followed.get("amaru", f"convocatorias/{report.code}/{each}/").status_code
            for each in ("matriz", "dinero", "seguimiento")
        ],
        followed.get("amaru", f"convocatorias/{followed.call.code}/informes/").status_code,
    ) == (True, True, True, set(), [404, 404, 404], 404)


def test_more_time_through_the_desk_unlocks_one_entity(followed: Desk, cast: Cast) -> None:
    owed = asked(followed.call, lock_in=0).obligations.get(debtor=cast.a)
    sent = {"due_on": (TODAY() + timedelta(7)).isoformat(), "reason": "Sin luz", "act": "RM 2"}
    before = rows(followed.get("amaru", f"convocatorias/{owed.call.code}/informes/"))
    followed.post("amaru", f"obligaciones/{owed.pk}/ampliar/", **sent)
    after = rows(followed.get("amaru", f"convocatorias/{owed.call.code}/informes/"))
    locked = "did not report, and cannot any more"
    assert ([row[1] for row in before], [row[1] for row in after]) == ([locked, locked], ["still has time", locked])
    assert reported(cast.inti, owed, on=TODAY()).state == "submitted"


@pytest.mark.parametrize("many", [1, 12])
def test_follow_up_asks_the_database_as_often_for_many_periods(
    followed: Desk, many: int, django_assert_num_queries: object
) -> None:
    for month in range(1, many + 1):
        asked(followed.call, f"2018-M{month}")
    set_rhythm(actor=OPERATOR, call=followed.call, frequency="month", since=date(2018, 1, 1), due_in=9, lock_in=None,
               on=TODAY())  # fmt: skip
    client = followed.client("amaru")
    with django_assert_num_queries(14):  # type: ignore[operator] # a fixture of pytest-django
        client.get(f"/en/desk/convocatorias/{followed.call.code}/seguimiento/")


def test_a_report_that_came_on_paper_is_typed_in_by_the_authority(followed: Desk, cast: Cast) -> None:
    owed = asked(followed.call).obligations.get(debtor=cast.a)
    started = followed.post("amaru", f"obligaciones/{owed.pk}/transcribir/")
    draft = Submission.objects.get(obligation=owed)
    assert started["Location"] in links(followed.get("amaru", ""))
    assert (started["Location"], draft.transcribed, followed.get("amaru", f"avance/{owed.pk}/").status_code) == (
        f"/en/desk/avance/{owed.pk}/",
        True,
        200,
    )
