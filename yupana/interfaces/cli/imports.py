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
from yupana.domain.instruments.facts import EditionState, Heading, ItemRole
from yupana.domain.instruments.rules.targets import with_targets
from yupana.domain.obligations.queries import call as call_named
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.cli import history, speak
from yupana.interfaces.cli.frame import Argument, Group, Option, Work, day_option, json_option
from yupana.interfaces.cli.record import tell_state
from yupana.interfaces.interchange.commitments import read_plans
from yupana.interfaces.interchange.entities import read_entities
from yupana.interfaces.interchange.instruments import read_instrument, role_of
from yupana.projections import followers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Unpack

    from yupana.foundation.kernel.report import Report


class Telling(TypedDict):
    """How what an import did is told."""

    as_json: bool
    everything: bool


class CoverTelling(Telling):
    """What is told of a cover besides; "" leaves it to the file."""

    code: str
    edition: str
    title: str
    edition_title: str
    kind: str
    legal_basis: str


PATH = click.Path(path_type=Path)
FIRST_EDITION, PLAN = "1", "plan"
all_option = click.option(
    "--all", "everything", is_flag=True, cls=Option, help=gettext_noop("Show every doubt instead of the first ten.")
)


def roles_said(_ctx: click.Context, _option: click.Parameter, said: Sequence[str]) -> dict[str, ItemRole]:
    """Read WORD=ROLE, the role in either language."""
    found: dict[str, ItemRole] = {}
    for each in said:
        word, _equals, named = each.rpartition("=")
        role = role_of(named)
        if not word or role is None:
            told = _("“%(text)s” does not say which role a word means. Write WORD=ROLE; roles are: %(roles)s.")
            raise click.BadParameter(told % {"text": each, "roles": ", ".join(ItemRole)})
        found[word] = role
    return found


def covered(heading: Heading, said: CoverTelling) -> Heading:
    """Put together the cover of what comes in: as it is told, else as the file says, else the plainest there is."""
    instrument = said["code"] or heading.instrument
    title = said["title"] or heading.title or instrument
    return Heading(
        instrument=instrument,
        title=title,
        kind=said["kind"] or heading.kind or PLAN,
        edition=said["edition"] or heading.edition or FIRST_EDITION,
        edition_title=said["edition_title"] or heading.edition_title or title,
        legal_basis=said["legal_basis"] or heading.legal_basis,
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
        "Bring an instrument in as a draft edition. PATH is Markdown, StratML, OSCAL, a table (CSV, TSV, XLSX, ODS),"
        " JSON, or a folder with tables of axes, lines and targets: the file tells which."
    ),
)
@click.argument("path", type=PATH, cls=Argument)
@click.option("--code", default="", cls=Option, help=gettext_noop("Code of the instrument; otherwise from the file."))
@click.option(
    "--edition", default="", cls=Option, help=gettext_noop("Code of the edition; otherwise from the file, else 1.")
)
@click.option(
    "--title",
    default="",
    cls=Option,
    help=gettext_noop("Title of the instrument; otherwise from the file or its code."),
)
@click.option(
    "--edition-title", default="", cls=Option, help=gettext_noop("Title of the edition; otherwise as the instrument's.")
)
@click.option("--kind", default="", cls=Option, help=gettext_noop("What it is; otherwise from the file, else “plan”."))
@click.option(
    "--legal-basis", default="", cls=Option, help=gettext_noop("The norms that it stands on; otherwise from the file.")
)
@click.option(
    "--grammar",
    type=PATH,
    metavar="TOML",
    cls=Option,
    help=gettext_noop("Which labels a Markdown document uses; otherwise the usual ones, in Spanish and English."),
)
@click.option(
    "--role",
    "roles",
    multiple=True,
    callback=roles_said,
    metavar="WORD=ROLE",
    cls=Option,
    help=gettext_noop("Which role a word of the file means, such as metas=objective; for JSON and outlines."),
)
@click.option(
    "--replace",
    "over_edits",
    is_flag=True,
    cls=Option,
    help=gettext_noop("Replace a draft although somebody wrote in it at the desk since it was read."),
)
@day_option("--due", "due_on", help=gettext_noop("Day by which targets are due that do not say one themselves."))
@all_option
@json_option
def instrument(
    path: Path,
    grammar: Path | None,
    roles: Mapping[str, ItemRole],
    due_on: date | None,
    over_edits: bool,  # noqa: FBT001 - click gives each option by its name
    **said: Unpack[CoverTelling],
) -> None:
    """Read, draft, seal, tell."""
    manuscript = with_targets(read_instrument(path, grammar, roles), default_due=due_on)
    heading = covered(manuscript.heading, said)
    with speak.progress(path.name, len(manuscript.rows)) as tick:
        report = draft_edition(
            actor=OPERATOR, manuscript=replace(manuscript, heading=heading), over_edits=over_edits, tick=tick
        )
    what = _("Items of %(edition)s") % {"edition": heading.ref}
    finish(what, report, as_json=said["as_json"], everything=said["everything"])
    if not said["as_json"] and editions.edition(heading.ref).state == EditionState.DRAFT:
        told = _("It is a draft. To publish it: yupana publish %(code)s %(edition)s --act TEXT --on DATE")
        click.echo(told % {"code": heading.instrument, "edition": heading.edition})


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
