"""What the authority does: publish an edition, put it to entities, extend, waive, close."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.commitments.actions import carry_over, preview_carry
from yupana.domain.entities import queries as entities
from yupana.domain.instruments import actions as instruments
from yupana.domain.instruments import queries as editions
from yupana.domain.instruments.facts import item_key
from yupana.domain.instruments.rules import not_after
from yupana.domain.instruments.rules.lint import Severity
from yupana.domain.obligations import actions, queries
from yupana.domain.obligations.rules import CALENDARS, MOST_DUE_IN, MOST_REMEDY_DAYS, PLAN_TYPES, Unowed, Visibility
from yupana.domain.submissions import actions as submissions
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.vault import store as vault
from yupana.interfaces.cli import carrying, speak
from yupana.interfaces.cli.frame import Act, Argument, Exit, Group, Number, Option, Rejected, day_option, json_option
from yupana.interfaces.words import label

if TYPE_CHECKING:
    from datetime import date
    from typing import Unpack

    from yupana.domain.obligations.models import Obligation
    from yupana.foundation.vault.store import Stored

MOST_DOCUMENT = 512 * 2**20


@click.command(
    "publish", cls=Act, help=gettext_noop("Publish a draft edition by its act; from then on it is immutable.")
)
@click.argument("instrument", metavar="CODE", cls=Argument)
@click.argument("edition", cls=Argument)
@click.option("--act", required=True, cls=Option, help=gettext_noop("The legal act that publishes it."))
@day_option(
    "--on",
    required=True,
    help=gettext_noop("The day of the act, as YYYY-MM-DD."),
)
@click.option(
    "--document",
    "documents",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    multiple=True,
    cls=Option,
    help=gettext_noop("An original to be kept with it, such as the signed act; may be repeated."),
)
@click.option(
    "--despite-errors",
    "despite",
    is_flag=True,
    cls=Option,
    help=gettext_noop("Publish although `yupana lint` finds errors in it, which then stay for ever."),
)
def publish(instrument: str, edition: str, act: str, on: date, documents: tuple[Path, ...], *, despite: bool) -> None:
    """Publish with its originals, and say how it is called from now on."""
    found = editions.looked_through(editions.edition(f"{instrument}/{edition}"), on=timezone.localdate())
    errors = sum(each.severity is Severity.ERROR for each in found)
    if errors and not despite:
        told = _("Its text has errors (%(number)d). See them with: yupana lint %(edition)s")
        raise Rejected(told % {"number": errors, "edition": f"{instrument}/{edition}"}, Exit.REJECTED)
    kept: list[Stored] = []
    with transaction.atomic():
        for path in documents:
            with path.open("rb") as file:
                stored = vault.put(file, path.name, MOST_DOCUMENT)
            instruments.attach(actor=OPERATOR, edition=f"{instrument}/{edition}", stored=stored)
            kept.append(stored)
        instruments.publish(
            actor=OPERATOR, instrument=instrument, edition=edition, act=act, on=not_after(on, timezone.localdate())
        )
    for stored in kept:
        click.echo(f"{stored.name}: {stored.digest}")
    click.echo(_("%(instrument)s/%(edition)s is published.") % {"instrument": instrument, "edition": edition})


@click.group("call", cls=Group, help=gettext_noop("Calls that put editions to entities."))
def call() -> None:
    """Hold the commands of calls."""


class Opening(TypedDict):
    """How a call is opened."""

    audience: str
    opens_on: date
    due_on: date | None
    due_in: int | None
    plan_type: str
    calendar: str
    period: str
    expects: str
    code: str
    title: str
    remedy_days: int
    since: str


def _or_nothing(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str:
    """Take what was chosen, "" where nothing was."""
    return value or ""


@call.command(
    "open", cls=Act, help=gettext_noop("Put editions to an audience: each of its bodies then owes an answer.")
)
@click.argument("editions", nargs=-1, required=True, metavar="CODE/EDITION...", cls=Argument)
@click.option(
    "--audience",
    required=True,
    metavar="EXPR",
    cls=Option,
    help=gettext_noop("Who is called: all, level:municipal, code:AB1, under:AB1 ..., joined by and, or, not."),
)
@day_option(
    "--opens",
    "opens_on",
    required=True,
    help=gettext_noop("First day."),
)
@day_option(
    "--due",
    "due_on",
    help=gettext_noop("Last day to answer in time; or give --due-in."),
)
@click.option(
    "--due-in",
    type=Number(1, MOST_DUE_IN),
    metavar="DAYS",
    cls=Option,
    help=gettext_noop("Instead of --due: so many days after it opens, working days where there is a calendar."),
)
@click.option(
    "--plan-type",
    type=click.Choice(list(PLAN_TYPES)),
    callback=_or_nothing,
    cls=Option,
    help=gettext_noop("The kind of plan; a security plan (pisi) is restricted unless --public is given."),
)
@click.option(
    "--calendar",
    type=click.Choice(list(CALENDARS)),
    callback=_or_nothing,
    cls=Option,
    help=gettext_noop("Count terms in its working days, and let no last day be free; otherwise every day counts."),
)
@click.option(
    "--expects",
    default="plan",
    show_default=True,
    cls=Option,
    type=click.Choice(["plan"]),
    help=gettext_noop("What meets the call."),
)
@click.option(
    "--period", required=True, cls=Option, help=gettext_noop("What the answers are about: 2024, 2017-2025, 2024-S1.")
)
@click.option(
    "--code", default="", cls=Option, help=gettext_noop("Code of the call; otherwise made from the editions.")
)
@click.option("--title", default="", cls=Option, help=gettext_noop("Title of the call; otherwise that of the edition."))
@click.option(
    "--remedy-days",
    default=15,
    show_default=True,
    type=Number(0, MOST_REMEDY_DAYS),
    metavar="DAYS",
    cls=Option,
    help=gettext_noop("Days to mend what is returned; handed in again within them, it counts from its first day."),
)
@click.option(
    "--no-ask",
    "not_asked",
    multiple=True,
    type=click.Choice(["target", "responsible", "budget"]),
    cls=Option,
    help=gettext_noop("What the call does not ask for, and what is then unknown instead of missing; may be repeated."),
)
@click.option(
    "--since",
    default="",
    metavar="CODE/EDITION",
    cls=Option,
    help=gettext_noop("Put only what the edition says differently from this earlier one: a complementary call."),
)
@click.option(
    "--restricted", is_flag=True, cls=Option, help=gettext_noop("Keep the accepted plans from the public portal.")
)
@click.option("--public", is_flag=True, cls=Option, help=gettext_noop("Show the accepted plans, whatever their kind."))
def open_(
    editions: tuple[str, ...], not_asked: tuple[str, ...], *, restricted: bool, public: bool, **told: Unpack[Opening]
) -> None:
    """Open the call, and say how many owe an answer."""
    opened = actions.open_call(
        actor=OPERATOR,
        editions=editions,
        asks_target="target" not in not_asked,
        asks_responsible="responsible" not in not_asked,
        asks_budget="budget" not in not_asked,
        visibility=Visibility.RESTRICTED if restricted else Visibility.PUBLIC if public else "",
        on=timezone.localdate(),
        **told,
    )
    debtors = queries.obligations_of(opened).count()
    click.echo(
        _("Call %(code)s is open. Bodies that owe an answer: %(debtors)d.") % {"code": opened.code, "debtors": debtors}
    )
    if opened.calendar:
        for day, number in queries.due_days_of(opened):
            click.echo(_("The last day is %(day)s for %(number)d of them.") % {"day": day, "number": number})
    left: dict[Unowed, list[str]] = {}
    for each, because in queries.unowed(opened):
        left.setdefault(because, []).append(item_key(each.item.role, each.item.code))
    for because, keys in left.items():
        told_ = {"why": label(because), "items": ", ".join(keys)}
        click.echo(_("Owed by nobody (%(why)s): %(items)s") % told_)


@call.command(
    "carry",
    cls=Act,
    help=gettext_noop(
        "Carry the plans accepted under one call over to the call of a later edition, as accepted plans."
    ),
)
@click.argument("source", metavar="CALL", cls=Argument)
@click.argument("target", metavar="CALL", cls=Argument)
@click.option(
    "--choose",
    "chosen",
    multiple=True,
    metavar="ITEM=ITEM",
    cls=Option,
    help=gettext_noop("Into which part the answers to a split item go, such as line:4=line:7; may be repeated."),
)
@click.option(
    "--dry-run", is_flag=True, cls=Option, help=gettext_noop("Only say what would be carried; change nothing.")
)
@json_option
def carry(source: str, target: str, chosen: tuple[str, ...], *, dry_run: bool, as_json: bool) -> None:
    """Carry over, or look at what would be carried."""
    choices = dict(_choice(each) for each in chosen)
    one, other = queries.call(source), queries.call(target)
    if dry_run:
        found = preview_carry(actor=OPERATOR, source=one, target=other, choices=choices)
    else:
        found = carry_over(actor=OPERATOR, source=one, target=other, choices=choices, on=timezone.localdate())
    if as_json:
        speak.print_json({"dry_run": dry_run, **carrying.as_json(found)})
        return
    carrying.tell(found, dry_run=dry_run)


def _choice(text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not (old and equals and new):
        raise Rejected(_("“%(text)s” is no choice. Write it as ITEM=ITEM, such as line:4=line:7.") % {"text": text})
    return old, new


@call.command("extend", cls=Act, help=gettext_noop("Give one body more time, by an act."))
@click.argument("code", cls=Argument)
@click.argument("entity", cls=Argument)
@day_option(
    "--due",
    "due_on",
    required=True,
    help=gettext_noop("The new last day."),
)
@click.option("--reason", required=True, cls=Option, help=gettext_noop("Why."))
@click.option("--act", required=True, cls=Option, help=gettext_noop("The act that decides it."))
def extend(code: str, entity: str, due_on: date, reason: str, act: str) -> None:
    """Move one due date."""
    owed = obligation(code, entity)
    given = actions.extend(
        actor=OPERATOR, obligation=owed, due_on=due_on, reason=reason, act=act, on=timezone.localdate()
    )
    click.echo(_("The last day is now %(day)s.") % {"day": given.due_on})


@call.command("waive", cls=Act, help=gettext_noop("Free one body from answering, by an act."))
@click.argument("code", cls=Argument)
@click.argument("entity", cls=Argument)
@click.option("--reason", required=True, cls=Option, help=gettext_noop("Why."))
@click.option("--act", required=True, cls=Option, help=gettext_noop("The act that decides it."))
def waive(code: str, entity: str, reason: str, act: str) -> None:
    """Lift one obligation."""
    owed = obligation(code, entity)
    submissions.waive(actor=OPERATOR, obligation=owed, reason=reason, act=act, on=timezone.localdate())
    click.echo(_("The body owes nothing in this call any more; it stays listed."))


@call.command("close", cls=Act, help=gettext_noop("Close a call: nothing is handed in any more."))
@click.argument("code", cls=Argument)
def close(code: str) -> None:
    """Close a call."""
    actions.close_call(actor=OPERATOR, call=queries.call(code), on=timezone.localdate())
    click.echo(_("Call %(code)s is closed.") % {"code": code})


def obligation(code: str, entity: str) -> Obligation:
    """Find what a body owes in a call, as both are named on the command line."""
    body = entities.named(entity)
    found = queries.obligations_of(queries.call(code)).filter(debtor=body).first()
    if found is None:
        raise Rejected(_("%(body)s owes nothing in the call %(call)s.") % {"body": body.name, "call": code})
    return found
