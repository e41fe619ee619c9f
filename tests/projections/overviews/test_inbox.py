"""What an entity owes, as its people find it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import DUE_ON, HANDED_IN_ON, ROWS, Cast, hand_in, make_call, make_draft, make_edition, obligation_of
from yupana.domain.commitments.actions import (
    accept_plan,
    give_back,
    misfile_plan,
    put_before_executive,
    return_plan,
    start_plan,
)
from yupana.domain.obligations.actions import close_call, extend, waive
from yupana.domain.obligations.rules import Standing
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.projections.followers import tick
from yupana.projections.overviews.inbox import Debt, Next, owed

if TYPE_CHECKING:
    from collections.abc import Callable

    from yupana.domain.obligations.models import Call, Obligation

RETURNED_ON = date(2018, 5, 20)


@pytest.fixture
def call(cast: Cast) -> Call:
    make_edition()
    return make_call()


@pytest.fixture
def mine(cast: Cast, call: Call) -> Obligation:
    return obligation_of(call, cast.a)


def send_back(cast: Cast, mine: Obligation, **remarks: str) -> None:
    said = {int(row.removeprefix("row")): text for row, text in remarks.items()}
    version = hand_in(cast.inti, mine)
    return_plan(actor=cast.amaru, submission=version, reason="Falta", remarks=said, on=RETURNED_ON)


def misfile(cast: Cast, mine: Obligation) -> None:
    misfile_plan(actor=cast.amaru, submission=hand_in(cast.inti, mine), reason="Es otro", on=RETURNED_ON)


def accept(cast: Cast, mine: Obligation) -> None:
    accept_plan(actor=cast.amaru, submission=hand_in(cast.inti, mine), on=RETURNED_ON)


def draft(cast: Cast, mine: Obligation) -> None:
    make_draft(cast.inti, mine)


def finished(cast: Cast, mine: Obligation) -> None:
    put_before_executive(actor=cast.inti, submission=make_draft(cast.inti, mine), on=RETURNED_ON)


def given_back(cast: Cast, mine: Obligation) -> None:
    finished(cast, mine)
    give_back(actor=cast.executive, submission=mine.submissions.get(), note="Falta el monto.")


def submit(cast: Cast, mine: Obligation) -> None:
    hand_in(cast.inti, mine)


def mend(cast: Cast, mine: Obligation) -> None:
    send_back(cast, mine)
    start_plan(actor=cast.inti, obligation=mine, on=RETURNED_ON)


def mended(cast: Cast, mine: Obligation) -> None:
    send_back(cast, mine)
    hand_in(cast.inti, mine)


def anew(cast: Cast, mine: Obligation) -> None:
    accept(cast, mine)
    start_plan(actor=cast.inti, obligation=mine, on=RETURNED_ON)


def anew_and_back(cast: Cast, mine: Obligation) -> None:
    accept(cast, mine)
    send_back(cast, mine)


def waived(cast: Cast, mine: Obligation) -> None:
    waive(actor=OPERATOR, obligation=mine, reason="Cierra", act="RA 1", on=RETURNED_ON)


def closed(cast: Cast, mine: Obligation) -> None:
    close_call(actor=OPERATOR, call=mine.call, on=RETURNED_ON)


def nothing(cast: Cast, mine: Obligation) -> None:
    """Leave it as it was opened."""


def only(actor: Actor, on: date = RETURNED_ON) -> Debt:
    found = owed(actor, on=on)
    (debt,) = (*found.debts, *found.settled)
    return debt


@pytest.mark.parametrize(
    ("happened", "planner", "executive"),
    [
        (nothing, Next.START, Next.WAIT),
        (draft, Next.CONTINUE, Next.WAIT),
        (finished, Next.WAIT, Next.APPROVE),
        (given_back, Next.CONTINUE, Next.WAIT),
        (submit, Next.WAIT, Next.WAIT),
        (send_back, Next.MEND, Next.WAIT),
        (misfile, Next.MEND, Next.WAIT),
        (mend, Next.MEND, Next.WAIT),
        (mended, Next.WAIT, Next.WAIT),
        (accept, Next.NOTHING, Next.NOTHING),
        (anew, Next.CONTINUE, Next.WAIT),
        (anew_and_back, Next.NOTHING, Next.NOTHING),
        (waived, Next.NOTHING, Next.NOTHING),
        (closed, Next.NOTHING, Next.NOTHING),
    ],
)
def test_there_is_one_next_step(
    cast: Cast,
    mine: Obligation,
    happened: Callable[[Cast, Obligation], None],
    planner: Next,
    executive: Next,
) -> None:
    happened(cast, mine)
    assert (only(cast.inti).next, only(cast.executive).next) == (planner, executive)


def test_who_wrote_it_reads_since_when_it_waits_and_why_it_came_back(cast: Cast, mine: Obligation) -> None:
    finished(cast, mine)
    assert (only(cast.inti).ready_on, only(cast.inti).ready_note) == (RETURNED_ON, "")
    give_back(actor=cast.executive, submission=mine.submissions.get(), note="Falta el monto.")
    assert (only(cast.inti).ready_on, only(cast.inti).ready_note) == (None, "Falta el monto.")


def test_before_the_call_opens_there_is_nothing_to_do(cast: Cast, mine: Obligation) -> None:
    early = only(cast.inti, on=mine.call.opens_on - timedelta(days=1))
    assert (early.next, early.takes) == (Next.NOTHING, False)


@pytest.mark.parametrize("days", [-3, 0, 1, 30])
def test_days_are_calendar_days_to_the_due_day(cast: Cast, mine: Obligation, days: int) -> None:
    debt = only(cast.inti, on=DUE_ON - timedelta(days=days))
    assert (debt.due_on, debt.days) == (DUE_ON, days)


def test_an_extension_moves_the_day(cast: Cast, mine: Obligation) -> None:
    later = DUE_ON + timedelta(days=20)
    extend(actor=OPERATOR, obligation=mine, due_on=later, reason="Inundación", act="RA 1", on=RETURNED_ON)
    debt = only(cast.inti, on=DUE_ON + timedelta(days=10))
    assert (debt.due_on, debt.days, debt.standing) == (later, 10, Standing.OPEN)


def test_what_came_back_names_the_rows_as_they_were_handed_in(cast: Cast, mine: Obligation) -> None:
    send_back(cast, mine, row1="Otra meta")
    back = only(cast.inti).sent_back
    assert back
    told = [(each.row, each.name, each.text) for each in back.remarks]
    assert (back.version, back.on, back.reason, told) == (
        1,
        RETURNED_ON,
        "Falta",
        [(1, "Contar los granos", "Otra meta")],
    )


def test_the_remedy_term_is_counted_from_today(cast: Cast, mine: Obligation) -> None:
    send_back(cast, mine)
    assert only(cast.inti, on=RETURNED_ON + timedelta(days=5)).mend_days == 10


@pytest.mark.parametrize(("after", "left"), [(0, 15), (15, 0), (16, None), (400, None)])
def test_a_remedy_term_that_has_passed_presses_no_more(
    cast: Cast, mine: Obligation, after: int, left: int | None
) -> None:
    send_back(cast, mine)
    debt = only(cast.inti, on=RETURNED_ON + timedelta(days=after))
    assert (debt.next, debt.mend_days, debt.days) == (Next.MEND, left, (DUE_ON - RETURNED_ON).days - after)


def test_what_came_back_long_ago_is_as_urgent_as_its_own_day(cast: Cast, call: Call) -> None:
    later = obligation_of(make_call(period="2019", due_on=DUE_ON + timedelta(days=900)), cast.a)
    send_back(cast, later)
    orders = [
        [debt.obligation.period for debt in owed(cast.inti, on=RETURNED_ON + timedelta(days=after)).debts]
        for after in (15, 16)
    ]
    assert orders == [["2019", "2018"], ["2018", "2019"]]


def test_a_draft_says_rows_and_lines_that_they_answer(cast: Cast, mine: Obligation) -> None:
    rows = [ROWS[0], replace(ROWS[0], row=2), replace(ROWS[0], row=3, item="")]
    make_draft(cast.inti, mine, rows)
    debt = only(cast.inti)
    assert (debt.rows, debt.answered, debt.lines) == (3, 1, 2)


def test_the_most_urgent_comes_first_and_what_waits_last(cast: Cast, call: Call) -> None:
    periods = {
        period: obligation_of(make_call(period=period, due_on=DUE_ON + timedelta(days=later)), cast.a)
        for period, later in (("2019", 50), ("2020", -50), ("2021", 90), ("2022", 10))
    }
    hand_in(cast.inti, periods["2020"])
    send_back(cast, periods["2021"])
    order = [debt.obligation.period for debt in owed(cast.inti, on=RETURNED_ON).debts]
    assert order == ["2021", "2018", "2022", "2019", "2020"]


def test_todo_and_waiting_add_up(cast: Cast, call: Call) -> None:
    hand_in(cast.inti, obligation_of(make_call(period="2019"), cast.a))
    found = owed(cast.inti, on=RETURNED_ON)
    assert (found.todo, found.waiting) == (1, 1)


def test_a_receipt_has_its_position_once_sealed(cast: Cast, mine: Obligation) -> None:
    hand_in(cast.inti, mine)
    before = [each.position for each in owed(cast.inti, on=RETURNED_ON).receipts]
    tick()
    after = [each.position for each in owed(cast.inti, on=RETURNED_ON).receipts]
    assert (before, all(position is not None for position in after)) == ([None], True)


def test_receipts_come_newest_first_and_drafts_have_none(cast: Cast, mine: Obligation) -> None:
    mended(cast, mine)
    other = obligation_of(make_call(period="2019"), cast.a)
    make_draft(cast.inti, other)
    assert [each.submission.version for each in owed(cast.inti, on=RETURNED_ON).receipts] == [2, 1]


def test_a_pending_resolution_keeps_its_day(cast: Cast, mine: Obligation) -> None:
    until = RETURNED_ON + timedelta(days=30)
    accept_plan(actor=cast.amaru, submission=hand_in(cast.inti, mine), on=RETURNED_ON, resolution_due_on=until)
    assert [each.resolution_due_on for each in owed(cast.inti, on=RETURNED_ON).receipts] == [until]


def test_whoever_acts_for_two_entities_sees_both(cast: Cast, call: Call) -> None:
    both = Actor(person=1, mandates=frozenset({(Role.ENTITY_PLANNER, cast.a.pk), (Role.EXECUTIVE, cast.b.pk)}))
    steps = {debt.obligation.debtor_id: debt.next for debt in owed(both, on=HANDED_IN_ON).debts}
    assert steps == {cast.a.pk: Next.START, cast.b.pk: Next.WAIT}


def test_nobody_else_owes_anything(cast: Cast, mine: Obligation) -> None:
    make_draft(cast.inti, mine)
    others = (NOBODY, cast.amaru, cast.auditor, cast.expired)
    assert [owed(actor, on=RETURNED_ON).debts for actor in others] == [(), (), (), ()]


def test_another_entity_sees_only_its_own(cast: Cast, mine: Obligation) -> None:
    make_draft(cast.inti, mine)
    debt = only(cast.killa)
    assert (debt.obligation.debtor_id, debt.has_draft) == (cast.b.pk, False)
