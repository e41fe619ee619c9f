"""Lives of calls, what may be called for, and what an obligation's standing is on a day."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.domain.obligations.rules.calendar import end_of_term
from yupana.domain.obligations.rules.calendars import CALENDARS
from yupana.domain.obligations.rules.plan_types import PLAN_TYPES, Visibility
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from yupana.domain.obligations.facts import CallTerms
    from yupana.domain.obligations.rules.calendar import Days

# A call is named in addresses and in the log.
_CODE = re.compile(r"\w[\w.()+-]*")
MOST_CODE, MOST_TITLE, MOST_REMEDY_DAYS, MOST_DUE_IN = 60, 300, 365, 1000


class CallState(StrEnum):
    """A call is drafted, opened once, and closed."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Expects(StrEnum):
    """What meets an obligation of the call."""

    PLAN = "plan"
    PROGRESS = "progress"


class ContactHow(StrEnum):
    """How the authority tried to reach an entity, or what came of it."""

    INVITED = "invited"
    BOUNCED = "bounced"
    CALLED = "called"
    LETTER = "letter"
    VISIT = "visit"
    MESSAGE = "message"


class Standing(StrEnum):
    """Where an obligation stands on a day; derived from its due date and what was accepted, never stored."""

    OPEN = "open"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    MET_DATE_UNKNOWN = "met_date_unknown"
    WAIVED = "waived"
    TRANSFERRED = "transferred"


def standing(
    *,
    due_on: date | None,
    accepted: bool,
    met_on: date | None,
    waived: bool,
    today: date,
    transferred: bool = False,
) -> Standing:
    """Derive the standing on a day. ``met_on`` None with ``accepted``: the day of reception is doubtful.

    Without a due date nothing is ever late, and whether it was met in time is not known.
    """
    if transferred:
        return Standing.TRANSFERRED
    if waived:
        return Standing.WAIVED
    if accepted:
        if met_on is None or due_on is None:
            return Standing.MET_DATE_UNKNOWN
        return Standing.MET if met_on <= due_on else Standing.MET_LATE
    return Standing.LATE if due_on is not None and due_on < today else Standing.OPEN


def check_terms(terms: CallTerms) -> None:
    """Refuse a call whose window, period, code or title cannot be."""
    if not _CODE.fullmatch(terms.code) or len(terms.code) > MOST_CODE:
        raise Refused("call-code-unusable", found=terms.code, most=MOST_CODE)
    if not 0 < len(terms.title) <= MOST_TITLE:
        raise Refused("call-title-length", title=terms.title, most=MOST_TITLE)
    if terms.expects not in list(Expects):
        raise Refused("call-expects-unknown", found=terms.expects, known=", ".join(Expects))
    if terms.visibility not in list(Visibility):
        raise Refused("call-visibility-unknown", found=terms.visibility, known=", ".join(Visibility))
    if terms.plan_type and terms.plan_type not in PLAN_TYPES:
        raise Refused("call-plan-type-unknown", found=terms.plan_type, known=", ".join(PLAN_TYPES))
    if not 0 <= terms.remedy_days <= MOST_REMEDY_DAYS:
        raise Refused("call-remedy-days", found=terms.remedy_days, most=MOST_REMEDY_DAYS)
    check_window(terms)
    check_follows(terms)


def check_follows(terms: CallTerms) -> None:
    """Refuse a call for reports that follows nothing, any other one that follows, and a lock before the due day."""
    if (terms.expects == Expects.PROGRESS) != bool(terms.follows):
        raise Refused("call-follows-nothing" if not terms.follows else "call-plan-follows", call=terms.follows)
    if terms.locks_on is not None and (terms.due_on is None or terms.locks_on < terms.due_on):
        raise Refused("call-locks-before-due", locks_on=terms.locks_on, due_on=terms.due_on)


def check_opening(opens_on: date, published: Iterable[tuple[str, date | None]], *, historical: bool) -> None:
    """Refuse a call that opens before an edition was published; ``published`` gives its name and day."""
    for edition, day in published:
        if day is not None and opens_on < day and not historical:
            raise Refused("call-before-edition", edition=edition, published_on=day, opens_on=opens_on)


def check_since(since: tuple[str, date | None], edition: tuple[str, date | None], instruments: Sequence[str]) -> None:
    """Refuse a complementary call that puts anything but a later edition of the instrument that it goes on from.

    ``since`` and ``edition`` are names (CODE/EDITION) and days of publication, ``instruments`` those of all editions.
    """
    owner = since[0].partition("/")[0]
    if list(instruments) != [owner] or since[0] == edition[0]:
        raise Refused("call-since-other", since=since[0], edition=edition[0])
    if since[1] is None or edition[1] is None or since[1] > edition[1]:
        raise Refused("call-since-not-before", since=since[0], edition=edition[0])


def check_window(terms: CallTerms) -> None:
    """Refuse a window that ends before it begins, has no end without being history, or a period nobody can read."""
    if terms.due_on is None and not terms.historical:
        raise Refused("call-due-missing")
    if terms.due_on is not None and terms.due_on < terms.opens_on:
        raise Refused("call-window-backwards", opens_on=terms.opens_on, due_on=terms.due_on)
    try:
        parse_period(terms.period)
    except ValueError as error:
        raise Refused("call-period-unreadable", found=terms.period) from error


def check_due(calendar: str, due_on: date | None, due_in: int | None) -> None:
    """Refuse a due day that is said in two ways, or counted by a calendar that nobody knows."""
    if calendar and calendar not in CALENDARS:
        raise Refused("call-calendar-unknown", found=calendar, known=", ".join(CALENDARS))
    if due_in is not None and due_on is not None:
        raise Refused("call-due-twice")
    if due_in is not None and not 0 < due_in <= MOST_DUE_IN:
        raise Refused("call-due-in", found=due_in, most=MOST_DUE_IN)


def due_day(days: Days | None, opens_on: date, due_on: date | None, due_in: int | None, territory: str) -> date | None:
    """Return the last day of a call for those of a territory; without a calendar (``days``) every day counts."""
    if due_in is not None:
        return end_of_term(days, opens_on, due_in, territory)
    return due_on if due_on is None or days is None else days.on_or_after(due_on, territory)


def late_due_day(days: Days | None, due_on: date, on: date, term: int, territory: str) -> date | None:
    """Return by when a body is due that is asked on a day, after others who are due on ``due_on``; None: too late.

    It has the days that are left, and at least a whole ``term``.
    """
    return max(due_on, end_of_term(days, on, term, territory)) if on <= due_on else None


def default_code(instruments: Sequence[str], period: str, taken: Callable[[str], bool]) -> str:
    """Make a code from the instruments and the period, with a number where it is taken: "PIGE-2024", "PIGE-2024.2"."""
    stem = "-".join(dict.fromkeys(instruments))[: MOST_CODE - len(period) - 5]
    code, number = f"{stem}-{period}", 1
    while taken(code):
        number += 1
        code = f"{stem}-{period}.{number}"
    return code
