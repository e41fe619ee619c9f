"""How far the targets of an edition are: each value with who is known, its trend, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from yupana.domain.entities import public as entities
from yupana.domain.entities.rules import All, Match, Or, parse_audience
from yupana.domain.obligations import public as obligations
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress.evaluations import bands_of
from yupana.domain.progress.public.indicators import MANY, measured
from yupana.domain.progress.rules import SheetSource
from yupana.domain.progress.rules.indicators import days_of, value_of
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.share import Share
from yupana.projections.figures import public as figures
from yupana.projections.figures import rules
from yupana.projections.overviews.applicability import department

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from yupana.domain.entities.public import EntityCard
    from yupana.domain.entities.rules import Audience
    from yupana.domain.instruments.public import EditionCard
    from yupana.domain.progress.public.indicators import Measured, Place
    from yupana.domain.progress.rules import Bands
    from yupana.domain.progress.rules.indicators import OfBody, Value
    from yupana.domain.progress.rules.sheets import SheetFields


@dataclass(frozen=True, slots=True)
class Reserved:
    """What bodies said whose values are not shown one by one: how many of how many, and their part of the whole."""

    coverage: Share
    actual: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None


@dataclass(frozen=True, slots=True)
class Point:
    """An indicator at the end of a period, and the name of the period."""

    day: date
    period: str
    value: Value
    reserved: Reserved | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A share of entities counted from their accepted plans: who answers ``item``, of all that were asked.

    ``item`` None: nothing that the plans answer stands above the target, or no audience that can be counted was named.
    """

    item: Place | None
    share: Share
    call: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One target. ``points`` run in time, the last one is what holds; ``counted`` stands where plans are counted.

    ``enough`` says whether so many are known that how far it is can be said, by the instrument's scheme.
    """

    item: Place
    sheet: SheetFields | None
    points: tuple[Point, ...] = ()
    counted: Counted | None = None
    enough: bool = True

    @property
    def now(self) -> Point | None:
        """The last period that was asked for."""
        return self.points[-1] if self.points else None


@dataclass(frozen=True, slots=True)
class Part:
    """One body's part of a value."""

    card: EntityCard
    told: OfBody


@dataclass(frozen=True, slots=True)
class Group:
    """The value of the bodies of one level or department alone, of public calls."""

    kind: str
    code: str
    value: Value


@dataclass(frozen=True, slots=True)
class Opened:
    """One indicator opened down to who said what, in the order of the bodies' names, and group by group."""

    indicator: Indicator
    parts: tuple[Part, ...]
    groups: tuple[Group, ...]


def listing(edition: EditionCard, as_of: date) -> tuple[Indicator, ...]:
    """Read every target of an edition."""
    found = measured(edition.id, as_of=as_of)
    counts = _counts(edition, [each for each in found if each.sheet and each.sheet.source == SheetSource.COUNT], as_of)
    bands = bands_of(edition.instrument, as_of)
    return tuple(_indicator(each, bands, counts.get(each.item.id)) for each in found)


def opened(edition: EditionCard, role: str, code: str, as_of: date) -> Opened | None:
    """Read one target with all that it is made of; None where there is none of that name."""
    found = [each for each in measured(edition.id, as_of=as_of) if (each.item.role, each.item.code) == (role, code)]
    if not found:
        return None
    one = found[0]
    is_counted = one.sheet is not None and one.sheet.source == SheetSource.COUNT
    counts = _counts(edition, found, as_of) if is_counted else {}
    indicator = _indicator(one, bands_of(edition.instrument, as_of), counts.get(one.item.id))
    if one.sheet is None or indicator.now is None:
        return Opened(indicator, (), ())
    bodies = indicator.now.value.bodies
    cards = entities.in_order(sorted(bodies))
    parts = sorted((Part(card, bodies[card.id]) for card in cards), key=lambda part: part.card.name.casefold())
    return Opened(indicator, tuple(parts), tuple(_groups(one, one.sheet, cards, indicator.now.day)))


def _indicator(each: Measured, bands: Bands, counted: Counted | None) -> Indicator:
    told = points(each)
    enough = not told or bands.is_enough(told[-1].value.coverage)
    return Indicator(each.item, each.sheet, told, counted, enough)


def points(each: Measured) -> tuple[Point, ...]:
    """Value a target at the end of each period that anybody was asked for, the first one first."""
    if each.sheet is None:
        return ()
    days = days_of({**each.hidden.asked, **each.told.asked})
    every = (_point(each, each.sheet, day) for day in days)
    return tuple(point for point in every if point.value.coverage.due)


def _point(each: Measured, sheet: SheetFields, day: date) -> Point:
    """Value an indicator on a day; what is restricted goes in where it is a sum of enough bodies, and shows as one."""
    own = value_of(sheet, each.told.said, each.told.asked, day)
    hidden = value_of(sheet, each.hidden.said, each.hidden.asked, day)
    names = [name for asked in each.told.asked.values() for name in asked]
    if hidden.coverage.done < MANY:
        return Point(day, _named(names, day), own)
    said, asked = {**each.hidden.said, **each.told.said}, {**each.hidden.asked, **each.told.asked}
    whole = value_of(sheet, said, asked, day)
    part = Reserved(hidden.coverage, hidden.actual, hidden.numerator, hidden.denominator)
    names += [name for asked in each.hidden.asked.values() for name in asked]
    shown = replace(whole, bodies=own.bodies, lacks=own.lacks, gaps=own.gaps)
    return Point(day, _named(names, day), shown, part)


def _named(names: Iterable[str], day: date) -> str:
    """Name what ends on a day: the widest of the periods that were asked for."""
    ending = [each for each in names if parse_period(each).last == day]
    return min(ending, key=lambda each: parse_period(each).first, default="")


def _groups(one: Measured, sheet: SheetFields, cards: Sequence[EntityCard], day: date) -> Iterator[Group]:
    """Value the bodies of each level, and of each department, by themselves."""
    kinds: dict[str, Callable[[EntityCard], str]] = {
        "level": lambda card: card.level,
        "department": lambda card: department(card.territory),
    }
    for kind, place in kinds.items():
        places = {card.id: place(card) for card in cards}
        for code in sorted({each for each in places.values() if each}):
            asked = {body: names for body, names in one.told.asked.items() if places.get(body) == code}
            yield Group(kind, code, value_of(sheet, one.told.said, asked, day))


def _counts(edition: EditionCard, found: Sequence[Measured], as_of: date) -> dict[int, Counted]:
    """Count, for targets that are shares of entities, those whose accepted plans answer what stands above the target.

    One call counts, the newest public one that asked for it: an entity that was asked twice is one entity.
    """
    if not found:
        return {}
    anchors = {each.item.id: _anchor(each.item) for each in found}
    wanted = [item.id for item in anchors.values() if item]
    calls = obligations.calls(edition.id, expects=Expects.PLAN)
    keys = [call.id for call in calls]
    cells = figures.shares(measure=rules.ANSWERED, calls=keys, as_of=as_of, by=("item", "call", "level"), items=wanted)
    counts = {}
    for each in found:
        anchor, levels = anchors[each.item.id], _levels(each.sheet.audience if each.sheet else "")
        if anchor is None or levels is None:
            counts[each.item.id] = Counted(None, Share())
            continue
        of_calls = [(call.code, _added(cells, (anchor.id, call.id), levels)) for call in calls]
        code, share = next(((code, share) for code, share in of_calls if share.due), ("", Share()))
        counts[each.item.id] = Counted(anchor, share, code)
    return counts


def _added(cells: Mapping[tuple[Any, ...], Share], key: tuple[int, int], levels: frozenset[str]) -> Share:
    """Add up the cells of an item and a call over some levels, or over all."""
    return sum(
        (share for (*of, level), share in cells.items() if tuple(of) == key and (not levels or level in levels)),
        Share(),
    )


def _anchor(item: Place) -> Place | None:
    """Find what plans answer: the target itself where it binds, else the item right above it."""
    if item.binds:
        return item
    return item.above if item.above and item.above.binds else None


def _levels(audience: str) -> frozenset[str] | None:
    """Say of which levels an audience is, none for all; None where it is of anything that cells do not tell apart."""
    tree: Audience = parse_audience(audience or "all")
    if isinstance(tree, All):
        return frozenset()
    parts = tree.parts if isinstance(tree, Or) else (tree,)
    levels = [each.value for each in parts if isinstance(each, Match) and each.field == "level"]
    return frozenset(levels) if len(levels) == len(parts) else None
