"""The rows behind a number: exactly as many as the figures count."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import cast as house
from yupana.domain.commitments.public import StandingCard
from yupana.domain.obligations import public as obligations
from yupana.domain.obligations.actions import extend, waive
from yupana.domain.obligations.public import CallCard
from yupana.domain.obligations.rules import CallState, Standing
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import public as figures
from yupana.projections.figures import rules
from yupana.projections.followers import tick
from yupana.projections.overviews.line import STANDINGS, Debtor, answering, counted, debtors, kept

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Call

DAY = date(2018, 7, 15)
CALL = CallCard(1, "C", "C", DAY, DAY, "2018", (), "all", CallState.OPEN, True, True, True, False, 1)


def debtor(standing: Standing = Standing.LATE, *, level: str = "municipal", due: bool = True) -> Debtor:
    row = StandingCard(
        obligation_id=1,
        entity_id=1,
        source="cast",
        source_id="1",
        code="1",
        name="Uno",
        acronym="",
        level=level,
        territory="",
        standing=standing,
        due_on=DAY,
        met_on=None,
    )
    return Debtor(CALL, row, due=due)


def line_of(call: Call, code: str = "1") -> int:
    return call.scopes.get().items.get(role="line", code=code).pk


def test_a_list_holds_who_answers_and_who_does_not(cast: house.Cast) -> None:
    house.make_edition()
    call = house.make_call()
    house.make_plan(cast, house.obligation_of(call, cast.a))
    rows = answering(obligations.calls(), line_of(call), DAY)
    assert [(row.row.code, row.answers, [act.name for act in row.activities]) for row in rows] == [
        ("A-1", True, ["Contar los granos"]),
        ("B-1", False, []),
    ]


@pytest.mark.parametrize("day", [house.DUE_ON - timedelta(days=1), house.DUE_ON, DAY, date(2018, 9, 30)])
def test_lists_count_as_the_figures_do_at_every_date(cast: house.Cast, day: date) -> None:
    house.make_edition()
    call = house.make_call(audience="all")
    later = date(2018, 9, 30)
    extend(actor=OPERATOR, obligation=house.obligation_of(call, cast.b), due_on=later, reason="x", act="1", on=DAY)
    waive(actor=OPERATOR, obligation=house.obligation_of(call, cast.c), reason="x", act="2", on=DAY)
    house.make_plan(cast, house.obligation_of(call, cast.a))
    tick()
    calls = obligations.calls()
    ids, item = [each.id for each in calls], line_of(call)
    shares = [
        figures.shares(measure=measure, calls=ids, as_of=day, items=items).get((), Share())
        for measure, items in ((rules.ANSWERED, [item]), (rules.COVERAGE, None))
    ]
    everybody = debtors(calls, day)
    handed = Share(len(kept(everybody, standing="accepted")), len(kept(everybody)))
    assert shares == [counted(answering(calls, item, day)), handed]


def test_who_is_waived_is_listed_only_when_asked_for() -> None:
    rows = [debtor(), debtor(Standing.WAIVED, due=False)]
    assert (kept(rows), kept(rows, standing="waived")) == ([rows[0]], [rows[1]])


def test_a_level_is_kept_by_its_code() -> None:
    rows = [debtor(), debtor(level="central")]
    assert kept(rows, level="central") == [rows[1]]


@given(st.lists(st.sampled_from(sorted(set(Standing) - {Standing.WAIVED}))))
def test_accepted_and_silent_share_out_everybody_who_is_due(standings: list[Standing]) -> None:
    rows = [debtor(standing) for standing in standings]
    assert len(kept(rows, standing="accepted")) + len(kept(rows, standing="silent")) == len(kept(rows))


@pytest.mark.parametrize("standing", STANDINGS)
def test_every_choice_keeps_what_it_names(standing: str) -> None:
    rows = [debtor(each, due=each is not Standing.WAIVED) for each in Standing]
    assert {row.row.standing for row in kept(rows, standing=standing)} == STANDINGS[standing]


def test_what_is_not_due_is_not_counted() -> None:
    assert counted([debtor(), debtor(due=False)]) == Share(0, 1)
