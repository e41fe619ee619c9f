"""Progress reports from the console: asked for once, or as each period ends; and who reported and who did not."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from yupana.domain.obligations import queries
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress import actions
from yupana.domain.progress.actions.calling import MOST_TERM
from yupana.domain.progress.rules import Frequency
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Act, Argument, Group, Number, Option, Task, day_option, json_option
from yupana.interfaces.words import label
from yupana.projections.overviews import followup

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any, Unpack

    from yupana.domain.obligations.models import Call
    from yupana.projections.overviews.followup import Answer, Asked

NEVER = "never"
MOST_PERIODS = 10_000  # all of them


class Terms(TypedDict):
    """By when a report is due and taken."""

    due_in: int
    lock_in: int | None


def _terms(command: Callable[..., Any]) -> Callable[..., Any]:
    told = (
        click.option(
            "--due-in",
            required=True,
            type=Number(1, MOST_TERM),
            metavar="DAYS",
            cls=Option,
            help=gettext_noop("So many days to report, working days where the call has a calendar."),
        ),
        click.option(
            "--lock-in",
            type=Number(0, MOST_TERM),
            metavar="DAYS",
            cls=Option,
            help=gettext_noop("So many days after that nothing is taken any more; otherwise late reports always are."),
        ),
    )
    for each in reversed(told):
        command = each(command)
    return command


@click.group("reports", cls=Group, help=gettext_noop("Progress reports on the plans of a call."))
def reports() -> None:
    """Hold the commands of reports."""


@reports.command("open", cls=Act, help=gettext_noop("Ask those whose plans were accepted for a report on a period."))
@click.argument("code", metavar="CALL", cls=Argument)
@click.argument("period", cls=Argument)
@_terms
def open_(code: str, period: str, **terms: Unpack[Terms]) -> None:
    """Ask for one report, and say who owes it by when."""
    plans = queries.call(code)
    opened = actions.open_reports(actor=OPERATOR, call=plans, period=period, on=timezone.localdate(), **terms)
    told = {"code": opened.code, "debtors": opened.obligations.count()}
    click.echo(_("Call %(code)s is open. Bodies that owe a report: %(debtors)d.") % told)
    for day, number in queries.due_days_of(opened):
        click.echo(_("The last day is %(day)s for %(number)d of them.") % {"day": day, "number": number})
    if opened.locks_on:
        click.echo(_("Nothing is taken after %(day)s.") % {"day": opened.locks_on})


@reports.command(
    "rhythm", cls=Act, help=gettext_noop("Ask for a report as each period ends; “never” stops asking by itself.")
)
@click.argument("code", metavar="CALL", cls=Argument)
@click.argument("frequency", type=click.Choice([*(each.value for each in Frequency), NEVER]), cls=Argument)
@day_option("--since", required=True, help=gettext_noop("Periods that end from this day on."))
@_terms
def rhythm(code: str, frequency: str, since: date, **terms: Unpack[Terms]) -> None:
    """Set how often is reported."""
    often, plans, today = "" if frequency == NEVER else frequency, queries.call(code), timezone.localdate()
    actions.set_rhythm(actor=OPERATOR, call=plans, frequency=often, since=since, on=today, **terms)
    for each in actions.open_due(on=today):
        click.echo(_("Asked for: %(period)s, due on %(day)s.") % {"period": each.period, "day": each.due_on})
    click.echo(_("It is set.") if often else _("Nothing is asked for by itself any more."))


@reports.command(
    "list", cls=Task, help=gettext_noop("List the periods asked for of a call's plans, or who reported on one of them.")
)
@click.argument("code", metavar="CALL", cls=Argument)
@json_option
def list_(code: str, *, as_json: bool) -> None:
    """Count by period for a call for plans; name everybody for a call for reports."""
    call = queries.call(code)
    if call.expects == Expects.PROGRESS:
        _list_bodies(call, as_json=as_json)
    else:
        _list_periods(call, as_json=as_json)


def _list_periods(call: Call, *, as_json: bool) -> None:
    found = followup.followed(OPERATOR, call, on=timezone.localdate(), size=MOST_PERIODS)
    if as_json:
        periods = [{"call": each.call.code, **_counted(each)} for each in found.asked.rows]
        speak.print_json({"call": call.code, "plans": found.plans, "periods": periods})
        return
    heads = [
        *(_("Period"), _("Call"), _("Due on"), pgettext("reports", "Asked"), _("Reported")),
        *(_("Under review"), _("Did not report"), _("The others")),
    ]
    click.echo(speak.table(heads, [_period(each) for each in found.asked.rows]))


def _counted(each: Asked) -> dict[str, object]:
    counts = {how.value: many for how, many in each.counts.items()}
    return {"period": each.call.period, "due_on": str(each.call.due_on), "asked": each.total, "answers": counts}


def _period(each: Asked) -> list[str]:
    rest = ", ".join(f"{many} {label(how)}" for how, many in each.rest)
    counted = (each.total, each.reported, each.review, each.silent)
    return [each.call.period, each.call.code, str(each.call.due_on), *map(str, counted), rest]


def _list_bodies(call: Call, *, as_json: bool) -> None:
    found = list(followup.every_answer(call, on=timezone.localdate()))
    if as_json:
        speak.print_json({"call": call.code, "period": call.period, "entities": [_body(each) for each in found]})
        return
    heads = [_("Entity"), _("Report"), _("Due on")]
    rows = [[each.obligation.debtor.name, label(each.how), str(each.due_on or "")] for each in found]
    click.echo(speak.table(heads, rows))


def _body(each: Answer) -> dict[str, object]:
    body = each.obligation.debtor
    return {
        "entity": body.ref,
        "code": body.code,
        "name": body.name,
        "answer": each.how.value,
        "due_on": each.due_on.isoformat() if each.due_on else None,
        "handed_in_on": each.met_on.isoformat() if each.met_on else None,
        "attempts": each.contacts,
    }
