"""What a figure is made of: one level down, in parts that add up to it exactly, and who stays outside of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.share import Share
from yupana.projections.figures.rules import COVERAGE, TIMELINESS, in_review
from yupana.projections.overviews.explained import money, parts
from yupana.projections.overviews.explained.selection import selection
from yupana.projections.overviews.money import MEASURES
from yupana.projections.overviews.register import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from yupana.projections.overviews.explained.parts import Part
    from yupana.projections.overviews.explained.selection import Apart, Selection
    from yupana.projections.overviews.figure import Figure
    from yupana.projections.overviews.register import Cut

PARTS = 200  # on a page


class Axis(StrEnum):
    """Along what a figure is split."""

    LEVEL = "level"
    DEPARTMENT = "department"
    BODY = "body"
    LINE = "line"
    ACTIVITY = "activity"
    OBLIGATION = "obligation"


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure, its share, and one page of its parts; ``before`` and ``after`` are the sums of the other pages.

    Where the figure is weighted they are empty: its lines stand on one page. ``lines`` says how many lines it counts,
    ``item`` is the key of the first.
    """

    figure: Figure
    share: Share
    axis: Axis
    cut: Cut[Part]
    before: Share
    after: Share
    apart: Apart | None
    lines: int
    item: int | None = None


_SPLIT: Mapping[Axis, Callable[[Selection], list[Part]]] = {
    Axis.LEVEL: parts.by_level,
    Axis.DEPARTMENT: parts.by_department,
    Axis.BODY: parts.by_body,
    Axis.LINE: parts.by_line,
    Axis.OBLIGATION: parts.by_obligation,
}


def explain(figure: Figure, calls: Mapping[int, str], page: int = 1) -> Explained | None:
    """Split a figure over ``calls``, codes by key; None for a page beyond the last one.

    A level or department that stands alone is passed over.
    """
    if figure.measure in MEASURES:
        return _of_money(figure, calls, page)
    chosen = selection(figure, calls)
    axis = _axis(chosen)
    found = _SPLIT[axis](chosen)
    while axis in (Axis.LEVEL, Axis.DEPARTMENT) and len(found) == 1 and found[0].figure:
        chosen = selection(found[0].figure, calls)
        axis = _axis(chosen)
        found = _SPLIT[axis](chosen)
    if figure.weighted:
        found = [part for part in found if part.weight]
    told = _told(figure, axis, found, page)
    lines = chosen.lines or {}
    apart = _apart(chosen, axis, _sum(found))
    return told and replace(told, apart=apart, lines=len(lines), item=next(iter(lines), None))


def _apart(chosen: Selection, axis: Axis, share: Share) -> Apart:
    """Count who stays outside; of what is under review what came in time is told by itself where it is not counted."""
    apart = chosen.apart()
    if chosen.figure.measure != TIMELINESS:
        return apart
    covered = _sum(_SPLIT[axis](replace(chosen, figure=replace(chosen.figure, measure=COVERAGE))))
    in_time = in_review(covered, share)
    return replace(apart, in_time=in_time, in_review=max(apart.in_review - in_time, 0))


def _of_money(figure: Figure, calls: Mapping[int, str], page: int) -> Explained | None:
    if figure.item or figure.territory:  # amounts are told by body and activity alone
        raise Missing("item-unknown", item=figure.item or figure.territory)
    if figure.entity:
        return _told(figure, Axis.ACTIVITY, money.by_activity(figure, calls), page)
    return _told(figure, Axis.BODY, money.by_body(figure, calls), page)


def _told(figure: Figure, axis: Axis, found: list[Part], page: int) -> Explained | None:
    """Cut out one page of the parts; lines that are weighed stand on one page."""
    size = len(found) or 1 if figure.weighted else PARTS
    one = cut(found, page, size)
    if one is None:
        return None
    start = (page - 1) * size
    return Explained(
        figure=figure,
        share=parts.weighted(found) if figure.weighted else _sum(found),
        axis=axis,
        cut=one,
        before=Share() if figure.weighted else _sum(found[:start]),
        after=Share() if figure.weighted else _sum(found[start + size :]),
        apart=None,
        lines=0,
    )


def _axis(chosen: Selection) -> Axis:
    figure = chosen.figure
    many = len([line for line in (chosen.lines or {}).values() if line.code]) > 1
    if figure.weighted or (many and (figure.by_line or figure.entity)):
        return Axis.LINE
    if figure.entity:
        return Axis.OBLIGATION
    if not figure.level:
        return Axis.LEVEL
    return Axis.BODY if figure.territory else Axis.DEPARTMENT


def _sum(found: list[Part]) -> Share:
    return sum((part.share for part in found), Share())
