"""Finding what is to be told today, in a few statements whatever the number of entities."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.queries import with_due
from yupana.domain.obligations.rules import CallState, Expects
from yupana.domain.people.queries import in_force
from yupana.domain.submissions.models import Assignment, Step, Submission
from yupana.domain.submissions.rules import Channel, State
from yupana.foundation.kernel.actor import Role
from yupana.projections.notices import following
from yupana.projections.notices.models import Outbox
from yupana.projections.notices.rules import Happening, Link, Rule, Whom, anchors, reminder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet

ROLES = {
    Whom.PLANNERS: Role.ENTITY_PLANNER,
    Whom.EXECUTIVE: Role.EXECUTIVE,
    Whom.REVIEWERS: Role.REVIEWER,
    Whom.AUTHORITY: Role.PLANNER,
}
OF_THE_ENTITY = (Whom.PLANNERS, Whom.EXECUTIVE)
_LIVING = Q(call__state=CallState.OPEN, call__historical=False)
_LIVING_VERSION = Q(obligation__call__state=CallState.OPEN, obligation__call__historical=False)
_BY_HAND = (Channel.IMPORT.value, Channel.CARRIED.value)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to be: as a row of the outbox."""

    person: int
    rule: Rule
    subject: str
    due_on: date
    about_on: date


def of_the_day(today: date) -> Iterator[Happening]:
    """Find what a day brings by itself: due days that come or have passed, terms that end, reviews that take long."""
    yield from _owed(today)
    ending = _last_steps(State.RETURNED).filter(remedy_until__in=anchors(Rule.REMEDY, today))
    yield from _steps(Rule.REMEDY, ending, "remedy_until", today)
    waiting = Submission.objects.filter(_LIVING_VERSION, state=State.SUBMITTED).exclude(channel__in=_BY_HAND)
    long = waiting.filter(received_on__in=anchors(Rule.UNREVIEWED, today))
    yield from _versions(Rule.UNREVIEWED, long, "received_on", today)
    yield from following.of_the_day(today)


def of_events(today: date) -> Iterator[Happening]:
    """Find what somebody did lately: returned, accepted, put before the executive."""
    back = _last_steps(State.RETURNED, State.MISFILED).filter(on__in=anchors(Rule.RETURNED, today))
    yield from _steps(Rule.RETURNED, back, "on", today)
    accepted = _last_steps(State.ACCEPTED).filter(on__in=anchors(Rule.ACCEPTED, today))
    yield from _steps(Rule.ACCEPTED, accepted, "on", today)
    ready = Submission.objects.filter(_LIVING_VERSION, state=State.DRAFT, ready_on__in=anchors(Rule.READY, today))
    yield from _versions(Rule.READY, ready, "ready_on", today)
    yield from following.of_events(today)


def letters(happenings: Iterable[Happening], today: date) -> list[Letter]:
    """Say who is told what: people with an address and a mandate in force, nobody twice about one thing."""
    told = list(happenings)
    if not told:
        return []
    acting, assigned = _acting(today), _assigned(told)
    found = {
        Letter(person, each.reminder.rule, _subject(each, whom, assigned), _due(each), each.about_on): None
        for each in told
        for whom in each.reminder.whom
        for person in _whom(each, whom, acting, assigned)
    }
    return list({(one.person, one.rule, one.subject, one.due_on): one for one in found}.values())


def mails() -> QuerySet[Outbox]:
    """Select every mail, for whoever runs the machine."""
    return Outbox.objects.order_by("pk")


def _owed(today: date) -> Iterator[Happening]:
    days = [*anchors(Rule.DUE, today), *anchors(Rule.LATE, today)]
    versions = Submission.objects.filter(obligation=OuterRef("pk"))
    mending = Step.objects.filter(submission__obligation=OuterRef("pk"), remedy_until__gte=today)
    owing: QuerySet[Any] = with_due(Obligation.objects.filter(_LIVING, call__opens_on__lte=today, transfer=None))
    owing = owing.filter(effective_due__in=days, is_waived=False)
    owing = owing.exclude(Exists(versions.filter(state__in=(State.SUBMITTED, State.ACCEPTED)))).exclude(Exists(mending))
    for pk, debtor, expects, day in owing.values_list("pk", "debtor", "call__expects", "effective_due"):
        rule = Rule.DUE if today <= day else Rule.LATE
        said = reminder(rule, day, today)
        if said:
            yield Happening(said, day, pk, debtor, link=link_of(expects))


def _last_steps(*after: State) -> QuerySet[Step]:
    """Steps of those kinds after which nothing newer was handed in, under a call that is open."""
    newer = Submission.objects.filter(
        obligation=OuterRef("submission__obligation"), version__gt=OuterRef("submission__version")
    )
    living = Q(submission__obligation__call__state=CallState.OPEN, submission__obligation__call__historical=False)
    steps = Step.objects.filter(living, after__in=after).exclude(submission__channel__in=_BY_HAND)
    return steps.exclude(Exists(newer.exclude(state=State.DRAFT)))


def _steps(rule: Rule, steps: QuerySet[Step], day: str, today: date) -> Iterator[Happening]:
    owed = "submission__obligation"
    told = steps.values_list(day, owed, f"{owed}__debtor", "submission", f"{owed}__call__expects")
    for about, obligation, debtor, version, expects in told:
        said = reminder(rule, about, today)
        if said:
            yield Happening(said, about, obligation, debtor, version, link_of(expects))


def _versions(rule: Rule, versions: QuerySet[Submission], day: str, today: date) -> Iterator[Happening]:
    told = versions.values_list(day, "obligation", "obligation__debtor", "pk", "obligation__call__expects")
    for about, obligation, debtor, version, expects in told:
        said = reminder(rule, about, today)
        if said:
            yield Happening(said, about, obligation, debtor, version, link_of(expects))


def link_of(expects: str) -> Link:
    """Say what an obligation's people are led to."""
    return Link.REPORT if expects == Expects.PROGRESS else Link.PLAN


def _acting(today: date) -> Mapping[tuple[str, int], list[int]]:
    """People with an address by role and entity; those of the authority stand under entity 0."""
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    held = in_force(today).filter(person__is_active=True).exclude(person__email="")
    for person, role, entity in held.values_list("person", "role", "entity").order_by("person"):
        found[role, entity if role in (Role.ENTITY_PLANNER, Role.EXECUTIVE) else 0].append(person)
    return found


def _assigned(told: Iterable[Happening]) -> Mapping[int, int]:
    """Who reviews what of that which waits for review."""
    waiting = {each.obligation for each in told if Whom.REVIEWERS in each.reminder.whom}
    return dict(Assignment.objects.filter(obligation__in=waiting).values_list("obligation", "reviewer"))


def _whom(
    each: Happening, whom: Whom, acting: Mapping[tuple[str, int], list[int]], assigned: Mapping[int, int]
) -> list[int]:
    people = acting.get((ROLES[whom], each.debtor if whom in OF_THE_ENTITY else 0), [])
    only = assigned.get(each.obligation) if whom is Whom.REVIEWERS else None
    return [only] if only in people else people


def _subject(each: Happening, whom: Whom, assigned: Mapping[int, int]) -> str:
    """What the link leads to; the authority is told once a day, not once an entity."""
    if whom in OF_THE_ENTITY:
        return f"{each.link}:{each.obligation}" if each.link in (Link.PLAN, Link.REPORT) else each.link.value
    if whom is Whom.AUTHORITY:
        return "inbox"
    if each.reminder.rule in (Rule.DISPUTED, Rule.FIXED):
        return Link.FINDINGS.value
    return f"review:{each.submission}" if each.obligation in assigned else "queue"


def _due(each: Happening) -> date:
    return each.about_on + timedelta(days=each.reminder.days)
