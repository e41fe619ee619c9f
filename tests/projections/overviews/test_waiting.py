"""How long each obligation waited for whom, and the acts about it, as everybody may read them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import (
    ACCEPTED_ON,
    DUE_ON,
    HANDED_IN_ON,
    OPENS_ON,
    Cast,
    hand_in,
    make_call,
    make_edition,
    make_plan,
    obligation_of,
)
from yupana.domain.commitments.actions import return_plan
from yupana.domain.obligations.actions import extend, waive
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.public import ActCard, acts
from yupana.domain.submissions.rules import Waited
from yupana.projections.overviews.entity import bound
from yupana.projections.overviews.inbox import owed as inbox
from yupana.projections.overviews.waiting import waits

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from yupana.domain.obligations.models import Call

LATER = DUE_ON + timedelta(days=10)
AT_ENTITY, AT_AUTHORITY = (HANDED_IN_ON - OPENS_ON).days, (ACCEPTED_ON - HANDED_IN_ON).days


@pytest.fixture
def call(cast: Cast) -> Call:
    make_edition()
    return make_call()


def test_an_accepted_plan_waited_for_each_in_turn(cast: Cast, call: Call) -> None:
    owed = obligation_of(call, cast.a)
    make_plan(cast, owed)
    assert waits([owed], on=LATER) == {owed.pk: Waited(AT_ENTITY, AT_AUTHORITY, "")}


def test_a_returned_plan_waits_for_the_entity_again(cast: Cast, call: Call) -> None:
    owed = obligation_of(call, cast.a)
    back = hand_in(cast.inti, owed)
    return_plan(actor=cast.amaru, submission=back, reason="falta", remarks={}, on=HANDED_IN_ON + timedelta(days=3))
    on = HANDED_IN_ON + timedelta(days=8)
    assert waits([owed], on=on) == {owed.pk: Waited(AT_ENTITY + 5, 3, "entity")}


def test_what_was_lifted_waits_for_nobody(cast: Cast, call: Call) -> None:
    owed = obligation_of(call, cast.a)
    waive(actor=cast.amaru, obligation=owed, reason="exenta", act="RA 2", on=OPENS_ON + timedelta(days=4))
    assert waits([owed], on=LATER) == {owed.pk: Waited(4, 0, "")}


def test_an_amendment_that_came_back_leaves_the_accepted_plan_as_settled_as_it_was(cast: Cast, call: Call) -> None:
    owed = obligation_of(call, cast.a)
    make_plan(cast, owed)
    again = hand_in(cast.inti, owed, on=LATER)
    return_plan(actor=cast.amaru, submission=again, reason="falta", remarks={}, on=LATER + timedelta(days=2))
    told = [waits([owed], on=LATER + timedelta(days=days)) for days in (2, 1_000)]
    assert told == [{owed.pk: Waited(AT_ENTITY, AT_AUTHORITY + 2, "")}] * 2


def test_the_inbox_says_of_what_was_lifted_the_days_that_everybody_reads(cast: Cast, call: Call) -> None:
    owed = obligation_of(call, cast.a)
    waive(actor=cast.amaru, obligation=owed, reason="exenta", act="RA 2", on=OPENS_ON + timedelta(days=4))
    told = [debt.waited for debt in inbox(cast.inti, on=LATER).settled]
    assert told == list(waits([owed], on=LATER).values()) == [Waited(4, 0, "")]


def test_history_has_no_days_that_could_be_trusted(cast: Cast) -> None:
    make_edition()
    owed = obligation_of(make_call(historical=True), cast.a)
    assert waits([owed], on=LATER) == {}


def test_one_or_many_cost_the_same(
    cast: Cast, call: Call, query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    for body in (cast.a, cast.b):
        make_plan(cast, obligation_of(call, body), actor=cast.inti if body == cast.a else cast.killa)
    held = list(Obligation.objects.select_related("call"))
    with query_budget(4):
        assert len(waits(held, on=LATER)) == len(held)


def test_everybody_reads_the_acts_and_the_days_up_to_the_day_they_look_at(cast: Cast, call: Call) -> None:
    owed, granted = obligation_of(call, cast.a), OPENS_ON + timedelta(days=9)
    extend(actor=cast.amaru, obligation=owed, due_on=LATER, reason="la riada", act="RA 1", on=granted)
    told = [(each.acts, each.waited) for day in (OPENS_ON, granted) for each in bound(cast.a.pk, day)]
    assert told == [
        ((), Waited(0, 0, "entity")),
        ((ActCard(LATER, "la riada", "RA 1", granted),), Waited(9, 0, "entity")),
    ]


def test_nobody_reads_the_acts_of_a_restricted_call(cast: Cast) -> None:
    make_edition()
    owed = obligation_of(make_call(visibility="restricted"), cast.a)
    extend(actor=cast.amaru, obligation=owed, due_on=LATER, reason="la riada", act="RA 1", on=date(2018, 3, 1))

    assert acts([owed.pk]) == {}
