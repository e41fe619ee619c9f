"""Exports: an instrument out, whole or not at all, and what the format could not say is told."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.instruments import queries
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Argument, Group, Option, Rejected, Task, json_option
from yupana.interfaces.interchange.instruments import ENDINGS, Format, write_instrument

if TYPE_CHECKING:
    from yupana.domain.instruments.models import Edition

TARGET = click.Path(path_type=Path)


@click.group("export", cls=Group, help=gettext_noop("Take out what is kept, in formats that others read."))
def export() -> None:
    """Hold the exports."""


@export.command(
    "instrument",
    cls=Task,
    help=gettext_noop("Write an edition of an instrument into FILE, which must not be there yet."),
)
@click.argument("code", cls=Argument)
@click.argument("file", type=TARGET, cls=Argument)
@click.option(
    "--edition",
    default="",
    cls=Option,
    help=gettext_noop("Code of the edition; otherwise the one in force, else the newest draft."),
)
@click.option(
    "--format",
    "named",
    type=click.Choice([each.value for each in Format]),
    cls=Option,
    help=gettext_noop("Format; otherwise as the name of the file ends."),
)
@click.option("--overwrite", is_flag=True, cls=Option, help=gettext_noop("Write over a file that is there already."))
@json_option
def instrument(code: str, file: Path, edition: str, named: str | None, overwrite: bool, as_json: bool) -> None:  # noqa: FBT001 (click passes flags by name)
    """Find, write beside, put in place, tell."""
    held, chosen = _edition(code, edition), _format(file, named)
    manuscript = queries.manuscript(held)
    check_free(file, overwrite=overwrite)
    with TemporaryDirectory(dir=file.absolute().parent, prefix=".yupana-") as beside:
        made = Path(beside) / file.name
        notes = write_instrument(manuscript, chosen, made)
        os.replace(made, file)  # noqa: PTH105 (a folder as well as a file)
    ref = manuscript.heading.ref
    if as_json:
        told = {"edition": ref, "format": chosen.value, "file": str(file), "items": len(manuscript.rows)}
        speak.print_json({**told, "unsaid": [asdict(note) for note in notes]})
        return
    told = {"edition": ref, "items": len(manuscript.rows), "file": str(file)}
    click.echo(_("%(edition)s was written to %(file)s. Items: %(items)d.") % told)
    if notes:
        speak.tell_notes(_("What the format cannot say: %(number)d"), notes, everything=True)


def _edition(code: str, edition: str) -> Edition:
    """Find the edition that is named, or the one in force, or the newest draft; Missing if there is none."""
    if edition:
        return queries.readable_edition(OPERATOR, f"{code}/{edition}")
    held = [each for each in queries.readable(OPERATOR) if each.instrument.code == code]
    if not held:
        raise Missing("edition-unknown", edition=code)
    in_force = queries.in_force(held[0].instrument)
    return in_force or held[0]


def _format(file: Path, named: str | None) -> Format:
    chosen = Format(named) if named else ENDINGS.get(file.suffix.lower())
    if chosen is None:
        told = _("The name of %(file)s does not tell the format. Say it: --format %(known)s")
        raise click.UsageError(told % {"file": file, "known": "|".join(Format)})
    return chosen


def check_free(file: Path, *, overwrite: bool) -> None:
    """Refuse to write over something, unless it is a file and was told so; a folder is never replaced."""
    if file.is_dir() and any(file.iterdir()):
        raise Rejected(_("%(file)s is a folder with files in it, and is not written over.") % {"file": file})
    if file.exists() and not file.is_dir() and not overwrite:
        raise Rejected(_("%(file)s is there already. To write over it: --overwrite") % {"file": file})
