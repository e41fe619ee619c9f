"""A plan that is accepted while others are reporting: its body is asked as well, as long as the day is not over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import Cast, make_plan, obligation_of
from tests.domain.progress.stage import PLAN, accepted, asked, planned
from yupana.domain.obligations.actions import ask_also, close_call, waive
from yupana.domain.obligations.models import Obligation, Transfer
from yupana.domain.obligations.rules import CALENDARS, Days, late_due_day
from yupana.domain.progress.actions import ask_late
from yupana.domain.progress.histories import histories
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.actions import record, seal
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.queries import head
from yupana.projections.figures import public as figures
from yupana.projections.figures import queries, rules
from yupana.projections.figures.actions import check, follow
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Call

DUE, DAY = date(2018, 4, 21), timedelta(days=1)
EARLY, NEAR = (
    date(2018, 4, 3),
    date(2018, 4, 20),
)  # with more than the 15 days to mend before the due day, and with less


@pytest.fixture
def quarter(cast: Cast) -> Call:
    """A reports on the first quarter; the plan of B is accepted while it does."""
    plans = planned(cast)
    call = asked(plans)
    make_plan(cast, obligation_of(plans, cast.b), PLAN, actor=cast.killa, on=EARLY)
    return call


def days(call: Call) -> dict[str, date | None]:
    return dict(call.obligations.values_list("debtor__code", "due_on"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "due_on"),
    [(EARLY, DUE), (NEAR, date(2018, 5, 5)), (DUE, date(2018, 5, 6)), (DUE + DAY, None), (date(2018, 3, 31), None)],
)
def test_it_is_asked_with_the_others_and_has_at_least_the_term_to_mend(
    quarter: Call, on: date, due_on: date | None
) -> None:
    new = [(each.debtor.code, each.due_on) for each in ask_late(on=on)]
    again = ask_late(on=on)
    assert (new, again, days(quarter)) == (
        *(([("B-1", due_on)] if due_on else []), []),
        {"A-1": DUE} | ({"B-1": due_on} if due_on else {}),
    )


@pytest.mark.django_db
def test_from_the_next_period_on_it_is_asked_with_all(cast: Cast, quarter: Call) -> None:
    assert ask_late(on=DUE + DAY) == []
    second = asked(quarter.follows, "2018-Q2")  # type: ignore[arg-type] # a call for reports follows one
    assert list(days(second)) == ["A-1", "B-1"]


@pytest.mark.django_db
def test_what_it_owes_now_counts_from_then_on_and_is_vouched_for(cast: Cast, quarter: Call) -> None:
    accepted(cast, obligation_of(quarter, cast.a))
    seal()
    follow()
    before, plan = head().size, obligation_of(quarter.follows, cast.b).pk  # type: ignore[arg-type] # the same
    [owed] = ask_late(on=NEAR)
    seal()
    follow()
    of_then = queries.contributions(before, [owed.pk])
    now = figures.shares(measure=rules.COVERAGE, calls=[quarter.pk], as_of=date(2018, 12, 31))[()]
    told = [[each.obligation for each in histories([plan], position=at)[plan].reports] for at in (before, None)]
    assert ((now.done, now.due), of_then, told, check(), verify().ok) == ((1, 2), {}, [[], [owed.pk]], (), True)
    guards.remove(connection)
    Obligation.objects.filter(pk=owed.pk).update(due_on=date(2019, 1, 1))
    assert (verify().why, verify().first_broken) == ("content", Entry.objects.get(obligation=owed).position)


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["closed", "waived", "heir"])
def test_nobody_is_asked_under_a_closed_call_or_who_owes_no_plan_or_came_to_it_by_a_merger(
    cast: Cast, quarter: Call, why: str
) -> None:
    plans: Any = quarter.follows
    plan, act = obligation_of(plans, cast.b), {"reason": "x", "act": "RM 1"}
    if why == "closed":
        close_call(actor=OPERATOR, call=quarter, on=EARLY)
    elif why == "waived":
        waive(actor=OPERATOR, obligation=plan, on=EARLY, **act)
    else:
        entry = record(Fact("obligation.transferred", {"call": plans.code}, EARLY, None))
        Transfer.objects.create(obligation=obligation_of(plans, cast.a), to=plan, entry=entry, **act)
    assert (ask_late(on=EARLY), days(quarter)) == ([], {"A-1": DUE})


@pytest.mark.django_db
def test_more_are_asked_only_by_who_calls_and_only_under_an_open_call_for_reports(cast: Cast, quarter: Call) -> None:
    plan, told = obligation_of(quarter.follows, cast.b), []  # type: ignore[arg-type] # the same
    for actor, call in ((cast.inti, quarter), (OPERATOR, plan.call)):
        with pytest.raises((Forbidden, Conflict)) as refused:
            ask_also(actor=actor, call=call, owing=[plan.pk], on=EARLY)
        told.append(refused.value.code)
    more = Obligation(call=plan.call, debtor=cast.c, subject="x", scope=plan.scope, level=cast.c.level)
    more.entry = Entry.objects.latest("pk")
    with pytest.raises(DatabaseError), transaction.atomic():  # nor does the database take more under a call for plans
        more.save()
    assert told == ["call-planners-only", "call-not-open"]


@pytest.mark.parametrize(
    ("calendar", "on", "term", "due_on"),
    [
        ("", date(2018, 4, 21), 0, date(2018, 4, 21)),
        ("", date(2018, 4, 6), 15, date(2018, 4, 21)),
        ("", date(2018, 4, 7), 15, date(2018, 4, 22)),
        ("", date(2018, 4, 22), 15, None),
        ("bolivia", date(2018, 4, 6), 11, date(2018, 4, 23)),  # eleven working days after the sixth
        ("bolivia", date(2018, 4, 6), 10, date(2018, 4, 21)),
    ],
)
def test_who_is_asked_later_has_the_days_that_are_left_and_at_least_a_term(
    calendar: str, on: date, term: int, due_on: date | None
) -> None:
    calendars = Days(CALENDARS[calendar]) if calendar else None
    assert late_due_day(calendars, DUE, on, term, "") == due_on
