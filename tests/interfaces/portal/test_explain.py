"""The page that opens a figure, at the portal and at the desk: what adds up, what is not there, and for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import make_call, make_edition, make_plan, obligation_of
from tests.domain.progress.stage import PLAN, accepted, asked, planned
from tests.interfaces.portal.stage import page, words
from yupana.domain.progress.actions import give_verdict
from yupana.domain.progress.rules import Said
from yupana.foundation.kernel.quantity import SCALE
from yupana.projections.figures import rules
from yupana.projections.followers import tick

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from tests.cast import Cast
    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
AT = "/en/explicar/"
DAY = "as_of=2018-12-31"
TODAY = timezone.localdate()


@pytest.fixture
def quarter(cast: Cast) -> Call:
    """A reported on the first quarter, and a verifier found less; B is silent."""
    report = asked(planned(cast, [replace(PLAN[0], unit="granos"), *PLAN[1:]], bodies=(cast.a, cast.b)))
    version = accepted(cast, obligation_of(report, cast.a))
    found = Said(15 * SCALE + SCALE // 2)
    give_verdict(actor=cast.auditor, submission=version, row=1, said=found, basis="Acta", on=report.opens_on)
    tick()
    return report


def marked(shown: BeautifulSoup, name: str) -> list[int]:
    """Add up what the marks of a page say."""
    told = [[int(str(each[f"data-{part}"])) for part in ("done", "due", "unknown")] for each in shown.select(name)]
    return [sum(column) for column in zip(*told, strict=True)]


def test_what_cannot_be_is_not_there_and_nothing_breaks(client: Client, quarter: Call) -> None:
    of = f"c={quarter.code}&{DAY}"
    tomorrow = TODAY + timedelta(days=1)
    expected = {
        f"?m=coverage&{of}": 200,
        f"?m=advance.declared&{of}": 200,
        f"?m=advance.declared&{of}&p=peso&i=PLAN/1": 200,
        f"?m=advance.declared&{of}&p=linea": 200,
        f"?m=advance.declared&{of}&n=municipal": 200,
        f"?m=advance.declared&{of}&i=-": 200,
        f"?m=coverage&{of}&p=peso": 200,  # nothing to weigh: it says so
        f"?m=coverage&c={quarter.code}&as_of={TODAY}": 200,
        f"?m=coverage&{of}&page=1": 200,
        f"?m=coverage&{of}&page=2": 404,
        f"?m=coverage&{of}&page=0": 404,
        f"?m=coverage&{of}&page=x": 404,
        f"?m=coverage&{of}&n=nada": 404,
        f"?m=coverage&{of}&t=02": 404,  # nobody who owes stands there
        f"?m=coverage&{of}&t=x": 404,
        f"?m=coverage&{of}&e=cast:99": 404,
        f"?m=coverage&{of}&e=cast": 404,
        f"?m=coverage&{of}&i=PLAN/1": 404,  # whole reports are counted, not lines
        f"?m=advance.declared&{of}&i=PLAN/1%23nada:1": 404,
        f"?m=advance.declared&{of}&i=PLAN/1%23line": 404,
        f"?m=advance.declared&{of}&i=PLAN/1%23%2B": 404,
        f"?m=advance.declared&{of}&i=%23line:1": 404,
        f"?m=advance.declared&{of}&i=/%23": 404,
        f"?m=advance.declared&{of}&i=PLAN/9%23line:1": 404,
        f"?m=money.accrued&{of}": 404,
        f"?m=coverage&c=NADA&{DAY}": 404,
        f"?m=coverage&c={quarter.code},NADA&{DAY}": 404,
        f"?m=coverage&c={quarter.code}&as_of={tomorrow}": 400,
        f"?m=coverage&c={quarter.code}": 400,
    }
    assert {query: client.get(f"{AT}{query}").status_code for query in expected} == expected
    assert client.post(f"{AT}?m=coverage&{of}").status_code == 405


@pytest.mark.parametrize("how", ["", "&p=linea", "&e=cast:4", "&e=cast:5", "&n=municipal"])
def test_the_parts_on_the_page_add_up_to_what_it_explains(client: Client, quarter: Call, how: str) -> None:
    for measure in (rules.COVERAGE, rules.TIMELINESS, *rules.PROGRESS):
        shown = page(client, f"{AT}?m={measure}&c={quarter.code}&{DAY}{how}")
        assert marked(shown, "[data-part]") in (marked(shown, "[data-explained]"), []), measure


def test_a_leaf_ends_at_what_was_promised_said_and_found_in_the_readers_language(client: Client, quarter: Call) -> None:
    query = f"?m=efficacy.verified&c={quarter.code}&{DAY}&e=cast:4&i=PLAN/1%23line:1"
    english, spanish = (words(page(client, f"{at}{query}").select_one("main")) for at in (AT, "/explicar/"))
    assert ("15.5" in english, "15,5" in english, "62 %" in english) == (True, False, True)
    assert ("15,5" in spanish, "15.5" in spanish, "62 %" in spanish) == (True, False, True)


def test_a_restricted_call_is_opened_at_the_desk_alone(client: Client, cast: Cast) -> None:
    make_edition()
    call = make_call(visibility="restricted")
    make_plan(cast, obligation_of(call, cast.a))
    tick()
    of = f"m=coverage&c={call.code}&{DAY}"
    inside = f"/en/desk/convocatorias/{call.code}/explicar/"
    told = {"": client.get(f"{AT}?{of}").status_code}
    for name in cast.people:
        desk = Client()
        desk.force_login(cast.people[name])
        told[name] = desk.get(inside).status_code
    assert told == {"": 404, "amaru": 200, "inti": 403, "killa": 403, "wara": 403, "tupak": 200, "rumi": 403}


def test_an_odd_address_at_the_desk_is_not_there_and_nothing_breaks(cast: Cast, quarter: Call) -> None:
    """Money is split by body and not by line: a line that somebody writes into its address names nothing."""
    desk = Client()
    desk.force_login(cast.people["amaru"])
    plan = quarter.follows
    assert plan
    inside = f"/en/desk/convocatorias/{plan.code}/explicar/"
    expected = {
        "": 200,
        "?m=money.programmed": 200,
        "?m=money.programmed&e=cast:4": 200,
        "?m=money.programmed&e=cast:99": 404,
        "?m=money.programmed&i=PLAN/1%23nada:1": 404,
        "?m=money.programmed&i=PLAN/1%23line:1": 404,
        "?m=money.programmed&t=02": 404,
        "?m=money.programmed&x=nada:1": 404,
        "?m=money.programmed&x=year:x": 200,
        "?m=money.programmed&page=2": 404,
        "?m=nada": 404,
        "?as_of=x": 400,
    }
    assert {query: desk.get(f"{inside}{query}").status_code for query in expected} == expected
