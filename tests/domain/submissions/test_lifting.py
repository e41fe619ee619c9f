"""Who has met what it owes is not let off any more: of plans and of reports, by an act or by granting a plea."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cast import Cast, obligation_of
from tests.domain.progress.stage import accepted, asked, planned, reported
from yupana.domain.obligations.actions import plead
from yupana.domain.obligations.models import Plea, Waiver
from yupana.domain.submissions.actions import grant, waive
from yupana.foundation.kernel.errors import Forbidden, Refused
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from yupana.domain.obligations.models import Call, Obligation
    from yupana.foundation.kernel.actor import Actor

DAY = date(2018, 4, 2)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plans(cast: Cast) -> Call:
    """A plan of A was accepted, and B is silent."""
    return planned(cast)


def refused(act: Callable[[], object]) -> str:
    """Why it is refused; nothing is recorded."""
    before = Entry.objects.count(), Plea.objects.filter(granted=None).count()
    with pytest.raises((Refused, Forbidden)) as told:
        act()
    assert (Entry.objects.count(), Plea.objects.filter(granted=None).count()) == before
    return told.value.code


def lift(actor: Actor, owed: Obligation) -> Waiver:
    return waive(actor=actor, obligation=owed, reason="Sin oficinas", act="RM 3", on=DAY)


def test_what_was_accepted_is_not_lifted_and_all_else_is(cast: Cast, plans: Call) -> None:
    ours, theirs = obligation_of(plans, cast.a), obligation_of(plans, cast.b)
    report = obligation_of(asked(plans), cast.a)
    assert (refused(lambda: lift(cast.amaru, ours)), refused(lambda: lift(cast.inti, ours))) == (
        "obligation-met",
        "call-planners-only",
    )
    assert lift(cast.amaru, theirs).obligation == theirs
    reported(cast.inti, report)
    assert lift(cast.amaru, report).obligation == report  # under review, it is not met yet


def test_a_plea_to_be_let_off_is_not_granted_to_who_met_it_meanwhile(cast: Cast, plans: Call) -> None:
    report = obligation_of(asked(plans), cast.a)
    plea = plead(actor=cast.inti, obligation=report, until=None, reason="Sin luz", on=DAY)
    accepted(cast, report)
    assert refused(lambda: grant(actor=cast.amaru, plea=plea.pk, act="RM 3", on=DAY)) == "obligation-met"


def test_more_time_is_granted_to_whoever_asked_for_it(cast: Cast, plans: Call) -> None:
    report = obligation_of(asked(plans), cast.a)
    until = date(2018, 12, 3)
    plea = plead(actor=cast.inti, obligation=report, until=until, reason="Sin luz", on=DAY)
    accepted(cast, report)
    granted = grant(actor=cast.amaru, plea=plea.pk, act="RM 3", on=DAY)
    assert (granted.granted, report.extensions.get().due_on) == (True, until)
