"""Reports as the authority sees them: which periods were asked for, who reported, and who is silent.

The database tells the answers apart, so that a page of a call to ten thousand asks as much as one of a call to ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When

from yupana.domain.obligations import queries as obligations
from yupana.domain.obligations.models import Call, Contact, Obligation
from yupana.domain.obligations.rules import CallState, Expects
from yupana.domain.progress.actions.calling import awaited, owed_on
from yupana.domain.progress.models import Progress, Rhythm
from yupana.domain.progress.queries import measured_until, measures
from yupana.domain.progress.rules import Frequency, order, periods
from yupana.domain.submissions.models import Step, Submission
from yupana.domain.submissions.queries import with_accepted
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.period import Period, parse_period, period_or_none
from yupana.foundation.kernel.text import words_of
from yupana.projections.overviews.queue import Page, paged

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from yupana.foundation.kernel.actor import Actor


class How(StrEnum):
    """How one entity answered a call for reports."""

    REPORTED = "reported"
    LATE = "late"  # accepted, and handed in after its day
    REVIEW = "review"
    RETURNED = "returned"  # to be mended by the entity
    SILENT = "silent"  # its day is past and nothing was handed in
    LOCKED = "locked"  # the same, and nothing is taken any more
    OPEN = "open"
    WAIVED = "waived"
    PASSED = "passed"  # to the body that goes on with its plan


class Apart(StrEnum):
    """What else of a call for reports can be looked at by itself, however it was answered."""

    OWED = "owed"  # nothing was handed in, whether it is still taken or not
    OFF_PLAN = "off_plan"  # accepted, and says why an activity is off plan


SIZE = 12  # periods on a page
DONE = (How.REPORTED, How.LATE)
OWED = (How.SILENT, How.LOCKED)


@dataclass(frozen=True, slots=True)
class Asked:
    """One period that was asked for, and how many answered in which way."""

    call: Call
    counts: Mapping[How, int]

    @property
    def total(self) -> int:
        """How many were asked."""
        return sum(self.counts.values())

    @property
    def reported(self) -> int:
        """How many reports were accepted, in time or late."""
        return sum(self.counts.get(each, 0) for each in DONE)

    @property
    def late(self) -> int:
        """How many of those came late."""
        return self.counts.get(How.LATE, 0)

    @property
    def review(self) -> int:
        """How many wait for the authority."""
        return self.counts.get(How.REVIEW, 0)

    @property
    def silent(self) -> int:
        """How many said nothing by their day."""
        return sum(self.counts.get(each, 0) for each in OWED)

    @property
    def rest(self) -> list[tuple[How, int]]:
        """What else there is: not due yet, to be mended, lifted, passed on."""
        told = (How.OPEN, How.RETURNED, How.WAIVED, How.PASSED)
        return [(each, self.counts[each]) for each in told if self.counts.get(each)]


@dataclass(frozen=True, slots=True)
class Followed:
    """The reports on the plans of one call: a page of the periods asked for, the newest first.

    ``rhythms`` say how often it is asked by itself, of which the last one holds.
    ``plans`` counts the accepted plans that would be asked for a report now; ``coming`` are the periods that the rhythm
    asks for next time somebody ticks. ``measures``: indicators are asked for, too, with a plan or without.
    """

    asked: Page[Asked]
    rhythms: tuple[Rhythm, ...]
    plans: int
    coming: tuple[str, ...]
    measures: bool = False

    @property
    def rhythm(self) -> Rhythm | None:
        """The rhythm that holds; None where nothing is asked for by itself."""
        last = self.rhythms[-1] if self.rhythms else None
        return last if last and last.frequency else None


@dataclass(frozen=True, slots=True)
class Answer:
    """One entity under a call for reports. ``last`` is the key of its newest version that is not a draft.

    ``contacts`` counts the attempts to reach it, ``reached_on`` is the last one's day.
    """

    obligation: Obligation
    how: How
    due_on: date | None
    met_on: date | None
    last: int | None
    contacts: int
    reached_on: date | None

    @property
    def is_owed(self) -> bool:
        """Whether nothing was handed in, so that somebody should be reached."""
        return self.how in OWED

    @property
    def is_movable(self) -> bool:
        """Whether more time can be given, or the report lifted."""
        return self.how in {How.OPEN, How.SILENT, How.LOCKED, How.RETURNED}


@dataclass(frozen=True, slots=True)
class Answers:
    """A page of those who were asked, and how many answered in which way, whatever is shown."""

    page: Page[Answer]
    counts: tuple[tuple[How, int], ...]


def followed(actor: Actor, call: Call, *, on: date, page: int = 1, size: int = SIZE) -> Followed:
    """Say what was asked of the plans of a call, period by period; a constant number of queries.

    Only what is shown is counted, for each of many periods asks for as many reports as there are plans.
    """
    every = {each.period: each for each in obligations.readable(actor).filter(follows=call)}
    pages = max(ceil(len(every) / size), 1)
    page = min(max(page, 1), pages)
    names = order(every)[::-1][(page - 1) * size : page * size]
    asked = {every[name].pk: every[name] for name in names}
    counted = _answered(Obligation.objects.filter(call__in=asked), on).order_by().values("call", "how")
    sums: dict[int, dict[How, int]] = {key: {} for key in asked}
    for key, how, many in counted.annotate(many=Count("pk")).values_list("call", "how", "many"):
        sums[key][How(how)] = many
    told = Page(tuple(Asked(each, sums[key]) for key, each in asked.items()), len(every), page, pages)
    rhythms = tuple(Rhythm.objects.filter(call=call).select_related("call").order_by("entry"))
    last = rhythms[-1] if rhythms else None
    coming = awaited(last, on=on) if last and last.frequency else []
    return Followed(told, rhythms, owed_on(call).count(), tuple(coming), measures(call))


def choices(call: Call) -> list[str]:
    """Name the periods of a plan that nobody was asked for yet, the longest kind first."""
    asked = set(call.followed_by.values_list("period", flat=True))
    plan = Period(parse_period(call.period).first, measured_until(call))
    kinds = (Frequency.YEAR, Frequency.HALF, Frequency.QUARTER, Frequency.MONTH)
    named = [name for kind in kinds for name in periods(kind, plan)]
    return [name for name in _inside(named, plan) if name not in asked]


def _inside(names: Iterable[str], plan: Period) -> list[str]:
    """Keep the periods that lie within a plan."""
    return [name for name in names if plan.first <= parse_period(name).first and parse_period(name).last <= plan.last]


def to_evaluate(plans: Collection[Call], *, on: date) -> tuple[list[str], str]:
    """Name the periods of plans that have begun, the newest first, and the last one that reports were asked for."""
    asked = Call.objects.filter(follows__in=[call.pk for call in plans]).values_list("period", flat=True)
    spans = {span for call in plans if (span := period_or_none(call.period))}
    kinds = (Frequency.YEAR, Frequency.HALF, Frequency.QUARTER)
    named = {name for span in spans for kind in kinds for name in _inside(periods(kind, span), span)}
    whole = {call.period for call in plans if period_or_none(call.period)}
    begun = [name for name in order({*named, *whole, *asked}) if parse_period(name).first <= on]
    reported = order(set(asked) & set(begun))
    return begun[::-1], reported[-1] if reported else ""


def report_call(actor: Actor, code: str) -> Call:
    """Find a call for reports that the actor may read; Missing otherwise."""
    found = obligations.readable_call(actor, code)
    if found.expects != Expects.PROGRESS:
        raise Missing("call-unknown", call=code)
    return found


def plan_call(actor: Actor, code: str) -> Call:
    """Find a call for plans that the actor may read; Missing otherwise."""
    found = obligations.readable_call(actor, code)
    if found.expects != Expects.PLAN:
        raise Missing("call-unknown", call=code)
    return found


def answers(call: Call, *, on: date, how: str = "", text: str = "", page: int = 1) -> Answers:
    """Return who answered a call for reports and who did not, by name; of one kind and with certain words if asked."""
    everybody = _answered(obligations.obligations_of(call), on)
    counted = dict(everybody.order_by().values("how").annotate(many=Count("pk")).values_list("how", "many"))
    chosen = _chosen(everybody, how)
    for word in words_of(text):
        chosen = chosen.filter(debtor__search_key__contains=word)
    some = paged(_told_more(chosen), page)
    rows = Page(tuple(map(_answer, some.rows)), some.total, some.page, some.pages)
    return Answers(rows, tuple((each, counted[each]) for each in How if each in counted))


def every_answer(call: Call, *, on: date, how: str = "") -> Iterator[Answer]:
    """Return everybody who was asked, or those of one kind, for a file."""
    everybody = _told_more(_answered(obligations.obligations_of(call), on))
    return map(_answer, _chosen(everybody, how).iterator(2000))


def overdue(*, on: date) -> dict[str, int]:
    """Count, by the code of the call, who owes the last report that was due on each call for plans; two queries."""
    living = Call.objects.filter(expects=Expects.PROGRESS, state=CallState.OPEN, historical=False, due_on__lt=on)
    rows = living.values_list("period", "follows", "pk")
    newest = {follows: pk for period, follows, pk in sorted(rows, key=lambda each: parse_period(each[0]).last)}
    if not newest:
        return {}
    owed = _answered(Obligation.objects.filter(call__in=newest.values()), on).filter(how__in=OWED)
    return dict(owed.order_by().values("call__code").annotate(many=Count("pk")).values_list("call__code", "many"))


def _chosen(everybody: QuerySet[Any], how: str) -> QuerySet[Any]:
    """Keep who answered in one way, or in no way, or said why something is off plan; "": everybody."""
    if how == Apart.OWED:
        return everybody.filter(how__in=OWED)
    if how == Apart.OFF_PLAN:
        return everybody.filter(Exists(Progress.objects.filter(submission=OuterRef("accepted_id")).exclude(cause="")))
    return everybody.filter(how=how) if how else everybody


def _answered(owed: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Annotate ``how``; the first that fits holds."""
    versions = Submission.objects.filter(obligation=OuterRef("pk"))
    mending = Step.objects.filter(submission__obligation=OuterRef("pk"), after=State.RETURNED, remedy_until__gte=on)
    told: QuerySet[Any] = obligations.with_due(with_accepted(owed))
    late = Q(accepted_id__isnull=False, has_doubt=False, first_met_on__gt=F("effective_due"))
    is_locked = Q(call__state=CallState.CLOSED) | Q(call__locks_on__lt=on, effective_due__lt=on) & ~Exists(mending)
    reasons = (
        When(is_transferred=True, then=Value(How.PASSED.value)),
        When(is_waived=True, then=Value(How.WAIVED.value)),
        When(Exists(versions.filter(state=State.SUBMITTED)), then=Value(How.REVIEW.value)),
        When(late, then=Value(How.LATE.value)),
        When(accepted_id__isnull=False, then=Value(How.REPORTED.value)),
        When(is_locked, then=Value(How.LOCKED.value)),
        When(Exists(versions.exclude(state=State.DRAFT)), then=Value(How.RETURNED.value)),
        When(effective_due__lt=on, then=Value(How.SILENT.value)),
    )
    found: QuerySet[Any] = told.annotate(how=Case(*reasons, default=Value(How.OPEN.value)))
    return found


def _told_more(owed: QuerySet[Any]) -> QuerySet[Any]:
    handed = Submission.objects.filter(obligation=OuterRef("pk")).exclude(state=State.DRAFT).order_by("-version")
    tried = Contact.objects.filter(entity=OuterRef("debtor"), call=OuterRef("call")).order_by()
    counted = tried.values("entity").annotate(many=Count("pk")).values("many")
    told: QuerySet[Any] = owed.annotate(
        last=Subquery(handed.values("pk")[:1]),
        contacted=Subquery(counted),
        reached_on=Subquery(tried.order_by("-on").values("on")[:1]),
    )
    return told


def _answer(obligation: Obligation) -> Answer:
    told = vars(obligation)
    return Answer(
        obligation=obligation,
        how=How(told["how"]),
        due_on=told["effective_due"],
        met_on=told["first_met_on"],
        last=told["last"],
        contacts=told["contacted"] or 0,
        reached_on=told["reached_on"],
    )
