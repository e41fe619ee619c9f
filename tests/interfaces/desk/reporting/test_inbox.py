"""What the entity's inbox says of reports, and where it leads."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from tests.cast import obligation_of
from tests.domain.progress.stage import asked, planned, reported
from tests.interfaces.desk.desk import Desk, links, soup, text
from yupana.domain.progress.actions import return_report, start_report
from yupana.domain.submissions.models import Submission

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast: Cast) -> Desk:
    plan = planned(cast)
    call = asked(plan)
    return Desk(cast, call, obligation_of(call, cast.a), obligation_of(plan, cast.b))


def buttons(desk: Desk, who: str = "inti") -> list[str]:
    """The addresses of the one next step of each debt of a reader."""
    found = soup(desk.get(who, "")).select("main .todo .acts :is(form, a)")
    return [str(each.get("action") or each.get("href")) for each in found]


def test_each_standing_of_a_report_leads_to_its_one_next_step(desk: Desk) -> None:
    at, there = desk.owed.pk, f"/en/desk/avance/{desk.owed.pk}/"
    assert (buttons(desk), "Report: " in text(desk.get("inti", ""))) == ([f"{there}empezar/"], True)
    desk.post("inti", f"avance/{at}/empezar/")
    assert (buttons(desk), buttons(desk, "wara")) == ([there], [there])
    desk.post("inti", f"avance/{at}/descartar/")
    first = reported(desk.cast.inti, desk.owed)
    assert buttons(desk) == [f"/en/desk/avance/entregas/{first.pk}/"]
    return_report(actor=desk.cast.amaru, submission=first, reason="", remarks={2: "¿Cuánto?"}, on=timezone.localdate())
    page = desk.get("inti", "")
    assert (buttons(desk), "Bajar la merma" in text(page), "¿Cuánto?" in text(page)) == (
        [f"{there}empezar/"],
        True,
        True,
    )
    desk.post("inti", f"avance/{at}/empezar/")
    page = desk.get("inti", f"avance/{at}/")
    assert ("¿Cuánto?" in str(soup(page).select_one("#row-2")), f"{there}#row-2" in links(desk.get("inti", ""))) == (
        True, True,
    )  # fmt: skip


def test_old_addresses_of_a_report_lead_to_it(desk: Desk) -> None:
    version = reported(desk.cast.inti, desk.owed)
    answers = [desk.get("inti", path) for path in (f"plan/{desk.owed.pk}/", f"entregas/{version.pk}/")]
    assert [each["Location"] for each in answers] == [
        f"/en/desk/avance/{desk.owed.pk}/", f"/en/desk/avance/entregas/{version.pk}/",
    ]  # fmt: skip
    assert desk.get("killa", f"plan/{desk.owed.pk}/").status_code == 404


def test_after_the_lock_the_way_out_is_to_ask_for_more_time(cast: Cast) -> None:
    call = asked(planned(cast), lock_in=5)
    owed = obligation_of(call, cast.a)
    desk = Desk(cast, call, owed, owed)
    start_report(actor=cast.inti, obligation=owed, on=call.opens_on)
    page = desk.get("inti", f"avance/{owed.pk}/")
    assert "Reports of this period were taken until April 26, 2018" in text(page)
    assert f"/en/desk/plan/{owed.pk}/pedir/" in links(page)
    assert buttons(desk) == [f"/en/desk/avance/{owed.pk}/"]
    desk.post("inti", f"avance/{owed.pk}/enviar/", sure="on")
    assert Submission.objects.get(obligation=owed).state == "draft"


@pytest.mark.parametrize(("days", "late"), [(-30, False), (2, True)])
def test_inbox_and_report_tell_the_same_term_and_whether_the_first_day_was_late(
    cast: Cast, days: int, late: bool
) -> None:
    """A report that was due long ago: only what is mended within its term keeps its first day, late or not."""
    call = asked(planned(cast))
    owed = obligation_of(call, cast.a)
    desk, today = Desk(cast, call, owed, owed), timezone.localdate()
    assert call.due_on is not None
    first = reported(cast.inti, owed, on=max(call.opens_on, call.due_on + timedelta(days)))
    step = return_report(actor=cast.amaru, submission=first, reason="Falta", remarks={}, on=today)
    start_report(actor=cast.inti, obligation=owed, on=today)
    assert step.remedy_until is not None
    with override("en"):
        term = date_format(step.remedy_until, "DATE_FORMAT")
    counts = "That was April 23, 2018, after the due day"
    inbox, page = text(desk.get("inti", "")), text(desk.get("inti", f"avance/{owed.pk}/"))
    assert [f"If you mend it by {term}" in each for each in (inbox, page)] == [True, True]
    assert (f"To be mended by {term}." in page, "It was due on" in page) == (True, False)
    assert [counts in each for each in (inbox, page)] == [late, late]
