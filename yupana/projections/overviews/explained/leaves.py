"""Where an explanation ends: what the record says of one obligation, and of the activities behind one line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from yupana.domain.commitments.models import Activity
from yupana.domain.commitments.queries import answers, naming, with_answered
from yupana.domain.obligations.models import Extension, Obligation
from yupana.domain.obligations.queries import with_due
from yupana.domain.submissions.models import Step
from yupana.domain.submissions.queries import with_accepted
from yupana.domain.submissions.rules import day_that_counts
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
    owed: Any = with_due(with_accepted(Obligation.objects.filter(pk__in=obligations))).select_related("call__entry")
    events = _events(obligations, position)
    answered = _answers(figure.measure, owed, item) if figure.measure in LADDER else {}
    done = deeds(figure.measure, obligations, item, position=position, inside=inside)
    found = {}
    for each in owed:
        opened = Event("opened", each.call.opens_on, each.call.entry.position)
        met = day_that_counts(each.first_met_on, each.effective_due, has_doubt=each.has_doubt)
        found[each.pk] = Leaf(
            due_on=each.effective_due,
            met_on=met,
            is_met=each.accepted_id is not None,
            events=(opened, *events[each.pk]),
            answers=tuple(answered.get(each.pk, ())),
            deeds=tuple(done.get(each.pk, ())),
        )
    return found


def _events(obligations: Collection[int], position: int) -> Mapping[int, list[Event]]:
    """List what was handed in, decided and extended, in the order of the record; two queries."""
    told: dict[int, list[Event]] = defaultdict(list)
    steps = Step.objects.filter(submission__obligation__in=obligations, entry__position__lt=position)
    for step in steps.select_related("entry", "submission__entry").order_by("entry__position"):
        version = step.submission
        if version.entry and version.received_on:
            handed = Event("submitted", version.received_on, version.entry.position)
            if handed not in told[version.obligation_id]:
                told[version.obligation_id].append(handed)
        told[version.obligation_id].append(Event(step.after, step.on, step.entry.position))
    longer = Extension.objects.filter(obligation__in=obligations, entry__position__lt=position)
    for each in longer.select_related("entry"):
        event = Event("extended", day_of(each.entry), each.entry.position, each.due_on)
        told[each.obligation_id].append(event)
    return defaultdict(list, {key: sorted(found, key=lambda event: event.position or 0) for key, found in told.items()})


def _answers(measure: str, owed: Any, item: int | None) -> Mapping[int, list[Answer]]:  # noqa: ANN401 - annotated rows
    """Find the activities of accepted plans that answer an item, in the order of their rows."""
    if item is None:
        return {}
    plans = {each.accepted_id: each.pk for each in owed if each.accepted_id}
    rows = with_answered(Activity.objects.filter(submission__in=plans)).select_related("submission")
    told: dict[int, list[Answer]] = defaultdict(list)
    for row in rows.filter(answers(item), pk__in=naming(item)).order_by("submission", "row"):
        told[plans[row.submission_id]].append(Answer(row.row, row.name, _rung(row) >= _NEEDED[measure]))
    return told


def _rung(row: Any) -> int:  # noqa: ANN401 - an annotated row
    """Say how far up the ladder one activity reaches."""
    steps = (bool(row.indicator and row.target), bool(row.responsible), row.budget_cents is not None)
    rung = 1
    for reached in steps:
        if not reached:
            break
        rung += 1
    return rung
