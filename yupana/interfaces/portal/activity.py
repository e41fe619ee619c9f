"""One activity of an accepted plan in words: as the body wrote it, and beside it as it was understood."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yupana.domain.commitments.rules import MONEY, Kind, Medium
from yupana.foundation.kernel.quantity import format_quantity
from yupana.foundation.kernel.text import fold
from yupana.interfaces.tags import bolivianos
from yupana.interfaces.words import cell, label, period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from yupana.domain.commitments.public import ActivityCard
    from yupana.domain.commitments.rules import Moved, Reading
    from yupana.interfaces.portal.progress import Progress
    from yupana.projections.overviews.entity import Place


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the plan to click on."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says of one activity. ``dates`` are name, text as written, and how it was understood.

    ``moved_promises`` say what was promised first and changed since.
    """

    card: ActivityCard
    medium: str
    line: Line | None
    own: Line | None
    moved: bool
    facts: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str, str], ...]
    moved_promises: tuple[str, ...] = ()
    progress: Progress | None = None


def shown(
    card: ActivityCard, places: Mapping[int, Place], moved: Iterable[Moved] = (), progress: Progress | None = None
) -> Shown:
    """Put an activity into words; what was left empty is left out. ``moved`` is what it promised otherwise before."""
    facts = (
        (_("It also answers"), ", ".join(card.also)),
        (_("Responsible"), " · ".join(filter(None, (card.responsible, card.person)))),
        (_("With"), "\n".join(card.partners)),
        (_("Comes after"), f"{card.waits.name} · {card.waits.entity}" if card.waits else ""),
        (_("Expected result"), card.result),
        (_("Indicator"), " · ".join(filter(None, (card.indicator, card.unit)))),
        (_("Baseline"), card.baseline),
        (_("Target"), card.target),
        (_("Programmed"), "\n".join(f"{period(code)}: {format_quantity(value)}" for code, value in card.programmed)),
        (_("Budget"), "" if card.budget_cents is None else bolivianos(card.budget_cents)),
        (_("Budget by year"), "\n".join(f"{year}: {bolivianos(cents)}" for year, cents in _by_year(card))),
        (_("How it can be verified"), card.verification),
    )
    dates = (
        (_("Starts"), card.starts, understood(card.starts_reading, card.starts)),
        (_("Ends"), card.ends, understood(card.ends_reading, card.ends)),
    )
    return Shown(
        card=card,
        medium=label(Medium(card.medium)) if card.medium else "",
        line=_line(places.get(card.item_id or 0)),
        own=_line(places.get(card.own_item_id or 0)),
        moved=card.item_id != card.own_item_id,
        facts=tuple((name, text) for name, text in facts if text),
        dates=tuple((name, told, read) for name, told, read in dates if told),
        moved_promises=tuple(map(_moved, moved)),
        progress=progress,
    )


def _by_year(card: ActivityCard) -> list[tuple[int, int]]:
    """Add up what is programmed by year; nothing where there is one year only, for then the budget says it."""
    years: Counter[int] = Counter()
    for year, cents in card.money:
        years[year] += cents
    return sorted(years.items()) if len(years) > 1 else []


def _moved(promise: Moved) -> str:
    """Say a promise as it was first and as it is, and by which act it was changed last."""
    texts = [_amounts(promise.field, text) or _("nothing") for text in (promise.original, promise.current)]
    said = {"name": cell(promise.field), "original": texts[0], "current": texts[1], "act": promise.act}
    if not promise.act:
        return _("%(name)s: first %(original)s · now %(current)s") % said
    return _("%(name)s: first %(original)s · now %(current)s (changed by %(act)s)") % said


def _amounts(field: str, text: str) -> str:
    """Leave out of the lines of a year what its name says already."""
    year = f"{field.removeprefix(MONEY)} | "
    return "; ".join(line.removeprefix(year) for line in text.splitlines()) if field.startswith(MONEY) else text


def understood(reading: Reading, written: str = "") -> str:
    """Say how a date was understood, or why it was not; nothing where what was written says it all."""
    if reading.first is None or reading.last is None:
        return _DOUBTS.get(reading.kind, _not_understood)()
    if reading.kind is Kind.YEAR:
        return ""
    if reading.kind is Kind.MONTH:
        month = date_format(reading.first, "YEAR_MONTH_FORMAT")
        return "" if fold(month) == fold(written) else _("understood as %(month)s") % {"month": month}
    first, last = date_format(reading.first, "DATE_FORMAT"), date_format(reading.last, "DATE_FORMAT")
    if first == last:
        return "" if fold(first) == fold(written) else _("understood as %(first)s") % {"first": first}
    return _("understood as %(first)s to %(last)s") % {"first": first, "last": last}


def _not_understood() -> str:
    return _("could not be understood as a date")


def _nothing() -> str:
    return ""


_DOUBTS: dict[Kind, Callable[[], str]] = {
    Kind.EMPTY: _nothing,
    Kind.RELATIVE: lambda: _("counts from the plan's first year, which is still to be confirmed"),
    Kind.AMBIGUOUS: lambda: _("day and month could be swapped, so it was left as it is written"),
}


def _line(place: Place | None) -> Line | None:
    if place is None:
        return None
    node, edition = place.node, place.edition
    url = reverse("portal:item", args=[edition.instrument, edition.code, node.role, node.code])
    return Line(url, f"{node.code} · {node.text}")
