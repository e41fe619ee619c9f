"""Workbooks of plans: given out, and taken back from mail or a USB stick."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypedDict

import click
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.commitments import actions
from yupana.domain.commitments.actions.mapping import remember_mapping
from yupana.domain.commitments.rules import ROW, Act, Change, changes, differences
from yupana.domain.entities import queries as entities
from yupana.domain.people import queries as people
from yupana.foundation.vault import aside
from yupana.interfaces import words
from yupana.interfaces.cli import foreign, speak
from yupana.interfaces.cli.exports import TARGET, check_free
from yupana.interfaces.cli.frame import Argument, Exit, Option, Rejected, Task, Work, json_option
from yupana.interfaces.cli.imports import PATH
from yupana.interfaces.interchange import workbooks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Unpack

    from yupana.domain.obligations.models import Obligation
    from yupana.foundation.kernel.actor import Actor
    from yupana.interfaces.cli.foreign import Read
    from yupana.interfaces.interchange.workbooks import Brought


class How(TypedDict):
    """Whose form it is and how it is read; what to do where somebody changed the same."""

    entity: str
    code: str
    mapping: Path | None
    mine: bool | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a workbook would change in its plan."""

    obligation: Obligation
    brought: Brought
    changes: tuple[Change, ...]
    form: Read | None = None

    def of(self, act: Act) -> list[int]:
        """Rows that are added, changed or removed."""
        return [change.edit.row for change in self.changes if change.edit.act is act]

    def conflicts(self) -> Iterator[dict[str, object]]:
        """Cells that somebody else changed, too: what each was, would be, and is."""
        for change in self.changes:
            row = change.edit.row
            was, wanted = self.brought.base.get(row, {}), self.brought.rows.get(row, {})
            for field in change.clashing:
                told = {"row": row, "field": field, "where": self.brought.where.get(row, {}).get(field, "")}
                if field == ROW:
                    yield told
                else:
                    now = (change.now or {}).get(field, "")
                    yield {**told, "was": was.get(field, ""), "brought": wanted.get(field, ""), "now": now}


@click.command(
    "workbook",
    cls=Task,
    help=gettext_noop(
        "Write the plan of ENTITY as a workbook into FILE (.xlsx or .ods), to be filled in and brought back."
    ),
)
@click.argument("entity", cls=Argument)
@click.argument("file", type=TARGET, cls=Argument)
@click.option(
    "--call", "code", default="", cls=Option, help=gettext_noop("The call, where the entity owes several plans.")
)
@click.option("--overwrite", is_flag=True, cls=Option, help=gettext_noop("Write over a file that is there already."))
@json_option
def export_workbook(entity: str, file: Path, *, code: str, overwrite: bool, as_json: bool) -> None:
    """Find, write beside, put in place, tell."""
    kind = file.suffix.lower().removeprefix(".")
    if kind not in workbooks.KINDS:
        raise click.UsageError(_("The name of FILE ends in .xlsx or in .ods."))
    obligation = workbooks.plan_owed(entities.named(entity), code)
    check_free(file, overwrite=overwrite)
    book = workbooks.book_of(obligation, workbooks.newest(obligation))
    with TemporaryDirectory(dir=file.absolute().parent, prefix=".yupana-") as beside:
        made = Path(beside) / file.name
        made.write_bytes(workbooks.write_workbook(book, kind))
        os.replace(made, file)  # noqa: PTH105 (as every export is put in place)
    if as_json:
        speak.print_json({"plan": book.plan, "version": book.version, "file": str(file), "rows": len(book.rows)})
        return
    told = {"entity": book.entity, "plan": obligation.call.code, "rows": len(book.rows), "file": file}
    click.echo(_("%(entity)s, %(plan)s was written to %(file)s. Activities: %(rows)d.") % told)


@click.command(
    "workbook",
    cls=Work,
    help=gettext_noop(
        "Take a workbook back and say what it would change in its plan. Nothing is written without --apply."
    ),
)
@click.argument("file", type=PATH, cls=Argument)
@click.option("--apply", "applied", is_flag=True, cls=Option, help=gettext_noop("Write it into the draft of the plan."))
@click.option(
    "--by", "username", default="", cls=Option, help=gettext_noop("Whose account writes; needed for --apply.")
)
@click.option(
    "--mine/--theirs",
    "mine",
    default=None,
    cls=Option,
    help=gettext_noop("Where somebody changed the same: take the workbook's text, or leave what stands there."),
)
@click.option(
    "--entity",
    default="",
    cls=Option,
    help=gettext_noop("Whose plan it is, where it was not given out here."),
)
@click.option(
    "--call", "code", default="", cls=Option, help=gettext_noop("The call, where the entity owes several plans.")
)
@click.option(
    "--mapping",
    type=PATH,
    cls=Option,
    help=gettext_noop("What its columns hold, as JSON: what --json tells as “mapping”, corrected."),
)
@json_option
def import_workbook(file: Path, *, applied: bool, username: str, as_json: bool, **how: Unpack[How]) -> None:
    """Read, compare, write if told so, tell."""
    mine = how["mine"]
    found = _found(file, how)
    conflicts = list(found.conflicts())
    if applied:
        if not username:
            raise click.UsageError(_("Say whose account writes: --by USERNAME"))
        if conflicts and mine is None:
            _tell(found, conflicts, applied=False, as_json=as_json)
            told = _("Somebody changed the same meanwhile, so nothing was written. Choose: --mine or --theirs")
            raise Rejected(told, Exit.CONFLICT)
        _apply(file, found, username, mine=bool(mine))
    _tell(found, conflicts, applied=applied, as_json=as_json)


def _found(file: Path, how: How) -> Found:
    form = None
    if how["entity"]:
        obligation = workbooks.plan_owed(entities.named(how["entity"]), how["code"])
        form = foreign.read(file, obligation, how["mapping"])
        brought = form.brought
    else:
        brought = workbooks.read_workbook(file)
        obligation = workbooks.plan_named(brought.plan)
    now = workbooks.cells_now(workbooks.newest(obligation))
    return Found(obligation, brought, tuple(changes(differences(brought.base, brought.rows), now)), form)


def _apply(file: Path, found: Found, username: str, *, mine: bool) -> None:
    """Begin a version if there is none, and write all of it, or nothing where somebody was faster even now."""
    if not found.changes:
        return
    actor, on = _account(username), timezone.localdate()
    with transaction.atomic():
        draft = actions.start_plan(actor=actor, obligation=found.obligation, on=on)
        stored = aside.named(file, file.name)
        upload = actions.bring_upload(actor=actor, submission=draft, stored=stored, told=found.brought.told())
        clashing = {change.edit.row: change for change in found.changes if change.clashing}
        seen = {row: change.now for row, change in clashing.items()}
        chosen = {(row, field) for row, change in clashing.items() for field in change.clashing} if mine else set()
        if actions.apply_upload(actor=actor, upload=upload, seen=seen, mine=chosen).clashes:
            told = _("Somebody is changing the same at this moment, so nothing was written. Try again.")
            raise Rejected(told, Exit.CONFLICT)
        if found.form:
            proposal = found.form.proposal
            remember_mapping(
                actor=actor,
                submission=draft,
                signature=proposal.signature,
                name=proposal.name,
                columns=found.form.layout.plain(),
            )


def _account(username: str) -> Actor:
    return people.actor_for(people.person(username), on=timezone.localdate())


def _tell(found: Found, conflicts: Sequence[dict[str, object]], *, applied: bool, as_json: bool) -> None:
    brought = found.brought
    told = {act.value: found.of(act) for act in (Act.ADD, Act.CHANGE, Act.REMOVE)}
    if as_json:
        notes = [{"where": where, "why": why, "text": text} for where, why, text in brought.notes]
        differing = sum(max(1, len(change.edit.cells)) for change in found.changes)
        speak.print_json(
            {
                "plan": brought.plan,
                "version": brought.version,
                "rows": len(brought.rows),
                "differences": differing,
                "added": told["add"],
                "changed": told["change"],
                "removed": told["remove"],
                "conflicts": conflicts,
                "notes": notes,
                "applied": applied,
                **({"mapping": found.form.layout.plain()} if found.form else {}),
            }
        )
        return
    click.echo(_("%(entity)s, %(plan)s.") % {"entity": brought.entity, "plan": found.obligation.call.code})
    counted = {"added": len(told["add"]), "changed": len(told["change"]), "removed": len(told["remove"])}
    click.echo(_("Activities added: %(added)d, changed: %(changed)d, removed: %(removed)d.") % counted)
    for conflict in conflicts:
        click.echo(
            "  {} {} «{}» / «{}»".format(*(conflict.get(each, "") for each in ("row", "where", "brought", "now")))
        )
    for where, why, text in brought.notes:
        click.echo(f"  {where}  {words.why(why)} «{text}» [{why}]")
    click.echo(_("It was written into the draft.") if applied else _("Nothing was written."))
