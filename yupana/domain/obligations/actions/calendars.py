"""Declaring by an act that nobody works on a day, or that it is a working day after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.obligations import rules
from yupana.domain.obligations.facts import holiday_content
from yupana.domain.obligations.models import Holiday
from yupana.domain.obligations.policy import can_call
from yupana.domain.obligations.queries import days_of, declared
from yupana.foundation.kernel.errors import Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.kernel.text import squeeze
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from datetime import date

    from yupana.foundation.kernel.actor import Actor

MOST_NAME = 200


def declare_holiday(  # noqa: PLR0913 (what an act says of a day)
    *,
    actor: Actor,
    calendar: str,
    day: date,
    name: str,
    act: str,
    on: date,
    territory: str = "",
    works: bool = False,
) -> Holiday:
    """Declare a day free, or with ``works`` a working day after all, everywhere or in the department of a territory.

    It holds for what is counted from now on: due days that were given stay, unless an extension moves them. Refused
    where it would change nothing.
    """
    if not can_call(actor):
        raise Forbidden("call-planners-only")
    rules.check_due(calendar, None, None)
    days = days_of(calendar)
    if days is None:
        raise Refused("calendar-missing", known=", ".join(rules.CALENDARS))
    where = days.calendar.department(territory)
    if territory and not where:
        raise Refused("department-unknown", found=territory, known=", ".join(days.calendar.names.values()))
    name, act = squeeze(name), squeeze(act)
    if not 0 < len(name) <= MOST_NAME:
        raise Refused("holiday-name-length", most=MOST_NAME)
    if not 0 < len(act) <= rules.MOST_TITLE:
        raise Refused("obligation-act-missing", most=rules.MOST_TITLE)
    if days.works(day, where) == works:
        raise Refused("holiday-works-already" if works else "holiday-free-already", day=day)
    with transaction.atomic():
        holiday = Holiday(calendar=calendar, day=day, territory=where, works=works, name=name, act=act)
        verb = "holiday.revoked" if works else "holiday.declared"
        codes: dict[str, str | int] = {"calendar": calendar, "day": day.isoformat()}
        holiday.entry = record(Fact(verb, codes, on, holiday_content(calendar, declared(holiday))))
        holiday.save(force_insert=True)
        return holiday
