"""The calendar of working days: a year's free days, and what acts say of single ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.obligations import actions, queries
from yupana.domain.obligations.labels import CALENDAR_NAMES
from yupana.domain.obligations.rules import CALENDARS
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.pleas import HolidayForm

if TYPE_CHECKING:
    from django.http import HttpResponse

FIRST_YEAR, LAST_YEAR = 1990, 2999
AROUND = 3  # years before and after this one to which a page leads; any other is asked for by its address


@door()
def calendar(visit: Visit, calendar: str) -> HttpResponse:
    """List the free days of a year; those who call declare one, or take one back, by an act."""
    days = queries.days_of(calendar) if calendar in CALENDARS else None
    if days is None:
        raise Missing("call-calendar-unknown", found=calendar, known=", ".join(CALENDARS))
    names = days.calendar.names
    form = HolidayForm(visit.sent, places=names)
    status = attempt(
        form, lambda: actions.declare_holiday(actor=visit.actor, calendar=calendar, on=visit.on, **form.said)
    )
    if status == DONE:
        told = _("Recorded. It counts from now on; due days that were given stay.")
        return visit.done(told, "calendar", calendar, year=form.cleaned_data["day"].year)
    year = _year(visit)
    rows = [(each, names.get(each.territory, "")) for each in days.of_year(year)]
    shown = {"calendar": calendar, "name": CALENDAR_NAMES[calendar], "year": year, "rows": rows, "form": form}
    shown["years"] = range(visit.on.year - AROUND, visit.on.year + AROUND + 1)
    return visit.show("desk/calendar.html", shown, status)


def _year(visit: Visit) -> int:
    text = visit.request.GET.get("year", "")
    known = text.isascii() and text.isdigit() and len(text) < 5  # noqa: PLR2004 - the digits of a year
    return min(max(int(text), FIRST_YEAR), LAST_YEAR) if known else visit.on.year
