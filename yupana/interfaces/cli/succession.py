"""Bodies that go on with the work of others, from the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.domain.commitments.actions import transfer_plan
from yupana.domain.entities import queries as entities
from yupana.domain.entities.actions import record_succession
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.cli.authority import call, obligation
from yupana.interfaces.cli.frame import Act, Argument, Option, Rejected, day_option

if TYPE_CHECKING:
    from datetime import date


@click.command(
    "succeed",
    cls=Act,
    help=gettext_noop("Record that a body goes on with the work of others; they end the day before."),
)
@click.argument("successor", cls=Argument)
@click.argument("predecessors", nargs=-1, required=True, metavar="PREDECESSOR", cls=Argument)
@day_option("--from", "on", required=True, help=gettext_noop("The first day of the successor."))
@click.option("--act", required=True, cls=Option, help=gettext_noop("The act that decides it."))
def succeed(successor: str, predecessors: tuple[str, ...], on: date, act: str) -> None:
    """Record one merger, or one part of a division."""
    heir, ended = entities.named(successor), [entities.named(each) for each in predecessors]
    record_succession(actor=OPERATOR, predecessors=ended, successor=heir, on=on, act=act)
    told = {"names": ", ".join(each.name for each in ended), "successor": heir.name}
    click.echo(_("%(successor)s goes on with the work of: %(names)s.") % told)


@call.command(
    "transfer", cls=Act, help=gettext_noop("Pass what a body owes in a call, and its activities, to its successors.")
)
@click.argument("code", metavar="CALL", cls=Argument)
@click.argument("entity", cls=Argument)
@click.argument("successor", cls=Argument)
@click.option(
    "--row",
    "elsewhere",
    multiple=True,
    metavar="ROW=ENTITY",
    cls=Option,
    help=gettext_noop("An activity that goes to another successor, such as 3=B-1; may be repeated."),
)
@click.option("--in", "other", metavar="CALL", cls=Option, help=gettext_noop("The successor's call, if it is another."))
@click.option("--reason", required=True, cls=Option, help=gettext_noop("Why."))
@click.option("--act", required=True, cls=Option, help=gettext_noop("The act that decides it."))
def transfer(
    code: str, entity: str, successor: str, elsewhere: tuple[str, ...], other: str | None, reason: str, act: str
) -> None:
    """Pass one obligation on, and say which row is which now."""
    there = other or code
    done = transfer_plan(
        actor=OPERATOR,
        obligation=obligation(code, entity),
        to=obligation(there, successor),
        rows={row: obligation(there, body) for row, body in map(_row, elsewhere)},
        reason=reason,
        act=act,
        on=timezone.localdate(),
    )
    click.echo(_("What it owed has passed on. Activities that went along: %(number)d") % {"number": len(done.rows)})
    for row, (owed, number) in sorted(done.rows.items()):
        click.echo(f"{row:5}  {owed.debtor.name} {number}")


def _row(text: str) -> tuple[int, str]:
    number, equals, body = text.partition("=")
    if not (equals and body and number.isascii() and number.isdecimal()):
        raise Rejected(_("“%(text)s” names no activity and body: write ROW=ENTITY, such as 3=B-1.") % {"text": text})
    return int(number), body
