"""A plan from its first line to the authority's word about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import ACCEPTED_ON, HANDED_IN_ON, hand_in, make_call, make_edition
from yupana.domain.commitments.actions import (
    accept_plan,
)
from yupana.domain.submissions.rules import State

if TYPE_CHECKING:
    from tests.cast import Cast
    from yupana.domain.obligations.models import Obligation


@pytest.fixture
def owed(cast: Cast) -> Obligation:
    make_edition()
    return make_call().obligations.get(debtor=cast.a)


def test_a_plan_is_begun_saved_handed_in_and_accepted(cast: Cast, owed: Obligation) -> None:
    plan = hand_in(cast.inti, owed)
    accept_plan(actor=cast.amaru, submission=plan, on=ACCEPTED_ON)
    plan.refresh_from_db()
    step = plan.steps.get()
    assert (plan.state, plan.version, step.met_on, step.by_id) == (
        State.ACCEPTED,
        1,
        HANDED_IN_ON,
        cast.amaru.person,
    )
