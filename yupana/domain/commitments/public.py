"""Accepted plans of public calls, as anybody may read them: what the portal shows, in frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments.models import Activity, YearOne
from yupana.domain.commitments.queries import with_answered
from yupana.domain.commitments.rules import Reading, read_date
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.queries import with_due
from yupana.domain.obligations.rules import Standing, Visibility, standing
from yupana.domain.submissions.models import Step
from yupana.domain.submissions.queries import with_accepted
from yupana.domain.submissions.rules import Channel, Resolution, State, day_that_counts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from yupana.domain.commitments.queries import AnsweredActivity
    from yupana.domain.obligations.queries import DueObligation


@dataclass(frozen=True, slots=True)
class ActivityCard:
    """One row. ``item_id`` is what it answers after review, ``own_item_id`` what the entity itself said (None: none).

    ``budget_cents`` is Bs cents; ``starts``/``ends`` are as written and their readings what they mean.
    """

    row: int
    item_id: int | None
    item_code: str
    own_item_id: int | None
    own_item_code: str
    name: str
    medium: str
    responsible: str
    result: str
    indicator: str
    target: str
    budget_cents: int | None
    starts: str
    ends: str
    starts_reading: Reading
    ends_reading: Reading
    notes: str


@dataclass(frozen=True, slots=True)
class HeaderCard:
    """What stands above an accepted plan. ``met_on`` None: the day that counts is doubtful, as ``date_doubt`` says."""

    submission_id: int
    version: int
    channel: Channel
    received_on: date | None
    date_doubt: str
    met_on: date | None
    accepted_on: date
    cites: str
    resolution: str
    resolution_state: Resolution
    resolution_due_on: date | None
    document_url: str
    notes: str
    transcribed: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PlanCard:
    """The plan accepted last for one obligation."""

    obligation_id: int
    header: HeaderCard
    activities: tuple[ActivityCard, ...]


@dataclass(frozen=True, slots=True)
class StandingCard:
    """Where one obligation stands. ``due_on`` is the day that holds now, ``met_on`` None where none or doubtful."""

    obligation_id: int
    entity_id: int
    source: str
    source_id: str
    code: str
    name: str
    acronym: str
    level: str
    territory: str
    standing: Standing
    due_on: date | None
    met_on: date | None


def plan_of(obligation_id: int) -> PlanCard | None:
    """Show the plan accepted last for an obligation of a public call; None where there is none."""
    return plans_of([obligation_id]).get(obligation_id)


def plans_of(obligation_ids: Collection[int]) -> dict[int, PlanCard]:
    """The same for many, by obligation, in a fixed number of queries."""
    steps = _accepted(Step.objects.filter(submission__obligation__in=obligation_ids))
    cards: dict[int, list[ActivityCard]] = {}
    for obligation, card in _rows(steps):
        cards.setdefault(obligation, []).append(card)
    return {
        obligation: PlanCard(obligation, _header(step), tuple(cards.get(obligation, ())))
        for obligation, step in steps.items()
    }


def activities_for(call_ids: Collection[int], item_id: int) -> dict[int, tuple[ActivityCard, ...]]:
    """Show what answers one item in the accepted plans of public calls: rows by obligation."""
    steps = _accepted(Step.objects.filter(submission__obligation__call__in=call_ids))
    cards: dict[int, list[ActivityCard]] = {}
    for obligation, card in _rows(steps, item_id):
        cards.setdefault(obligation, []).append(card)
    return {obligation: tuple(rows) for obligation, rows in cards.items()}


def standings(call_id: int, *, as_of: date | None = None, entity_id: int | None = None) -> tuple[StandingCard, ...]:
    """Show where each obligation of a public call stands (or one entity's), by name. Without a day nothing is late."""
    owed = Obligation.objects.filter(call=call_id, call__visibility=Visibility.PUBLIC).exclude(call__entry=None)
    if entity_id is not None:
        owed = owed.filter(debtor=entity_id)
    rows = with_due(with_accepted(owed)).select_related("call", "debtor").order_by("debtor__sort_key", "pk")
    return tuple(_standing(row, as_of) for row in rows)


def _accepted(steps: QuerySet[Step]) -> dict[int, Step]:
    """By obligation the acceptance recorded last, under public calls only."""
    public = steps.filter(after=State.ACCEPTED, submission__obligation__call__visibility=Visibility.PUBLIC)
    found = public.select_related("submission").order_by("entry_id")
    return {step.submission.obligation_id: step for step in found}


def _rows(steps: Mapping[int, Step], item: int | None = None) -> list[tuple[int, ActivityCard]]:
    """Rows of these plans, each with its obligation; of one item only, if asked for."""
    plans = {step.submission_id: obligation for obligation, step in steps.items()}
    found = with_answered(Activity.objects.filter(submission__in=plans)).order_by("submission", "row")
    rows = list(found if item is None else found.filter(answered_id=item))
    years = dict(YearOne.objects.filter(obligation__in=steps).values_list("obligation_id", "year"))
    named = {key for row in rows for key in (row.item_id, row.answered_id) if key}
    codes = dict(Item.objects.filter(pk__in=named).values_list("pk", "code"))
    return [(plans[row.submission_id], _card(row, years.get(plans[row.submission_id]), codes)) for row in rows]


def _card(row: AnsweredActivity, year_one: int | None, codes: Mapping[int, str]) -> ActivityCard:
    return ActivityCard(
        row=row.row,
        item_id=row.answered_id,
        item_code=codes.get(row.answered_id or 0, ""),
        own_item_id=row.item_id,
        own_item_code=codes.get(row.item_id or 0, ""),
        name=row.name,
        medium=row.medium,
        responsible=row.responsible,
        result=row.result,
        indicator=row.indicator,
        target=row.target,
        budget_cents=row.budget_cents,
        starts=row.starts,
        ends=row.ends,
        starts_reading=read_date(row.starts, year_one=year_one),
        ends_reading=read_date(row.ends, year_one=year_one),
        notes=row.notes,
    )


def _header(step: Step) -> HeaderCard:
    plan = step.submission
    return HeaderCard(
        submission_id=plan.pk,
        version=plan.version,
        channel=Channel(plan.channel),
        received_on=plan.received_on,
        date_doubt=plan.date_doubt,
        met_on=step.met_on,
        accepted_on=step.on,
        cites=plan.cites,
        resolution=plan.resolution,
        resolution_state=Resolution(plan.resolution_state),
        resolution_due_on=step.resolution_due_on,
        document_url=plan.document_url,
        notes=plan.notes,
        transcribed=plan.transcribed,
        confirmed=plan.confirmed,
    )


def _standing(row: DueObligation, as_of: date | None) -> StandingCard:
    accepted: int | None = row.accepted_id  # type: ignore[attr-defined] # annotated by with_accepted
    first: date | None = row.first_met_on  # type: ignore[attr-defined] # the same
    doubt: bool = row.has_doubt  # type: ignore[attr-defined] # the same
    met_on = day_that_counts(first, row.effective_due, has_doubt=doubt)
    today = as_of or row.effective_due or row.call.opens_on
    return StandingCard(
        obligation_id=row.pk,
        entity_id=row.debtor_id,
        source=row.debtor.source,
        source_id=row.debtor.source_id,
        code=row.debtor.code,
        name=row.debtor.name,
        acronym=row.debtor.acronym,
        level=row.level_id,
        territory=row.territory,
        standing=standing(
            due_on=row.effective_due, accepted=accepted is not None, met_on=met_on, waived=row.is_waived, today=today
        ),
        due_on=row.effective_due,
        met_on=met_on,
    )
