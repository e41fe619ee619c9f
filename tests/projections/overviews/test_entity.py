"""What binds one body, and what it promised."""

from __future__ import annotations

from datetime import date

from tests import cast as house
from tests.domain.progress.stage import accepted, asked, planned
from yupana.domain.instruments import public as instruments
from yupana.domain.obligations.rules import Standing
from yupana.projections.overviews.entity import bound, places

DAY = date(2018, 7, 15)


def test_a_body_that_no_call_binds_owes_nothing(cast: house.Cast) -> None:
    house.make_edition()
    house.make_call()
    assert bound(cast.c.pk, DAY) == ()


def test_every_call_is_listed_with_its_editions_and_the_newest_first(cast: house.Cast) -> None:
    house.make_edition()
    house.make_edition("GUIA")
    house.make_call(code="UNO")
    house.make_call(["PLAN/1", "GUIA/1"], code="DOS", opens_on=date(2018, 3, 1))
    assert [(each.call.code, [book.ref for book in each.editions]) for each in bound(cast.a.pk, DAY)] == [
        ("DOS", ["PLAN/1", "GUIA/1"]),
        ("UNO", ["PLAN/1"]),
    ]


def test_a_restricted_call_is_not_told(cast: house.Cast) -> None:
    house.make_edition()
    call = house.make_call(visibility="restricted")
    house.make_plan(cast, house.obligation_of(call, cast.a))
    assert bound(cast.a.pk, DAY) == ()


def test_the_standing_is_that_of_the_date(cast: house.Cast) -> None:
    house.make_edition()
    house.make_call()
    assert [bound(cast.a.pk, day)[0].row.standing for day in (house.DUE_ON, DAY)] == [Standing.OPEN, Standing.LATE]


def test_the_plan_accepted_last_is_the_one_that_stands(cast: house.Cast) -> None:
    house.make_edition()
    owed = house.obligation_of(house.make_call(), cast.a)
    house.make_plan(cast, owed)
    house.make_plan(cast, owed, on=date(2018, 6, 1))
    (each,) = bound(cast.a.pk, DAY)
    assert (each.plan and each.plan.header.version, each.row.standing) == (2, Standing.MET)


def test_items_are_found_in_their_editions(bodies: house.Bodies) -> None:
    house.make_edition()
    house.make_edition("GUIA")
    books = instruments.editions()
    found = sorted((place.edition.ref, place.node.key) for place in places([*books, *books]).values())
    assert found == [(ref, key) for ref in ("GUIA/1", "PLAN/1") for key in ("axis:1", "line:1", "line:2", "target:1")]


def test_reports_stand_with_the_plan_that_they_are_about_in_the_order_of_their_periods(cast: house.Cast) -> None:
    plans = planned(cast)
    second = asked(plans, "2018-Q2")
    accepted(cast, asked(plans).obligations.get())
    [plan] = bound(cast.a.pk, second.opens_on)
    assert (plan.call.code, [(each.period, each.row.standing, each.row.met_on) for each in plan.reports]) == (
        plans.code,
        [("2018-Q1", Standing.MET, date(2018, 4, 2)), ("2018-Q2", Standing.OPEN, None)],
    )
