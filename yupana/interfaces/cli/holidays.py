"""Calendars of working days: a year's free days, and the acts that declare one or take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.obligations import actions, queries
from yupana.domain.obligations.rules import CALENDARS, Declared, Free
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Act, Argument, Group, Number, Option, Task, day_option, json_option
from yupana.interfaces.words import label

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any, Unpack

FIRST_YEAR, LAST_YEAR = 1990, 2999


class Said(TypedDict):
    """What an act says of a day."""

    day: date
    name: str
    act: str
    territory: str
    calendar: str


@click.group("holiday", cls=Group, help=gettext_noop("Days on which nobody works and no term ends."))
def holiday() -> None:
    """Hold the commands of holidays."""


def _calendar_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--calendar",
        default="bolivia",
        show_default=True,
        type=click.Choice(list(CALENDARS)),
        cls=Option,
        help=gettext_noop("The calendar."),
    )(command)


def _said(command: Callable[..., Any]) -> Callable[..., Any]:
    """Take what an act says of a day."""
    told = (
        day_option("--day", required=True, help=gettext_noop("The day.")),
        click.option("--name", required=True, cls=Option, help=gettext_noop("What it is called.")),
        click.option("--act", required=True, cls=Option, help=gettext_noop("The act that says so.")),
        click.option(
            "--department",
            "territory",
            default="",
            metavar="CODE",
            cls=Option,
            help=gettext_noop("Where, by the INE code or the letters of the department; otherwise everywhere."),
        ),
        _calendar_option,
    )
    for each in reversed(told):
        command = each(command)
    return command


@holiday.command("list", cls=Task, help=gettext_noop("List the free days of a year, and what acts changed."))
@click.argument("year", type=Number(FIRST_YEAR, LAST_YEAR), required=False, cls=Argument)
@_calendar_option
@json_option
def list_(year: int | None, calendar: str, *, as_json: bool) -> None:
    """Show the year, this one if none is named."""
    year = year or timezone.localdate().year
    days = queries.days_of(calendar)
    rows = [_row(each, days.calendar.names.get(each.territory, "")) for each in days.of_year(year)] if days else []
    if as_json:
        speak.print_json({"calendar": calendar, "year": year, "days": rows})
        return
    for row in rows:
        more = " · ".join(each for each in (str(row["where"]), str(row["act"])) if each)
        works = _(" (a working day after all)") if row["works"] else ""
        click.echo(f"{row['day']}  {row['name']}{works}{f'  [{more}]' if more else ''}")


@holiday.command("declare", cls=Act, help=gettext_noop("Declare by an act that nobody works on a day."))
@_said
def declare(**said: Unpack[Said]) -> None:
    """Make a day free."""
    actions.declare_holiday(actor=OPERATOR, on=timezone.localdate(), **said)
    click.echo(_("Recorded. It counts from now on; due days that were given stay."))


@holiday.command("revoke", cls=Act, help=gettext_noop("Say by an act that a day is a working day after all."))
@_said
def revoke(**said: Unpack[Said]) -> None:
    """Make a day one of work."""
    actions.declare_holiday(actor=OPERATOR, works=True, on=timezone.localdate(), **said)
    click.echo(_("Recorded. It counts from now on; due days that were given stay."))


def _row(each: Free | Declared, where: str) -> dict[str, object]:
    feast = each.feast if isinstance(each, Free) else None
    return {
        "day": each.day.isoformat(),
        "name": label(feast) if feast else each.name,
        "works": isinstance(each, Declared),
        "where": where,
        "act": each.act,
    }
