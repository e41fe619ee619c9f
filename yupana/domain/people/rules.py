"""User names and passing of mandates, as pure functions."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from datetime import date

MOST_USERNAME = 60


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
