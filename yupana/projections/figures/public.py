"""What every page may read of the figures: shares in any grouping, and how far they follow the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, Sum

from yupana.foundation.kernel.share import Share
from yupana.foundation.ledger import queries as ledger
from yupana.projections.figures import bodies, queries
from yupana.projections.figures.models import Cell, Cursor
from yupana.projections.figures.progress import progress
from yupana.projections.figures.rules import COVERAGE, FORMULA, TIMELINESS, default_as_of, in_review, weighted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

__all__ = [
    "FiguresState",
    "by_item",
    "default_as_of",
    "in_review",
    "of_bodies",
    "progress_of",
    "shares",
    "state",
    "timely",
    "weighted",
]

_COLUMNS = {
    "call": "call_id",
    "item": "item_id",
    "level": "level_id",
    "territory": "territory",
    "period": "period",
    "due_on": "due_on",
}


@dataclass(frozen=True, slots=True)
class FiguresState:
    """Up to which position the figures count and by which formula, beside the head of the record (root in hex)."""

    position: int
    formula: str
    followed_at: datetime | None
    head_size: int
    head_root: str


def shares(
    *,
    measure: str,
    calls: Sequence[int],
    as_of: date,
    by: tuple[str, ...] = (),
    items: Collection[int | None] | None = None,
    level: str = "",
    territories: Collection[str] | None = None,
) -> dict[tuple[Any, ...], Share]:
    """Add up one measure over calls, of what was due by ``as_of`` or has no known deadline.

    Keys hold the values of ``by`` (call, item, level, territory, period, due_on) in its order; without ``by`` there
    is one key, the empty tuple. Groups without cells have no key. ``items`` and ``territories`` None mean all of them.
    """
    cells = Cell.objects.filter(measure=measure, call_id__in=calls, due_on__lte=as_of)
    if items is not None:
        cells = cells.filter(_among(items))
    if level:
        cells = cells.filter(level_id=level)
    if territories is not None:
        cells = cells.filter(territory__in=territories)
    sums = {"sum_done": Sum("done"), "sum_due": Sum("due"), "sum_unknown": Sum("unknown")}
    columns = [_COLUMNS[name] for name in by]
    # Grouped by a column that is the same in all of them where no group is asked for.
    rows = cells.order_by().values(*(columns or ["measure"])).annotate(**sums)
    return {
        tuple(row[column] for column in columns): Share(row["sum_done"], row["sum_due"], row["sum_unknown"])
        for row in rows
    }


def timely(*, calls: Sequence[int], as_of: date) -> tuple[Share, int]:
    """Add up what was met in time over calls, and count what came in time and is under review; one query."""
    cells = Cell.objects.filter(measure__in=(COVERAGE, TIMELINESS), call_id__in=calls, due_on__lte=as_of)
    rows = cells.order_by().values_list("measure").annotate(Sum("done"), Sum("due"), Sum("unknown"))
    found = {measure: Share(*share) for measure, *share in rows}
    share = found.get(TIMELINESS, Share())
    return share, in_review(found.get(COVERAGE, Share()), share)


def by_item(
    *, measures: Collection[str], calls: Sequence[int], as_of: date, items: Collection[int | None]
) -> dict[str, dict[int | None, Share]]:
    """Add up several measures over calls at once, each by item; one query. A measure without cells has no items."""
    cells = Cell.objects.filter(_among(items), measure__in=measures, call_id__in=calls, due_on__lte=as_of)
    rows = cells.order_by().values_list("measure", "item_id").annotate(Sum("done"), Sum("due"), Sum("unknown"))
    found: dict[str, dict[int | None, Share]] = {measure: {} for measure in measures}
    for measure, item, done, due, unknown in rows:
        found[measure][item] = Share(done, due, unknown)
    return found


def progress_of(
    *, measures: Collection[str], obligations: Collection[int], as_of: date, items: Collection[int | None]
) -> dict[str, dict[int | None, Share]]:
    """Count several measures of progress over some obligations to report at once, each by item."""
    found: dict[str, dict[int | None, Share]] = {measure: {} for measure in measures}
    for _owed, key, share in progress(queries.position(), obligations) if obligations else ():
        if key.measure in found and key.due_on <= as_of and key.item in items:
            held = found[key.measure]
            held[key.item] = held.get(key.item, Share()) + share
    return found


def of_bodies(
    *, measure: str, obligations: Collection[int], as_of: date, items: Collection[int | None] | None = None
) -> dict[int, dict[int | None, Share]]:
    """Count one measure obligation by obligation, with the cells' own formula and as of their position, by item.

    It is for explaining a figure: some hundred obligations at once. An obligation that contributes nothing has no key.
    """
    wanted = None if items is None else set(items)
    found: dict[int, dict[int | None, Share]] = {}
    for owed, item, due_on, share in bodies.contributed(measure, obligations, queries.position()):
        if due_on <= as_of and (wanted is None or item in wanted):
            held = found.setdefault(owed, {})
            held[item] = held.get(item, Share()) + share
    return found


def _among(items: Collection[int | None]) -> Q:
    """Choose the cells of some items; None: of no item."""
    named = Q(item_id__in=[each for each in items if each is not None])
    return named | Q(item_id=None) if None in items else named


def state() -> FiguresState:
    """Say how far the figures follow, and how far the record is sealed."""
    cursor = Cursor.objects.filter(name="figures").first()
    head = ledger.head()
    if cursor is None:
        return FiguresState(0, FORMULA, None, head.size, head.root)
    return FiguresState(cursor.position, cursor.formula, cursor.followed_at, head.size, head.root)
