"""How commands tell what they did: JSON for scripts on stdout, a short summary for people, progress on stderr."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from django.utils.translation import gettext as _
from tqdm import tqdm

from yupana.foundation.kernel.text import squeeze
from yupana.interfaces import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from yupana.foundation.kernel.report import Note, Report

SHOWN = 10


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show how far the work is, on stderr: drawn on a terminal, plain text in a log."""
    drawn = sys.stderr.isatty()
    with tqdm(
        total=total, desc=what, file=sys.stderr, ascii=not drawn, ncols=None if drawn else 80, unit="", disable=False
    ) as bar:

        def tick(done: int) -> None:
            bar.update(done)

        yield tick
        if total is not None and bar.n < total:
            bar.update(total - bar.n)  # rows that needed no work are done too


def print_json(value: Mapping[str, object]) -> None:
    """Print one JSON object on stdout, as UTF-8 whatever the terminal is."""
    click.echo(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def report_json(report: Report) -> dict[str, object]:
    """Return the report with the keys that scripts rely on."""
    return {**asdict(report)}


def tell_report(what: str, report: Report, *, everything: bool) -> None:
    """Tell people what an import did, with its first notes."""
    click.echo(_("%(what)s. Rows read: %(read)d.") % {"what": what, "read": report.read})
    counted = {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
    click.echo(_("Records: new %(created)d, changed %(updated)d, unchanged %(unchanged)d.") % counted)
    tell_notes(_("Kept without a place: %(number)d"), report.unplaced, everything=everything)
    tell_notes(_("Kept and doubtful: %(number)d"), report.flagged, everything=everything)


def tell_notes(title: str, notes: Sequence[Note], *, everything: bool) -> None:
    """Tell how many notes there are, and the first ones, or all of them, with their places."""
    click.echo(title % {"number": len(notes)})
    shown = notes if everything else notes[:SHOWN]
    for note in shown:
        said = f" «{squeeze(note.text)}»" if note.text else ""  # one line a note, whatever stands there
        click.echo(f"  {note.where}  {words.why(note.why)}{said} [{note.why}]")
    if len(notes) > len(shown):
        click.echo(
            _("  … and %(number)d more; --all shows them, --json gives them to a program.")
            % {"number": len(notes) - len(shown)}
        )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set rows in columns, each as wide as its longest text."""
    widths = [max(len(row[at]) for row in [heads, *rows]) for at in range(len(heads))]
    lines = [heads, ["-" * width for width in widths], *rows]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
