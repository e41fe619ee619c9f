"""The same contributions as the cells add up, obligation by obligation: what a figure is made of below its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from yupana.foundation.kernel.share import Share
from yupana.projections.figures import queries
from yupana.projections.figures.progress import progress
from yupana.projections.figures.rules import PROGRESS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

OF_ONE = "SELECT territory, item_id, due_on, done, due, unknown FROM ({counted}) AS counted WHERE measure = %(measure)s"


def contributed(
    measure: str, obligations: Collection[int], position: int
) -> Iterator[tuple[int, int | None, date, Share]]:
    """Count one measure for each obligation as of a position: its key, the item, the due day, and its share."""
    if measure in PROGRESS:
        told = progress(position, obligations)
        yield from ((owed, key.item, key.due_on, share) for owed, key, share in told if key.measure == measure)
        return
    for some in queries.chunks(obligations):
        with connection.cursor() as cursor:
            # The formula itself, grouped by obligation where it else groups by territory.
            counted = queries.statement(some, "CAST(o.id AS VARCHAR(20))")
            cursor.execute(
                OF_ONE.format(counted=counted), {**queries.parameters(position), "measure": measure}
            )  # the formula is ours
            rows = cursor.fetchall()
        for owed, item, due_on, done, due, unknown in rows:
            yield int(owed), item, queries.day_of(due_on), Share(done, due, unknown)
