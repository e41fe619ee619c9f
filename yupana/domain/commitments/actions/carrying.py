"""Carrying plans over to the call of a later edition: one reviewed step, of which nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from yupana.domain.commitments.actions.carried import Carrying, carrying
from yupana.domain.commitments.facts import (
    HEADER,
    MONEY,
    MORE_HEADER,
    MORE_ROW,
    ROW,
    carried_content,
    reclassification_content,
    year_one_content,
)
from yupana.domain.commitments.models import Activity, Also, BudgetLine, Programmed, Reclassification, YearOne
from yupana.domain.commitments.policy import can_import
from yupana.domain.commitments.queries import content_of, fetch_parts, item_names
from yupana.domain.commitments.rules import Fate, misfit, onward
from yupana.domain.obligations.models import CallEdition
from yupana.domain.obligations.rules import CallState, Expects, Visibility
from yupana.domain.submissions.actions import Told, bring_in
from yupana.domain.submissions.facts import Decision
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.queries import subject_of
from yupana.domain.submissions.rules import Channel, State
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import BATCH, record_many

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from yupana.domain.commitments.actions.carried import CarriedPlan, CarriedRow
    from yupana.domain.obligations.models import Call
    from yupana.foundation.kernel.actor import Actor

_ASKED = ("asks_target", "asks_responsible", "asks_budget")
KEPT = tuple(name for name in (*HEADER, *MORE_HEADER) if name not in (*_ASKED, "channel", "source_ref"))
"""What stands above a plan and goes wherever the plan goes."""


def preview_carry(*, actor: Actor, source: Call, target: Call, choices: Mapping[str, str]) -> Carrying:
    """Say what `carry_over` would do with the same choices; changes nothing."""
    _refuse_unfit(actor, source, target)
    return carrying(source, target, choices, own={entity for _, entity in actor.mandates})


def carry_sources(target: Call, calls: Iterable[Call]) -> list[Call]:
    """Of some calls list those whose plans `preview_carry` would not refuse to carry over to another."""
    asked = [each for each in calls if not _unfit(each, target)]
    put: dict[int, dict[int, int]] = {each.pk: {} for each in (*asked, target)}
    told = CallEdition.objects.filter(call__in=put).values_list("call", "edition__instrument", "edition__entry")
    for call, instrument, entry in told:
        put[call][instrument] = entry or 0
    return [each for each in asked if onward(put[each.pk], put[target.pk])]


def carry_over(*, actor: Actor, source: Call, target: Call, choices: Mapping[str, str], on: date) -> Carrying:
    """Give every entity whose plan was accepted under one call the same plan, accepted, under that of a later edition.

    Only where it has no version there yet, so that doing it again changes nothing. Each row goes where its item went;
    ``choices`` say into which part the answers to a split item go, both as "role:code". What has no place any more is
    kept without an item, and says what it answered. The days on which it was received and met are those of the
    original; the original, and its figures, stay as they are.
    """
    try:
        with transaction.atomic():
            found = preview_carry(actor=actor, source=source, target=target, choices=choices)
            if found.plans:
                _write(actor, found.plans, on)
            return found
    except IntegrityError as error:  # somebody began a version meanwhile
        raise Conflict("draft-exists") from error


def _refuse_unfit(actor: Actor, source: Call, target: Call) -> None:
    if not can_import(actor):
        raise Forbidden("not-authority-planner")
    if why := _unfit(source, target):
        call = target if source.expects == Expects.PLAN else source
        raise Refused(why, call=call.code, source=source.code, target=target.code)


def _unfit(source: Call, target: Call) -> str:
    """Say why nothing can be carried over between two calls, before looking at what they put ("": it may be)."""
    if not source.expects == target.expects == Expects.PLAN:
        return "call-asks-no-plan"
    if target.state != CallState.OPEN:
        return "call-closed"
    if source.pk == target.pk:
        return "carry-unrelated"
    if target.since_id is not None:
        return "carry-into-complement"
    if source.visibility == Visibility.RESTRICTED != target.visibility:
        return "carry-would-publish"
    return misfit(source.plan_type, target.plan_type, (source.period, target.period))


def _write(actor: Actor, plans: Sequence[CarriedPlan], on: date) -> None:
    drafts = Submission.objects.bulk_create([_draft(each) for each in plans], batch_size=BATCH)
    made = [(row, _activity(row, draft)) for each, draft in zip(plans, drafts, strict=True) for row in each.rows]
    Activity.objects.bulk_create([activity for _, activity in made], batch_size=BATCH)
    _copy_parts(made)
    fetch_parts(drafts)
    names = item_names({key for row, _ in made for key in (row.item, row.answered)})
    told = [
        Told(draft, content_of(draft, names), State.ACCEPTED, on, on, carried=_decision(each, on))
        for each, draft in zip(plans, drafts, strict=True)
    ]
    bring_in(actor=actor, told=told)
    reviewed = [(activity, row.answered, row.reason) for row, activity in made if row.item != row.answered]
    keep_words(reviewed, names, on)
    _confirm_years(plans, on)


def _draft(each: CarriedPlan) -> Submission:
    was, call = each.version, each.owed.call
    return Submission(
        obligation=each.owed,
        version=1,
        channel=Channel.CARRIED,
        source_ref=f"{was.obligation.call.code}#{was.version}",
        **{name: getattr(was, name) for name in KEPT},
        **{name: getattr(was, name) and getattr(call, name) for name in _ASKED},
    )


def _activity(row: CarriedRow, draft: Submission) -> Activity:
    told = {name: getattr(row.activity, name) for name in (*ROW, *MORE_ROW)}
    carried = None if row.fate is Fate.NONE else carried_content(row.was, row.fate)
    return Activity(submission=draft, item_id=row.item, carried=carried, **told)


def _copy_parts(made: Sequence[tuple[CarriedRow, Activity]]) -> None:
    """Give the new rows what the old ones hold more than one of."""
    also = [Also(activity=new, item_id=item, share_bp=share) for row, new in made for item, share in row.also]
    programmed = [
        Programmed(activity=new, period=each.period, value=each.value)
        for row, new in made
        for each in row.activity.programmed.all()
    ]
    lines = [
        BudgetLine(activity=new, order=each.order, **{name: getattr(each, name) for name in MONEY})
        for row, new in made
        for each in row.activity.lines.all()
    ]
    Also.objects.bulk_create(also, batch_size=BATCH)
    Programmed.objects.bulk_create(programmed, batch_size=BATCH)
    BudgetLine.objects.bulk_create(lines, batch_size=BATCH)


def _decision(each: CarriedPlan, on: date) -> Decision:
    """Accepted as it was: on the day that counted, and with the deadline of a legal act that is still to come."""
    return Decision(State.ACCEPTED, on, met_on=each.step.met_on, resolution_due_on=each.step.resolution_due_on)


def keep_words(moved: Sequence[tuple[Activity, int | None, str]], names: Mapping[int, str], on: date) -> None:
    """Keep a reviewer's word, an item (None: none) and why, beside the entity's own, wherever they still differ."""
    facts = []
    for activity, item, reason in moved:
        subject = subject_of(activity.submission)
        content = reclassification_content(subject, activity.row, names.get(item or 0, ""), reason)
        facts.append(subject.fact("row.reclassified", on, content, row=activity.row))
    Reclassification.objects.bulk_create(
        [
            Reclassification(activity=activity, item_id=item, reason=reason, entry=entry)
            for (activity, item, reason), entry in zip(moved, record_many(facts), strict=True)
        ],
        batch_size=BATCH,
    )


def _confirm_years(plans: Sequence[CarriedPlan], on: date) -> None:
    """What "Año 1" means was confirmed once for a plan, and holds for it wherever it is carried."""
    owed = {each.version.obligation_id: each.owed for each in plans}
    source, target = plans[0].version.obligation.call_id, plans[0].owed.call_id
    known = set(YearOne.objects.filter(obligation__call=target).values_list("obligation", flat=True))
    years = [
        each for each in YearOne.objects.filter(obligation__call=source).order_by("pk") if each.obligation_id in owed
    ]
    new = [(owed[each.obligation_id], each.year) for each in years if owed[each.obligation_id].pk not in known]
    facts = [
        Fact(
            "year.confirmed",
            {"call": to.call.code, "entity": to.debtor.ref, "obligation": to.pk},
            on,
            year_one_content(to.call.code, to.debtor.ref, year),
            reserved=to.call.visibility == Visibility.RESTRICTED,
        )
        for to, year in new
    ]
    YearOne.objects.bulk_create(
        [
            YearOne(obligation=to, year=year, entry=entry)
            for (to, year), entry in zip(new, record_many(facts), strict=True)
        ]
    )
