"""What an entity's people find when they sign in: what is owed, by when, what came back and why, what was handed in."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Count

from yupana.domain.commitments.models import Activity, Also
from yupana.domain.obligations import queries as obligations
from yupana.domain.obligations.models import ScopeItem
from yupana.domain.obligations.rules import CallState, Expects, Standing
from yupana.domain.progress.models import Progress
from yupana.domain.submissions import policy
from yupana.domain.submissions import queries as submissions
from yupana.domain.submissions.rules import Resolution, State
from yupana.foundation.kernel.actor import Role
from yupana.projections.overviews.sent_back import SENT_BACK, SentBack, came_back, handed, sent_back
from yupana.projections.overviews.standings import stands, with_standing
from yupana.projections.overviews.waiting import waits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from yupana.domain.obligations.models import Obligation, Plea
    from yupana.domain.submissions.models import Submission
    from yupana.domain.submissions.rules import Waited
    from yupana.foundation.kernel.actor import Actor

SHOWN_RECEIPTS = 50


class Next(StrEnum):
    """The one thing to do next about an obligation."""

    START = "start"
    CONTINUE = "continue"
    MEND = "mend"
    APPROVE = "approve"
    WAIT = "wait"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Debt:
    """One obligation as its debtor sees it. ``days`` to the due day are calendar days, negative when it is past.

    ``mend_days`` are the calendar days of the remedy term that are left, None without a term and once it has passed:
    from then on the obligation's own due day is what presses. ``rows`` and ``answered`` of ``lines`` speak
    of the draft, ``ready_on`` and ``ready_note`` too: since when it waits for the executive, and why it was given back.
    Of a report ``rows`` are those that say something, ``last_day`` is the last one on which it is taken at all, and
    ``is_shut`` says that it has passed.
    ``takes`` is false once the call is closed or was not opened yet. ``passed_to`` is the body that owes it
    now, if it passed to another. ``plea`` is what was asked last, ``waited`` how
    long it waited for whom.
    """

    obligation: Obligation
    due_on: date | None
    days: int | None
    standing: Standing
    next: Next
    sent_back: SentBack | None
    mend_days: int | None
    waiting: Submission | None
    has_draft: bool
    rows: int
    answered: int
    lines: int
    takes: bool
    ready_on: date | None = None
    ready_note: str = ""
    plea: Plea | None = None
    passed_to: str = ""
    waited: Waited | None = None
    last_day: date | None = None
    is_shut: bool = False

    @property
    def is_report(self) -> bool:
        """Whether a report is owed, and not a plan."""
        return self.obligation.call.expects == Expects.PROGRESS

    @property
    def may_plead(self) -> bool:
        """Whether more time is of use: nothing was accepted yet, and nothing is under review."""
        return self.takes and self.waiting is None and self.standing in (Standing.OPEN, Standing.LATE)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One version that was handed in. ``position`` of its entry in the record, None until the next sealing."""

    submission: Submission
    position: int | None
    resolution_due_on: date | None


@dataclass(frozen=True, slots=True)
class Owed:
    """Everything about the entities that somebody acts for."""

    debts: tuple[Debt, ...]
    settled: tuple[Debt, ...]
    receipts: tuple[Receipt, ...]

    @property
    def todo(self) -> int:
        """How many obligations wait for the reader."""
        return sum(debt.next is not Next.WAIT for debt in self.debts)

    @property
    def waiting(self) -> int:
        """How many wait for somebody else."""
        return len(self.debts) - self.todo


def owed(actor: Actor, *, on: date) -> Owed:
    """Return what the actor's entities owe on a day, the most urgent first. A constant number of queries."""
    held = list(with_standing(obligations.owed_by(actor)))
    versions = _versions(actor, held)
    drafts = _drafts(versions)
    lines = dict(
        ScopeItem.objects.filter(scope__in={one.scope_id for one in held}).values_list("scope").annotate(Count("pk"))
    )
    names = _names(versions)
    debts = [
        _debt(actor, one, versions[one.pk], drafts.get(one.pk, (0, 0)), lines.get(one.scope_id, 0), names, on)
        for one in held
    ]
    pleas = {each.obligation_id: each for each in obligations.pleas(actor).filter(obligation__in=[o.pk for o in held])}
    waited = waits(held, on=on)
    debts = [replace(one, plea=pleas.get(one.obligation.pk), waited=waited.get(one.obligation.pk)) for one in debts]
    gone = obligations.passed_to(held)
    debts = [
        replace(one, passed_to=gone[one.obligation.pk], next=Next.NOTHING) if one.obligation.pk in gone else one
        for one in debts
    ]
    debts.sort(key=_urgency)
    return Owed(
        debts=tuple(one for one in debts if one.next is not Next.NOTHING),
        settled=tuple(one for one in debts if one.next is Next.NOTHING),
        receipts=_receipts(versions),
    )


def _versions(actor: Actor, held: Iterable[Obligation]) -> Mapping[int, list[Submission]]:
    """The versions of each obligation that the actor may read, newest first."""
    found: dict[int, list[Submission]] = defaultdict(list)
    mine = policy.readable_by(actor, submissions.all_with_debtors().filter(obligation__in=[one.pk for one in held]))
    for version in mine.select_related("entry").prefetch_related("steps__remarks").order_by("-version"):
        found[version.obligation_id].append(version)
    return found


def _drafts(versions: Mapping[int, list[Submission]]) -> dict[int, tuple[int, int]]:
    """Return rows, and lines that they answer, of the draft of each obligation that has one."""
    ids = [one.pk for many in versions.values() for one in many if one.state == State.DRAFT]
    rows = Activity.objects.filter(submission__in=ids).order_by()
    beside = Also.objects.filter(activity__submission__in=ids).order_by()
    first = rows.exclude(item=None).values_list("submission__obligation", "item")
    pairs = first.union(beside.values_list("activity__submission__obligation", "item"))  # which tells no pair twice
    answered = Counter(obligation for obligation, _ in pairs)
    counted = dict(rows.values_list("submission__obligation").annotate(rows=Count("pk")))
    if _has_report(one for many in versions.values() for one in many):
        said = Progress.objects.filter(submission__in=ids).order_by().values_list("submission__obligation")
        counted |= dict(said.annotate(rows=Count("pk")))
    return {obligation: (number, answered[obligation]) for obligation, number in counted.items()}


def _has_report(versions: Iterable[Submission]) -> bool:
    return any(one.obligation.call.expects == Expects.PROGRESS for one in versions)


def _names(versions: Mapping[int, list[Submission]]) -> dict[tuple[int, int], str]:
    """Return the names of the activities of what was sent back, by version and row."""
    back = [one for many in versions.values() for one in handed(many)[:1] if one.state in SENT_BACK]
    rows = Activity.objects.filter(submission__in=[one.pk for one in back]).values_list("submission", "row", "name")
    return {(submission, row): name for submission, row, name in rows} | _names_of_reports(back)


def _names_of_reports(back: Iterable[Submission]) -> dict[tuple[int, int], str]:
    """Return the names of the activities that a report speaks of: those of the plan that was accepted last."""
    owed = {
        (one.obligation.call.follows_id, one.obligation.debtor_id): one.pk
        for one in back
        if one.obligation.call.follows_id
    }
    if not owed:
        return {}
    plans = Activity.objects.filter(
        submission__state=State.ACCEPTED,
        submission__obligation__call__in={call for call, _ in owed},
        submission__obligation__debtor__in={debtor for _, debtor in owed},
    ).order_by("submission__version")
    told = plans.values_list("submission__obligation__call", "submission__obligation__debtor", "row", "name")
    return {(owed[call, debtor], row): name for call, debtor, row, name in told if (call, debtor) in owed}


def _debt(
    actor: Actor,
    obligation: Obligation,
    versions: list[Submission],
    draft: tuple[int, int],
    lines: int,
    names: Mapping[tuple[int, int], str],
    on: date,
) -> Debt:
    held = stands(obligation, on=on)
    back = sent_back(versions, names)
    last = _last_day(obligation, held.due_on, back)
    takes = obligation.call.state == CallState.OPEN and (obligation.call.historical or obligation.call.opens_on <= on)
    return Debt(
        obligation=obligation,
        due_on=held.due_on,
        days=(held.due_on - on).days if held.due_on else None,
        standing=held.standing,
        next=_next(actor, obligation, versions, settled=held.waived or held.transferred or held.accepted or not takes),
        sent_back=back,
        mend_days=_mend_days(back, on),
        waiting=next((one for one in versions if one.state == State.SUBMITTED), None),
        has_draft=any(one.state == State.DRAFT for one in versions),
        rows=draft[0],
        answered=draft[1],
        lines=lines,
        takes=takes,
        last_day=last,
        is_shut=last is not None and last < on,
        ready_on=next((one.ready_on for one in versions if one.state == State.DRAFT), None),
        ready_note=next((one.ready_note for one in versions if one.state == State.DRAFT), ""),
    )


def _last_day(obligation: Obligation, due_on: date | None, back: SentBack | None) -> date | None:
    """Return the last day on which a report is taken: the lock's, or the end of a term that was given."""
    if obligation.call.locks_on is None:
        return None
    days = (obligation.call.locks_on, due_on, back.remedy_until if back else None)
    return max(day for day in days if day is not None)


def _mend_days(back: SentBack | None, on: date) -> int | None:
    """Count the days that are left to mend what came back under the day on which it was first handed in."""
    if back is None or back.remedy_until is None or back.remedy_until < on:
        return None
    return (back.remedy_until - on).days


def _next(actor: Actor, obligation: Obligation, versions: list[Submission], *, settled: bool) -> Next:
    """Decide the one next step. What its planner finished waits for the executive; a draft after acceptance is work."""
    states = {one.state for one in versions}
    writes = obligation.debtor_id in actor.entities(Role.ENTITY_PLANNER)
    draft = next((one for one in versions if one.state == State.DRAFT), None)
    if State.SUBMITTED in states:
        return Next.WAIT
    if draft is not None and draft.ready_on:
        return Next.APPROVE if obligation.debtor_id in actor.entities(Role.EXECUTIVE) else Next.WAIT
    if draft is None and settled and not (came_back(versions) and State.ACCEPTED not in states):
        return Next.NOTHING
    if not writes:
        return Next.WAIT
    if came_back(versions):
        return Next.MEND
    return Next.START if draft is None else Next.CONTINUE


def _urgency(debt: Debt) -> tuple[bool, bool, int, int]:
    """What came back first while its term runs, then what is due soonest; what only waits comes last."""
    running = debt.mend_days is not None
    days = debt.mend_days if running else debt.days
    return (
        debt.next is Next.WAIT,
        not (running and debt.next is Next.MEND),
        days if days is not None else 10**6,
        debt.obligation.pk,
    )


def _receipts(versions: Mapping[int, list[Submission]]) -> tuple[Receipt, ...]:
    """What was handed in, newest first, with the position of its entry."""
    all_handed = [one for many in versions.values() for one in handed(many)]
    all_handed.sort(key=lambda one: one.entry_id or 0, reverse=True)
    return tuple(
        Receipt(one, one.entry.position if one.entry else None, _resolution_due(one))
        for one in all_handed[:SHOWN_RECEIPTS]
    )


def _resolution_due(version: Submission) -> date | None:
    if version.resolution_state == Resolution.KNOWN:
        return None
    return next((step.resolution_due_on for step in version.steps.all() if step.resolution_due_on), None)
