"""What an item says beyond its statement, in words: whom it binds, by when, how far it is to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from yupana.domain.entities.labels import whom
from yupana.domain.entities.rules import AudienceError, parse_audience
from yupana.domain.instruments.facts import NOBODY, TargetSource, Transition
from yupana.interfaces.tags import figure, given, number, part_of_plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from yupana.domain.instruments.facts import Target
    from yupana.domain.instruments.public import Node, Told
    from yupana.foundation.kernel.share import Share
    from yupana.projections.overviews.figure import Figure

Pairs = tuple[tuple[str, str], ...]


def facts(
    node: Node, told: Told, above: Sequence[Told] = (), share: Share | None = None, opens: Figure | None = None
) -> Pairs:
    """Say what an item says beyond its statement as names and values; ``above`` runs from the root down to it.

    ``share`` is who answers it of those whom it binds, and ``opens`` the figure that it is; None where the item stands
    alone and that is told elsewhere.
    """
    return (*_duties(node, told, above), *_target(told.target), *_figures(node, share, opens))


def bound(told: Told, above: Sequence[Told] = ()) -> str:
    """Say whom an item binds: itself, or the nearest above it that says so; "" where none does."""
    expression = next((each.audience for each in (told, *reversed(above)) if each.audience), "")
    if expression == NOBODY:
        return _("nobody yet: the text does not say who is responsible")
    return _whom(expression) if expression else ""


def decimal(value: Decimal) -> str:
    """Write a number as the reader does: 1.234,5 in Spanish, 1,234.5 in English."""
    whole, _point, rest = f"{abs(value):f}".partition(".")
    sign = "-" if value < 0 else ""
    comma = "." if (get_language() or "").startswith("en") else ","
    rest = rest.rstrip("0")
    return f"{sign}{number(int(whole))}{comma if rest else ''}{rest}"


def _duties(node: Node, told: Told, above: Sequence[Told]) -> Iterator[tuple[str, str]]:
    bodies = bound(told, above) if node.binds or told.audience else ""
    if bodies:
        yield _("Binds"), bodies
    if told.due_on:
        yield _("To be met by"), _day(told.due_on)
    if told.transition is Transition.NEXT_PLAN:
        yield _("In force"), _("from the next annual plan on")
    if told.transition is Transition.END_OF_YEAR:
        yield _("In force"), _("when the year ends")


def _target(target: Target | None) -> Iterator[tuple[str, str]]:
    if target is None:
        return
    if target.number is not None:
        yield pgettext("of a target", "To reach"), _amount(target.number, target.unit)
    if target.baseline is not None:
        yield _("Baseline"), _amount(target.baseline, target.unit)
    if target.due_on:
        yield pgettext("of a target", "By"), _day(target.due_on)
    if target.source:
        yield _("Known by"), _source(target)


def _source(target: Target) -> str:
    bodies = _whom(target.counted) if target.counted else ""
    if target.source is TargetSource.ASK:
        return _("asking every public body")
    if target.source is TargetSource.REPORT:
        return _("the report of who is responsible")
    return _("a count over %(whom)s, with the silent in the base") % {"whom": bodies} if bodies else _("a count")


def _whom(expression: str) -> str:
    """Say an audience as people say it; as it is written where it cannot be read."""
    try:
        return whom(parse_audience(expression))
    except AudienceError:
        return expression


def _figures(node: Node, share: Share | None, opens: Figure | None) -> Iterator[tuple[str, str]]:
    if node.weight and (node.binds or share is None):
        yield _("Weight"), given(part_of_plan(node.weight))
    if share is not None and node.binds:
        sentence = _("%(done)s of %(due)s (%(part)s)") % {"done": "{}", "due": "{}", "part": "{}"}
        answered = format_html(sentence, number(share.done), number(share.due), figure(share, opens))
        yield _("Answered"), answered if share.due else _("nothing due yet")


def _amount(value: Decimal, unit: str) -> str:
    if unit == "%" and (get_language() or "").startswith("en"):
        return f"{decimal(value)}%"
    return f"{decimal(value)}\u202f{unit}".rstrip("\u202f")


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
