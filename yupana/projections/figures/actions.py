"""Moving the figures: follow the record, rebuild them from zero, check them against a fresh count.

One at a time: on PostgreSQL whoever finds another at work leaves it to that one (follow) or waits (rebuild, check);
on SQLite the write transaction is the lock. Cells and cursor move in one transaction: it may be stopped anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from yupana.foundation.kernel.share import Share
from yupana.foundation.ledger import queries as ledger
from yupana.projections.figures import queries
from yupana.projections.figures.models import Cell, Cursor
from yupana.projections.figures.rules import FORMULA, Key, differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLLOWER_LOCK = 0x59555046
_KEY = ("measure", "call_id", "level_id", "territory", "period", "due_on")
_COLUMNS = ("measure", "call_id", "item_id", "level_id", "territory", "period", "due_on", "done", "due", "unknown")


def follow() -> int:
    """Bring the cells up to the head of the record; return how many entries were followed.

    It counts the obligations that the new entries name once as of the head and once as of the cursor, and adds the
    difference. Cells of another formula are counted anew.
    """
    with transaction.atomic():
        if not _alone(wait=False):
            return 0
        cursor = Cursor.objects.filter(name="figures").first()
        head, before = ledger.head().size, cursor.position if cursor else 0
        if cursor and cursor.formula != FORMULA:
            _count_anew(head)
        elif before < head:
            named = queries.touched(before, head)
            _add(differences(queries.contributions(head, named), queries.contributions(before, named)))
        _move(head)
        return head - before


def rebuild() -> int:
    """Count all cells anew inside the database, as of the head; return that position."""
    with transaction.atomic():
        _alone(wait=True)
        head = ledger.head().size
        _count_anew(head)
        _move(head)
        return head


def check() -> tuple[tuple[Key, Share, Share], ...]:
    """Cells that differ from a fresh count at the cursor: what, as it stands, as it should stand. Changes nothing."""
    with transaction.atomic():
        _alone(wait=True)
        standing, counted = queries.standing(), queries.contributions(queries.position(), None)
    differing = sorted(differences(standing, counted), key=str)
    return tuple((key, standing.get(key, Share()), counted.get(key, Share())) for key in differing)


def _alone(*, wait: bool) -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FOLLOWER_LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [FOLLOWER_LOCK])
        return bool(cursor.fetchone()[0])


def _count_anew(head: int) -> None:
    Cell.objects.all().delete()
    with connection.cursor() as cursor:
        insert = f"INSERT INTO figures_cell ({', '.join(_COLUMNS)}) {queries.statement()}"
        cursor.execute(insert, queries.parameters(head))


def _add(delta: Mapping[Key, Share]) -> None:
    """Add to the cells that stand, put those that do not, drop those that became empty."""
    _put((key, share) for key, share in delta.items() if not _added_to(key, share))
    Cell.objects.filter(due=0, unknown=0).delete()


def _added_to(key: Key, share: Share) -> bool:
    """Add to one cell. Not an upsert: the new row of an upsert would itself have to be a valid cell."""
    item = "item_id IS NULL" if key.item is None else "item_id = %(item)s"
    same = " AND ".join(f"{name} = %({name.removesuffix('_id')})s" for name in _KEY)
    sql = f"""UPDATE figures_cell SET done = done + %(done)s, due = due + %(due)s, unknown = unknown + %(unknown)s
        WHERE {item} AND {same}"""  # noqa: S608 - our own words
    with connection.cursor() as cursor:
        counts = {"done": share.done, "due": share.due, "unknown": share.unknown}
        cursor.execute(sql, {**key._asdict(), "due_on": key.due_on.isoformat(), **counts})
        return bool(cursor.rowcount)


def _put(cells: Iterable[tuple[Key, Share]]) -> None:
    Cell.objects.bulk_create(
        [
            Cell(**dict(zip(_COLUMNS, (*key, share.done, share.due, share.unknown), strict=True)))
            for key, share in cells
        ],
        batch_size=500,
    )


def _move(head: int) -> None:
    Cursor.objects.update_or_create(name="figures", defaults={"position": head, "formula": FORMULA})
