"""Imports: files in, all or nothing, with a progress bar, and every doubt named with its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.commitments.actions import import_plans
from yupana.domain.entities.actions import import_register
from yupana.domain.instruments import queries as editions
from yupana.domain.instruments.actions import draft_edition
from yupana.domain.instruments.facts import EditionState, Heading
from yupana.domain.obligations.queries import call as call_named
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.cli import history, speak
from yupana.interfaces.cli.frame import Argument, Group, Option, Work, day_option, json_option
from yupana.interfaces.cli.record import tell_state
from yupana.interfaces.interchange.commitments import read_plans
from yupana.interfaces.interchange.entities import read_entities
from yupana.interfaces.interchange.instruments import read_instrument
from yupana.projections import followers

if TYPE_CHECKING:
    from datetime import date
    from typing import Unpack

    from yupana.foundation.kernel.report import Report


class Telling(TypedDict):
    """How what an import did is told."""

    as_json: bool
    everything: bool


PATH = click.Path(path_type=Path)
FIRST_EDITION = "1"
all_option = click.option(
    "--all", "everything", is_flag=True, cls=Option, help=gettext_noop("Show every doubt instead of the first ten.")
)


@click.group("import", cls=Group, help=gettext_noop("Bring files in. The same file twice changes nothing."))
def import_() -> None:
    """Hold the imports."""


@import_.command("entities", cls=Work, help=gettext_noop("Bring a register of public bodies in from a CSV table."))
@click.argument("file", type=PATH, cls=Argument)
@click.option(
    "--map",
    "columns",
    type=PATH,
    metavar="TOML",
    cls=Option,
    help=gettext_noop("Which column holds what; otherwise the headers are recognised."),
)
@click.option(
    "--source",
    default="",
    metavar="NAME",
    cls=Option,
    help=gettext_noop("Name of the register, in which ids are unique; otherwise from the map, else “registro”."),
)
@all_option
@json_option
def entities(file: Path, columns: Path | None, source: str, **how: Unpack[Telling]) -> None:
    """Read, register, seal, tell."""
    register = read_entities(file, columns)
    with speak.progress(file.name, len(register.rows)) as tick:
        report = import_register(
            actor=OPERATOR, source=source or register.source, rows=register.rows, on=timezone.localdate(), tick=tick
        )
    finish(_("Bodies"), report, **how)


@import_.command(
    "instrument",
    cls=Work,
    help=gettext_noop(
        "Bring an instrument in as a draft edition, from a folder with tables of axes, lines and targets."
    ),
)
@click.argument("path", type=PATH, cls=Argument)
@click.option("--code", default="", cls=Option, help=gettext_noop("Code of the instrument; otherwise from the files."))
@click.option(
    "--edition", default=FIRST_EDITION, show_default=True, cls=Option, help=gettext_noop("Code of the edition.")
)
@click.option("--title", default="", cls=Option, help=gettext_noop("Title of the instrument; otherwise its code."))
@click.option("--legal-basis", default="", cls=Option, help=gettext_noop("The norms that it stands on."))
@all_option
@json_option
def instrument(path: Path, code: str, edition: str, title: str, legal_basis: str, **how: Unpack[Telling]) -> None:
    """Read, draft, seal, tell."""
    manuscript = read_instrument(path)
    code = code or manuscript.heading.instrument
    cover = Heading(code, title or code, "plan", edition, title or code, legal_basis)
    with speak.progress(path.name, len(manuscript.rows)) as tick:
        report = draft_edition(actor=OPERATOR, manuscript=replace(manuscript, heading=cover), tick=tick)
    finish(_("Items of %(edition)s") % {"edition": f"{code}/{edition}"}, report, **how)
    if not how["as_json"] and editions.edition(f"{code}/{edition}").state == EditionState.DRAFT:
        told = _("It is a draft. To publish it: yupana publish %(code)s %(edition)s --act TEXT --on DATE")
        click.echo(told % {"code": code, "edition": edition})


@import_.command(
    "commitments", cls=Work, help=gettext_noop("Bring institutional plans in, as they were handed in on paper.")
)
@click.argument("path", type=PATH, cls=Argument)
@click.option(
    "--call",
    "code",
    default="",
    cls=Option,
    help=gettext_noop("The call they answer; otherwise a historical one is found or opened."),
)
@day_option(
    "--due",
    "due_on",
    help=gettext_noop("Deadline of the historical call; otherwise unknown, and so is who was in time."),
)
@click.option(
    "--audience", default="all", show_default=True, cls=Option, help=gettext_noop("Who the historical call was put to.")
)
@all_option
@json_option
def commitments(path: Path, code: str, due_on: date | None, audience: str, **how: Unpack[Telling]) -> None:
    """Read, find or open the call, store, seal, tell."""
    plans = read_plans(path)
    if code and due_on:
        raise click.UsageError(_("--due is for the historical call that is opened without --call."))
    said: list[str] = []
    with speak.progress(path.name, sum(plan.read for plan in plans)) as tick, transaction.atomic():
        call = call_named(code) if code else history.call_for(path, plans, due_on, audience, say=said.append)
        report = import_plans(actor=OPERATOR, call=call, plans=plans, on=timezone.localdate(), tick=tick)
    for sentence in said:
        click.echo(sentence, err=how["as_json"])
    finish(_("Plans of %(call)s") % {"call": call.code}, report, **how)


def finish(what: str, report: Report, *, as_json: bool, everything: bool) -> None:
    """Bring record and figures up to what came in, and tell."""
    followers.tick()
    if as_json:
        speak.print_json(speak.report_json(report))
        return
    speak.tell_report(what, report, everything=everything)
    tell_state()
