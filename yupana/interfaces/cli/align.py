"""Alignment: what the items of one instrument contribute to in another, stated from a table, shown with its gaps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.instruments import alignments
from yupana.domain.instruments import public as instruments
from yupana.domain.instruments.actions.aligning import end_alignment, import_alignments
from yupana.domain.instruments.facts import AlignmentKind
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Conflict, Missing, Refused
from yupana.interfaces import words
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Act, Argument, Exit, Option, Rejected, Task, Work, json_option
from yupana.interfaces.cli.imports import all_option, finish, import_
from yupana.interfaces.interchange.alignments import read_alignments
from yupana.projections.overviews import alignment as overview

if TYPE_CHECKING:
    from typing import Unpack

    from yupana.domain.instruments.models import Alignment
    from yupana.domain.instruments.public import EditionCard, Node
    from yupana.foundation.kernel.report import Report
    from yupana.interfaces.cli.imports import Telling
    from yupana.projections.overviews.alignment import Matrix, Side

WIDEST = 60  # characters of a statement in a list


@import_.command(
    "alignment",
    cls=Work,
    help=gettext_noop("State what items contribute to, from a table with the columns item, kind and other."),
)
@click.argument("file", type=click.Path(path_type=Path), cls=Argument)
@all_option
@json_option
def import_alignment(file: Path, **how: Unpack[Telling]) -> None:
    """Read, state, seal, tell."""
    rows = read_alignments(file)
    with speak.progress(file.name, len(rows)) as tick:
        try:
            report: Report = import_alignments(actor=OPERATOR, rows=rows, on=timezone.localdate(), tick=tick)
        except Refused as refused:
            raise _placed(refused) from refused
    finish(_("Alignments"), report, **how)


@click.command(
    "alignment",
    cls=Task,
    help=gettext_noop(
        "Show how two instruments meet, and what is left alone on either side. Name each by its code, for the edition"
        " in force, or as CODE/EDITION."
    ),
)
@click.argument("code", cls=Argument)
@click.argument("other", cls=Argument)
@json_option
def alignment(code: str, other: str, *, as_json: bool) -> None:
    """Find, lay side by side, tell."""
    found = overview.matrix(_edition(code), _edition(other))
    if as_json:
        speak.print_json(_plain(found))
        return
    for side in (found.here, found.there):
        _tell(side)


@click.command(
    "unalign",
    cls=Act,
    help=gettext_noop("End, with its reason, what was stated of two items (PIGE/1#line:4 PDES/1#target:5.4)."),
)
@click.argument("item", cls=Argument)
@click.argument("other", cls=Argument)
@click.option(
    "--kind",
    type=click.Choice([each.value for each in AlignmentKind]),
    default=AlignmentKind.CONTRIBUTES.value,
    show_default=True,
    cls=Option,
    help=gettext_noop("What was stated."),
)
@click.option("--reason", required=True, cls=Option, help=gettext_noop("Why it ends; it is recorded and public."))
def unalign(item: str, other: str, kind: str, reason: str) -> None:
    """Find, end, tell."""
    held = _standing(item, other, AlignmentKind(kind))
    end_alignment(actor=OPERATOR, alignment=held, reason=reason, on=timezone.localdate())
    click.echo(_("It has ended: %(item)s, %(other)s.") % {"item": item, "other": other})


def _placed(refused: Refused) -> Rejected:
    """Say a refusal of one row with its place in the file."""
    said = f"{refused.details.get('where', '')}: {words.sentence(refused)}".removeprefix(": ")
    return Rejected(said, Exit.CONFLICT if isinstance(refused, Conflict) else Exit.REJECTED)


def _edition(named: str) -> EditionCard:
    code, _slash, edition = named.partition("/")
    return instruments.edition(code, edition) if edition else instruments.in_force(code)


def _standing(item: str, other: str, kind: AlignmentKind) -> Alignment:
    one, two = alignments.item_named(item), alignments.item_named(other)
    found = next((each for each in alignments.between(one, two) if alignments.kind_from(each, one) is kind), None)
    if found is None:
        raise Missing("alignment-unknown", item=item, other=other)
    return found


def _plain(found: Matrix) -> dict[str, object]:
    pairs = [
        {"item": pair.item.key, "kind": pair.kind and pair.kind.value, "other": pair.other.key} for pair in found.pairs
    ]
    return {"here": _side(found.here), "there": _side(found.there), "pairs": pairs}


def _side(side: Side) -> dict[str, object]:
    return {
        "edition": side.edition.ref,
        "met": side.share.done,
        "items": side.share.due,
        "gaps": [node.key for node in side.gaps],
        "axes": [{"item": axis.node.key, "met": axis.share.done, "items": axis.share.due} for axis in side.axes],
    }


def _tell(side: Side) -> None:
    """Tell one side branch by branch: how many of its items are met, and which are not."""
    told = {"edition": side.edition.ref, "met": side.share.done, "items": side.share.due}
    click.echo(_("%(edition)s: %(met)d of %(items)d items are aligned.") % told)
    for axis in side.axes:
        click.echo(f"  {_named(axis.node)}: {axis.share.done}/{axis.share.due}")
        for row in axis.rows:
            if not row.met:
                click.echo(_("    nothing: %(item)s") % {"item": _named(row.node)})


def _named(node: Node) -> str:
    text = node.text if len(node.text) <= WIDEST else f"{node.text[: WIDEST - 1]}…"
    return f"{node.key} {text}"
