"""A report from its call to its acceptance, and what is read of it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tests.cast import obligation_of
from tests.domain.progress.stage import PLAN, SAID, accepted, asked, planned, reported
from yupana.domain.progress.facts import ReportRow
from yupana.domain.progress.histories import histories
from yupana.domain.progress.rules import Unsaid, advance
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger.actions import seal
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_those_whose_plan_was_accepted_owe_a_report_by_a_day_of_their_own(cast: Cast) -> None:
    call = asked(planned(cast))
    owed = call.obligations.get()
    assert (owed.debtor, owed.due_on, owed.period) == (cast.a, date(2018, 4, 21), "2018-Q1")
    assert list(owed.scope.items.order_by("pk")) == list(
        obligation_of(call.follows, cast.a).scope.items.order_by("pk")  # type: ignore[arg-type] # it follows one
    )


def test_a_report_says_how_far_each_activity_is(cast: Cast) -> None:
    plan = planned(cast)
    accepted(cast, asked(plan).obligations.get())
    key = obligation_of(plan, cast.a).pk
    flow, level, done = histories([key])[key].lines
    now = advance(flow.promise, flow.said, "2018-Q1")
    assert (now.final.raw, now.to_date.raw) == (Fraction(20, 100), Fraction(20, 25))
    now = advance(level.promise, level.said, "2018-Q1")
    assert (now.final.raw, now.to_date.unsaid) == (Fraction(5, 20), Unsaid.NOT_DUE)
    assert advance(done.promise, done.said, "2018-Q1").final.raw == 0


def test_who_is_off_plan_says_why(cast: Cast) -> None:
    owed = asked(planned(cast)).obligations.get()
    with pytest.raises(Refused) as refused:
        reported(cast.inti, owed, [ReportRow(1, value=10_000), *SAID[1:]])
    assert (refused.value.code, refused.value.details) == ("cause-missing", {"row": 1})


def test_a_row_that_promises_something_says_something(cast: Cast) -> None:
    owed = asked(planned(cast)).obligations.get()
    with pytest.raises(Refused) as refused:
        reported(cast.inti, owed, [SAID[0], ReportRow(2, done="Mucho")])
    assert (refused.value.code, refused.value.details) == ("row-unsaid", {"row": 2})


def test_after_the_lock_nothing_is_taken_unless_more_time_was_given(cast: Cast) -> None:
    owed = asked(planned(cast), lock_in=5).obligations.get()
    with pytest.raises(Refused) as refused:
        reported(cast.inti, owed, on=date(2018, 4, 27))
    assert refused.value.code == "call-locked"


def test_the_record_vouches_for_reports(cast: Cast) -> None:
    accepted(cast, asked(planned(cast, PLAN)).obligations.get())
    seal()
    assert verify().ok
