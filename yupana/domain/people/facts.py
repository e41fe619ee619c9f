"""What stands behind the entries of mandates. The public codes name no person; the salted content does, by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from yupana.foundation.kernel.canonical import Plain

GRANTED, ENDED = "mandate.granted", "mandate.ended"


def mandate_codes(entity: str, role: str) -> Mapping[str, str]:
    """Say in public what happened: a role at a body was given or ended."""
    return {"entity": entity, "role": role}


@dataclass(frozen=True, slots=True)
class Letter:
    """Number and day of a designation letter; both may be unknown."""

    number: str = ""
    on: date | None = None


NO_LETTER = Letter()


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who is to act for a body, as a line of a list says it. ``where`` names the line.

    ``entity`` is the body as people name it (its code, or SOURCE:ID); ``email`` may be empty: the link is then handed
    over on paper.
    """

    where: str
    entity: str
    name: str
    email: str
    role: str
    letter: Letter = NO_LETTER


def granted_content(
    *, person: int, entity: str, role: str, starts_on: date, ends_on: date | None, letter: Letter = NO_LETTER
) -> Mapping[str, Plain]:
    """Say who may act for which body, in which role, between which days, by which letter."""
    said: dict[str, Plain] = {
        "person": person,
        "entity": entity,
        "role": role,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    # Left out where it says nothing, so that what was sealed before it could be said reads as ever.
    more: dict[str, Plain] = {"letter": letter.number, "letter_on": letter.on}
    return said | {name: value for name, value in more.items() if value}


def ended_content(*, person: int, entity: str, role: str, starts_on: date, ended_on: date) -> Mapping[str, Plain]:
    """Say whose mandate ended on which day; its first day tells it from a later one of the same role."""
    return {"person": person, "entity": entity, "role": role, "starts_on": starts_on, "ended_on": ended_on}
