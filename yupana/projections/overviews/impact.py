"""What an update of a plan touches: calls, obligations, activities, targets and figures, and what each body must do.

The number of queries grows with neither items nor bodies, only with the different audiences of the later edition.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from yupana.domain.commitments.models import Activity, Also
from yupana.domain.commitments.queries import with_answered
from yupana.domain.entities import queries as entities
from yupana.domain.entities.models import Entity
from yupana.domain.instruments.facts import ItemRole, Transition
from yupana.domain.instruments.models import Item
from yupana.domain.instruments.queries import facts
from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.domain.instruments.rules.compare import compare, summary
from yupana.domain.obligations import queries as obligations
from yupana.domain.obligations.models import Obligation, ScopeItem
from yupana.domain.obligations.rules import CallState, Expects, Reach
from yupana.domain.obligations.rules.changed import Outline, check_same_instrument, touched
from yupana.domain.submissions import policy
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.queries import with_accepted
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.rows import Rows
from yupana.projections.figures.models import Cell
from yupana.projections.overviews.duties import Case, Duty, came_from, duty, parted, starts_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from yupana.domain.instruments.models import Edition
    from yupana.domain.instruments.rules.changes import Change
    from yupana.foundation.kernel.actor import Actor

_IN_HAND = (State.DRAFT, State.SUBMITTED)
_PASSED_DOWN = frozenset({ChangeKind.READDRESSED, ChangeKind.MOVED})
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class TouchedCall:
    """A call that put the earlier edition; an open one keeps it. ``obligations``: neither waived nor passed on."""

    code: str
    title: str
    state: CallState
    obligations: int


@dataclass(frozen=True, slots=True)
class Touch:
    """One change and what it touches, through the binding item that it is or is part of.

    ``activities`` are rows of the plans accepted last, ``in_hand`` those of versions that are written or under review;
    ``targets`` the targets that it is or that stand below it; ``figures`` the cells that count its item.
    ``starts_on``: from when it is to be followed.
    """

    change: Change
    starts_on: date
    calls: tuple[str, ...]
    obligations: int
    bodies: int
    activities: int
    in_hand: int
    targets: int
    figures: int


@dataclass(frozen=True, slots=True)
class Task:
    """What one body has to do about one item. ``key`` is "role:code" in the later edition, or where it last stood."""

    key: str
    text: str
    duty: Duty
    starts_on: date
    activities: int


@dataclass(frozen=True, slots=True)
class TouchedBody:
    """One body, and its tasks: the most pressing first. ``first_on`` is the day of the earliest, None without any."""

    id: int
    ref: str
    name: str
    tasks: tuple[Task, ...]

    @property
    def counts(self) -> dict[Duty, int]:
        """How many items there are of each duty."""
        found = Counter(task.duty for task in self.tasks)
        return {each: found[each] for each in Duty if found[each]}

    @property
    def first_on(self) -> date | None:
        """The first day on which something holds."""
        return min((task.starts_on for task in self.tasks), default=None)


class Impact:
    """From one edition to another of the same instrument, published or not; of the calls that the actor may read.

    ``as_of`` is the day from which a change holds while the later edition has no act.
    """

    def __init__(self, actor: Actor, before: Edition, after: Edition, *, as_of: date) -> None:
        check_same_instrument(
            *((each.instrument_id, f"{each.instrument.code}/{each.code}") for each in (before, after))
        )
        self._actor = actor
        self._day = after.published_on or as_of
        old, new = facts(before.pk), facts(after.pk)
        self._old, self._new = Outline.of(old), Outline.of(new)
        self.changes = compare(old, new)
        self._by_lineage = {change.lineage: change for change in self.changes}
        self._keys = {
            str(lineage): pk for pk, lineage in Item.objects.filter(edition=before).values_list("pk", "lineage")
        }
        readable = obligations.readable(actor).filter(editions=before, expects=Expects.PLAN).exclude(entry=None)
        self._calls = {call.pk: call for call in readable}
        self.bodies: Rows[TouchedBody] = Rows(self._debtors(), self._tasks)

    @property
    def kinds(self) -> dict[ChangeKind, int]:
        """How many changes there are of each kind."""
        return summary(self.changes)

    @cached_property
    def calls(self) -> tuple[TouchedCall, ...]:
        """The calls that put the earlier edition, the newest first."""
        counts = dict(self._owed.order_by().values_list("call").annotate(Count("pk")))
        return tuple(
            TouchedCall(call.code, call.title, CallState(call.state), counts.get(call.pk, 0))
            for call in self._calls.values()
        )

    @cached_property
    def touches(self) -> tuple[Touch, ...]:
        """What each change touches."""
        rows, hand, cells = self._rows(), self._rows_in_hand(), self._cells()
        return tuple(self._touch(change, rows, hand, cells) for change in self.changes)

    def totals(self) -> dict[Duty, int]:
        """How many tasks there are of each duty, over all bodies."""
        found = Counter(task.duty for body in self.bodies for task in body.tasks)
        return {each: found[each] for each in Duty if found[each]}

    @property
    def _owed(self) -> QuerySet[Any]:
        """What is owed under the calls, and was neither waived nor passed on to an heir, who owes it now."""
        return Obligation.objects.filter(call__in=self._calls, waiver=None, transfer=None)

    def _debtors(self) -> QuerySet[Entity]:
        return Entity.objects.filter(pk__in=self._owed.values("debtor")).order_by("sort_key", "pk")

    def _touch(
        self, change: Change, rows: Mapping[int, int], hand: Mapping[int, int], cells: Mapping[int, int]
    ) -> Touch:
        items = {self._keys[each] for each in self._holders(change)}
        scopes = {scope for scope, held in self._scopes.items() if held & items}
        calls = {self._sizes[scope][0] for scope in scopes}
        return Touch(
            change=change,
            starts_on=self._starts(change),
            calls=tuple(call.code for pk, call in self._calls.items() if pk in calls),
            obligations=sum(self._sizes[scope][1] for scope in scopes),
            bodies=self._bodies(scopes, calls),
            activities=sum(rows.get(each, 0) for each in items),
            in_hand=sum(hand.get(each, 0) for each in items),
            targets=len(self._targets_at.get(change.lineage, ())),
            figures=sum(cells.get(each, 0) for each in items),
        )

    def _holders(self, change: Change) -> set[str]:
        """The binding items of before that a change is about: itself or what it is part of, by lineage.

        Where an item above others names another audience, or moves below one that does, also those others.
        """
        held = {self._old.holder(change.lineage) or self._new.holder(change.lineage)}
        if change.kinds & _PASSED_DOWN:
            held |= self._readdressed.get(change.lineage, set())
        return {each for each in held if self._old.binds(each)}

    @cached_property
    def _readdressed(self) -> dict[str, set[str]]:
        """By item: the binding items below it whose audience is another one now though they do not say so."""
        found: dict[str, set[str]] = {}
        for lineage in self._new.items:
            if self._new.binds(lineage) and self._old.audience(lineage) != self._new.audience(lineage):
                for above in self._new.above(lineage):
                    found.setdefault(above, set()).add(lineage)
        return found

    def _starts(self, change: Change) -> date:
        """From when a change holds; what left for others, from when the first of them does."""
        if change.after is not None:
            return starts_on(change.after.row.transition, self._day)
        heirs = [self._new.items[each].row.transition for each in change.heirs if each in self._new.items]
        return min((starts_on(each, self._day) for each in heirs), default=starts_on(Transition.NOW, self._day))

    @cached_property
    def _targets_at(self) -> dict[str, set[str]]:
        """By item: the targets that it is, or that stand below it as part of it, before or after."""
        found: dict[str, set[str]] = {}
        for text in (self._old, self._new):
            for lineage, item in text.items.items():
                if item.row.role is ItemRole.TARGET or item.row.target is not None:
                    for each in (lineage, text.holder(lineage)):
                        found.setdefault(each, set()).add(lineage)
        return found

    # --- counts by item ---
    @cached_property
    def _asked(self) -> set[int]:
        """Keys of the items of before that anything has to be known about."""
        lineages = {each for change in self.changes for each in self._holders(change)} | self._concerned.keys()
        return {self._keys[each] for each in lineages if each in self._keys}

    @cached_property
    def _scopes(self) -> dict[int, set[int]]:
        """By scope: the items asked about that it holds."""
        found: dict[int, set[int]] = {scope: set() for scope in self._sizes}
        rows = ScopeItem.objects.filter(scope__call__in=self._calls, item__in=self._asked)
        for scope, item in rows.values_list("scope", "item"):
            if scope in found:
                found[scope].add(item)
        return found

    @cached_property
    def _sizes(self) -> dict[int, tuple[int, int]]:
        """By scope: its call, and how many owe it."""
        rows = self._owed.order_by().values_list("scope", "call").annotate(Count("pk"))
        return {scope: (call, number) for scope, call, number in rows}

    def _bodies(self, scopes: set[int], calls: set[int]) -> int:
        """Count who owes any of these scopes; under one call nobody owes two."""
        if len(calls) < _SEVERAL:
            return sum(self._sizes[scope][1] for scope in scopes)
        return len(set().union(*(self._debtors_of[scope] for scope in scopes)))

    @cached_property
    def _debtors_of(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for scope, debtor in self._owed.order_by().values_list("scope", "debtor"):
            found.setdefault(scope, set()).add(debtor)
        return found

    def _last_accepted(self) -> QuerySet[Any]:
        owed: QuerySet[Any] = with_accepted(self._owed)
        return owed.filter(accepted_id__isnull=False).order_by().values("accepted_id")

    def _answers(self) -> QuerySet[Any]:
        """Rows of the plans accepted last that answer a touched item."""
        rows: QuerySet[Any] = with_answered(Activity.objects.filter(submission__in=self._last_accepted()))
        return rows.filter(answered_id__in=self._asked).order_by()

    def _beside(self) -> QuerySet[Also]:
        """The touched items that rows of those plans answer beside their first one."""
        rows = Also.objects.filter(activity__submission__in=self._last_accepted(), item__in=self._asked)
        return rows.order_by()

    def _rows(self) -> Counter[int]:
        first = self._answers().values_list("answered_id").annotate(Count("pk"))
        return Counter(dict(first)) + Counter(dict(self._beside().values_list("item").annotate(Count("pk"))))

    def _rows_in_hand(self) -> Counter[int]:
        """Rows in versions that are not decided: those whom the reader may read, the authority as bare numbers."""
        versions = Submission.objects.filter(obligation__in=self._owed.values("pk"), state__in=_IN_HAND)
        if not (self._actor.operator or self._actor.has(*policy.AUTHORITY)):
            versions = policy.readable_by(self._actor, versions)
        rows = Activity.objects.filter(submission__in=versions.values("pk"), item__in=self._asked)
        beside = Also.objects.filter(activity__submission__in=versions.values("pk"), item__in=self._asked)
        first = dict(rows.order_by().values_list("item").annotate(Count("pk")))
        return Counter(first) + Counter(dict(beside.order_by().values_list("item").annotate(Count("pk"))))

    def _cells(self) -> dict[int, int]:
        cells = Cell.objects.filter(call__in=self._calls, item__in=self._asked)
        return dict(cells.order_by().values_list("item").annotate(Count("pk")))

    # --- tasks by body ---
    @cached_property
    def _concerned(self) -> dict[str, frozenset[ChangeKind]]:
        """The binding items that a body may have to do something about, by lineage, and what happened to each."""
        found = touched(self.changes, self._old, self._new)
        for lineage in self._old.items.keys() | self._new.items.keys():
            if self._old.audience(lineage) != self._new.audience(lineage):
                change = self._by_lineage.get(lineage)
                found.setdefault(lineage, change.kinds if change else frozenset())
        return found

    @cached_property
    def _reached(self) -> dict[str, frozenset[int]]:
        asked = {each for lineage in self._concerned for each in Reach(self._new.audience(lineage)).expressions}
        found = entities.reached(sorted(asked), on=self._day)
        return {each: frozenset() if isinstance(keys, Refused) else keys for each, keys in found.items()}

    def _tasks(self, keys: Sequence[int]) -> list[TouchedBody]:
        owed: dict[int, set[int]] = {key: set() for key in keys}
        for debtor, scope in self._owed.filter(debtor__in=keys).order_by().values_list("debtor", "scope"):
            owed[debtor] |= self._scopes[scope]
        answers: dict[int, dict[int, int]] = {key: {} for key in keys}
        mine = self._answers().filter(submission__obligation__debtor__in=keys)
        first = mine.values_list("submission__obligation__debtor", "answered_id").annotate(Count("pk"))
        of = "activity__submission__obligation__debtor"
        beside = self._beside().filter(**{f"{of}__in": keys}).values_list(of, "item").annotate(Count("pk"))
        for debtor, item, number in (*first, *beside):
            answers[debtor][item] = answers[debtor].get(item, 0) + number
        found = Entity.objects.in_bulk(keys)
        return [
            TouchedBody(key, found[key].ref, found[key].name, self._tasks_of(key, owed[key], answers[key]))
            for key in keys
        ]

    def _tasks_of(self, body: int, owed: set[int], answers: Mapping[int, int]) -> tuple[Task, ...]:
        tasks = []
        for lineage, kinds in self._concerned.items():
            what = duty(self._case(lineage, kinds, body, owed, answers))
            if what is not Duty.NOTHING:
                item = self._new.items.get(lineage) or self._old.items[lineage]
                change = self._by_lineage.get(lineage)
                since = self._starts(change) if change else starts_on(item.row.transition, self._day)
                number = answers.get(self._keys.get(lineage, 0), 0)
                tasks.append(Task(item.row.key, item.row.text, what, since, number))
        order = list(Duty)
        return tuple(sorted(tasks, key=lambda task: (order.index(task.duty), task.starts_on, task.key)))

    def _case(
        self, lineage: str, kinds: frozenset[ChangeKind], body: int, owed: set[int], answers: Mapping[int, int]
    ) -> Case:
        change, here = self._by_lineage.get(lineage), self._keys.get(lineage, 0)
        split, merged_away = parted(change)
        return Case(
            kinds=kinds,
            here_before=self._old.binds(lineage),
            here_after=self._new.binds(lineage),
            owed_before=here in owed,
            owed_after=Reach(self._new.audience(lineage)).has(body, self._reached),
            answered=answers.get(here, 0) > 0,
            said_anew=lineage in self._said_anew,
            split=split,
            merged_away=merged_away,
            origins_answered=any(answers.get(self._keys.get(each, 0), 0) for each in came_from(change)),
        )

    @cached_property
    def _said_anew(self) -> frozenset[str]:
        return frozenset(touched(self.changes, self._old, self._new))
