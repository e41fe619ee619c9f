"""The life of a submission, and the day on which it met what was owed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

FIRST_YEAR = 1990
_NONE_GIVEN = re.compile(
    r"(?:no|sin) (?:se )?(?:especific|indica|menciona|tiene|cuenta|resoluc)|borrador|ningun|(?:s/n|-+|n/a)$"
)
_ON_ITS_WAY = re.compile(r"en (?:proceso|tramite|aprobacion|elaboracion)|pendiente")


class State(StrEnum):
    """Where one version stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    MISFILED = "misfiled"


class Channel(StrEnum):
    """How it came in."""

    DESK = "desk"
    WORKBOOK = "workbook"
    LETTER = "letter"
    MAIL = "mail"
    IMPORT = "import"
    CARRIED = "carried"  # from an earlier call, when the edition that it put was replaced


class Verdict(StrEnum):
    """What a reviewer notes about one part of a version."""

    FINE = "fine"
    MEND = "mend"
    NOT_APPLICABLE = "na"


class DocumentKind(StrEnum):
    """What a file is that accompanies a version."""

    RESOLUTION = "resolution"
    PLAN = "plan"
    OTHER = "other"


class Resolution(StrEnum):
    """Whether the legal act that approves it is known."""

    KNOWN = "known"
    PENDING = "pending"
    MISSING = "missing"


MOVES = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.RETURNED, State.ACCEPTED, State.MISFILED}),
    State.RETURNED: frozenset(),
    State.ACCEPTED: frozenset(),
    State.MISFILED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Handed:
    """One version as the clock sees it: day received (None if doubtful) and, where returned, the remedy term."""

    received_on: date | None
    remedy_until: date | None = None


def met_on(versions: Sequence[Handed]) -> date | None:
    """Day that counts for the accepted version, the last of ``versions`` (oldest first).

    A version mended inside the remedy term of the one before keeps that one's day; None where the day is doubtful.
    """
    day = versions[-1].received_on
    for older, newer in zip(reversed(versions[:-1]), reversed(versions[1:]), strict=True):
        if newer.received_on is None or older.remedy_until is None or newer.received_on > older.remedy_until:
            return day
        day = older.received_on
    return day


def check_reception(received_on: date | None, *, opens_on: date | None, on: date | None) -> None:
    """Refuse a day of reception that cannot be: years ago, before its call opened, or after the day ``on``.

    ``opens_on`` None: history, which has no first day. ``on`` None: nobody says yet which day it is.
    """
    if received_on is None:
        return
    if received_on.year < FIRST_YEAR:
        raise Refused("received-beyond-sense", received_on=received_on, first=FIRST_YEAR)
    if opens_on is not None and received_on < opens_on:
        raise Refused("received-before-opening", received_on=received_on, opens_on=opens_on)
    if on is not None and received_on > on:
        raise Refused("received-in-future", received_on=received_on)


def resolution_state(text: str) -> Resolution:
    """Whether a text names the legal act that approves a plan, says that it is on its way, or names none."""
    plain = fold(text)
    if not plain or _NONE_GIVEN.match(plain):
        return Resolution.MISSING
    return Resolution.PENDING if _ON_ITS_WAY.match(plain) else Resolution.KNOWN


def day_that_counts(first_met_on: date | None, due_on: date | None, *, has_doubt: bool) -> date | None:
    """Day on which an obligation with accepted versions was met, None where that cannot be known.

    A later version never makes late what was met before. A doubtful day may have been in time, so it only leaves
    certain what is in time without it.
    """
    in_time = first_met_on is not None and due_on is not None and first_met_on <= due_on
    return first_met_on if in_time or not has_doubt else None
