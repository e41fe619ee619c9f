"""What a reviewer goes through: the rows of a version, and the sections of the checklist that its call puts beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from yupana.domain.commitments.models import Activity
from yupana.domain.instruments.facts import item_ref
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.models import CallEdition
from yupana.domain.obligations.rules import plan_type
from yupana.domain.submissions.rules import item_subject, row_subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from yupana.domain.obligations.models import Call
    from yupana.domain.submissions.models import Submission


def sections(call: Call) -> QuerySet[Item]:
    """List the items of a call's checklist in reading order; none where its kind of plan has no checklist."""
    if not plan_type(call.plan_type).checklist:
        return Item.objects.none()
    return sections_in(CallEdition.objects.filter(call=call).values_list("edition", flat=True))


def sections_in(editions: Iterable[int]) -> QuerySet[Item]:
    """List what some editions would put as a checklist: the items of those of which nothing binds."""
    binding = Item.objects.filter(edition=OuterRef("edition"), binds=True)
    beside = Item.objects.filter(edition__in=list(editions)).exclude(Exists(binding))
    return beside.select_related("edition__instrument").defer("edition__more").order_by("edition", "order")


def ref_of(item: Item) -> str:
    """Name an item for ever, as contents do; its edition and instrument should be at hand."""
    return item_ref(f"{item.edition.instrument.code}/{item.edition.code}", item.role, item.code)


def parts_of(version: Submission) -> frozenset[str]:
    """Name all that can be noted about in a version: its rows, and the sections of its checklist."""
    rows = Activity.objects.filter(submission=version).order_by().values_list("row", flat=True)
    items = (item_subject(ref_of(item)) for item in sections(version.obligation.call))
    return frozenset([*map(row_subject, rows), *items])
