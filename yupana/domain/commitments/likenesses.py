"""What was said of activities that look alike, and the activities that are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import OuterRef, Q, Subquery

from yupana.domain.commitments.facts import likeness_content, row_ref
from yupana.domain.commitments.models import Activity, Likeness
from yupana.domain.obligations.models import Transfer
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.rules import State
from yupana.foundation.ledger.rebuilding import rebuilt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import Any

    from django.db.models import QuerySet

    from yupana.domain.obligations.models import Obligation
    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content


CHUNK = 5_000


class RowOf(NamedTuple):
    """An activity, whatever the versions of its plan: the key of the obligation, and its row."""

    obligation: int
    row: int


def said_of(first: RowOf, second: RowOf) -> list[Likeness]:
    """All that was said of two activities, the last word at the end."""
    lower, higher = sorted((first, second))
    told = Likeness.objects.filter(first=lower.obligation, first_row=lower.row)
    return list(told.filter(second=higher.obligation, second_row=higher.row).order_by("entry"))


def said_within(obligations: QuerySet[Obligation]) -> dict[tuple[RowOf, RowOf], list[Likeness]]:
    """All that was said of activities of some obligations, by pair in order, the last word at the end; one query."""
    found: dict[tuple[RowOf, RowOf], list[Likeness]] = {}
    told = Likeness.objects.filter(first__in=obligations, second__in=obligations)
    for each in told.select_related("entry").order_by("entry"):
        pair = RowOf(each.first_id, each.first_row), RowOf(each.second_id, each.second_row)
        found.setdefault(pair, []).append(each)
    return found


def compared(obligations: QuerySet[Obligation], *, misfiled: bool = False) -> QuerySet[Submission]:
    """The versions whose activities are compared: of each obligation the one accepted last, else what is under review.

    What a body passed on is compared at its successor alone. ``misfiled``: those too that were set aside as another
    kind of plan.
    """
    obligations = obligations.exclude(pk__in=Transfer.objects.values("obligation"))
    accepted = Step.objects.filter(submission__obligation=OuterRef("pk"), after=State.ACCEPTED).order_by("-entry_id")
    last = obligations.annotate(last=Subquery(accepted.values("submission")[:1]))
    waiting = Q(state=State.SUBMITTED, obligation__in=last.filter(last=None))
    chosen = waiting | Q(pk__in=last.exclude(last=None).values("last"))
    if misfiled:
        chosen |= Q(state=State.MISFILED, obligation__in=obligations)
    return Submission.objects.filter(chosen)


class Row(NamedTuple):
    """An activity as it is compared: its key, whose it is, in which version, and what it says."""

    key: int
    body: int
    place: RowOf
    version: int
    name: str
    result: str
    indicator: str


def counted(versions: Sequence[int]) -> int:
    """How many activities these versions hold; one query for every CHUNK of them."""
    return sum(Activity.objects.filter(submission__in=some).count() for some in _chunks(versions))


def rows_of(versions: Sequence[int]) -> list[Row]:
    """Every activity of these versions, in the order of bodies and rows; one query for every CHUNK of them."""
    owed = "submission__obligation"
    columns = ("pk", f"{owed}__debtor", owed, "row", "submission", "name", "result", "indicator")
    body = (f"{owed}__debtor__source", f"{owed}__debtor__source_id")
    found: list[tuple[tuple[Any, ...], Row]] = []
    for some in _chunks(versions):
        for told in Activity.objects.filter(submission__in=some).values_list(*columns, *body).iterator():
            key, debtor, obligation, row, version, *said = told[: len(columns)]
            order = (*told[len(columns) :], version, row)
            found.append((order, Row(key, debtor, RowOf(obligation, row), version, *said)))
    return [row for _, row in sorted(found)]


def _chunks(versions: Sequence[int]) -> Iterator[Sequence[int]]:
    return (versions[at : at + CHUNK] for at in range(0, len(versions), CHUNK))


def shown(keys: Collection[int]) -> dict[int, Activity]:
    """Activities by key with all that a page says of them; one query."""
    told = ("item", "submission__obligation__call", "submission__obligation__debtor")
    return {row.pk: row for row in Activity.objects.filter(pk__in=keys).select_related(*told)}


def sealed_contents() -> Iterator[Content]:
    """What stands behind every word about two activities."""
    sides = ("first__call", "first__debtor", "second__call", "second__debtor")
    return rebuilt(Likeness.objects.select_related(*sides), _said)


def _said(each: Likeness) -> Plain:
    first, second = (
        row_ref(owed.call.code, owed.debtor.ref, row)
        for owed, row in ((each.first, each.first_row), (each.second, each.second_row))
    )
    return likeness_content(first, second, each.verdict, each.note)
