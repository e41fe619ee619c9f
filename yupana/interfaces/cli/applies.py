"""Whom an edition binds, simulated before it is published; and why one body, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from yupana.domain.entities import queries as entities
from yupana.domain.entities.labels import told
from yupana.domain.entities.rules import parse_audience, spoken
from yupana.domain.instruments import queries as instruments
from yupana.domain.instruments.facts import NOBODY
from yupana.interfaces import words
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Argument, Option, Task, day_option, json_option
from yupana.projections.overviews.applicability import EVERYBODY, Simulation
from yupana.projections.overviews.why import trace

if TYPE_CHECKING:
    from datetime import date

    from yupana.foundation.kernel.errors import Refused
    from yupana.projections.overviews.applicability import ItemReach, Totals
    from yupana.projections.overviews.why import Reason, Trace


@click.command(
    "applies", cls=Task, help=gettext_noop("Say whom each item of an edition would bind; of one body, why or why not.")
)
@click.argument("edition", metavar="CODE/EDITION", cls=Argument)
@click.option("--entity", metavar="ENTITY", default="", cls=Option, help=gettext_noop("Say it of this body alone."))
@click.option(
    "--audience",
    metavar="EXPR",
    default=EVERYBODY,
    show_default=True,
    cls=Option,
    help=gettext_noop("As if this audience were called."),
)
@day_option("--on", help=gettext_noop("As the register was on this day; otherwise today."))
@json_option
def applies(edition: str, entity: str, audience: str, on: date | None, *, as_json: bool) -> None:
    """Simulate a call, or trace one body through it."""
    found, day = instruments.edition(edition), on or timezone.localdate()
    if entity:
        body = entities.named(entity)
        seen = trace(found, body, audience=audience, on=day)
        if as_json:
            speak.print_json({"edition": edition, "entity": body.ref, **_trace_json(seen)})
            return
        _tell_trace(body.name, seen)
        return
    simulation = Simulation(found, audience=audience, on=day)
    totals, items = simulation.totals(), list(simulation.items)
    if as_json:
        speak.print_json({"edition": edition, "audience": audience, "on": day.isoformat(), **_json(totals, items)})
        return
    _tell(totals, items)


def _tell(totals: Totals, items: list[ItemReach]) -> None:
    heads = [
        pgettext("applies", "Item"),
        pgettext("applies", "bodies"),
        pgettext("applies", "by level"),
        pgettext("applies", "whom it binds"),
    ]
    click.echo(speak.table(heads, [_line(each) for each in items]))
    told_ = {"items": totals.items, "bound": totals.bound, "called": totals.called}
    click.echo("\n" + _("Items that bind: %(items)d. Bodies bound: %(bound)d of %(called)d.") % told_)
    if totals.nobody:
        click.echo(_("Nobody is responsible for: %(items)s") % {"items": ", ".join(totals.nobody)})
    if totals.empty:
        click.echo(_("Nobody is in the audience of: %(items)s") % {"items": ", ".join(totals.empty)})


def _line(each: ItemReach) -> list[str]:
    levels = ", ".join(f"{code} {number}" for code, number in each.by_level.items())
    said = words.sentence(each.fault) if each.fault else audience_told(each.audience)
    return [each.key, str(each.bodies), levels, said]


def audience_told(audience: str) -> str:
    """Say whom an item binds, in the reader's words."""
    if audience in {"", NOBODY}:
        return pgettext("applies", "nobody") if audience else pgettext("applies", "whoever is called")
    return spoken(parse_audience(audience), (get_language() or "es").partition("-")[0])


def _tell_trace(name: str, seen: Trace) -> None:
    told_ = {"name": name, "applying": seen.applying, "items": len(seen.items)}
    click.echo(_("%(name)s: %(applying)d of %(items)d items apply.") % told_)
    if not seen.stands:
        click.echo(_("It cannot be bound on that day."))
    for each in seen.items:
        does = pgettext("applies", "applies") if each.applies else pgettext("applies", "does not apply")
        click.echo(f"\n{each.key}  {does}. {words.label(each.why)}")
        if each.said_by and each.said_by != each.key:
            click.echo("    " + _("As %(item)s says for all below it.") % {"item": each.said_by})
        for part, holds in each.parts:
            click.echo("    " + told(part, holds=holds))


def _json(totals: Totals, items: list[ItemReach]) -> dict[str, object]:
    return {
        "called": totals.called,
        "bound": totals.bound,
        "nobody": list(totals.nobody),
        "empty": list(totals.empty),
        "items": [
            {
                "item": each.key,
                "audience": each.audience,
                "said_by": each.said_by or None,
                "bodies": each.bodies,
                "by_level": dict(each.by_level),
                "by_department": dict(each.by_department),
                "fault": _code(each.fault),
            }
            for each in items
        ],
    }


def _trace_json(seen: Trace) -> dict[str, object]:
    return {
        "called": seen.called,
        "stands": seen.stands,
        "audience": seen.audience,
        "applying": seen.applying,
        "items": [_reason_json(each) for each in seen.items],
    }


def _reason_json(each: Reason) -> dict[str, object]:
    return {
        "item": each.key,
        "applies": each.applies,
        "why": each.why.value,
        "audience": each.audience,
        "said_by": each.said_by or None,
        "parts": [{"part": str(part), "holds": holds} for part, holds in each.parts],
    }


def _code(fault: Refused | None) -> str | None:
    return fault.code if fault else None
