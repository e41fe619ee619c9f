"""Activities of different bodies that look alike, listed for people, programs and spreadsheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from yupana.domain.obligations import queries
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Argument, Option, Task, json_option
from yupana.interfaces.interchange.tables import write_table
from yupana.projections.overviews.radar import Radar

if TYPE_CHECKING:
    from yupana.domain.commitments.models import Activity
    from yupana.domain.obligations.models import Obligation
    from yupana.projections.overviews.radar import Pair

COLUMNS = (
    *("likeness", "words", "more"),
    *(f"{of}_{side}" for side in (1, 2) for of in ("call", "entity", "acronym", "row", "source", "name", "indicator")),
)
_LONGEST = 60


@click.command(
    "radar",
    cls=Task,
    help=gettext_noop("List activities of different bodies that look alike, in one call or in several."),
)
@click.argument("calls", metavar="CALL", nargs=-1, required=True, cls=Argument)
@click.option(
    "--first",
    "most",
    type=click.IntRange(1),
    default=30,
    show_default=True,
    cls=Option,
    help=gettext_noop("How many pairs to list."),
)
@click.option("--own", is_flag=True, cls=Option, help=gettext_noop("Pairs of one and the same body, too."))
@click.option(
    "--everything",
    is_flag=True,
    cls=Option,
    help=gettext_noop("Also what belongs to another kind of plan, whatever was said of a pair."),
)
@click.option("--csv", "as_csv", is_flag=True, cls=Option, help=gettext_noop("Write a table for a spreadsheet."))
@json_option
def radar(calls: tuple[str, ...], most: int, *, own: bool, everything: bool, as_csv: bool, as_json: bool) -> None:
    """Compare, and tell the pairs that nobody spoke about yet, the most alike first."""
    found = Radar(OPERATOR, [queries.call(code) for code in calls], own=own, everything=everything)
    pairs = found.told(found.open[:most])
    if as_json:
        told = [dict(zip(COLUMNS, _cells(pair), strict=True)) for pair in pairs]
        speak.print_json({"compared": found.size, "open": len(found.open), "pairs": told})
    elif as_csv:
        click.echo(write_table([COLUMNS, *([str(cell) for cell in _cells(pair)] for pair in pairs)]), nl=False)
    else:
        counted = {"rows": found.size, "pairs": len(found.open)}
        click.echo(_("Activities compared: %(rows)d. Pairs to look at: %(pairs)d.") % counted)
        heads = [pgettext("radar", "Alike"), pgettext("radar", "One"), pgettext("radar", "Other"), _("Shared words")]
        click.echo(speak.table(heads, [_line(pair) for pair in pairs]))


def _cells(pair: Pair) -> list[object]:
    sides = [cell for row in pair.rows for cell in _side(row)]
    return [pair.share.done, " ".join(pair.words), pair.more, *sides]


def _side(row: Activity) -> list[object]:
    owed = row.submission.obligation
    said = (row.row, row.source_ref, row.name, row.indicator)
    return [owed.call.code, owed.debtor.ref, owed.debtor.acronym, *said]


def _line(pair: Pair) -> list[str]:
    sides = [f"{_who(row.submission.obligation)} {row.row}: {_short(row)}" for row in pair.rows]
    return [f"{pair.share.percent} %", *sides, " ".join(pair.words)]


def _who(owed: Obligation) -> str:
    return owed.debtor.acronym or owed.debtor.ref


def _short(row: Activity) -> str:
    return (row.name or row.indicator or "\N{EN DASH}")[:_LONGEST].replace("\n", " ")
