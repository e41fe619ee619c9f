"""Where a corrective action goes on from each place, and who has to move."""

from __future__ import annotations

import pytest

from yupana.domain.progress.rules import CorrectiveState, moves, waits_for_entity

ANSWERED, CLOSED, REOPENED = CorrectiveState.ANSWERED, CorrectiveState.CLOSED, CorrectiveState.REOPENED


@pytest.mark.parametrize(
    ("state", "after", "waits"),
    [
        (None, {ANSWERED, CLOSED}, True),
        (ANSWERED, {CLOSED, REOPENED}, False),
        (CLOSED, {REOPENED}, False),
        (REOPENED, {ANSWERED, CLOSED}, True),
    ],
)
def test_a_corrective_action_goes_on(state: CorrectiveState | None, after: set[CorrectiveState], waits: bool) -> None:
    assert (set(moves(state)), waits_for_entity(state)) == (after, waits)


def test_nothing_is_reopened_that_was_never_answered_or_closed() -> None:
    assert [state for state in (None, *CorrectiveState) if REOPENED in moves(state)] == [ANSWERED, CLOSED]


def test_from_everywhere_it_can_come_to_its_end() -> None:
    near: set[CorrectiveState | None] = {CLOSED}
    while more := {state for state in (None, *CorrectiveState) if moves(state) & near} - near:
        near |= more
    assert near == {None, *CorrectiveState}
