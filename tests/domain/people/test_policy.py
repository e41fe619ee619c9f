"""Who may open accounts and grant mandates."""

from __future__ import annotations

import pytest

from yupana.domain.people.policy import can_grant, check_grant
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Forbidden

WHO = [
    (OPERATOR, True),
    (Actor(1, frozenset({(Role.PLANNER, 1)})), True),
    (NOBODY, False),
    *[(Actor(1, frozenset({(role, 1)})), False) for role in Role if role != Role.PLANNER],
]


@pytest.mark.parametrize(("actor", "may"), WHO)
def test_the_authoritys_planners_and_the_operator_grant(actor: Actor, may: bool) -> None:
    assert can_grant(actor) == may


@pytest.mark.parametrize("actor", [actor for actor, may in WHO if not may])
def test_everybody_else_is_refused(actor: Actor) -> None:
    with pytest.raises(Forbidden, match="grant-forbidden"):
        check_grant(actor)
