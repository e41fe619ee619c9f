"""Reports from the console: asked for, by themselves, and who answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from tests.domain.progress.stage import accepted, asked, planned
from yupana.domain.obligations.models import Call
from yupana.interfaces.cli.frame import Exit

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.interfaces.cli.conftest import Yupana


@pytest.fixture
def plans(cast: Cast) -> Call:
    return planned(cast, bodies=(cast.a, cast.b))


def test_a_report_is_asked_for_once(plans: Call, yupana: Yupana) -> None:
    today = timezone.localdate()
    said = yupana("reports", "open", plans.code, "2018-Q1", "--due-in", "20", "--lock-in", "5")
    again = yupana("reports", "open", plans.code, "2018-Q1", "--due-in", "20")
    opened = Call.objects.get(follows=plans)
    assert (said.code, said.out.splitlines(), again.code) == (
        0,
        [
            f"Call {opened.code} is open. Bodies that owe a report: 2.",
            f"The last day is {today + timedelta(20)} for 2 of them.",
            f"Nothing is taken after {today + timedelta(25)}.",
        ],
        Exit.CONFLICT,
    )


def test_a_rhythm_asks_for_what_is_due_and_stops(plans: Call, yupana: Yupana) -> None:
    terms = ("--since", "2018-07-01", "--due-in", "20")
    due = timezone.localdate() + timedelta(20)
    said = yupana("reports", "rhythm", plans.code, "half", *terms)
    stopped = yupana("reports", "rhythm", plans.code, "never", *terms)
    assert (said.out.splitlines(), stopped.out.splitlines()) == (
        [f"Asked for: 2018-S2, due on {due}.", "It is set."],
        ["Nothing is asked for by itself any more."],
    )


def test_who_reported_is_listed_for_people_and_for_programs(plans: Call, cast: Cast, yupana: Yupana) -> None:
    call = asked(plans, lock_in=5)
    accepted(cast, call.obligations.get(debtor=cast.a), on=date(2018, 4, 25))
    [period] = yupana("reports", "list", plans.code, "--json").json["periods"]
    bodies = yupana("reports", "list", call.code, "--json").json["entities"]
    lines = yupana("reports", "list", call.code).out.splitlines()
    assert (
        period["answers"],
        [(each["code"], each["answer"], each["handed_in_on"]) for each in bodies],
        lines[2].split("  ")[:2],
        yupana("reports", "list", plans.code).out.splitlines()[2].split(),
    ) == (
        {"late": 1, "locked": 1},
        [("A-1", "late", "2018-04-25"), ("B-1", "locked", None)],
        ["Municipio de Ábaco", "reported late"],
        ["2018-Q1", call.code, "2018-04-21", "2", "1", "0", "1"],
    )
