"""What is doubtful about a plan that a file tells: kept, placed, and named with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.commitments.rules.dates import Kind, ends_before_start, read_date
from yupana.domain.commitments.rules.rows import medium_of
from yupana.foundation.kernel.report import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yupana.domain.commitments.facts import Plan, PlanRow

DOUBTFUL = {Kind.UNREADABLE: "date-unreadable", Kind.AMBIGUOUS: "date-ambiguous"}


def plan_notes(plan: Plan, *, resolution_missing: bool, date_doubt: str) -> Iterator[Note]:
    """Say what is doubtful about a plan as a whole."""
    yield from plan.flags
    if resolution_missing:
        yield Note(plan.where, "resolution-missing", plan.header.resolution)
    if plan.misfiled:
        yield Note(plan.where, "belongs-elsewhere", plan.misfiled)
    if date_doubt:
        cites = ", ".join(plan.header.cites.splitlines())
        day = plan.header.received_on
        yield Note(plan.where, date_doubt, " · ".join(filter(None, [day.isoformat() if day else "", cites])))
    if not plan.rows:
        yield Note(plan.where, "plan-without-rows", plan.debtor)


def row_notes(row: PlanRow, *, item_known: bool, review_known: bool) -> Iterator[Note]:
    """Say what is doubtful about one row."""
    if not row.item:
        yield Note(row.where, "row-without-line", row.name)
    elif not item_known:
        yield Note(row.where, "line-unknown", row.item)
    if not review_known:
        yield Note(row.where, "line-unknown", row.reviewed_item)
    if medium_of(row.medium) is None:
        yield Note(row.where, "medium-unknown", row.medium)
    for text in (row.starts, row.ends):
        why = DOUBTFUL.get(read_date(text, year_one=None).kind)
        if why:
            yield Note(row.where, why, text)
    if ends_before_start(row.starts, row.ends, year_one=None):
        yield Note(row.where, "end-before-start", f"{row.starts} / {row.ends}")
