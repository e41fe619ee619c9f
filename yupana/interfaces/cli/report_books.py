"""Reports as workbooks, and exports of the budget system: given out, taken back, written only if told so."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.commitments.models import BudgetLine
from yupana.domain.commitments.rules import CellEdit
from yupana.domain.entities import queries as entities
from yupana.domain.people import queries as people
from yupana.domain.progress import actions
from yupana.domain.progress.queries import sheets_asked
from yupana.foundation.kernel.period import parse_period
from yupana.interfaces import words
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.exports import TARGET, check_free
from yupana.interfaces.cli.frame import Argument, Exit, Option, Rejected, Task, Work, json_option
from yupana.interfaces.cli.imports import PATH
from yupana.interfaces.interchange import reports, workbooks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yupana.domain.obligations.models import Obligation
    from yupana.interfaces.interchange.reports import Change

CALL = gettext_noop("The call for the plans, where the entity reports on several.")


@dataclass(frozen=True, slots=True)
class Found:
    """What a file would change in a report, and what of it was not taken."""

    obligation: Obligation
    changes: Sequence[Change]
    notes: Sequence[tuple[str, str, str]] = field(default=())

    @property
    def conflicts(self) -> list[Change]:
        """Cells that somebody else changed, too."""
        return [each for each in self.changes if each.clashes]


@click.command(
    "report",
    cls=Task,
    help=gettext_noop("Write the report of ENTITY on PERIOD as a workbook into FILE (.xlsx or .ods), to be filled in."),
)
@click.argument("entity", cls=Argument)
@click.argument("period", cls=Argument)
@click.argument("file", type=TARGET, cls=Argument)
@click.option("--call", "code", default="", cls=Option, help=CALL)
@click.option("--overwrite", is_flag=True, cls=Option, help=gettext_noop("Write over a file that is there already."))
@json_option
def export_report(entity: str, period: str, file: Path, *, code: str, overwrite: bool, as_json: bool) -> None:
    """Find, write beside, put in place, tell."""
    kind = file.suffix.lower().removeprefix(".")
    if kind not in workbooks.KINDS:
        raise click.UsageError(_("The name of FILE ends in .xlsx or in .ods."))
    owed = reports.report_owed(entities.named(entity), period, code)
    check_free(file, overwrite=overwrite)
    book = reports.book_of(owed, owed.submissions.order_by("-version").first())
    with TemporaryDirectory(dir=file.absolute().parent, prefix=".yupana-") as beside:
        made = Path(beside) / file.name
        made.write_bytes(workbooks.write_pages(reports.pages(book), kind))
        os.replace(made, file)  # noqa: PTH105 (as every export is put in place)
    if as_json:
        told = {"report": book.report, "version": book.version, "file": str(file), "rows": len(book.rows)}
        speak.print_json(told)
        return
    said = {"entity": book.entity, "plan": book.title, "rows": len(book.rows), "file": file}
    click.echo(_("%(entity)s, %(plan)s was written to %(file)s. Activities: %(rows)d.") % said)


_APPLY = click.option(
    "--apply", "applied", is_flag=True, cls=Option, help=gettext_noop("Write it into the draft of the report.")
)
_BY = click.option(
    "--by", "username", default="", cls=Option, help=gettext_noop("Whose account writes; needed for --apply.")
)
_MINE = click.option(
    "--mine/--theirs",
    "mine",
    default=None,
    cls=Option,
    help=gettext_noop("Where somebody changed the same: take the file's text, or leave what stands there."),
)


@click.command(
    "report",
    cls=Work,
    help=gettext_noop("Take the workbook of a report back and say what it would change. Written only with --apply."),
)
@click.argument("file", type=PATH, cls=Argument)
@_APPLY
@_BY
@_MINE
@json_option
def import_report(file: Path, *, applied: bool, username: str, mine: bool | None, as_json: bool) -> None:
    """Read, compare, write if told so, tell."""
    brought = reports.read_report(file)
    owed = reports.report_named(brought.report)
    found = Found(owed, reports.changes(brought.base, brought.rows, _now(owed), brought.where), brought.notes)
    _finish(found, applied=applied, username=username, mine=mine, as_json=as_json)


@click.command(
    "spending",
    cls=Work,
    help=gettext_noop(
        "Read an export of the budget system (.csv, .xlsx or .ods) and say which amounts it would put into the report "
        "of ENTITY on PERIOD. Written only with --apply."
    ),
)
@click.argument("file", type=PATH, cls=Argument)
@click.argument("entity", cls=Argument)
@click.argument("period", cls=Argument)
@click.option("--call", "code", default="", cls=Option, help=CALL)
@_APPLY
@_BY
@json_option
def import_spending(
    file: Path, entity: str, period: str, *, code: str, applied: bool, username: str, as_json: bool
) -> None:
    """Read, match by codes, write if told so, tell."""
    owed = reports.report_owed(entities.named(entity), period, code)
    lines = BudgetLine.objects.filter(activity__in=reports.activities_of(owed)).select_related("activity")
    told = reports.read_spending(file, map(reports.codes_of, lines), parse_period(owed.period).last.year)
    now = _now(owed)
    found = Found(owed, reports.changes(now, told.cells, now, {}), told.left)
    _finish(found, applied=applied, username=username, mine=None, as_json=as_json)


def _now(owed: Obligation) -> dict[int, dict[str, str]]:
    book = reports.book_of(owed, owed.submissions.order_by("-version").first())
    return {row: dict(cells) for row, cells in book.base.items()}


def _finish(found: Found, *, applied: bool, username: str, mine: bool | None, as_json: bool) -> None:
    if applied:
        if not username:
            raise click.UsageError(_("Say whose account writes: --by USERNAME"))
        if found.conflicts and mine is None:
            _tell(found, applied=False, as_json=as_json)
            told = _("Somebody changed the same meanwhile, so nothing was written. Choose: --mine or --theirs")
            raise Rejected(told, Exit.CONFLICT)
        _apply(found, username, mine=bool(mine))
    _tell(found, applied=applied, as_json=as_json)


def _apply(found: Found, username: str, *, mine: bool) -> None:
    """Begin the report if nobody did, and write all of it, or nothing where somebody was faster even now."""
    edits = [
        CellEdit(each.row, each.field, each.now, each.brought) for each in found.changes if mine or not each.clashes
    ]
    if not edits:
        return
    on = timezone.localdate()
    actor = people.actor_for(people.person(username), on=on)
    with transaction.atomic():
        draft = actions.start_report(actor=actor, obligation=found.obligation, on=on)
        done = actions.edit_report(actor=actor, submission=draft, edits=edits)
        for fault in done.faults.values():  # what does not go together, such as a value and why there is none
            raise fault
        if done.clashes:
            told = _("Somebody is changing the same at this moment, so nothing was written. Try again.")
            raise Rejected(told, Exit.CONFLICT)


def _tell(found: Found, *, applied: bool, as_json: bool) -> None:
    owed = found.obligation
    names = {each.number: each.sheet.name for each in sheets_asked(owed)}
    if as_json:
        notes = [{"where": where, "why": why, "text": text} for where, why, text in found.notes]
        cells = [
            {**asdict(each), "clashes": each.clashes} | ({"indicator": names[each.row]} if each.row in names else {})
            for each in found.changes
        ]
        told = {"report": f"{owed.call.code}@{owed.debtor.ref}", "cells": cells, "notes": notes, "applied": applied}
        speak.print_json(told)
        return
    click.echo(_("%(entity)s, %(plan)s.") % {"entity": owed.debtor.name, "plan": owed.call.title})
    for each in found.changes:
        sign = "!" if each.clashes else " "
        now, brought = (reports.worded(each.field, text) for text in (each.now, each.brought))
        what = f"{names.get(each.row, each.row)}  {reports.title(each.field)}"
        click.echo(f"{sign} {what}: «{now}» → «{brought}»  {each.where}".rstrip())
    for where, why, text in found.notes:
        click.echo(f"  {where}  {words.why(why)} «{text}» [{why}]")
    click.echo(_("It was written into the draft.") if applied else _("Nothing was written."))
