"""A plan in the making: begun, saved, handed in."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from yupana.domain.commitments.actions.justifying import settle
from yupana.domain.commitments.facts import MORE_ROW, ROW, PlanHeader, PlanRow
from yupana.domain.commitments.models import Activity, Also, BudgetLine, Justification, Programmed
from yupana.domain.commitments.queries import content_of, fetch_parts, item_names, items_of, plan_rows, scope_items
from yupana.domain.commitments.rules import Accumulation, Direction, medium_of, too_long
from yupana.domain.commitments.versions import amended, changes_of_the_past
from yupana.domain.obligations.rules import Expects
from yupana.domain.submissions.actions import hand_in, open_draft, refuse_reception
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.policy import can_write
from yupana.domain.submissions.queries import all_with_debtors
from yupana.domain.submissions.rules import State, resolution_state
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.money import MOST_CENTS, format_cents
from yupana.foundation.ledger.actions import BATCH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from yupana.domain.obligations.models import Obligation
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain

CARRIED = ("document_url", "notes")
"""What a next version takes over from the header of the one before; letters and days are its own."""
CARRIED_BACK = ("resolution", "resolution_state", "resolution_on", "reason", "act")
"""And from one that came back to be mended: what approved an accepted plan does not approve what changes it."""


def start_plan(*, actor: Actor, obligation: Obligation, on: date) -> Submission:
    """Begin the next version, with the rows of the last one to mend; the draft at hand is given again to its writer."""
    refuse_other(obligation)
    at_hand = all_with_debtors().filter(obligation=obligation, state=State.DRAFT).first()
    if at_hand is not None and can_write(actor, at_hand):
        return at_hand
    with transaction.atomic():
        draft, last = open_draft(actor=actor, obligation=obligation, on=on)
        if last is not None:
            fields = (*CARRIED, *CARRIED_BACK) if last.state == State.RETURNED else CARRIED
            carried = {field: getattr(last, field) for field in fields}
            Submission.objects.filter(pk=draft.pk).update(**carried)
            put_rows(draft, plan_rows(last))
            Justification.objects.bulk_create(
                [
                    Justification(submission=draft, rule=each.rule, row=each.row, text=each.text)
                    for each in last.justifications.all()
                ]
            )
        return all_with_debtors().get(pk=draft.pk)


def save_plan(
    *,
    actor: Actor,
    submission: Submission,
    header: PlanHeader,
    rows: Sequence[PlanRow] | None,
    seen: datetime | None,
    on: date | None = None,
) -> Submission:
    """Put header and rows in place of those of a draft; ``seen`` is the ``saved_at`` that the writer started from.

    Without rows those of the draft stay as they are.

    Somebody else saved in between: Conflict("draft-moved"), and nothing is lost on either side. ``on`` tells a day of
    reception that has not come yet; without it that is found when the draft is handed in.
    """
    with transaction.atomic():
        draft = all_with_debtors().get(pk=submission.pk)
        if not can_write(actor, draft):
            raise Forbidden("not-entity-planner")
        refuse_other(draft.obligation)
        refuse_too_long(rows or (), header)
        if draft.transcribed:
            refuse_reception(draft.obligation, header.received_on, on=on)
        at_rest = Submission.objects.filter(pk=draft.pk, state=State.DRAFT)
        if seen is not None:
            at_rest = at_rest.filter(saved_at=seen)
        # The moment only tells two savers apart; no decision hangs on it.
        if not at_rest.update(saved_at=timezone.now(), ready_on=None, ready_by=None, **_header(draft, header)):
            raise Conflict("draft-moved" if draft.state == State.DRAFT else "submitted-already")
        if rows is not None:
            Activity.objects.filter(submission=draft).delete()
            put_rows(draft, rows)
        return all_with_debtors().get(pk=draft.pk)


def submit_plan(*, actor: Actor, submission: Submission, received_on: date | None, on: date) -> Submission:
    """Hand a draft in. Who transcribes a letter says when it was received; for the entity itself that is today."""

    def content(version: Submission) -> Plain:
        refuse_other(version.obligation)
        settle(version)
        fetch_parts([version])
        rows = version.activities.all()
        if not rows:
            raise Refused("plan-empty")
        _refuse_amendment(version, on)
        return content_of(version, item_names(items_of(rows)))

    return hand_in(actor=actor, submission=submission.pk, received_on=received_on, on=on, content=content)


def refuse_other(obligation: Obligation) -> None:
    """Refuse what owes no plan: a report that held the rows of one would be sealed as what it is not."""
    if obligation.call.expects != Expects.PLAN:
        raise Refused("call-asks-no-plan", call=obligation.call.code)


def _refuse_amendment(version: Submission, on: date) -> None:
    """An accepted plan is changed for a reason, by an act, and never in what is past."""
    before = amended(version)
    if before is None:
        return
    if not version.reason.strip() or not version.act.strip():
        raise Refused("amendment-unexplained", version=before.version)
    past = changes_of_the_past(before, version, on)
    if past:
        raise Refused("period-closed", row=past[0].row, field=past[0].field, version=before.version)


def put_rows(draft: Submission, rows: Sequence[PlanRow]) -> list[Activity]:
    """Store rows with all their parts in a draft that has none of these numbers; items are those that it may answer."""
    items = scope_items([draft.obligation])[draft.obligation.scope_id]
    stored = [new_row(draft, row, _item(items, row, row.item)) for row in rows]
    Activity.objects.bulk_create(stored, batch_size=BATCH)
    parts = [part for activity, row in zip(stored, rows, strict=True) for part in _parts(activity, row, items)]
    Also.objects.bulk_create([part for part in parts if isinstance(part, Also)], batch_size=BATCH)
    Programmed.objects.bulk_create([part for part in parts if isinstance(part, Programmed)], batch_size=BATCH)
    BudgetLine.objects.bulk_create([part for part in parts if isinstance(part, BudgetLine)], batch_size=BATCH)
    return stored


def new_row(version: Submission, row: PlanRow, item: int | None) -> Activity:
    """Make the row of a plan, unsaved and without its parts. Its means may be said in words of the plan: "Proyecto"."""
    medium = medium_of(row.medium)
    if medium is None:
        raise Refused("plan-medium-unknown", row=row.row, medium=row.medium)
    for field, known in (("accumulation", Accumulation), ("direction", Direction)):
        if getattr(row, field) not in ("", *known):
            raise Refused("plan-choice-unknown", row=row.row, field=field, text=getattr(row, field))
    values = {field: getattr(row, field) for field in (*ROW, *MORE_ROW)} | {"medium": medium}
    amounts = [line.programmed_cents for line in row.money if line.programmed_cents is not None]
    if amounts:
        values["budget_cents"] = sum(amounts)
    if sum(amounts) > MOST_CENTS:
        raise Refused("cell-unreadable", row=row.row, field="money", text=format_cents(sum(amounts)))
    return Activity(submission=version, item_id=item, **values)


def _parts(activity: Activity, row: PlanRow, items: dict[str, list[int]]) -> Iterator[Also | Programmed | BudgetLine]:
    told: set[int] = set()
    for other in row.also:
        found = _item(items, row, other.item)
        if found in told:  # perhaps by another of its names
            raise Refused("cell-unreadable", row=row.row, field="also", text=other.item)
        if found is not None:
            told.add(found)
            yield Also(activity=activity, item_id=found, share_bp=other.share_bp)
    for value in row.programmed:
        yield Programmed(activity=activity, period=value.period, value=value.value)
    for order, line in enumerate(row.money):
        yield BudgetLine(activity=activity, order=order, **asdict(line))


def _header(draft: Submission, header: PlanHeader) -> dict[str, object]:
    changes: dict[str, object] = {
        "cites": header.cites,
        "resolution": header.resolution,
        "resolution_state": resolution_state(header.resolution),
        "resolution_on": header.resolution_on,
        "document_url": header.document_url,
        "notes": header.notes,
        "reason": header.reason,
        "act": header.act,
    }
    if draft.transcribed:
        changes |= {"received_on": header.received_on, "channel": header.channel or draft.channel}
    return changes


def _item(items: dict[str, list[int]], row: PlanRow, name: str) -> int | None:
    if not name:
        return None
    found = items.get(name, [])
    if len(found) != 1:
        raise Refused("plan-item-ambiguous" if found else "plan-item-unknown", row=row.row, item=name)
    return found[0]


def refuse_too_long(rows: Sequence[PlanRow], header: PlanHeader | None = None) -> None:
    """Refuse text that no column holds, with its row (0: the heading) and its field."""
    for row, told in ((0, asdict(header) if header else {}), *((row.row, asdict(row)) for row in rows)):
        field = too_long(told)
        if field:
            raise Refused("text-too-long", row=row, field=field)
