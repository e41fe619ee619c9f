"""Actors, refusals and reports."""

import pytest

from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Actor, Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.kernel.report import Note, Report

AMARU = Actor(1, frozenset({(Role.PLANNER, 10), (Role.REVIEWER, 10), (Role.ENTITY_PLANNER, 20)}))


def test_an_actor_acts_for_the_entities_of_its_mandates() -> None:
    assert AMARU.entities(Role.REVIEWER, Role.ENTITY_PLANNER) == {10, 20}


@pytest.mark.parametrize("role", list(Role))
def test_whoever_has_no_mandate_has_no_role(role: Role) -> None:
    assert [actor.has(role) for actor in (NOBODY, OPERATOR)] == [False, False]


def test_a_role_is_had_through_a_mandate() -> None:
    assert (AMARU.has(Role.AUDITOR, Role.PLANNER), AMARU.has(Role.AUDITOR)) == (True, False)


@pytest.mark.parametrize("kind", [Refused, Forbidden, Conflict, Missing])
def test_a_refusal_keeps_its_code_and_what_fills_its_sentence(kind: type[Refused]) -> None:
    refused = kind("code-ambiguous", code="SC-54")
    assert (refused.code, refused.details, isinstance(refused, Refused)) == ("code-ambiguous", {"code": "SC-54"}, True)


def test_reports_of_two_parts_add_up() -> None:
    one, other = Note("a.csv:2", "no-parent", "x"), Note("b.csv:3", "doubtful", "y")
    assert Report(3, 1, 1, 1, (one,), ()) + Report(2, 2, 0, 0, (), (other,)) == Report(5, 3, 1, 1, (one,), (other,))
