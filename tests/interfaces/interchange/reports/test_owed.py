"""What the workbook of a report holds of a plan and of earlier reports, and which report is meant by a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cast import make_call, make_entities, make_people, make_plan, obligation_of
from tests.domain.progress.stage import PLAN, SAID, accepted, asked, planned, reported
from tests.interfaces.cli.conftest import prepared
from yupana.domain.progress.actions import return_report, start_report
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.kernel.quantity import SCALE
from yupana.interfaces.interchange.reports import activities_of, book_of, changes, report_named, report_owed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.cast import Cast
    from yupana.domain.obligations.models import Call, Obligation
    from yupana.interfaces.interchange.reports import BookRow

ON = date(2018, 7, 5)


@dataclass
class World:
    """A reported on the first quarter, and is asked about the second; B owes both and said nothing."""

    cast: Cast
    plans: Call
    first: Call
    second: Call

    def ours(self, call: Call) -> Obligation:
        return call.obligations.select_related("call__follows", "debtor").get(debtor=self.cast.a)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with prepared(django_db_blocker):
        cast = make_people(make_entities())
        plans = planned(cast, bodies=(cast.a, cast.b))
        first = asked(plans)
        accepted(cast, first.obligations.get(debtor=cast.a))
        yield World(cast, plans, first, asked(plans, "2018-Q2"))


@pytest.fixture
def world(built: World, db: None) -> World:
    return built


def rows(owed: Obligation) -> list[BookRow]:
    return list(book_of(owed, owed.submissions.order_by("-version").first()).rows)


# --- what it holds -------------------------------------------------------------------------------------------------
def test_what_is_due_adds_up_where_values_add_up_and_stands_where_they_do_not(world: World) -> None:
    due = {each.number: (each.due, each.whole) for each in rows(world.ours(world.second))}
    assert due == {1: (50 * SCALE, 100 * SCALE), 2: (30 * SCALE, 20 * SCALE), 3: (None, SCALE)}


def test_the_last_value_is_that_of_an_earlier_period_and_never_its_own(world: World) -> None:
    last = [[each.last for each in rows(world.ours(call))] for call in (world.first, world.second)]
    assert last == [["", "", ""], ["20", "35", "0"]]


def test_what_was_reported_stands_in_its_cells_and_nothing_else_does(world: World) -> None:
    cells = [dict(each.cells) for each in rows(world.ours(world.first))]
    assert cells == [
        {"value": "20", "accrued": "100,00", "current": "1.000,00", "cause": "staff", "variation": "Faltó gente"},
        {"value": "35"},
        {"value": "0"},
    ]


def test_a_report_that_nobody_began_has_every_row_and_says_nothing(world: World) -> None:
    book = book_of(world.ours(world.second), None)
    assert (book.version, [each.number for each in book.rows], [*book.base.values()]) == (0, [1, 2, 3], [{}, {}, {}])


def test_it_is_named_by_its_call_and_its_body_and_found_by_that(world: World) -> None:
    owed = world.ours(world.second)
    book = book_of(owed, None)
    assert (book.report, report_named(book.report)) == (f"{world.second.code}@cast:4", owed)


def test_every_version_has_what_was_written_in_it(world: World) -> None:
    owed = world.ours(world.second)
    explained = [replace(each, cause="staff", variation="Faltó gente") for each in SAID]
    version = reported(world.cast.inti, owed, explained, on=ON)
    return_report(actor=world.cast.amaru, submission=version, reason="Falta", remarks={}, on=ON)
    draft = start_report(actor=world.cast.inti, obligation=owed, on=ON)
    one, other = book_of(owed, version), book_of(owed, draft)
    assert (one.version, other.version, changes(one.base, other.base, one.base, {})) == (1, 2, [])


def test_money_is_for_the_activities_of_the_plan_that_was_accepted(world: World) -> None:
    plan = obligation_of(world.plans, world.cast.a).submissions.get(state="accepted")
    assert activities_of(world.ours(world.first)) == list(plan.activities.order_by("row").values_list("pk", flat=True))


# --- which one is meant --------------------------------------------------------------------------------------------
def test_a_report_is_found_by_who_owes_it_and_on_what(world: World) -> None:
    found = [report_owed(body, "2018-Q2") for body in (world.cast.a, world.cast.b)]
    assert [each.debtor for each in found] == [world.cast.a, world.cast.b]


@pytest.mark.parametrize(("period", "call"), [("2018-Q3", ""), ("2018", ""), ("", ""), ("2018-Q1", "OTRO")])
def test_what_nobody_asked_for_is_not_owed(world: World, period: str, call: str) -> None:
    with pytest.raises(Missing) as missing:
        report_owed(world.cast.a, period, call)
    assert missing.value.code == "report-not-owed"


def test_who_was_not_asked_owes_nothing(world: World) -> None:
    with pytest.raises(Missing) as missing:
        report_owed(world.cast.c, "2018-Q1")
    assert missing.value.code == "report-not-owed"


def test_of_several_plans_one_has_to_be_named(world: World) -> None:
    other = make_call(code="OTRO-2018")
    make_plan(world.cast, obligation_of(other, world.cast.a), PLAN)
    second = asked(other)
    with pytest.raises(Refused) as refused:
        report_owed(world.cast.a, "2018-Q1")
    told = refused.value.details["calls"]
    found = [report_owed(world.cast.a, "2018-Q1", code).call for code in ("OTRO-2018", world.plans.code)]
    assert (refused.value.code, sorted(told), found) == (  # type: ignore[call-overload] # a list of codes
        "plan-several",
        ["OTRO-2018", world.plans.code],
        [second, world.first],
    )
