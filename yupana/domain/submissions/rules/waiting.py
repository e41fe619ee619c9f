"""How long one obligation waited for the entity, and how long for the authority: counted apart, in calendar days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.submissions.rules.life import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

# Whose turn it is from each state on; nobody's once it is accepted.
_ENTITY, _AUTHORITY, _NOBODY = "entity", "authority", ""
_TURN = {
    State.DRAFT: _ENTITY,
    State.SUBMITTED: _AUTHORITY,
    State.RETURNED: _ENTITY,
    State.MISFILED: _ENTITY,
    State.ACCEPTED: _NOBODY,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A version was handed in, returned, accepted or turned away on a day."""

    on: date
    after: State


@dataclass(frozen=True, slots=True)
class Waited:
    """Calendar days that passed while it was the turn of each. ``turn`` says whose it is now: "" once it is settled."""

    entity: int
    authority: int
    turn: str

    @property
    def at_entity(self) -> bool:
        """Whether it waits for the entity now."""
        return self.turn == _ENTITY

    @property
    def at_authority(self) -> bool:
        """Whether it waits for the authority now."""
        return self.turn == _AUTHORITY


def waited(opens_on: date, moments: Iterable[Moment], *, on: date, settled_on: date | None = None) -> Waited:
    """Count the days up to ``on``, from the opening; ``moments`` in the order in which they were recorded.

    A day that was recorded after a later one adds nothing. Once accepted nobody waits, until a new version is handed
    in; one that is sent back leaves standing what was accepted. ``settled_on``: from that day on nothing is owed any
    more, for it was waived or passed to another body.
    """
    last = min(on, settled_on) if settled_on else on
    days = {_ENTITY: 0, _AUTHORITY: 0, _NOBODY: 0}
    turn, since, stands = _ENTITY, opens_on, False
    for moment in moments:
        if moment.on > last:
            break
        days[turn] += max((moment.on - since).days, 0)
        stands |= moment.after is State.ACCEPTED
        turn, since = _TURN[moment.after], max(moment.on, since)
        if stands and turn == _ENTITY:
            turn = _NOBODY
    days[turn] += max((last - since).days, 0)
    return Waited(days[_ENTITY], days[_AUTHORITY], _NOBODY if settled_on and settled_on <= on else turn)
