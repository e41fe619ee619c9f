"""User names and passing of mandates, as pure functions."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

MOST_USERNAME, MOST_NAME, MOST_EMAIL, MOST_LETTER = 60, 120, 254, 120
OF_AN_ENTITY = (Role.ENTITY_PLANNER, Role.EXECUTIVE)


def username_key(text: str) -> str:
    """Fold a user name as it is stored and looked up: composed, without case, without space at the ends."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).strip().casefold())


def check_username(text: str) -> str:
    """Return the folded user name; Refused where it is empty, too long, or holds spaces or unprintable characters."""
    username = username_key(text)
    if not username or len(username) > MOST_USERNAME or not username.isprintable() or " " in username:
        raise Refused("username-unusable", username=username[:MOST_USERNAME], most=MOST_USERNAME)
    return username


def in_force(*, starts_on: date, ends_on: date | None, ended_on: date | None, on: date) -> bool:
    """Whether a mandate gives rights on a day: from its first day to its last, and not from the day it was ended."""
    return starts_on <= on and (ends_on is None or on <= ends_on) and (ended_on is None or on < ended_on)


def overlap(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Whether two stretches, both ends included and None without end, share a day."""
    (a, b), (c, d) = first, second
    return (d is None or a <= d) and (b is None or c <= b)


def username_for(email: str, name: str, taken: Callable[[str], bool]) -> str:
    """Return the user name of who is invited: the address, which is theirs alone; without one made from the name.

    A name that is taken gets a number: two people may be called alike, and nobody gets another one's account.
    """
    if email:
        return check_username(email)
    stem = ".".join(re.findall(r"\w+", fold(name)))[: MOST_USERNAME - 5]
    found, number = stem, 1
    while taken(found):
        number += 1
        found = f"{stem}{number}"
    return check_username(found)


def check_role(text: str) -> Role:
    """Read the role of a line; Refused where it is none that acts for an entity: the authority's own are no list's."""
    if text not in OF_AN_ENTITY:
        raise Refused("invited-role-unknown", found=text[:MOST_USERNAME])
    return Role(text)
