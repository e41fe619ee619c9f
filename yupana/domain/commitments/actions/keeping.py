"""Rows of an import that have no place: kept until a later import of the same file places them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.commitments.models import Unplaced
from yupana.foundation.kernel.report import Report
from yupana.foundation.ledger.actions import BATCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from yupana.domain.commitments.actions.placing import Placed
    from yupana.domain.commitments.facts import Plan
    from yupana.domain.obligations.models import Call
    from yupana.foundation.kernel.report import Note


def keep(call: Call, plans: Sequence[Plan], placed: Iterable[Placed], notes: Iterable[Note]) -> Report:
    """Keep the rows without a place, let go of those that found one, and count what is stored.

    The caller's transaction is the import's. The rows that other files left here stay.
    """
    told = {row.where: row for row in _without_place(call, plans, {id(each.plan) for each in placed}, notes)}
    stood = {row.where: row for row in Unplaced.objects.filter(call=call)}
    read = {where for plan in plans for where in (plan.where, *(row.where for row in plan.rows))}
    Unplaced.objects.filter(pk__in=[row.pk for row in stood.values() if row.where in read - told.keys()]).delete()
    changed = [row for row in told.values() if row.where in stood and _said(stood[row.where]) != _said(row)]
    for row in changed:
        row.pk = stood[row.where].pk
    Unplaced.objects.bulk_update(changed, ["why", "source"], batch_size=BATCH)
    new = [row for row in told.values() if row.where not in stood]
    Unplaced.objects.bulk_create(new, batch_size=BATCH)
    return Report(created=len(new), updated=len(changed), unchanged=len(told) - len(new) - len(changed))


def _without_place(call: Call, plans: Sequence[Plan], placed: set[int], notes: Iterable[Note]) -> Iterator[Unplaced]:
    """Rows of the plans that were not placed. A row without a reason of its own shares its plan's."""
    reasons = {note.where: note.why for note in notes}
    for plan in plans:
        if id(plan) in placed:
            continue
        if plan.own_row:
            yield Unplaced(call=call, where=plan.where, why=reasons[plan.where], source=dict(plan.header.source or {}))
        for row in plan.rows:
            why = reasons.get(row.where) or reasons[plan.where]
            yield Unplaced(call=call, where=row.where, why=why, source=dict(row.source or {}))


def _said(row: Unplaced) -> tuple[str, dict[str, str]]:
    return row.why, row.source
