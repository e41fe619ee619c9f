"""Which bodies, and which of their activities, the money of a call's accepted plans is made of; to the cent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.commitments.models import Activity
from yupana.domain.commitments.rules import split
from yupana.domain.entities.models import Entity
from yupana.domain.obligations.models import Call
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.share import Share
from yupana.projections.overviews.explained.parts import Part
from yupana.projections.overviews.money import MEASURES, activities_of, axes_of, plans_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yupana.projections.overviews.figure import Figure
    from yupana.projections.overviews.money import Cents

_GROUPS = ("axis", "source", "year")


def by_body(figure: Figure, calls: Mapping[int, str]) -> list[Part]:
    """Split an amount by the body that plans it, by name."""
    sums: dict[int, int] = {}
    for plan, _activity, cents in _amounts(figure, calls):
        sums[plan] = sums.get(plan, 0) + cents
    plans = Submission.objects.filter(pk__in=sums).order_by("obligation__debtor__sort_key", "pk")
    debtor = "obligation__debtor"
    told = plans.values_list("pk", f"{debtor}__name", f"{debtor}__source", f"{debtor}__source_id")
    return [
        Part(name, Share(sums[pk], sums[pk]), _of_body(figure, source, number)) for pk, name, source, number in told
    ]


def by_activity(figure: Figure, calls: Mapping[int, str]) -> list[Part]:
    """Split the amount of one body by its activities, in the order of their rows."""
    sums: dict[int, int] = {}
    for _plan, activity, cents in _amounts(figure, calls):
        sums[activity] = sums.get(activity, 0) + cents
    rows = Activity.objects.filter(pk__in=sums).order_by("submission", "row").values_list("pk", "row", "name")
    return [Part(f"{row} · {name}", Share(sums[pk], sums[pk]), None) for pk, row, name in rows]


def _of_body(figure: Figure, source: str, number: str) -> Figure:
    return type(figure)(
        figure.measure, figure.calls, figure.as_of, level=figure.level, entity=f"{source}:{number}",
        only=figure.only, inside=figure.inside,
    )  # fmt: skip


def _amounts(figure: Figure, calls: Mapping[int, str]) -> list[tuple[int, int, int]]:
    """Read what each activity gives to the amount: its plan, its key, Bs cents; only what gives something."""
    kind, found = MEASURES.index(figure.measure), []
    for call in Call.objects.filter(pk__in=calls):
        axes = axes_of(call)
        for plan, activity, weights, lines in activities_of(_plans(figure, call)):
            cents = _within(figure.only, kind, axes, weights, lines)
            if cents:
                found.append((plan, activity, cents))
    return found


def _plans(figure: Figure, call: Call) -> list[int]:
    plans = plans_of(call, figure.level)
    if not figure.entity:
        return plans
    source, _, number = figure.entity.partition(":")
    body = Entity.objects.filter(source=source, source_id=number).first()
    if body is None:
        raise Missing("entity-unknown", ref=figure.entity)
    return list(Submission.objects.filter(pk__in=plans, obligation__debtor=body).values_list("pk", flat=True))


def _within(
    only: str,
    kind: int,
    axes: Mapping[int, int],
    weights: Mapping[int | None, int],
    lines: Sequence[tuple[str, int, Cents]],
) -> int:
    """Add up what lies in one group; in all where none is named."""
    group, _, name = only.partition(":")
    if only and group not in _GROUPS:
        raise Missing("item-unknown", item=only)
    total = 0
    for source, year, cents in lines:
        if (group == "source" and source != name) or (group == "year" and str(year) != name):
            continue
        for item, part in split(cents[kind] or 0, weights).items():
            if group != "axis" or str(axes.get(item or 0, 0)) == name:
                total += part
    return total
