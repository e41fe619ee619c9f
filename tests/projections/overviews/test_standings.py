"""How an obligation stands on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.cast import DUE_ON, Cast, make_call, make_edition, make_plan, obligation_of
from yupana.domain.obligations.actions import extend, waive
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import Standing
from yupana.foundation.kernel.actor import OPERATOR
from yupana.projections.overviews.standings import Stands, stands, with_standing

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def mine(cast: Cast) -> Obligation:
    make_edition()
    return obligation_of(make_call(), cast.a)


def now(mine: Obligation, on: date = DUE_ON) -> Stands:
    return stands(with_standing(Obligation.objects.filter(pk=mine.pk)).get(), on=on)


@pytest.mark.parametrize(("days", "standing"), [(-1, Standing.OPEN), (0, Standing.OPEN), (1, Standing.LATE)])
def test_the_due_day_itself_is_on_time(mine: Obligation, days: int, standing: Standing) -> None:
    assert now(mine, DUE_ON + timedelta(days=days)).standing is standing


@pytest.mark.parametrize(("days", "standing"), [(-1, Standing.MET), (0, Standing.MET), (1, Standing.MET_LATE)])
def test_what_was_accepted_counts_from_the_day_it_came(
    cast: Cast, mine: Obligation, days: int, standing: Standing
) -> None:
    make_plan(cast, mine, on=DUE_ON + timedelta(days=days))
    found = now(mine, DUE_ON + timedelta(days=90))
    assert found == Stands(DUE_ON, accepted=True, waived=False, transferred=False, standing=standing)


def test_a_later_version_never_makes_late_what_was_met(cast: Cast, mine: Obligation) -> None:
    make_plan(cast, mine, on=DUE_ON)
    make_plan(cast, mine, on=DUE_ON + timedelta(days=50))
    assert now(mine).standing is Standing.MET


def moved(mine: Obligation) -> None:
    extend(actor=OPERATOR, obligation=mine, due_on=DUE_ON + timedelta(days=9), reason="x", act="y", on=DUE_ON)


def lifted(mine: Obligation) -> None:
    waive(actor=OPERATOR, obligation=mine, reason="x", act="y", on=DUE_ON)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (moved, Stands(DUE_ON + timedelta(days=9), False, False, False, Standing.OPEN)),
        (lifted, Stands(DUE_ON, False, True, False, Standing.WAIVED)),
    ],
)
def test_an_act_moves_it(mine: Obligation, act: Callable[[Obligation], None], told: Stands) -> None:
    act(mine)
    assert now(mine, DUE_ON + timedelta(days=5)) == told
