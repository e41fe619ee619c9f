"""The money of a call's accepted plans, by axis, by financing source and by year; every sum agrees to the cent.

An activity that answers several items divides its money among them; one whose lines programme nothing counts with its
budget.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q

from yupana.domain.commitments import policy
from yupana.domain.commitments.models import Activity, Also, BudgetLine
from yupana.domain.commitments.queries import with_answered
from yupana.domain.commitments.rules import parts_of, split
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.queries import with_due
from yupana.domain.submissions.queries import with_accepted
from yupana.foundation.kernel.errors import Forbidden
from yupana.foundation.kernel.share import Share
from yupana.projections.overviews.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from yupana.domain.obligations.models import Call
    from yupana.foundation.kernel.actor import Actor

_CHUNK = 20_000  # plans that are read together
PROGRAMMED, CURRENT, ACCRUED = MEASURES = ("money.programmed", "money.current", "money.accrued")


class Cents(NamedTuple):
    """Amounts in Bs cents: programmed, current (vigente), accrued (devengado); None: nobody said it."""

    programmed: int | None = None
    current: int | None = None
    accrued: int | None = None


class Place(NamedTuple):
    """Where money belongs: key of the axis (None: no item is answered), source ("" unsaid), year (0: unsaid)."""

    axis: int | None
    source: str
    year: int


@dataclass(frozen=True, slots=True)
class Sum:
    """One group: what it is called, its amounts, and its part of all that is programmed.

    ``figures`` are what its amounts open.
    """

    key: str
    cents: Cents
    share: Share
    figures: Figures


@dataclass(frozen=True, slots=True)
class Figures:
    """What the amounts of a group open."""

    programmed: Figure
    current: Figure
    accrued: Figure


@dataclass(frozen=True, slots=True)
class Base:
    """What the sums stand on: plans and activities that say an amount, of all that were accepted."""

    plans: Share
    activities: Share


@dataclass(frozen=True, slots=True)
class Money:
    """All sums of a call."""

    total: Cents
    figures: Figures
    base: Base
    by_axis: tuple[Sum, ...]
    by_source: tuple[Sum, ...]
    by_year: tuple[Sum, ...]
    cube: tuple[tuple[str, str, int, Cents], ...]


def money(actor: Actor, call: Call, *, level: str = "") -> Money:
    """Add up the plans that were accepted last under a call, of one level if it is given."""
    if not policy.can_compare(actor):
        raise Forbidden("role-missing")
    axes = axes_of(call)
    plans = plans_of(call, level)
    sums: dict[Place, list[int | None]] = {}
    said, activities, with_amount = set[int](), 0, 0
    for at in range(0, len(plans), _CHUNK):
        some = plans[at : at + _CHUNK]
        activities += Activity.objects.filter(submission__in=some).count()
        for plan, _key, weights, lines in activities_of(some):
            said.add(plan)
            with_amount += 1
            for source, year, cents in lines:
                _add(sums, axes, weights, (source, year), cents)
    base = Base(Share(len(said), len(plans)), Share(with_amount, activities))
    return _told(sums, _names(axes), base, Figure(PROGRAMMED, (call.code,), date.max, level=level, inside=True))


def axes_of(call: Call) -> dict[int, int]:
    """The axis of every item that a call puts: the one above all others."""
    above = dict(Item.objects.filter(edition__calls=call).values_list("pk", "parent"))

    def top(key: int) -> int:
        while above.get(key) is not None:
            key = above[key] or key
        return key

    return {key: top(key) for key in above}


def _names(axes: Mapping[int, int]) -> dict[int, str]:
    found = Item.objects.filter(pk__in=set(axes.values())).order_by("edition", "order")
    return {pk: f"{code} {text}" for pk, code, text in found.values_list("pk", "code", "text")}


def plans_of(call: Call, level: str) -> list[int]:
    """Plans that hold, of what is still owed: what a body passed on counts at its successor alone."""
    asked = Obligation.objects.filter(call=call, **({"level": level} if level else {}))
    owed: QuerySet[Any] = with_due(with_accepted(asked)).filter(is_waived=False, is_transferred=False)
    return sorted(owed.exclude(accepted_id=None).values_list("accepted_id", flat=True))


def activities_of(
    plans: Sequence[int],
) -> Iterable[tuple[int, int, dict[int | None, int], list[tuple[str, int, Cents]]]]:
    """Every activity that says an amount: its plan and key, its items by weight, its amounts by source and year."""
    lines: dict[int, list[tuple[str, int, Cents]]] = {}
    columns = ("activity", "source", "year", "programmed_cents", "current_cents", "accrued_cents")
    for activity, source, year, *cents in BudgetLine.objects.filter(activity__submission__in=plans).values_list(
        *columns
    ):
        lines.setdefault(activity, []).append((source, year, Cents(*cents)))
    also: dict[int, list[tuple[int, int | None]]] = {}
    beside = Also.objects.filter(activity__submission__in=plans).order_by("pk")
    for activity, item, share in beside.values_list("activity", "item", "share_bp"):
        also.setdefault(activity, []).append((item, share))
    rows = with_answered(Activity.objects.filter(submission__in=plans)).filter(
        Q(budget_cents__isnull=False) | Q(pk__in=BudgetLine.objects.values("activity"))
    )
    for key, plan, first, budget in rows.values_list("pk", "submission", "answered_id", "budget_cents"):
        yield plan, key, parts_of(first, also.get(key, [])), _with_budget(lines.get(key, []), budget)


def _with_budget(lines: list[tuple[str, int, Cents]], budget: int | None) -> list[tuple[str, int, Cents]]:
    """Add the budget of an activity, of no source and no year, unless its lines say how it is programmed."""
    if lines and (not budget or any(cents.programmed for *_, cents in lines)):
        return lines
    return [*lines, ("", 0, Cents(budget))]


def _add(
    sums: dict[Place, list[int | None]],
    axes: Mapping[int, int],
    weights: Mapping[int | None, int],
    where: tuple[str, int],
    cents: Cents,
) -> None:
    for kind, amount in enumerate(cents):
        for item, part in (split(amount, weights) if amount is not None else {}).items():
            axis = axes.get(item) if item is not None else None
            held = sums.setdefault(Place(axis, *where), [None, None, None])
            held[kind] = (held[kind] or 0) + part


def figures_of(whole: Figure, only: str = "") -> Figures:
    """Name the three figures of a group."""
    return Figures(*(replace(whole, measure=measure, only=only) for measure in MEASURES))


def _told(sums: Mapping[Place, Sequence[int | None]], names: Mapping[int, str], base: Base, whole: Figure) -> Money:
    told = {place: Cents(*cents) for place, cents in sums.items()}
    total = _total(told.values())
    order = {axis: at for at, axis in enumerate(names)}

    def label(axis: int | None) -> str:
        return "" if axis is None else names[axis]

    def grouped(keys: Mapping[Place, str], only: Mapping[Place, str]) -> tuple[Sum, ...]:
        groups: dict[tuple[str, str], list[Cents]] = {}
        for place, key in keys.items():
            groups.setdefault((key, only[place]), []).append(told[place])
        found = {key: _total(cents) for key, cents in groups.items()}
        return tuple(
            Sum(key, cents, Share(cents.programmed or 0, total.programmed or 0), figures_of(whole, name))
            for (key, name), cents in found.items()
        )

    places = sorted(told, key=lambda place: (order.get(place.axis or 0, len(order)), place.source, place.year))
    by_source = sorted(places, key=lambda place: (place.source == "", place.source))
    by_year = sorted(places, key=lambda place: (place.year == 0, place.year))
    return Money(
        total=total,
        base=base,
        figures=figures_of(whole),
        by_axis=grouped(
            {place: label(place.axis) for place in places}, {place: f"axis:{place.axis or 0}" for place in places}
        ),
        by_source=grouped(
            {place: place.source for place in by_source}, {place: f"source:{place.source}" for place in places}
        ),
        by_year=grouped(
            {place: str(place.year or "") for place in by_year}, {place: f"year:{place.year}" for place in places}
        ),
        cube=tuple((label(place.axis), place.source, place.year, told[place]) for place in places),
    )


def _total(cents: Iterable[Cents]) -> Cents:
    columns = [[each for each in column if each is not None] for column in zip(Cents(), *cents, strict=True)]
    return Cents(*(sum(column) if column else None for column in columns))
