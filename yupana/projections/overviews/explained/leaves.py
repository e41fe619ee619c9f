"""Where an explanation ends: what the record says of one obligation, and of the activities behind one line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yupana.domain.commitments.models import Activity, Also, Reclassification
from yupana.domain.commitments.queries import naming
from yupana.domain.obligations.models import Extension, Obligation
from yupana.domain.submissions.models import Step
from yupana.domain.submissions.rules import State, day_that_counts
from yupana.foundation.ledger.queries import day_of
from yupana.projections.figures.rules import ANSWERED, BUDGET, LADDER, RESPONSIBLE, TARGET
from yupana.projections.overviews.explained.deeds import Deed, deeds

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from yupana.projections.overviews.figure import Figure

_NEEDED = {ANSWERED: 1, TARGET: 2, RESPONSIBLE: 3, BUDGET: 4}


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the record behind a figure. ``what``: opened, extended, submitted, accepted, returned, ..."""

    what: str
    on: date
    position: int | None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An activity of the accepted plan that answers the line, and whether it reaches the rung that is counted."""

    row: int
    name: str
    reaches: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """One obligation. ``due_on`` None: no deadline is known; ``met_on`` None: not met, or on a day that is doubted."""

    due_on: date | None
    met_on: date | None
    is_met: bool
    events: tuple[Event, ...]
    answers: tuple[Answer, ...] = ()
    deeds: tuple[Deed, ...] = field(default=())


def leaves(
    figure: Figure, obligations: Collection[int], item: int | None, *, position: int, inside: bool
) -> dict[int, Leaf]:
    """Read what stands behind single obligations, as of a position; of one line where the measure counts lines."""
    owed = Obligation.objects.filter(pk__in=obligations).select_related("call__entry", "entry")
    told = _told(obligations, position)
    plans = {one.accepted: key for key, one in told.items() if one.accepted}
    answered = _answers(figure.measure, plans, item, position) if figure.measure in LADDER else {}
    done = deeds(figure.measure, obligations, item, position=position, inside=inside)
    found = {}
    for each in owed:
        one = told[each.pk]
        due = one.due_on or each.due_on
        found[each.pk] = Leaf(
            due_on=due,
            met_on=day_that_counts(one.first_met_on, due, has_doubt=one.has_doubt),
            is_met=one.accepted is not None,
            events=(_put(each), *sorted(one.events, key=lambda event: event.position or 0)),
            answers=tuple(answered.get(each.pk, ())),
            deeds=tuple(done.get(each.pk, ())),
        )
    return found


def _put(owed: Obligation) -> Event:
    """Say since when it is owed: since its call opened, or since its body was asked as well."""
    if owed.entry is not None:
        return Event("added", day_of(owed.entry), owed.entry.position)
    return Event("opened", owed.call.opens_on, owed.call.entry.position if owed.call.entry else None)


@dataclass
class _Told:
    """What the record says of one obligation by a position; ``accepted`` is the version accepted last."""

    events: list[Event] = field(default_factory=list)
    accepted: int | None = None
    first_met_on: date | None = None
    has_doubt: bool = False
    due_on: date | None = None


def _told(obligations: Collection[int], position: int) -> Mapping[int, _Told]:
    """Read what was handed in, decided and extended, in the order of the record; two queries."""
    found: dict[int, _Told] = defaultdict(_Told)
    steps = Step.objects.filter(submission__obligation__in=obligations, entry__position__lt=position)
    for step in steps.select_related("entry", "submission__entry").order_by("entry__position"):
        version = step.submission
        one = found[version.obligation_id]
        if version.entry and version.received_on:
            handed = Event("submitted", version.received_on, version.entry.position)
            one.events += [handed] * (handed not in one.events)
        one.events.append(Event(step.after, step.on, step.entry.position))
        if step.after == State.ACCEPTED:
            one.accepted, one.has_doubt = version.pk, one.has_doubt or step.met_on is None
            one.first_met_on = min((day for day in (one.first_met_on, step.met_on) if day), default=None)
    longer = Extension.objects.filter(obligation__in=obligations, entry__position__lt=position)
    for each in longer.select_related("entry").order_by("entry__position"):
        event = Event("extended", day_of(each.entry), each.entry.position, each.due_on)
        found[each.obligation_id].events.append(event)
        found[each.obligation_id].due_on = each.due_on
    return found


def _answers(measure: str, plans: Mapping[int, int], item: int | None, position: int) -> Mapping[int, list[Answer]]:
    """Find the activities of plans that answer an item, in the order of their rows, by what ``plans`` says of each."""
    if item is None:
        return {}
    moved = Reclassification.objects.filter(activity__submission__in=plans, entry__position__lt=position)
    placed = dict(moved.order_by("entry__position").values_list("activity", "item"))
    beside = set(Also.objects.filter(activity__submission__in=plans, item=item).values_list("activity", flat=True))
    told: dict[int, list[Answer]] = defaultdict(list)
    rows = Activity.objects.filter(submission__in=plans, pk__in=naming(item)).order_by("submission", "row")
    for row in rows:
        if placed.get(row.pk, row.item_id) == item or row.pk in beside:
            told[plans[row.submission_id]].append(Answer(row.row, row.name, _rung(row) >= _NEEDED[measure]))
    return told


def _rung(row: Activity) -> int:
    """Say how far up the ladder one activity reaches."""
    steps = (bool(row.indicator and row.target), bool(row.responsible), row.budget_cents is not None)
    rung = 1
    for reached in steps:
        if not reached:
            break
        rung += 1
    return rung
