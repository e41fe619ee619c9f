"""Editions compared: what a later one says differently, and what that touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from yupana.domain.instruments import queries as instruments
from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.domain.instruments.rules.marks import Mark, words
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.cli import speak
from yupana.interfaces.cli.frame import Argument, Task, day_option, json_option
from yupana.interfaces.words import label
from yupana.projections.overviews.impact import Impact

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from yupana.domain.instruments.facts import ItemFact, Target
    from yupana.domain.instruments.rules.changes import Change
    from yupana.projections.overviews.impact import Touch, TouchedBody

_SAID = ("text", "body", "legal_basis")
_SHOWN = {Mark.KEPT: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}
_COLOURS = {Mark.REMOVED: "red", Mark.ADDED: "green"}
_EDITIONS = (
    click.argument("instrument", metavar="CODE", cls=Argument),
    click.argument("before", metavar="EDITION", cls=Argument),
    click.argument("after", metavar="EDITION", cls=Argument),
)


@click.command(
    "diff",
    cls=Task,
    help=gettext_noop("Say what a later edition of an instrument says differently from an earlier one."),
)
@_EDITIONS[0]
@_EDITIONS[1]
@_EDITIONS[2]
@json_option
def diff(instrument: str, before: str, after: str, *, as_json: bool) -> None:
    """Compare two editions, of which either may be a draft."""
    found = _impact(instrument, before, after, None)
    names = _names(found.changes)
    if as_json:
        counts = {kind.value: number for kind, number in found.kinds.items()}
        told = [_change_json(change, names) for change in found.changes]
        speak.print_json(
            {"instrument": instrument, "before": before, "after": after, "counts": counts, "changes": told}
        )
        return
    click.echo(f"{instrument}/{before} → {instrument}/{after}")
    click.echo(_counted(found.kinds.items()) or _("Both say the same."))
    for change in found.changes:
        _tell_change(change, names)


@click.command(
    "impact", cls=Task, help=gettext_noop("List what an update of an instrument touches, and what each body has to do.")
)
@_EDITIONS[0]
@_EDITIONS[1]
@_EDITIONS[2]
@day_option("--on", help=gettext_noop("From which day a draft would hold; otherwise today."))
@json_option
def impact(instrument: str, before: str, after: str, on: date | None, *, as_json: bool) -> None:
    """Show calls, changes with what they touch, and the tasks of every body."""
    found = _impact(instrument, before, after, on)
    if as_json:
        speak.print_json(_impact_json(found) | {"instrument": instrument, "before": before, "after": after})
        return
    for call in found.calls:
        told = {"call": call.code, "state": label(call.state), "number": call.obligations}
        click.echo(_("Call %(call)s (%(state)s). Bodies that owe an answer: %(number)d.") % told)
    heads = [pgettext("diff", "Item"), pgettext("diff", "Change"), pgettext("diff", "From"), *_touched_heads()]
    click.echo("\n" + speak.table(heads, [_touch_line(touch) for touch in found.touches]))
    for body in found.bodies:
        _tell_body(body)


def _impact(instrument: str, before: str, after: str, on: date | None) -> Impact:
    first, later = (instruments.edition(f"{instrument}/{code}") for code in (before, after))
    return Impact(OPERATOR, first, later, as_of=on or timezone.localdate())


# --- in words ---
def _counted(counts: Iterable[tuple[ChangeKind, int]]) -> str:
    return "\n".join(f"{number:5}  {label(kind)}" for kind, number in counts)


def _tell_change(change: Change, names: dict[str, str]) -> None:
    """Say one change: which item, what happened, and the words that differ."""
    kinds = ", ".join(label(kind) for kind in ChangeKind if kind in change.kinds)
    click.echo("\n" + click.style(f"{_passage(change)}  ", bold=True) + kinds)
    for origin in change.origins:
        click.echo(f"    ← {names.get(origin.lineage, origin.lineage)}")
    for heir in change.heirs:
        click.echo(f"    → {names.get(heir, heir)}")
    for field in _SAID:
        pieces = _pieces(change, field)
        if any(mark is not Mark.KEPT for mark, _text in pieces):
            click.echo("    " + "".join(_shown(mark, text) for mark, text in pieces).replace("\n", "\n    "))
    for field, one, other in _moved_values(change):
        click.echo(f"    {field}: {one or '—'} → {other or '—'}")


def _passage(change: Change) -> str:
    """Name an item by its key, before and afterwards where they differ."""
    keys = [item.row.key for item in (change.before, change.after) if item]
    return " → ".join(dict.fromkeys(keys))


def _pieces(change: Change, field: str) -> list[tuple[Mark, str]]:
    one, other = (getattr(item.row, field) if item else "" for item in (change.before, change.after))
    return [(piece.mark, piece.text) for piece in words(one, other)]


def _shown(mark: Mark, text: str) -> str:
    """Mark what was removed and added by signs, and on a terminal by colours."""
    return click.style(_SHOWN[mark].format(text), fg=_COLOURS.get(mark))


def _moved_values(change: Change) -> list[tuple[str, str, str]]:
    """Say what else differs: where it stands, whom it binds, by when, from when."""
    if change.before is None or change.after is None:
        return []
    one, other = _values(change.before), _values(change.after)
    return [(name, one[name], other[name]) for name in one if one[name] != other[name]]


def _values(item: ItemFact) -> dict[str, str]:
    row = item.row
    return {
        pgettext("diff", "below"): ":".join(row.parent) if row.parent else "",
        pgettext("diff", "binds"): (row.audience or pgettext("diff", "as above"))
        if item.binds
        else pgettext("diff", "no"),
        pgettext("diff", "deadline"): _day(row.due_on),
        pgettext("diff", "share"): "" if row.stake is None else f"{row.stake / 100:g} %",
        pgettext("diff", "target"): target_told(row.target),
        pgettext("diff", "transition"): label(row.transition),
    }


def target_told(target: Target | None) -> str:
    """Say a target in a line: how much of what, by when, from where, who says so, and over whom it is counted."""
    if target is None:
        return ""
    said = (
        _amount(target.number, target.unit),
        _day(target.due_on),
        _("from %(amount)s") % {"amount": _amount(target.baseline, target.unit)} if target.baseline is not None else "",
        str(label(target.source)) if target.source else "",
        target.counted,
    )
    return " · ".join(each for each in said if each)


def _amount(number: Decimal | None, unit: str) -> str:
    return f"{'' if number is None else format(number, 'f')} {unit}".strip()


def _touched_heads() -> list[str]:
    return [
        pgettext("diff", "bodies"),
        pgettext("diff", "activities"),
        pgettext("diff", "being written"),
        pgettext("diff", "targets"),
        pgettext("diff", "figures"),
    ]


def _touch_line(touch: Touch) -> list[str]:
    change = touch.change
    kinds = ", ".join(label(kind) for kind in ChangeKind if kind in change.kinds)
    numbers = (touch.bodies, touch.activities, touch.in_hand, touch.targets, touch.figures)
    return [_passage(change), kinds, touch.starts_on.isoformat(), *map(str, numbers)]


def _tell_body(body: TouchedBody) -> None:
    click.echo(f"\n{body.ref} {body.name}")
    for what, number in body.counts.items():
        keys = [task.key for task in body.tasks if task.duty is what]
        click.echo(f"{number:5}  {label(what)}: {', '.join(keys)}")


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


# --- as JSON ---
def _names(changes: Iterable[Change]) -> dict[str, str]:
    """Name every changed item by its key: as it is called afterwards, where it is still there."""
    items = ((change.lineage, change.after or change.before) for change in changes)
    return {lineage: item.row.key for lineage, item in items if item}


def _change_json(change: Change, names: dict[str, str]) -> dict[str, object]:
    return {
        "lineage": change.lineage,
        "kinds": [kind.value for kind in ChangeKind if kind in change.kinds],
        "before": _item_json(change.before),
        "after": _item_json(change.after),
        "under": change.under,
        "follows": change.follows,
        "origins": [
            {"kind": origin.kind.value, "lineage": origin.lineage, "item": names.get(origin.lineage)}
            for origin in change.origins
        ],
        "heirs": [{"lineage": heir, "item": names.get(heir)} for heir in change.heirs],
        "words": {field: [[mark.value, text] for mark, text in _pieces(change, field)] for field in _SAID},
    }


def _item_json(item: ItemFact | None) -> dict[str, object] | None:
    if item is None:
        return None
    row = item.row
    return {
        "item": row.key,
        "parent": ":".join(row.parent) if row.parent else None,
        "text": row.text,
        "body": row.body,
        "legal_basis": row.legal_basis,
        "binds": item.binds,
        "audience": row.audience,
        "due_on": row.due_on and row.due_on.isoformat(),
        "stake": row.stake,
        "weight": item.weight,
        "transition": row.transition.value,
        "target": row.target.plain() if row.target else None,
    }


def _impact_json(found: Impact) -> dict[str, object]:
    return {
        "calls": [
            {"call": each.code, "title": each.title, "state": each.state.value, "obligations": each.obligations}
            for each in found.calls
        ],
        "changes": [_touch_json(touch) for touch in found.touches],
        "bodies": [_body_json(body) for body in found.bodies],
    }


def _touch_json(touch: Touch) -> dict[str, object]:
    change = touch.change
    return {
        "lineage": change.lineage,
        "before": change.before.row.key if change.before else None,
        "after": change.after.row.key if change.after else None,
        "kinds": [kind.value for kind in ChangeKind if kind in change.kinds],
        "starts_on": touch.starts_on.isoformat(),
        "calls": list(touch.calls),
        "obligations": touch.obligations,
        "bodies": touch.bodies,
        "activities": touch.activities,
        "in_hand": touch.in_hand,
        "targets": touch.targets,
        "figures": touch.figures,
    }


def _body_json(body: TouchedBody) -> dict[str, object]:
    return {
        "entity": body.ref,
        "name": body.name,
        "counts": {what.value: number for what, number in body.counts.items()},
        "tasks": [
            {
                "item": task.key,
                "duty": task.duty.value,
                "starts_on": task.starts_on.isoformat(),
                "activities": task.activities,
            }
            for task in body.tasks
        ],
    }
