"""Counting anew: contributions of some or all obligations as of one position of the record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection

from yupana.domain.commitments.models import Reclassification
from yupana.domain.obligations.models import Extension, Obligation, Transfer, Waiver
from yupana.domain.progress.models import Dispute, Verdict
from yupana.domain.submissions.models import Step, Submission
from yupana.foundation.kernel.share import Share
from yupana.foundation.ledger import queries as ledger
from yupana.projections.figures.contributions import SQL
from yupana.projections.figures.models import Cell, Cursor
from yupana.projections.figures.progress import moved_by, progress
from yupana.projections.figures.rules import UNDATED, Key, added

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

CHUNK = 5000
COLUMNS = ("measure", "call_id", "item_id", "level_id", "territory", "period", "due_on", "done", "due", "unknown")


def contributions(position: int | None, obligations: Collection[int] | None) -> dict[Key, Share]:
    """Count every measure over the rows recorded before ``position`` (None: all that is sealed).

    ``obligations`` chooses some by id; None counts all. Empty cells are left out.
    """
    upto = ledger.head().size if position is None else position
    far = added({key: share} for _, key, share in progress(upto, obligations))
    owed = [_counted(upto, chosen) for chosen in (["1 = 1"] if obligations is None else chunks(obligations))]
    return added([*owed, far])


def chunks(obligations: Collection[int]) -> Iterator[str]:
    """Say which obligations ``o`` are chosen, no more at once than a statement takes."""
    ids = sorted(obligations)
    for at in range(0, len(ids), CHUNK):
        yield f"o.id IN ({','.join(str(int(each)) for each in ids[at : at + CHUNK])})"


def statement(chosen: str = "1 = 1", place: str = "o.territory") -> str:
    """Write the formula over the obligations ``o`` for which ``chosen`` holds, grouped by ``place`` as territory."""
    return SQL.format(chosen=chosen, place=place)


def parameters(position: int) -> dict[str, int | str]:
    """Say as of which position the formula counts."""
    return {"position": position, "undated": UNDATED.isoformat()}


def touched(after: int, upto: int) -> set[int]:
    """Obligations whose figures may differ between two positions: those whose rows were recorded between them.

    The rows say it, not the leaves: of what is reserved a leaf names nothing. A call that was opened moves nothing but
    its own obligations; whatever else is said of a plan or of a report moves all the reports of that plan. Asked by the
    keys of entries, which every table has an index on; one more obligation than needed costs a count and no error.
    """
    span = ledger.span(after, upto)
    owing = Obligation.objects.filter(call__entry__pk__range=span).values_list("pk", flat=True)
    named = (
        model.objects.filter(**{f"{entry}__pk__range": span}).values_list(path)
        for model, entry, path in (
            (Obligation, "entry", "pk"),
            (Extension, "entry", "obligation"),
            (Waiver, "entry", "obligation"),
            (Transfer, "entry", "obligation"),
            (Submission, "entry", "obligation"),
            (Step, "entry", "submission__obligation"),
            (Reclassification, "entry", "activity__submission__obligation"),
            (Verdict, "entry", "submission__obligation"),
            (Dispute, "answer_entry", "verdict__submission__obligation"),
        )
    )
    first, *others = named
    told = {pk for (pk,) in first.union(*others)}
    return told | moved_by(told) | set(owing)


def standing() -> dict[Key, Share]:
    """Every cell as it stands."""
    return _read(Cell.objects.values_list(*COLUMNS).iterator(chunk_size=CHUNK))


def cells_under(keys: Collection[Key]) -> dict[Key, Cell]:
    """Those of these cells that stand. One query over the groups that the keys name."""
    names = ("measure", "call", "level", "territory", "period", "due_on")
    groups = {f"{name}__in": {getattr(key, name) for key in keys} for name in names}
    found = {Key(*(getattr(cell, column) for column in COLUMNS[:7])): cell for cell in Cell.objects.filter(**groups)}
    return {key: found[key] for key in found.keys() & keys}


def position() -> int:
    """How far the cells follow the record."""
    cursor = Cursor.objects.filter(name="figures").first()
    return cursor.position if cursor else 0


def _counted(upto: int, chosen: str) -> dict[Key, Share]:
    with connection.cursor() as cursor:
        cursor.execute(statement(chosen), parameters(upto))
        return _read(cursor.fetchall())


def _read(rows: Iterable[tuple[Any, ...]]) -> dict[Key, Share]:
    """Turn rows into cells; SQLite hands over dates as text."""
    return {
        Key(measure, call, item, level, territory, period, day_of(due_on)): Share(done, due, unknown)
        for measure, call, item, level, territory, period, due_on, done, due, unknown in rows
    }


def day_of(value: date | str) -> date:
    """Read a day as either database hands it over."""
    return date.fromisoformat(value) if isinstance(value, str) else value
