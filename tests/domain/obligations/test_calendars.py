"""Calls that count by a calendar, and the acts that declare a day free or take it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.domain.instruments.plans import published
from tests.domain.obligations.calls import BODIES, BRIDGE, GROUP, HALL, TODAY, WELL, body, opened, owed, put, register
from yupana.domain.obligations.actions import declare_holiday, extend
from yupana.domain.obligations.models import Holiday
from yupana.domain.obligations.queries import days_of, due_days_of, sealed_contents, term_of
from yupana.domain.obligations.rules import CALENDARS
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Forbidden, Refused
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf
from yupana.foundation.ledger.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from yupana.domain.obligations.models import Call

pytestmark = pytest.mark.django_db
LA_PAZ_DAY = date(2024, 7, 16)  # a Tuesday, free in La Paz alone
SUNDAY, MONDAY = date(2024, 6, 23), date(2024, 6, 24)
PLANNER = Actor(1, frozenset({(Role.PLANNER, 1)}))


def declare(**more: Any) -> Holiday:  # noqa: ANN401 (a test may say anything)
    told = {"calendar": "bolivia", "day": MONDAY, "name": "Day of the knots", "act": "DS 1", "on": TODAY}
    return declare_holiday(**{"actor": OPERATOR, **told, **more})


def dues(call: Call) -> dict[str, date | None]:
    return dict(call.obligations.values_list("debtor__source_id", "due_on"))


# --- opening ---------------------------------------------------------------------------------------------------------
def test_a_due_day_that_is_free_moves_for_those_for_whom_it_is() -> None:
    call = opened(due_on=LA_PAZ_DAY, calendar="bolivia")
    assert (call.due_on, dues(call)) == (
        LA_PAZ_DAY,
        {HALL: date(2024, 7, 17), WELL: date(2024, 7, 17), BRIDGE: LA_PAZ_DAY},
    )


def test_a_call_that_is_due_on_a_sunday_says_monday_itself() -> None:
    call = opened(due_on=SUNDAY, calendar="bolivia")
    assert (call.due_on, set(dues(call).values())) == (MONDAY, {MONDAY})


def test_without_a_calendar_nothing_moves() -> None:
    call = opened(due_on=SUNDAY)
    assert (call.due_on, set(dues(call).values())) == (SUNDAY, {SUNDAY})


def test_a_call_can_be_due_so_many_working_days_after_it_opens() -> None:
    call = opened(opens_on=date(2024, 7, 8), due_on=None, due_in=6, calendar="bolivia")
    assert due_days_of(call) == [(LA_PAZ_DAY, 1), (date(2024, 7, 17), 2)]


def test_without_a_calendar_it_is_so_many_days_of_any_kind() -> None:
    assert opened(due_on=None, due_in=30).due_on == date(2024, 5, 1)


def test_what_an_act_declared_before_the_opening_counts() -> None:
    declare()
    assert opened(due_on=SUNDAY, calendar="bolivia").due_on == date(2024, 6, 25)


def test_what_an_act_declares_later_moves_no_due_day_that_was_given() -> None:
    call = opened(due_on=SUNDAY, calendar="bolivia")
    declare()
    assert set(dues(call).values()) == {MONDAY}


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"calendar": "moon"}, "call-calendar-unknown"),
        ({"due_in": 3}, "call-due-twice"),
        ({"due_on": None, "due_in": 0}, "call-due-in"),
        ({"due_on": None, "due_in": 1001}, "call-due-in"),
        ({"due_on": None}, "call-due-missing"),
    ],
)
def test_a_term_that_cannot_be_counted_is_refused(terms: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        opened(**terms)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("terms", "visibility"),
    [
        ({"plan_type": "pisi"}, "restricted"),
        ({"plan_type": "pige"}, "public"),
        ({}, "public"),
        ({"plan_type": "pisi", "visibility": "public"}, "public"),
    ],
)
def test_the_kind_of_plan_says_who_may_see_it_unless_somebody_does(terms: dict[str, object], visibility: str) -> None:
    assert opened(**terms).visibility == visibility


def test_opening_asks_the_same_whatever_the_number_of_bodies(
    query_budget: Callable[[int], AbstractContextManager[object]],
) -> None:
    many = tuple(body(str(n), parent_id=GROUP, territory=f"0{n % 9 + 1}0101") for n in range(10, 70))
    register((BODIES[0], *many))
    published()
    with query_budget(27):
        call = put(due_on=LA_PAZ_DAY, calendar="bolivia")
    assert [number for _, number in due_days_of(call)] == [53, 7]


# --- terms -----------------------------------------------------------------------------------------------------------
def test_an_extension_to_a_free_day_ends_on_the_next_that_is_worked() -> None:
    call = opened(calendar="bolivia")
    given = {
        where: extend(
            actor=OPERATOR, obligation=owed(call, where), due_on=LA_PAZ_DAY, reason="flood", act="RA 7", on=TODAY
        ).due_on
        for where in (HALL, BRIDGE)
    }
    assert given == {HALL: date(2024, 7, 17), BRIDGE: LA_PAZ_DAY}


def test_a_term_is_counted_as_the_call_of_the_debtor_says() -> None:
    plain, working = opened(code="PLAIN"), put(code="WORKING", calendar="bolivia")
    start = date(2024, 7, 8)
    told = [term_of(owed(call, where), start, 6) for call in (plain, working) for where in (HALL, BRIDGE)]
    assert told == [date(2024, 7, 14), date(2024, 7, 14), date(2024, 7, 17), LA_PAZ_DAY]


# --- holidays --------------------------------------------------------------------------------------------------------
def test_a_holiday_is_declared_by_a_recorded_act_and_taken_back_by_another() -> None:
    declare()
    free = days_of("bolivia")
    declare(works=True, act="DS 2")
    worked = days_of("bolivia")
    seal()
    verbs = [read_leaf(bytes(each.leaf)).verb for each in Entry.objects.order_by("pk")]
    assert (
        free and free.works(MONDAY),
        worked and worked.works(MONDAY),
        verbs,
        verify(list(sealed_contents())).ok,
    ) == (
        False,
        True,
        ["holiday.declared", "holiday.revoked"],
        True,
    )


def test_a_department_is_named_as_the_register_writes_it() -> None:
    assert [declare(territory=each, day=day).territory for each, day in (("LP", MONDAY), ("040101", MONDAY))] == [
        "02",
        "04",
    ]


def test_the_record_holds_who_is_free_when_and_why() -> None:
    declare(territory="lp")
    assert [each.value for each in sealed_contents()] == [
        {
            "calendar": "bolivia",
            "day": MONDAY,
            "territory": "02",
            "works": False,
            "name": "Day of the knots",
            "act": "DS 1",
        }
    ]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"calendar": ""}, "calendar-missing"),
        ({"calendar": "moon"}, "call-calendar-unknown"),
        ({"territory": "ATLANTIS"}, "department-unknown"),
        ({"name": "  "}, "holiday-name-length"),
        ({"name": "x" * 201}, "holiday-name-length"),
        ({"act": ""}, "obligation-act-missing"),
        ({"day": SUNDAY}, "holiday-free-already"),
        ({"works": True}, "holiday-works-already"),
        ({"day": LA_PAZ_DAY, "territory": "LP"}, "holiday-free-already"),
    ],
)
def test_what_would_change_nothing_or_cannot_be_is_refused(more: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        declare(**more)
    assert (refused.value.code, Holiday.objects.count()) == (code, 0)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PLANNER])
def test_only_those_who_call_declare(role: Role) -> None:
    with pytest.raises(Forbidden):
        declare(actor=Actor(1, frozenset({(role, 1)})))


def test_nobody_else_declares_and_a_planner_does() -> None:
    with pytest.raises(Forbidden):
        declare(actor=NOBODY)
    assert declare(actor=PLANNER).calendar in CALENDARS
