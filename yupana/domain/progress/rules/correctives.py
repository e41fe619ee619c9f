"""How a corrective action goes on: open, answered by the entity, closed or reopened by the authority."""

from __future__ import annotations

from yupana.domain.progress.rules.kinds import CorrectiveState

_MOVES = {
    None: frozenset({CorrectiveState.ANSWERED, CorrectiveState.CLOSED}),
    CorrectiveState.ANSWERED: frozenset({CorrectiveState.CLOSED, CorrectiveState.REOPENED}),
    CorrectiveState.CLOSED: frozenset({CorrectiveState.REOPENED}),
    CorrectiveState.REOPENED: frozenset({CorrectiveState.ANSWERED, CorrectiveState.CLOSED}),
}


def moves(state: CorrectiveState | None) -> frozenset[CorrectiveState]:
    """Return where it can go from there; None: nothing happened since it was opened."""
    return _MOVES[state]


def waits_for_entity(state: CorrectiveState | None) -> bool:
    """Whether the entity is to do something about it."""
    return CorrectiveState.ANSWERED in moves(state)
