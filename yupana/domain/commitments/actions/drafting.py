"""A plan in the making: begun, saved, handed in."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from yupana.domain.commitments.facts import ROW, PlanHeader, PlanRow
from yupana.domain.commitments.models import Activity
from yupana.domain.commitments.queries import content_of, item_names, scope_items
from yupana.domain.commitments.rules import medium_of, too_long
from yupana.domain.submissions.actions import hand_in, open_draft, refuse_reception
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.policy import can_write
from yupana.domain.submissions.queries import all_with_debtors
from yupana.domain.submissions.rules import State, resolution_state
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.ledger.actions import BATCH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from yupana.domain.obligations.models import Obligation
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain

CARRIED = ("resolution", "resolution_state", "document_url", "notes")
"""What a next version takes over from the header of the one before; letters and days are its own."""


def start_plan(*, actor: Actor, obligation: Obligation, on: date) -> Submission:
    """Begin the next version, with the rows of the last one to mend; the draft at hand is given again to its writer."""
    at_hand = all_with_debtors().filter(obligation=obligation, state=State.DRAFT).first()
    if at_hand is not None and can_write(actor, at_hand):
        return at_hand
    with transaction.atomic():
        draft, last = open_draft(actor=actor, obligation=obligation, on=on)
        if last is not None:
            carried = {field: getattr(last, field) for field in CARRIED}
            Submission.objects.filter(pk=draft.pk).update(**carried)
            rows = [_copy(row, draft) for row in Activity.objects.filter(submission=last)]
            Activity.objects.bulk_create(rows, batch_size=BATCH)
        return all_with_debtors().get(pk=draft.pk)


def save_plan(
    *,
    actor: Actor,
    submission: Submission,
    header: PlanHeader,
    rows: Sequence[PlanRow],
    seen: datetime | None,
    on: date | None = None,
) -> Submission:
    """Put header and rows in place of those of a draft; ``seen`` is the ``saved_at`` that the writer started from.

    Somebody else saved in between: Conflict("draft-moved"), and nothing is lost on either side. ``on`` tells a day of
    reception that has not come yet; without it that is found when the draft is handed in.
    """
    with transaction.atomic():
        draft = all_with_debtors().get(pk=submission.pk)
        if not can_write(actor, draft):
            raise Forbidden("not-entity-planner")
        _refuse_too_long(header, rows)
        if draft.transcribed:
            refuse_reception(draft.obligation, header.received_on, on=on)
        at_rest = Submission.objects.filter(pk=draft.pk, state=State.DRAFT)
        if seen is not None:
            at_rest = at_rest.filter(saved_at=seen)
        # The moment only tells two savers apart; no decision hangs on it.
        if not at_rest.update(saved_at=timezone.now(), **_header(draft, header)):
            raise Conflict("draft-moved" if draft.state == State.DRAFT else "submitted-already")
        Activity.objects.filter(submission=draft).delete()
        items = scope_items([draft.obligation])[draft.obligation.scope_id]
        Activity.objects.bulk_create([new_row(draft, row, _item(items, row)) for row in rows], batch_size=BATCH)
        return all_with_debtors().get(pk=draft.pk)


def submit_plan(*, actor: Actor, submission: Submission, received_on: date | None, on: date) -> Submission:
    """Hand a draft in. Who transcribes a letter says when it was received; for the entity itself that is today."""

    def content(version: Submission) -> Plain:
        rows = list(Activity.objects.filter(submission=version).order_by("row"))
        if not rows:
            raise Refused("plan-empty")
        return content_of(version, rows, item_names({row.item_id for row in rows}))

    return hand_in(actor=actor, submission=submission.pk, received_on=received_on, on=on, content=content)


def new_row(version: Submission, row: PlanRow, item: int | None) -> Activity:
    """Make the row of a plan, unsaved. Its means may be said in words of the plan: "Proyecto"."""
    medium = medium_of(row.medium)
    if medium is None:
        raise Refused("plan-medium-unknown", row=row.row, medium=row.medium)
    values = {field: getattr(row, field) for field in ROW} | {"medium": medium}
    return Activity(submission=version, item_id=item, **values)


def _copy(row: Activity, draft: Submission) -> Activity:
    return Activity(submission=draft, item_id=row.item_id, **{field: getattr(row, field) for field in ROW})


def _header(draft: Submission, header: PlanHeader) -> dict[str, object]:
    changes: dict[str, object] = {
        "cites": header.cites,
        "resolution": header.resolution,
        "resolution_state": resolution_state(header.resolution),
        "document_url": header.document_url,
        "notes": header.notes,
    }
    if draft.transcribed:
        changes |= {"received_on": header.received_on, "channel": header.channel or draft.channel}
    return changes


def _item(items: dict[str, list[int]], row: PlanRow) -> int | None:
    if not row.item:
        return None
    found = items.get(row.item, [])
    if len(found) != 1:
        raise Refused("plan-item-ambiguous" if found else "plan-item-unknown", row=row.row, item=row.item)
    return found[0]


def _refuse_too_long(header: PlanHeader, rows: Sequence[PlanRow]) -> None:
    for row, told in ((0, asdict(header)), *((row.row, asdict(row)) for row in rows)):
        field = too_long(told)
        if field:
            raise Refused("text-too-long", row=row, field=field)
