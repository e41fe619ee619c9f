"""Plans brought in from paper: placed, doubted where they must be, and recorded as handed in and decided.

Importing is itself the authority's decision: a plan that a note places elsewhere is turned away (no corresponde), any
other is accepted, also without a usable resolution. Both acts carry the day of reception where that can be trusted,
else the day on which the call opens: the paper tells no other day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from yupana.domain.commitments.actions.drafting import new_row
from yupana.domain.commitments.actions.keeping import keep
from yupana.domain.commitments.actions.placing import Placed, not_known, place, refuse_in_hand, refuse_unfit
from yupana.domain.commitments.facts import reclassification_content
from yupana.domain.commitments.models import Activity, Reclassification
from yupana.domain.commitments.policy import can_import
from yupana.domain.commitments.queries import content_of, fetch_parts, item_names
from yupana.domain.commitments.rules import medium_of
from yupana.domain.obligations.rules import CallState, Expects
from yupana.domain.submissions.actions import Told, bring_in
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.queries import subject_of
from yupana.domain.submissions.rules import (
    Channel,
    State,
    resolution_state,
)
from yupana.foundation.kernel.errors import Forbidden, Refused
from yupana.foundation.kernel.report import Report
from yupana.foundation.ledger.actions import BATCH, record_many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from yupana.domain.commitments.facts import Plan, PlanRow
    from yupana.domain.obligations.models import Call
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain

MOST_DIGITS = 9  # of the number of a version; what is longer numbers nothing


def import_plans(
    *, actor: Actor, call: Call, plans: Sequence[Plan], on: date, tick: Callable[[int], None] = lambda _: None
) -> Report:
    """Bring plans in, all or none. The same plans again change nothing; one that says something else is a Conflict.

    The number of statements grows with the versions that one entity hands in, not with entities or rows.
    """
    if not can_import(actor):
        raise Forbidden("not-authority-planner")
    if call.state != CallState.OPEN:
        raise Refused("call-closed", call=call.code)
    if call.expects != Expects.PLAN:
        raise Refused("call-asks-no-plan", call=call.code)
    with transaction.atomic():
        placed, unplaced = place(call, plans)
        refuse_unfit(actor, placed)
        new = not_known(call, placed)
        refuse_in_hand(new)
        tick(sum(each.read for each in plans) - sum(each.plan.read for each in new))
        for some in _rounds(new):
            _write(actor, some, on)
            tick(sum(each.plan.read for each in some))
        kept = keep(call, plans, placed, unplaced)
    created = sum(1 + len(each.plan.rows) for each in new)
    return kept + Report(
        read=sum(each.read for each in plans),
        created=created,
        unchanged=sum(1 + len(each.plan.rows) for each in placed) - created,
        unplaced=tuple(unplaced),
        flagged=tuple(note for each in placed for note in each.notes()),
    )


def _rounds(new: Sequence[Placed]) -> Iterator[list[Placed]]:
    """First every entity's first version, then every second one: an entity has one draft at a time."""
    queues: dict[int, list[Placed]] = defaultdict(list)
    for each in sorted(new, key=_order):
        queues[each.obligation.pk].append(each)
    for nth in range(max(map(len, queues.values()), default=0)):
        yield [queue[nth] for queue in queues.values() if nth < len(queue)]


def _order(each: Placed) -> tuple[int, date]:
    """By the version that the file gives, else by the day of reception."""
    version = each.plan.version
    return int(version) if version.isdecimal() and len(
        version
    ) <= MOST_DIGITS else 0, each.plan.header.received_on or date.min


def _write(actor: Actor, some: Sequence[Placed], on: date) -> None:
    """Write one version of each of these entities: drafts, their rows, and what became of them."""
    versions = _versions(some)
    drafts = Submission.objects.bulk_create(
        [_draft(actor, each, versions.get(each.obligation.pk, 0) + 1) for each in some], batch_size=BATCH
    )
    made = [
        (each, row, new_row(draft, replace(row, medium=medium_of(row.medium) or ""), each.item(row.item)))
        for each, draft in zip(some, drafts, strict=True)
        for row in each.plan.rows
    ]
    Activity.objects.bulk_create([activity for _, _, activity in made], batch_size=BATCH)
    fetch_parts(drafts)
    names = item_names({key for each in some for keys in each.items.values() for key in keys})
    told = [_told(each, draft, content_of(draft, names), on) for each, draft in zip(some, drafts, strict=True)]
    bring_in(actor=actor, told=told)
    days = {each.version.pk: each.decided_on for each in told}
    _review([(each, row, activity) for each, row, activity in made if row.reviewed_item], names, days)


def _versions(some: Sequence[Placed]) -> dict[int, int]:
    handed = Submission.objects.filter(obligation__in=[each.obligation.pk for each in some])
    return dict(handed.values_list("obligation_id").annotate(Max("version")))


def _draft(actor: Actor, each: Placed, version: int) -> Submission:
    plan, call = each.plan, each.obligation.call
    return Submission(
        obligation=each.obligation,
        version=version,
        channel=plan.header.channel or Channel.LETTER,
        received_on=plan.header.received_on,
        date_doubt=each.doubt,
        cites=plan.header.cites,
        resolution=plan.header.resolution,
        resolution_state=resolution_state(plan.header.resolution),
        document_url=plan.header.document_url,
        notes=plan.header.notes,
        asks_target=plan.asks_target and call.asks_target,
        asks_responsible=plan.asks_responsible and call.asks_responsible,
        asks_budget=plan.asks_budget and call.asks_budget,
        transcribed_by_id=actor.person,
        transcribed=True,
        confirmed=False,
        source_ref=each.ref,
        source_digest=each.digest,
        source=plan.header.source,
    )


def _told(each: Placed, draft: Submission, content: Plain, on: date) -> Told:
    """Say what became of a plan, and when. History knows no other day than that of the reception."""
    call = each.obligation.call
    otherwise = call.opens_on if call.historical else on
    received = otherwise if each.doubt else each.plan.header.received_on or otherwise
    after = State.MISFILED if each.plan.misfiled else State.ACCEPTED
    decided = received if call.historical else on
    return Told(draft, content, after, handed_in_on=received, decided_on=decided, reason=each.plan.misfiled)


def _review(
    made: Sequence[tuple[Placed, PlanRow, Activity]], names: Mapping[int, str], days: Mapping[int, date]
) -> None:
    """Record where a reviewer had put another item; where the source repeats the row's own there is nothing to say."""
    moved = []
    for each, row, activity in made:
        item = each.item(row.reviewed_item)
        if item is not None and item != activity.item_id:
            moved.append((activity, item, row.reviewed_because or row.reviewed_item))
    facts = [
        (subject := subject_of(activity.submission)).fact(
            "row.reclassified",
            days[activity.submission_id],
            reclassification_content(subject, activity.row, names[item], reason),
            row=activity.row,
        )
        for activity, item, reason in moved
    ]
    Reclassification.objects.bulk_create(
        [
            Reclassification(activity=activity, item_id=item, reason=reason, entry=entry)
            for (activity, item, reason), entry in zip(moved, record_many(facts), strict=True)
        ],
        batch_size=BATCH,
    )
