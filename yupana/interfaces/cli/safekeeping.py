"""Keeping the record safe: back it up, restore it, and go on by an act where it is not the one that was sealed last."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger import memory
from yupana.foundation.ledger.actions import resume as resume_record
from yupana.foundation.ledger.queries import head
from yupana.foundation.safekeeping import backup as saving
from yupana.foundation.safekeeping import restore as restoring
from yupana.interfaces import words
from yupana.interfaces.cli import database, speak
from yupana.interfaces.cli.frame import Command, Option, Task, day_option, json_option
from yupana.projections import followers, proof
from yupana.projections.figures import actions as figures

if TYPE_CHECKING:
    from datetime import date

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(
    "backup",
    cls=Task,
    help=gettext_noop(
        "Write the whole database and the vault into a new file while everybody goes on working. Sessions and keys are"
        " not in it."
    ),
)
@click.argument("file", type=FILE)
@json_option
def backup(file: Path, *, as_json: bool) -> None:
    """Back up, and say what is in it."""
    with speak.progress(_("Backing up"), saving.count()) as done:
        made = saving.backup(file, done)
    told = {
        "file": str(file),
        "rows": made.rows,
        "files": made.files,
        "bytes": made.size,
        "entries": made.entries,
        "root": made.root,
    }
    if as_json:
        speak.print_json(told)
        return
    click.echo(_("%(file)s: %(rows)d rows, %(files)d documents, %(bytes)d bytes.") % told)
    click.echo(_("Record: %(size)d entries, root %(root)s.") % {"size": made.entries, "root": made.root})


@click.command(
    "restore",
    cls=Command,
    help=gettext_noop("Put a backup into an empty home or database, bring it up to this program, and prove it."),
)
@click.argument("file", type=FILE)
@json_option
def restore(file: Path, *, as_json: bool) -> None:
    """Restore, and say what there is now."""
    with database.alone(), speak.progress(_("Restoring"), restoring.count(file)) as done:
        manifest = restoring.restore(file, prove=prove, tick=done)
    told = {"entries": manifest.head_size, "root": manifest.head_root, "made_at": manifest.made_at}
    if as_json:
        speak.print_json(told)
    else:
        click.echo(_("Restored what was saved at %(made_at)s, and proved it.") % told)
        click.echo(_("Record: %(size)d entries, root %(root)s.") % {"size": head().size, "root": head().root})
    try:
        memory.check()
    except Refused as refused:
        click.echo(f"yupana: {words.sentence(refused)}", err=True)


def prove() -> None:
    """Refuse what does not prove itself; figures of another formula are counted anew first."""
    for follow in followers.FOLLOWERS:
        follow()
    verdict = proof.verify()
    if not verdict.ok:
        raise Refused("restore-unproved", why=f"{verdict.why} {verdict.first_broken}")
    if figures.check():
        raise Refused("restore-unproved", why="figures")
    altered = proof.documents()
    if altered:
        raise Refused("restore-unproved", why=f"document {altered[0].digest}")


@click.command(
    "resume",
    cls=Task,
    help=gettext_noop(
        "By an act, go on with a record that is older than the last one sealed from this home, or another one. "
        "A public entry says from where."
    ),
)
@click.option("--act", required=True, cls=Option, help=gettext_noop("The act that decides it."))
@day_option("--on", help=gettext_noop("The day; otherwise today."))
def resume(act: str, on: date | None) -> None:
    """Go on, by the act."""
    before = head()
    resume_record(act=act, on=on or timezone.localdate())
    followers.tick()
    click.echo(_("The record goes on from entry %(size)d, root %(root)s.") % {"size": before.size, "root": before.root})
