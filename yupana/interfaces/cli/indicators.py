"""Indicators of an edition: their sheets made from what its targets say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from yupana.domain.instruments.queries import edition as edition_named
from yupana.domain.instruments.rules.targets import NOTES
from yupana.domain.progress.actions import load_sheets
from yupana.domain.progress.indicators import name_of
from yupana.domain.progress.rules.sheets import Terms
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.quantity import format_quantity
from yupana.interfaces import words
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Act, Argument, Group, Option, day_option, json_option

if TYPE_CHECKING:
    from datetime import date
    from typing import TypedDict, Unpack

    from yupana.domain.progress.actions import Loaded
    from yupana.domain.progress.models import Sheet

    class _Terms(TypedDict):
        by: str
        ask: bool
        yes_no: bool
        due: date | None


_LONGEST = 60


@click.group("indicators", cls=Group, help=gettext_noop("Say how the targets of an edition are measured."))
def indicators() -> None:
    """Hold the commands."""


@indicators.command(
    "load",
    cls=Act,
    help=gettext_noop(
        "Make the sheet of each target of EDITION (CODE/EDITION) whose statement says its number, and list those that"
        " do not. Sheets that there are stay as they are."
    ),
)
@click.argument("edition", cls=Argument)
@click.option(
    "--by",
    default="",
    metavar="AUDIENCE",
    cls=Option,
    help=gettext_noop("Who reports what is not a share of public entities; otherwise nobody yet."),
)
@click.option(
    "--ask-entities",
    "ask",
    is_flag=True,
    cls=Option,
    help=gettext_noop("Ask the entities themselves for what is a share of them; otherwise it is counted from plans."),
)
@day_option("--due", "due", help=gettext_noop("By when the targets are to be reached that do not say it themselves."))
@click.option(
    "--yes-no",
    is_flag=True,
    cls=Option,
    help=gettext_noop("Take targets that say no number as reached or not."),
)
@json_option
def load(edition: str, as_json: bool, **terms: Unpack[_Terms]) -> None:  # noqa: FBT001 - click hands a flag over by name
    """Read, set, tell."""
    found = load_sheets(actor=OPERATOR, edition=edition_named(edition), terms=Terms(**terms), on=timezone.localdate())
    if as_json:
        speak.print_json(_plain(found))
        return
    click.echo(_("Sheets made: %(number)d. Kept: %(kept)d.") % {"number": len(found.made), "kept": len(found.kept)})
    if found.made:
        heads = [
            pgettext("item", "Target"),
            pgettext("indicator", "Number"),
            _("Unit"),
            _("Due"),
            _("Source"),
            _("Who reports"),
        ]
        click.echo(speak.table(heads, [_line(each) for each in found.made]))
    click.echo(_("Not read: %(number)d") % {"number": len(found.unread)})
    for item, reason in found.unread:
        click.echo(f"  {item.code}  {words.why(NOTES[reason])} «{item.text[:_LONGEST]}» [{NOTES[reason]}]")


def _line(sheet: Sheet) -> list[str]:
    number = "" if sheet.target is None else format_quantity(sheet.target)
    due = sheet.due_on.isoformat() if sheet.due_on else "–"  # noqa: RUF001 - a dash: it is not said
    whom = sheet.audience or "–"  # noqa: RUF001 - a dash: nobody yet
    return [sheet.item.code, number, sheet.unit, due, sheet.source, whom]


def _plain(found: Loaded) -> dict[str, object]:
    return {
        "made": [
            {
                "item": name_of(each.item),
                "target": None if each.target is None else format_quantity(each.target),
                "unit": each.unit,
                "due_on": each.due_on and each.due_on.isoformat(),
                "method": str(each.method),
                "source": str(each.source),
                "audience": each.audience,
            }
            for each in found.made
        ],
        "kept": [name_of(item) for item in found.kept],
        "unread": [
            {"item": name_of(item), "reason": NOTES[reason], "text": item.text} for item, reason in found.unread
        ],
    }
