"""Several versions of one plan: what the later one may not change, and what became of the first promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Subquery

from yupana.domain.commitments.models import Activity
from yupana.domain.commitments.queries import item_names, items_of, plan_row, with_parts
from yupana.domain.commitments.rules import closed_changes
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.rules import State

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.commitments.rules import CellEdit
    from yupana.domain.obligations.models import Obligation


_HEADING = ("cites", "resolution", "document_url", "notes", "reason", "act")


def rows_by_version(versions: Collection[int]) -> dict[int, list[PlanRow]]:
    """Return the rows of some versions as an action takes them, by version; five queries for all of them."""
    stored = list(with_parts(Activity.objects.filter(submission__in=versions)).order_by("submission", "row"))
    names = item_names(items_of(stored))
    found: dict[int, list[PlanRow]] = {version: [] for version in versions}
    for row in stored:
        found[row.submission_id].append(plan_row(row, names))
    return found


def adds_something(draft: Submission) -> bool:
    """Whether a draft says anything that the version before it does not."""
    older = Submission.objects.filter(obligation=draft.obligation_id, version__lt=draft.version)
    last = older.order_by("-version").first()
    rows = rows_by_version([draft.pk, *([last.pk] if last else [])])
    told = set(draft.justifications.values_list("rule", "row", "text"))
    said = set(last.justifications.values_list("rule", "row", "text")) if last else set()
    return (
        rows[draft.pk] != (rows[last.pk] if last else [])
        or any(getattr(draft, name) not in ("", getattr(last, name, "")) for name in _HEADING)
        or not told <= said
        or draft.documents.exists()
    )


def amended(version: Submission) -> Submission | None:
    """Return the accepted version that this one changes, None where there is none: then it is no amendment."""
    older = Submission.objects.filter(obligation=version.obligation_id, version__lt=version.version)
    return older.filter(state=State.ACCEPTED).order_by("-version").first()


def changes_of_the_past(before: Submission, version: Submission, on: date) -> tuple[CellEdit, ...]:
    """Say what a version would change in periods that had passed when it was received, or have on a day."""
    rows = rows_by_version([before.pk, version.pk])
    day = version.received_on or on
    return closed_changes(rows[before.pk], rows[version.pk], day, reported=_reported(version.obligation))


def _reported(plan: Obligation) -> set[int]:
    """Return the rows that a plan had when the last report on it was accepted."""
    accepted = Step.objects.filter(after=State.ACCEPTED).order_by("-entry_id")
    reports = accepted.filter(submission__obligation__call__follows=plan.call_id)
    last = reports.filter(submission__obligation__debtor=plan.debtor_id).values("entry_id")[:1]
    versions = accepted.filter(submission__obligation=plan, entry_id__lt=Subquery(last)).order_by()
    told = Activity.objects.filter(submission__in=versions.values("submission"))
    return set(told.values_list("row", flat=True))
