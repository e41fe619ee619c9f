"""What is told to whom and when: one table, and the arithmetic of its days, as plain functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

GRACE_DAYS = 3  # a notice that was missed because nothing ran is still made so many days later
STALE_DAYS = 7  # what could not be sent for so long is not sent any more
MOST_TRIES = 5
SILENT_PERIODS = 2  # so many in a row without a report are a silence
FIRST_PAUSE = timedelta(minutes=15)  # before the second try; each next one doubles it


class Rule(StrEnum):
    """What a notice is about."""

    DUE = "due"
    LATE = "late"
    RETURNED = "returned"
    REMEDY = "remedy"
    READY = "ready"
    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    INVITED = "invited"
    # Of follow-up
    DRAFT = "draft"
    SILENT = "silent"
    OFF_PLAN = "off_plan"
    EXPIRES = "expires"
    EXPIRED = "expired"
    CHECKED = "checked"
    DISPUTED = "disputed"
    FIX = "fix"
    FIX_LATE = "fix_late"
    FIXED = "fixed"


class Whom(StrEnum):
    """Who is told: those who act for the entity, or for the authority."""

    PLANNERS = "planners"
    EXECUTIVE = "executive"
    REVIEWERS = "reviewers"
    AUTHORITY = "authority"


class Post(StrEnum):
    """Where a mail stands. ``sending`` is one of which nobody knows whether it left: it is never sent again."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
    DROPPED = "dropped"


class Link(StrEnum):
    """What an entity's people are led to: a plan or a report of theirs, their evidence, what was found of them."""

    PLAN = "plan"
    REPORT = "report"
    EVIDENCE = "evidence"
    FINDINGS = "findings"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Tell ``whom`` so many days after the day that the rule is about; negative: before it."""

    rule: Rule
    days: int
    whom: tuple[Whom, ...]


_ENTITY = (Whom.PLANNERS,)
_ESCALATED = (Whom.PLANNERS, Whom.EXECUTIVE)
REMINDERS = (
    Reminder(Rule.DUE, -30, _ENTITY),
    Reminder(Rule.DUE, -10, _ENTITY),
    Reminder(Rule.DUE, -3, _ENTITY),
    Reminder(Rule.DUE, -1, _ESCALATED),
    Reminder(Rule.LATE, 1, _ENTITY),
    Reminder(Rule.LATE, 7, _ESCALATED),
    Reminder(Rule.LATE, 15, (*_ESCALATED, Whom.AUTHORITY)),
    Reminder(Rule.REMEDY, -3, _ENTITY),
    Reminder(Rule.RETURNED, 0, _ENTITY),
    Reminder(Rule.ACCEPTED, 0, _ESCALATED),
    Reminder(Rule.READY, 0, (Whom.EXECUTIVE,)),
    Reminder(Rule.UNREVIEWED, 10, (Whom.REVIEWERS,)),
    Reminder(Rule.DRAFT, 7, _ENTITY),
    Reminder(Rule.SILENT, 3, (Whom.EXECUTIVE, Whom.AUTHORITY)),
    Reminder(Rule.OFF_PLAN, 0, (Whom.EXECUTIVE, Whom.AUTHORITY)),
    Reminder(Rule.EXPIRES, -15, _ENTITY),
    Reminder(Rule.EXPIRED, 1, _ENTITY),
    Reminder(Rule.CHECKED, 0, _ENTITY),
    Reminder(Rule.DISPUTED, 3, (Whom.REVIEWERS,)),
    Reminder(Rule.DISPUTED, 10, (Whom.REVIEWERS, Whom.AUTHORITY)),
    Reminder(Rule.FIX, -3, _ENTITY),
    Reminder(Rule.FIX_LATE, 1, _ENTITY),
    Reminder(Rule.FIX_LATE, 7, _ESCALATED),
    Reminder(Rule.FIX_LATE, 15, (*_ESCALATED, Whom.AUTHORITY)),
    Reminder(Rule.FIXED, 5, (Whom.REVIEWERS,)),
)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something about which somebody is told today: the obligation, its debtor, the version where there is one.

    ``obligation`` is 0 where it is about none. ``link`` is what its entity's people are led to.
    """

    reminder: Reminder
    about_on: date
    obligation: int
    debtor: int
    submission: int = 0
    link: Link = Link.PLAN


def anchors(rule: Rule, today: date) -> list[date]:
    """Return the days about which something is to be said today: what the database is asked for."""
    told = {
        today - timedelta(days=each.days + late)
        for each in REMINDERS
        if each.rule is rule
        for late in range(GRACE_DAYS + 1)
    }
    return sorted(day for day in told if reminder(rule, day, today))


def reminder(rule: Rule, about: date, today: date) -> Reminder | None:
    """Return what is to be said today about a day: the latest that fell due within the days of grace.

    What is said before a day is not said after it.
    """
    fitting = [
        each
        for each in REMINDERS
        if each.rule is rule
        and timedelta() <= today - about - timedelta(days=each.days) <= timedelta(days=GRACE_DAYS)
        and (each.days >= 0 or today <= about)
    ]
    return max(fitting, key=lambda each: each.days, default=None)


def pause(tries: int) -> timedelta:
    """Return how long to wait after so many failed tries."""
    doubled: int = 2 ** max(tries - 1, 0)
    return FIRST_PAUSE * doubled


def is_stale(made_for: date, today: date) -> bool:
    """Whether a notice of that day is too old to be of use."""
    return today - made_for > timedelta(days=STALE_DAYS)
