"""A call for reports: who may ask, of whom, by when and until when, and what it takes over from the call for plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from tests.cast import make_call, make_edition, make_entities, make_people, obligation_of
from tests.domain.instruments.forging import refuses
from tests.interfaces.cli.conftest import prepared
from yupana.domain.obligations.actions import close_call
from yupana.domain.obligations.actions.following import open_following
from yupana.domain.obligations.models import Call, CallEdition, Obligation, Scope, ScopeItem
from yupana.domain.obligations.queries import content_of
from yupana.domain.obligations.rules import MOST_TITLE, CallState, Expects
from yupana.domain.obligations.rules.calls import MOST_CODE, MOST_DUE_IN
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.cast import Cast

OPENS, DUE = date(2018, 4, 1), date(2018, 4, 21)


@dataclass
class World:
    """A call for plans to A and B, and everybody."""

    cast: Cast
    plans: Call

    def keys(self) -> list[int]:
        return list(self.plans.obligations.order_by("pk").values_list("pk", flat=True))

    def ask(self, **more: object) -> Call:
        """Ask everybody for the first quarter, by the twenty-first of April, unless told otherwise."""
        told: dict[str, Any] = {
            "actor": OPERATOR, "follows": self.plans, "owing": self.keys(), "period": "2018-Q1", "opens_on": OPENS,
            "on": OPENS,
        } | ({} if more.keys() & {"due_on", "due_in"} else {"due_on": DUE}) | more  # fmt: skip
        return open_following(**told)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with prepared(django_db_blocker):
        cast = make_people(make_entities())
        make_edition()
        make_edition("OTRO")
        plans = make_call(("OTRO/1", "PLAN/1"), plan_type="poa", asks_budget=False, visibility="restricted")
        yield World(cast, plans)


@pytest.fixture
def world(built: World, db: None) -> World:
    built.plans.refresh_from_db()
    return built


def refusal(world: World, **more: object) -> tuple[type[Refused], str, bool]:
    """How a call is refused, and whether something was written all the same."""
    before = written()
    with pytest.raises(Refused) as refused:
        world.ask(**more)
    return type(refused.value), refused.value.code, before != written()


def written() -> list[int]:
    """How many rows there are of everything that a call writes."""
    tables = (Call.objects, Obligation.objects, Scope.objects, ScopeItem.objects, CallEdition.objects, Entry.objects)
    return [table.count() for table in tables]


# --- who may ask ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["inti", "killa", "executive", "auditor", "expired", "sami"])
def test_only_those_who_plan_at_the_authority_ask_for_reports(world: World, who: str) -> None:
    found = refusal(world, actor=getattr(world.cast, who))
    assert found == (Forbidden, "call-planners-only", False)


def test_who_plans_at_the_authority_asks(world: World) -> None:
    assert world.ask(actor=world.cast.amaru).state == CallState.OPEN


# --- what is refused -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("more", "kind", "code"),
    [
        ({"owing": []}, Refused, "call-follows-nobody"),
        ({"due_on": None}, Refused, "call-due-missing"),
        ({"due_on": None, "lock_in": 5}, Refused, "call-due-missing"),
        ({"due_on": DUE, "due_in": 20}, Refused, "call-due-twice"),
        ({"due_in": 0}, Refused, "call-due-in"),
        ({"due_in": -1}, Refused, "call-due-in"),
        ({"due_in": MOST_DUE_IN + 1}, Refused, "call-due-in"),
        ({"due_on": date(2018, 3, 31)}, Refused, "call-window-backwards"),
        ({"lock_in": -1}, Refused, "call-locks-before-due"),
        ({"period": "nunca"}, Refused, "call-period-unreadable"),
        ({"period": ""}, Refused, "call-period-unreadable"),
        ({"code": "PLAN 1"}, Refused, "call-code-unusable"),
        ({"code": "x" * (MOST_CODE + 1)}, Refused, "call-code-unusable"),
        ({"title": "x" * (MOST_TITLE + 1)}, Refused, "call-title-length"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_name_and_nothing_is_written(
    world: World, more: dict[str, Any], kind: type[Refused], code: str
) -> None:
    assert refusal(world, **more) == (kind, code, False)


def test_a_call_for_reports_is_not_followed_by_another(world: World) -> None:
    reports = world.ask()
    assert refusal(world, follows=reports, period="2018-Q2") == (Refused, "call-follows-nothing", False)


def test_a_period_is_asked_for_once_and_a_code_is_taken_once(world: World) -> None:
    world.ask(code="INF-1")
    found = [refusal(world), refusal(world, period="2018-Q2", code="INF-1"), refusal(world, code=world.plans.code)]
    assert found == [
        (Conflict, "call-follows-already", False),
        (Conflict, "call-code-taken", False),
        (Conflict, "call-follows-already", False),
    ]


def test_plans_under_a_call_that_was_closed_are_still_reported_on(world: World) -> None:
    closed = close_call(actor=OPERATOR, call=world.plans, on=OPENS)
    assert (closed.state, world.ask(follows=closed).state) == (CallState.CLOSED, CallState.OPEN)


# --- by when and until when ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("more", "due_on", "locks_on"),
    [
        ({"due_on": DUE}, DUE, None),
        ({"due_on": OPENS}, OPENS, None),
        ({"due_on": DUE, "lock_in": 0}, DUE, DUE),
        ({"due_on": DUE, "lock_in": 1}, DUE, date(2018, 4, 22)),
        ({"due_on": DUE, "lock_in": 10}, DUE, date(2018, 5, 1)),
        ({"due_in": 1}, date(2018, 4, 2), None),
        ({"due_in": 30, "lock_in": 365}, date(2018, 5, 1), date(2019, 5, 1)),
        ({"due_in": MOST_DUE_IN}, date(2020, 12, 26), None),
        ({"opens_on": date(2020, 2, 28), "due_in": 1, "lock_in": 1}, date(2020, 2, 29), date(2020, 3, 1)),
        ({"opens_on": date(2019, 12, 31), "due_in": 1, "lock_in": 0}, date(2020, 1, 1), date(2020, 1, 1)),
    ],
)
def test_it_is_due_and_locks_on_the_day_that_was_said(
    world: World, more: dict[str, Any], due_on: date, locks_on: date | None
) -> None:
    call = world.ask(**more)
    owed = set(call.obligations.values_list("due_on", flat=True))
    assert (call.due_on, call.locks_on, owed) == (due_on, locks_on, {due_on})


# --- what it takes over --------------------------------------------------------------------------------------------
def test_it_asks_as_the_call_for_plans_did(world: World) -> None:
    call, plans = world.ask(), world.plans
    same = (
        *("audience", "visibility", "asks_target", "asks_responsible", "asks_budget", "remedy_days"),
        *("plan_type", "calendar"),
    )
    assert {name: getattr(call, name) for name in same} == {name: getattr(plans, name) for name in same}
    assert (call.expects, call.follows_id, call.period, call.historical) == (
        Expects.PROGRESS, plans.pk, "2018-Q1", False,
    )  # fmt: skip


def test_it_puts_the_same_editions_in_the_same_order(world: World) -> None:
    put = CallEdition.objects.filter(call=world.ask()).order_by("order").values_list("edition__instrument__code")
    assert [code for (code,) in put] == ["OTRO", "PLAN"]


@pytest.mark.parametrize("bodies", [("a",), ("b",), ("a", "b")])
def test_it_binds_those_who_are_named_and_to_the_same_lines(world: World, bodies: tuple[str, ...]) -> None:
    named = {obligation_of(world.plans, getattr(world.cast, each)).pk for each in bodies}
    call = world.ask(owing=named)

    def owed(of: Call, debtor: int) -> set[int]:
        return set(ScopeItem.objects.filter(scope__obligations__call=of, scope__obligations__debtor=debtor)
                   .values_list("item", flat=True))  # fmt: skip

    debtors = set(call.obligations.values_list("debtor", flat=True))
    assert debtors == {getattr(world.cast, each).pk for each in bodies}
    assert [len(owed(call, each)) > 0 and owed(call, each) == owed(world.plans, each) for each in debtors] == [
        True
    ] * len(bodies)


def test_nobody_is_asked_twice_by_being_named_twice(world: World) -> None:
    assert world.ask(owing=[*world.keys(), *world.keys()]).obligations.count() == 2


def test_each_period_is_a_call_of_its_own(world: World) -> None:
    calls = [world.ask(period=period) for period in ("2018-Q1", "2018-Q2", "2018-S1", "2018")]
    codes = [f"{world.plans.code}-{period}" for period in ("2018-Q1", "2018-Q2", "2018-S1", "2018")]
    assert ([call.code for call in calls], world.plans.followed_by.count()) == (codes, 4)


@pytest.mark.parametrize(("said", "title"), [("  El   informe ", "El informe"), ("x" * MOST_TITLE, "x" * MOST_TITLE)])
def test_it_has_the_title_that_was_said(world: World, said: str, title: str) -> None:
    assert world.ask(title=said).title == title


@pytest.mark.parametrize("length", [1, MOST_TITLE - 11, MOST_TITLE - 10, MOST_TITLE - 9, MOST_TITLE])
def test_a_long_title_is_cut_so_that_its_period_is_seen(world: World, length: int) -> None:
    world.plans.title = "x" * length  # as it would have been opened; an open one keeps its title
    told = world.ask().title
    assert (told.endswith("x · 2018-Q1"), len(told)) == (True, min(length + 10, MOST_TITLE))


# --- what is kept --------------------------------------------------------------------------------------------------
def test_it_is_recorded_with_what_it_follows_and_until_when_it_takes(world: World) -> None:
    told: Any = content_of(world.ask(lock_in=3))
    assert (told["follows"], told["locks_on"]) == (world.plans.code, date(2018, 4, 24))


def test_of_plans_that_are_not_for_everybody_the_record_names_no_report(world: World) -> None:
    world.ask()
    seal()
    leaf = read_leaf(bytes(Entry.objects.latest("pk").leaf or b""))
    assert (leaf.verb, tuple(leaf.codes)) == ("reserved", ())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("locks_on", "'2030-01-01'"),
        ("locks_on", "NULL"),
        ("follows_id", "NULL"),
        ("follows_id", "id"),
        ("period", "'2018-Q2'"),
        ("due_on", "'2018-04-20'"),
        ("expects", "'plan'"),
    ],
)
def test_nobody_changes_what_was_asked(world: World, column: str, value: str) -> None:
    call = world.ask(lock_in=3)
    assert refuses(f"UPDATE obligations_call SET {column} = {value} WHERE id = {call.pk}")  # noqa: S608 - numbers and words of this table


def test_a_call_that_never_locks_is_not_made_to(world: World) -> None:
    call = world.ask()
    assert refuses(f"UPDATE obligations_call SET locks_on = '2018-05-01' WHERE id = {call.pk}")  # noqa: S608 - a number of our own


@pytest.mark.parametrize("changed", [{"locks_on": date(2018, 4, 25)}, {"locks_on": None}, {"period": "2018-Q2"}])
def test_a_forged_column_is_named(world: World, changed: dict[str, Any]) -> None:
    call = world.ask(lock_in=3)
    seal()
    whole, before = verify().why, Entry.objects.filter(pk__lt=call.entry_id).count()
    guards.remove(connection)  # as a forger does; they are back with the rollback
    Call.objects.filter(pk=call.pk).update(**changed)
    found = verify()
    assert (whole, found.why, found.first_broken) == ("", "content", before)
