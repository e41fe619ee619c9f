"""Asking for reports: of one period at once, or of each as it ends, however often and by how many it is tried."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from tests.cast import make_plan, obligation_of
from tests.domain.commitments.mergers import make_merger
from tests.domain.progress.stage import PLAN, QUARTERS, asked, planned, reported
from tests.foundation.ledger.test_actions import together
from yupana.domain.commitments.actions import start_plan
from yupana.domain.obligations.actions import extend, waive
from yupana.domain.obligations.models import Call, Obligation, Transfer
from yupana.domain.progress.actions import accept_report, open_due, set_rhythm
from yupana.domain.progress.facts import ReportRow
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Conflict, Refused
from yupana.projections.figures.actions import check
from yupana.projections.followers import tick
from yupana.projections.overviews.succession import passing
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.cast import Cast

ON_TIME = date(2018, 4, 1)


def every(call: Call, frequency: str = "quarter", *, lock_in: int | None = None) -> None:
    since, on = date(2018, 1, 1), date(2018, 2, 1)
    set_rhythm(actor=OPERATOR, call=call, frequency=frequency, since=since, due_in=20, lock_in=lock_in, on=on)


def periods() -> list[str]:
    return list(Call.objects.filter(expects="progress").order_by("pk").values_list("period", flat=True))


@pytest.mark.django_db
def test_each_period_is_asked_for_once_on_the_day_after_it_ended(cast: Cast) -> None:
    call = planned(cast)
    every(call, lock_in=10)
    before = open_due(on=date(2018, 3, 31))
    first = open_due(on=ON_TIME)[0]
    again = open_due(on=ON_TIME)
    assert (before, again, first.period, first.opens_on, first.due_on, first.locks_on) == (
        *([], [], "2018-Q1"),
        *(date(2018, 4, 1), date(2018, 4, 21), date(2018, 5, 1)),
    )


@pytest.mark.django_db
def test_who_is_asked_late_has_as_much_time(cast: Cast) -> None:
    every(planned(cast))
    opened = open_due(on=date(2018, 8, 1))
    assert [(each.period, each.due_on) for each in opened] == [
        ("2018-Q1", date(2018, 8, 21)),
        ("2018-Q2", date(2018, 8, 21)),
    ]


@pytest.mark.django_db
def test_the_last_rhythm_holds_and_an_empty_one_stops(cast: Cast) -> None:
    call = planned(cast)
    every(call)
    every(call, "half")
    halves = [each.period for each in open_due(on=date(2018, 7, 2))]
    every(call, "")
    assert (halves, open_due(on=date(2019, 2, 1))) == (["2018-S1"], [])


@pytest.mark.django_db
def test_nobody_is_asked_before_a_plan_is_accepted_or_for_a_period_beyond_it(cast: Cast) -> None:
    call = planned(cast)
    waive(actor=OPERATOR, obligation=obligation_of(call, cast.a), reason="x", act="RM 1", on=ON_TIME)
    every(call)
    assert open_due(on=date(2019, 2, 1)) == []
    with pytest.raises(Refused) as refused:
        asked(call, "2019-Q1")
    assert refused.value.code == "report-period-outside"


def without_the_first(execute: Callable[..., object], sql: str, params: Sequence[object], *rest: object) -> object:
    """A database that does not take one row."""
    if sql.startswith('INSERT INTO "obligations_call"') and "2018-Q1" in params:
        raise OperationalError
    return execute(sql, params, *rest)


@pytest.mark.django_db
def test_what_cannot_be_asked_for_keeps_nothing_else_waiting(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    every(planned(cast))
    with connection.execute_wrapper(without_the_first):
        opened = [each.period for each in open_due(on=date(2018, 7, 1))]
    later = [each.period for each in open_due(on=date(2018, 7, 1))]
    assert (opened, later, len(caplog.records)) == (["2018-Q2"], ["2018-Q1"], 1)


@pytest.mark.django_db
def test_a_period_is_asked_for_once(cast: Cast) -> None:
    call = planned(cast)
    asked(call)
    with pytest.raises(Conflict) as refused:
        asked(call)
    assert refused.value.code == "call-follows-already"


@pytest.mark.django_db(transaction=True)
def test_two_that_tick_at_once_ask_once(cast: Cast) -> None:
    call = planned(cast)
    every(call)
    ready = threading.Barrier(2)

    def ticks() -> None:
        ready.wait()
        tick()

    together(ticks, ticks)
    assert (periods(), verify().ok) == (list(QUARTERS), True)
    assert {each.opens_on for each in Call.objects.filter(expects="progress")} == {timezone.localdate()}
    make_plan(cast, obligation_of(call, cast.b), PLAN, actor=cast.killa)
    together(ticks, ticks)
    more = Obligation.objects.exclude(entry=None).order_by("period").values_list("debtor", "period")
    assert (list(more), verify().ok, check()) == ([(cast.b.pk, each) for each in QUARTERS], True, ())


@pytest.mark.django_db
def test_a_report_is_no_plan(cast: Cast) -> None:
    call = planned(cast)
    owed = asked(call).obligations.get()
    with pytest.raises(Refused) as refused:
        start_plan(actor=cast.inti, obligation=owed, on=ON_TIME)
    with pytest.raises(Refused) as other:
        accept_report(actor=cast.amaru, submission=Submission.objects.get(obligation__call=call), on=ON_TIME)
    assert (refused.value.code, other.value.code) == ("call-asks-no-plan", "call-asks-no-report")


@pytest.mark.django_db
def test_more_time_for_one_entity_moves_its_lock(cast: Cast) -> None:
    owed = asked(planned(cast, bodies=(cast.a, cast.b)), lock_in=0).obligations.get(debtor=cast.a)
    other = owed.call.obligations.get(debtor=cast.b)
    late = date(2018, 5, 2)
    extend(actor=OPERATOR, obligation=owed, due_on=late, reason="Sin luz", act="RM 2", on=date(2018, 4, 22))
    with pytest.raises(Refused) as refused:
        reported(cast.killa, other, on=late)
    assert (reported(cast.inti, owed, on=late).state, refused.value.code) == ("submitted", "call-locked")


# --- a body that is no more ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_what_is_still_to_be_reported_passes_with_the_plan() -> None:
    merger = make_merger()
    first, second = (asked(merger.a.call, period) for period in ("2018-Q1", "2018-Q2"))
    owed = first.obligations.get(debtor=merger.a.debtor)
    heir = first.obligations.get(debtor=merger.b.debtor)
    offered = passing(OPERATOR, owed.pk).receivers
    merger.transfer()
    went = dict(Transfer.objects.exclude(obligation=merger.a).values_list("obligation__call", "to"))
    tick()
    assert (went, offered, verify().ok and check() == ()) == (
        {first.pk: heir.pk, second.pk: second.obligations.get(debtor=merger.b.debtor).pk},
        (heir,),
        True,
    )


@pytest.mark.django_db
def test_a_report_under_review_is_decided_before_its_plan_passes_on() -> None:
    merger = make_merger()
    owed = asked(merger.a.call, "2018-Q1").obligations.get(debtor=merger.a.debtor)
    version = reported(merger.cast.inti, owed, [ReportRow(row, done="Se contó") for row in (1, 2)])
    with pytest.raises(Conflict) as conflict:
        merger.transfer()
    accept_report(actor=merger.cast.amaru, submission=version, on=date(2018, 4, 9))
    merger.transfer()
    assert (conflict.value.code, Transfer.objects.count()) == ("transfer-under-review", 1)
