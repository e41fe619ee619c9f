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
from yupana.projections.figures.progress import progress
from yupana.projections.figures.queries import COLUMNS
from yupana.projections.figures.rules import FORMULA, Key, added, differences

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLLOWER_LOCK = 0x59555046
BATCH = 500


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
    """Count all cells anew, as of the head; return that position."""
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
        insert = f"INSERT INTO figures_cell ({', '.join(COLUMNS)}) {queries.statement()}"
        cursor.execute(insert, queries.parameters(head))
    far = added({key: share} for _, key, share in progress(head, None))
    Cell.objects.bulk_create([_cell(key, share, None) for key, share in far.items()], batch_size=BATCH)


def _add(delta: Mapping[Key, Share]) -> None:
    """Add to the cells: those that change are taken out and put back as sums, unless they became empty."""
    stand = queries.cells_under(delta.keys())
    old = list(stand.values())
    for at in range(0, len(old), BATCH):
        Cell.objects.filter(pk__in=[cell.pk for cell in old[at : at + BATCH]]).delete()
    new = [_cell(key, share, stand.get(key)) for key, share in delta.items()]
    Cell.objects.bulk_create([cell for cell in new if cell.done or cell.due or cell.unknown], batch_size=BATCH)


def _cell(key: Key, more: Share, old: Cell | None) -> Cell:
    share = more + Share(old.done, old.due, old.unknown) if old else more
    return Cell(**dict(zip(COLUMNS, (*key, share.done, share.due, share.unknown), strict=True)))


def _move(head: int) -> None:
    Cursor.objects.update_or_create(name="figures", defaults={"position": head, "formula": FORMULA})
