"""Accepted plans of public calls, as anybody may read them: what the portal shows, in frozen rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from yupana.domain.commitments import elsewhere
from yupana.domain.commitments.facts import Money, itemised
from yupana.domain.commitments.models import Activity, Partnership, YearOne
from yupana.domain.commitments.queries import answers, money_of, naming, owed_publicly, with_answered
from yupana.domain.commitments.rules import Reading, read_date
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.rules import Standing, Visibility, standing
from yupana.domain.submissions.models import Step
from yupana.domain.submissions.rules import Channel, Resolution, State, day_that_counts
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.kernel.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from yupana.domain.commitments.queries import AnsweredActivity


@dataclass(frozen=True, slots=True)
class ActivityCard:
    """One row. ``item_id`` is what it answers after review, ``own_item_id`` what the entity itself said (None: none).

    ``also`` are the codes of further items that it answers, ``programmed`` what it is to reach by period in
    ten-thousandths of its unit, ``money`` the years and Bs cents that it programmes, ``lines`` its budget where that
    says more than this, ``partners`` the names of bodies that confirmed to take part, ``waits`` what it comes after,
    where that is an activity of a public plan. ``budget_cents`` is Bs cents;
    ``starts``/``ends`` are as written and their readings what they mean in a plan whose first year is ``year_one``
    (None: not confirmed).
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
    year_one: int | None
    notes: str
    also: tuple[str, ...] = ()
    person: str = ""
    unit: str = ""
    baseline: str = ""
    verification: str = ""
    programmed: tuple[tuple[str, int], ...] = ()
    money: tuple[tuple[int, int], ...] = ()
    lines: tuple[Money, ...] = ()
    partners: tuple[str, ...] = ()
    waits: elsewhere.Elsewhere | None = None

    @property
    def starts_reading(self) -> Reading:
        """When it starts, as understood."""
        return read_date(self.starts, year_one=self.year_one)

    @property
    def ends_reading(self) -> Reading:
        """When it ends, as understood."""
        return read_date(self.ends, year_one=self.year_one)


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
    call_id: int
    call: str
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


# What a card reads as it stands, by its fields; and what the rest is derived from.
_READ = {
    "obligation_id": "pk",
    "call_id": "call_id",
    "call": "call__code",
    "entity_id": "debtor_id",
    "level": "level_id",
    "territory": "territory",
    **{field: f"debtor__{field}" for field in ("source", "source_id", "code", "name", "acronym")},
}
_DERIVED = (
    "effective_due",
    "is_waived",
    "is_transferred",
    "accepted_id",
    "first_met_on",
    "has_doubt",
    "call__opens_on",
)


def plan_of(obligation_id: int) -> PlanCard | None:
    """Show the plan accepted last for an obligation of a public call; None where there is none."""
    return plans_of([obligation_id]).get(obligation_id)


def plans_of(obligation_ids: Collection[int]) -> dict[int, PlanCard]:
    """The same for many, by obligation, in a fixed number of queries."""
    accepted = _accepted(obligation_ids).select_related("submission")
    steps = {step.submission.obligation_id: step for step in accepted}
    cards = _cards({obligation: step.submission_id for obligation, step in steps.items()})
    return {
        obligation: PlanCard(obligation, _header(step), cards.get(obligation, ())) for obligation, step in steps.items()
    }


def activities_for(obligation_ids: Collection[int], item_id: int) -> dict[int, tuple[ActivityCard, ...]]:
    """Show what answers one item in the accepted plans of these obligations of public calls: rows by obligation."""
    return _cards(dict(_accepted(obligation_ids).values_list("submission__obligation", "submission")), item_id)


def standings(call_id: int, *, as_of: date | None = None) -> Rows[StandingCard]:
    """Show where each obligation of a public call stands, by name. Without a day nothing is late."""
    owed = owed_publicly().filter(call=call_id).order_by("debtor__sort_key", "pk")
    return Rows(owed, partial(standing_cards, as_of=as_of))


def standing_cards(obligation_ids: Sequence[int], *, as_of: date | None = None) -> list[StandingCard]:
    """The same for chosen obligations, in their order; those of calls that are not public are left out."""
    chosen = owed_publicly().filter(pk__in=obligation_ids)
    found = {row["pk"]: _standing(row, as_of) for row in chosen.values(*_READ.values(), *_DERIVED)}
    return [found[key] for key in obligation_ids if key in found]


def _accepted(obligation_ids: Collection[int]) -> QuerySet[Step]:
    """Acceptances under public calls, the one recorded last at the end: it overrules those before."""
    public = Step.objects.filter(after=State.ACCEPTED, submission__obligation__call__visibility=Visibility.PUBLIC)
    return public.filter(submission__obligation__in=obligation_ids).order_by("entry_id")


def _cards(plans: Mapping[int, int], item: int | None = None) -> dict[int, tuple[ActivityCard, ...]]:
    """Rows of these plans, given and returned by obligation; of one item only, if asked for."""
    owed = {plan: obligation for obligation, plan in plans.items()}
    found = with_answered(Activity.objects.filter(submission__in=owed)).order_by("submission", "row")
    chosen = found if item is None else found.filter(answers(item), pk__in=naming(item))
    rows = list(chosen.prefetch_related("also", "programmed", "lines"))
    years = dict(YearOne.objects.filter(obligation__in=plans).values_list("obligation_id", "year"))
    named = {key for row in rows for key in (row.item_id, row.answered_id, *(each.item_id for each in row.also.all()))}
    codes = dict(Item.objects.filter(pk__in=[key for key in named if key]).values_list("pk", "code"))
    partners = partners_of(plans)
    before = elsewhere.named({row.waits for row in rows if row.waits})
    cards: dict[int, list[ActivityCard]] = {}
    for row in rows:
        obligation = owed[row.submission_id]
        with_whom = tuple(partners.get((obligation, row.row, row.name), ()))
        card = _card(row, years.get(obligation), codes, with_whom)
        cards.setdefault(obligation, []).append(replace(card, waits=before.get(row.waits)))
    return {obligation: tuple(told) for obligation, told in cards.items()}


def partners_of(obligations: Collection[int]) -> dict[tuple[int, int, str], list[str]]:
    """Bodies that confirmed to take part, by the row and the name that they were asked about.

    A body is named in public only beside what it agreed to; where that name was erased nobody can tell any more.
    """
    found: dict[tuple[int, int, str], list[str]] = {}
    joined = Partnership.objects.filter(obligation__in=obligations, confirmed=True).exclude(activity=BLACKED_OUT)
    told = joined.order_by("partner__sort_key").values_list("obligation", "row", "activity", "partner__name")
    for obligation, number, activity, name in told:
        found.setdefault((obligation, number, activity), []).append(name)
    return found


_AS_IT_STANDS = (
    *("row", "name", "medium", "responsible", "person", "result", "indicator", "unit", "baseline", "target"),
    *("budget_cents", "starts", "ends", "verification", "notes"),
)


def _card(
    row: AnsweredActivity, year_one: int | None, codes: Mapping[int, str], partners: tuple[str, ...]
) -> ActivityCard:
    return ActivityCard(
        **{field: getattr(row, field) for field in _AS_IT_STANDS},
        item_id=row.answered_id,
        item_code=codes.get(row.answered_id or 0, ""),
        own_item_id=row.item_id,
        own_item_code=codes.get(row.item_id or 0, ""),
        year_one=year_one,
        also=tuple(codes[each.item_id] for each in row.also.all()),
        programmed=tuple((each.period, each.value) for each in row.programmed.all()),
        money=tuple(
            (each.year, each.programmed_cents) for each in row.lines.all() if each.programmed_cents is not None
        ),
        lines=itemised(money_of(row)),
        partners=partners,
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


def _standing(row: Mapping[str, Any], as_of: date | None) -> StandingCard:
    due_on, waived, accepted = row["effective_due"], row["is_waived"], row["accepted_id"] is not None
    met_on = day_that_counts(row["first_met_on"], due_on, has_doubt=row["has_doubt"])
    today = as_of or due_on or row["call__opens_on"]
    return StandingCard(
        **{field: row[path] for field, path in _READ.items()},
        standing=standing(
            due_on=due_on,
            accepted=accepted,
            met_on=met_on,
            waived=waived,
            today=today,
            transferred=row["is_transferred"],
        ),
        due_on=due_on,
        met_on=met_on,
    )
