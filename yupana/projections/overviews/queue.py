"""What waits for the authority: the review queue, calls with their debtors, drafts of editions, whom a call reaches."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Count, Exists, Model, OuterRef
from django.utils import timezone

from yupana.domain.entities import queries as entities
from yupana.domain.instruments import queries as instruments
from yupana.domain.instruments.facts import EditionState
from yupana.domain.obligations import queries as obligations
from yupana.domain.obligations.models import Obligation, Waiver
from yupana.domain.obligations.rules import CallState, Expects, Standing
from yupana.domain.people.queries import in_force
from yupana.domain.submissions import policy
from yupana.domain.submissions import queries as submissions
from yupana.domain.submissions.models import Look, Submission
from yupana.domain.submissions.rules import State, Verdict
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.text import words_of
from yupana.projections.overviews.standings import stands, with_standing
from yupana.projections.overviews.waiting import waits

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from yupana.domain.instruments.models import Edition
    from yupana.domain.obligations.models import Call
    from yupana.domain.people.models import Person
    from yupana.domain.submissions.rules import Waited
    from yupana.foundation.kernel.actor import Actor

T = TypeVar("T")
M = TypeVar("M", bound=Model)
SIZE = 50
MINE, NOBODYS = "mine", "free"
WHOSE = ("", MINE, NOBODYS)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of many rows; pages count from 1."""

    rows: tuple[T, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Pending:
    """One version that waits for a decision. ``age`` in calendar days since it was received, None if unknown.

    ``own``: the reader acts for its entity, so somebody else has to decide. ``reviewer`` is who is to review it, ""
    where nobody is, ``mine``: the reader. ``at_authority`` are all the days for which the plan was the authority's
    turn, in every version (None: history). ``to_mend`` counts what was noted so.
    """

    submission: Submission
    age: int | None
    own: bool
    reviewer: str
    mine: bool
    at_authority: int | None
    to_mend: int


@dataclass(frozen=True, slots=True)
class Work:
    """The authority's morning: how much waits for a decision, calls in the open, editions in draft."""

    waiting: int
    decidable: int
    oldest: int | None
    calls: tuple[CallLine, ...]
    drafts: tuple[Edition, ...]
    transcribing: tuple[Submission, ...]


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call for plans and how its debtors stand; ``reports`` counts the periods that were asked for of its plans."""

    call: Call
    debtors: int
    met: int
    waiting: int
    waived: int
    reports: int


@dataclass(frozen=True, slots=True)
class Debtor:
    """One obligation of a call, as the authority sees it. ``current`` is the newest version that is not a draft.

    ``typing``: the reader is typing in its letter. ``startable``: nothing stands in the way of a new version.
    """

    obligation: Obligation
    due_on: date | None
    standing: Standing
    current: Submission | None
    typing: bool

    @property
    def movable(self) -> bool:
        """Whether it is still owed, so that its day can be moved or it can be lifted."""
        return self.standing in {Standing.OPEN, Standing.LATE}

    @property
    def startable(self) -> bool:
        """Whether a letter could be typed in now."""
        waits = self.current is not None and self.current.state == State.SUBMITTED
        return not waits and self.standing is not Standing.WAIVED


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an audience reaches on a day: how many, and everybody by level."""

    total: int
    levels: tuple[ReachedLevel, ...]


@dataclass(frozen=True, slots=True)
class ReachedLevel:
    """Everybody of one level of government whom an audience reaches, by name: name and code of each."""

    name_es: str
    name_en: str
    bodies: tuple[tuple[str, str], ...]


def pending(actor: Actor, *, on: date, call: str = "", whose: str = "", page: int = 1) -> Page[Pending]:
    """Return a page of what waits for a decision, the longest waiting first.

    Of one call if its code is given; ``whose`` is one of `WHOSE`: of everybody, one's own, or what nobody reviews.
    """
    waiting = _waiting(actor).order_by("entry_id")
    if call:
        waiting = waiting.filter(obligation__call__code=call)
    if whose == MINE:
        waiting = waiting.filter(obligation__assignment__reviewer=actor.person)
    elif whose == NOBODYS:
        waiting = waiting.filter(obligation__assignment=None)
    some = paged(waiting.select_related("entry", "obligation__assignment__reviewer"), page)
    waited = waits([one.obligation for one in some.rows], on=on)
    mends = Look.objects.filter(submission__in=some.rows, verdict=Verdict.MEND).order_by()
    counts = dict(mends.values_list("submission").annotate(n=Count("pk")))
    rows = tuple(_pending(actor, one, waited.get(one.obligation_id), counts.get(one.pk, 0), on) for one in some.rows)
    return Page(rows, some.total, some.page, some.pages)


def _pending(actor: Actor, version: Submission, waited: Waited | None, to_mend: int, on: date) -> Pending:
    given = getattr(version.obligation, "assignment", None)
    return Pending(
        submission=version,
        age=_age(version, on),
        own=policy.is_own(actor, version.obligation),
        reviewer=name_of(given.reviewer) if given else "",
        mine=given is not None and given.reviewer_id == actor.person,
        at_authority=waited.authority if waited else None,
        to_mend=to_mend,
    )


def reviewers(*, on: date) -> tuple[tuple[int, str], ...]:
    """Return key and name of everybody who may review something on a day: for the authority's own eyes."""
    held = in_force(on).filter(role=Role.REVIEWER, person__is_active=True).select_related("person")
    people = {mandate.person_id: name_of(mandate.person) for mandate in held}
    return tuple(sorted(people.items(), key=lambda each: each[1]))


def name_of(person: Person) -> str:
    """Name somebody to a colleague."""
    return person.display_name or f"#{person.pk}"


def calls_waiting(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return code and title of every call with something to decide, for the filter above the queue."""
    found = (
        _waiting(actor)
        .order_by("obligation__call__title")
        .values_list("obligation__call__code", "obligation__call__title")
    )
    return tuple(dict.fromkeys(found))


def work(actor: Actor, *, on: date) -> Work:
    """Return what waits for the authority today; a constant number of queries."""
    waiting = _waiting(actor)
    first = waiting.select_related("entry").order_by("entry_id").first()
    return Work(
        waiting=waiting.count(),
        decidable=submissions.under_review(actor).count(),
        oldest=_age(first, on) if first else None,
        calls=calls(actor, only_open=True),
        drafts=tuple(instruments.readable(actor).filter(state=EditionState.DRAFT)),
        transcribing=tuple(
            policy.readable_by(actor, submissions.all_with_debtors())
            .filter(state=State.DRAFT, transcribed=True, transcribed_by=actor.person)
            .order_by("pk")
        ),
    )


def calls(actor: Actor, *, only_open: bool = False) -> tuple[CallLine, ...]:
    """Return the calls for plans that the actor may read with how their debtors stand, the newest first; three queries.

    The calls for reports are found from the plan that they follow.
    """
    readable = obligations.readable(actor).filter(expects=Expects.PLAN).annotate(reports=Count("followed_by"))
    found = list(readable.filter(state=CallState.OPEN) if only_open else readable)
    handed = Submission.objects.filter(obligation=OuterRef("pk"))
    counted = (
        Obligation.objects.filter(call__in=found)
        .values("call")
        .annotate(
            debtors=Count("pk"),
            met=Count("pk", filter=Exists(handed.filter(state=State.ACCEPTED))),
            waiting=Count("pk", filter=Exists(handed.filter(state=State.SUBMITTED))),
            waived=Count("pk", filter=Exists(Waiver.objects.filter(obligation=OuterRef("pk")))),
        )
        .values_list("call", "debtors", "met", "waiting", "waived")
    )
    sums = {call: (debtors, met, waiting, waived) for call, debtors, met, waiting, waived in counted}
    return tuple(CallLine(call, *sums.get(call.pk, (0, 0, 0, 0)), vars(call)["reports"]) for call in found)


def debtors(actor: Actor, call: Call, *, on: date, text: str = "", page: int = 1) -> Page[Debtor]:
    """Return a page of who owes what in a call, by name; only those whose name or code holds every word of a text."""
    owed = with_standing(obligations.obligations_of(call))
    for word in words_of(text):
        owed = owed.filter(debtor__search_key__contains=word)
    some = paged(owed, page)
    handed: dict[int, list[Submission]] = {}
    mine = policy.readable_by(
        actor, submissions.all_with_debtors().filter(obligation__in=[one.pk for one in some.rows])
    )
    for version in mine.order_by("-version"):
        handed.setdefault(version.obligation_id, []).append(version)
    rows = tuple(_debtor(one, handed.get(one.pk, []), on) for one in some.rows)
    return Page(rows, some.total, some.page, some.pages)


def reach(expression: str, *, on: date) -> Reach:
    """Return whom an audience reaches on a day. Refuses an expression that cannot be read."""
    reached = entities.audience(expression, on=on).order_by("level__rank", "sort_key", "pk")
    levels: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for spanish, english, name, code in reached.values_list("level__name_es", "level__name_en", "name", "code"):
        levels.setdefault((spanish, english), []).append((name, code))
    return Reach(
        total=sum(map(len, levels.values())),
        levels=tuple(ReachedLevel(*names, tuple(bodies)) for names, bodies in levels.items()),
    )


def _waiting(actor: Actor) -> QuerySet[Submission]:
    return policy.readable_by(actor, submissions.all_with_debtors().filter(state=State.SUBMITTED))


def _age(version: Submission, on: date) -> int | None:
    """Days since it was received; where that day is not known, since it was recorded."""
    day = version.received_on
    if day is None and version.entry is not None:
        day = timezone.localdate(version.entry.recorded_at)
    return max((on - day).days, 0) if day else None


def _debtor(obligation: Obligation, versions: list[Submission], on: date) -> Debtor:
    held = stands(obligation, on=on)
    return Debtor(
        obligation=obligation,
        due_on=held.due_on,
        standing=held.standing,
        current=next((one for one in versions if one.state != State.DRAFT), None),
        typing=any(one.state == State.DRAFT for one in versions),
    )


def paged(rows: QuerySet[M], page: int) -> Page[M]:
    """Cut one page out of many rows; a number that is too high is the last."""
    total = rows.count()
    pages = max(ceil(total / SIZE), 1)
    page = min(max(page, 1), pages)
    return Page(tuple(rows[(page - 1) * SIZE : page * SIZE]), total, page, pages)
