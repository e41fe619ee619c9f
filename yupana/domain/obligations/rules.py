"""Lives of calls and what an obligation's standing is on a day."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class CallState(StrEnum):
    """A call is drafted, opened once, and closed."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Expects(StrEnum):
    """What meets an obligation of the call."""

    PLAN = "plan"


class Visibility(StrEnum):
    """Who may see what was accepted under a call."""

    PUBLIC = "public"
    RESTRICTED = "restricted"


class Standing(StrEnum):
    """Where an obligation stands on a day; derived from its due date and what was accepted, never stored."""

    OPEN = "open"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    MET_DATE_UNKNOWN = "met_date_unknown"
    WAIVED = "waived"


def standing(*, due_on: date | None, accepted: bool, met_on: date | None, waived: bool, today: date) -> Standing:
    """Derive the standing on a day. ``met_on`` None with ``accepted``: the day of reception is doubtful.

    Without a due date nothing is ever late, and whether it was met in time is not known.
    """
    if waived:
        return Standing.WAIVED
    if accepted:
        if met_on is None or due_on is None:
            return Standing.MET_DATE_UNKNOWN
        return Standing.MET if met_on <= due_on else Standing.MET_LATE
    return Standing.LATE if due_on is not None and due_on < today else Standing.OPEN
