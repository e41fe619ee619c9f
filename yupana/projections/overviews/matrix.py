"""The compliance matrix of a call: who owes what, and how far each answers it; for the authority alone.

A page reads its own cells only; whatever the size of the call, the number of questions to the database is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Case, Count, IntegerField, Q, Value, When

from yupana.domain.commitments import policy
from yupana.domain.commitments.models import Activity, Also
from yupana.domain.commitments.queries import answering, with_answered
from yupana.domain.instruments.facts import item_ref
from yupana.domain.instruments.models import Item
from yupana.domain.obligations.models import Obligation, ScopeItem
from yupana.foundation.kernel.errors import Forbidden
from yupana.foundation.kernel.share import Share
from yupana.foundation.kernel.text import words_of
from yupana.projections.figures import public as figures
from yupana.projections.figures.rules import ANSWERED
from yupana.projections.overviews.applicability import department
from yupana.projections.overviews.figure import Figure
from yupana.projections.overviews.line import STANDINGS
from yupana.projections.overviews.register import Cut, Paged, cut
from yupana.projections.overviews.standings import Stands, stands, with_standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet

    from yupana.domain.obligations.models import Call
    from yupana.foundation.kernel.actor import Actor

ENTITIES, ITEMS = 50, 40  # on a page
STRIDE = 200  # entities of a download are read together
_SHOWN = 100  # letters of an item's text that a head says

# How many of the items that it owes each obligation answers with its last accepted plan, after review.
_ANSWERS = """
WITH ranked AS (
    SELECT s.obligation_id, s.id AS submission_id,
        ROW_NUMBER() OVER (PARTITION BY s.obligation_id ORDER BY t.entry_id DESC) AS newest
    FROM obligations_obligation o
    JOIN submissions_submission s ON s.obligation_id = o.id
    JOIN submissions_step t ON t.submission_id = s.id AND t.after = 'accepted'
    WHERE o.call_id = %(call)s
),
held AS (
    SELECT ranked.obligation_id, a.id, a.item_id
    FROM ranked JOIN commitments_activity a ON a.submission_id = ranked.submission_id WHERE ranked.newest = 1
),
moved AS (
    SELECT r.activity_id, r.item_id, ROW_NUMBER() OVER (PARTITION BY r.activity_id ORDER BY r.entry_id DESC) AS newest
    FROM commitments_reclassification r
),
answers AS (
    SELECT held.obligation_id, CASE WHEN moved.activity_id IS NULL THEN held.item_id ELSE moved.item_id END AS item_id
    FROM held LEFT JOIN moved ON moved.activity_id = held.id AND moved.newest = 1
    UNION
    SELECT held.obligation_id, b.item_id FROM held JOIN commitments_also b ON b.activity_id = held.id
)
SELECT answers.obligation_id, COUNT(*)
FROM answers JOIN obligations_obligation o ON o.id = answers.obligation_id
JOIN obligations_scopeitem i ON i.scope_id = o.scope_id AND i.item_id = answers.item_id
GROUP BY answers.obligation_id
"""


class Rung(IntEnum):
    """How far one entity answers one item; each rung holds those below it."""

    LIFTED = -2  # owed no more: waived, or passed to a successor
    NOT_OWED = -1
    SILENT = 0
    ANSWERED = 1
    TARGET = 2
    RESPONSIBLE = 3
    BUDGET = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """Which entities: of a level, of a department, whose name or code holds every word, that stand so.

    ``gaps``: only those that leave something unanswered; ``item``: only those that leave this one. ``most_gaps``: who
    leaves most comes first, else by name.
    """

    level: str = ""
    department: str = ""
    text: str = ""
    standing: str = ""
    item: int | None = None
    gaps: bool = False
    most_gaps: bool = False

    @property
    def counts(self) -> bool:
        """Whether every obligation's answers have to be counted to choose and order."""
        return self.gaps or self.most_gaps


@dataclass(frozen=True, slots=True)
class Column:
    """One item: how many answer it, of how many that owe it, in the whole call or the level and department chosen."""

    id: int
    key: str
    code: str
    text: str
    share: Share
    figure: Figure


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation: where it stands, and its cells in the order of the columns; ``share`` counts all its items."""

    obligation: Obligation
    stands: Stands
    cells: tuple[Rung, ...]
    share: Share
    figure: Figure


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page both ways."""

    rows: Cut[Row]
    columns: Cut[Column]


class Matrix:
    """The entities that a call binds by the items that it puts."""

    def __init__(self, actor: Actor, call: Call, choice: Choice | None = None, *, on: date) -> None:
        if not policy.can_compare(actor):
            raise Forbidden("role-missing")
        self._call, self._choice, self._on = call, choice or Choice(), on

    @cached_property
    def territories(self) -> list[str]:
        """Return the territories in which bodies owe something."""
        found = self._call.obligations.exclude(territory="").order_by("territory").values_list("territory", flat=True)
        return list(found.distinct())

    @cached_property
    def items(self) -> list[int]:
        """Keys of the items that anybody owes, in reading order."""
        owed = Item.objects.filter(pk__in=ScopeItem.objects.filter(scope__call=self._call).values("item"))
        by_edition = owed.filter(edition__calledition__call=self._call)
        return list(by_edition.order_by("edition__calledition__order", "order", "pk").values_list("pk", flat=True))

    def sheet(self, page: int, columns: int) -> Sheet | None:
        """Read one page; None beyond the last one."""
        heads, keys = cut(self.items, columns, ITEMS), cut(self.obligations, page, ENTITIES)
        if heads is None or keys is None:
            return None
        rows = Cut(tuple(self._rows(keys.rows, heads.rows)), keys.total, keys.page, keys.pages)
        return Sheet(rows, Cut(self._columns(heads.rows), heads.total, heads.page, heads.pages))

    @cached_property
    def obligations(self) -> Paged[int]:
        """Keys of the obligations chosen, in order."""
        chosen = self._chosen().order_by("debtor__sort_key", "pk")
        if not self._choice.counts:
            return _Keys(chosen)
        return self._by_gaps(chosen)

    def every(self) -> Iterator[Row]:
        """Read all rows with all columns, a stride at a time."""
        keys, items = list(self.obligations[:]), self.items
        for at in range(0, len(keys), STRIDE):
            yield from self._rows(keys[at : at + STRIDE], items)

    def heads(self) -> tuple[Column, ...]:
        """Read all columns."""
        return self._columns(self.items)

    def _by_gaps(self, chosen: QuerySet[Any]) -> list[int]:
        answered, sizes = self._answered(), self._sizes()
        gaps = {
            pk: 0 if lifted else sizes.get(scope, 0) - answered.get(pk, 0)
            for pk, scope, *lifts in chosen.values_list("pk", "scope", "is_waived", "is_transferred")
            for lifted in [any(lifts)]
        }
        found = [pk for pk, missing in gaps.items() if missing or not self._choice.gaps]
        return sorted(found, key=lambda pk: -gaps[pk]) if self._choice.most_gaps else found

    def _chosen(self) -> QuerySet[Any]:
        choice = self._choice
        found: QuerySet[Any] = with_standing(Obligation.objects.filter(call=self._call))
        if choice.item is not None:
            found = found.filter(scope__items=choice.item, is_waived=False, is_transferred=False)
            found = found.exclude(pk__in=answering(choice.item))
        if choice.level:
            found = found.filter(level=choice.level)
        if choice.department:
            found = found.filter(territory__in=self._within(choice.department))
        for word in words_of(choice.text):
            found = found.filter(debtor__search_key__contains=word)
        if choice.standing in STANDINGS:
            found = found.filter(STANDINGS[choice.standing], is_waived=choice.standing == "waived")
        return found

    def _within(self, place: str) -> list[str]:
        return [each for each in self.territories if department(each) == place]

    def _answered(self) -> dict[int, int]:
        with connection.cursor() as cursor:
            cursor.execute(_ANSWERS, {"call": self._call.pk})
            return dict(cursor.fetchall())

    def _sizes(self) -> dict[int, int]:
        """How many items each scope of the call holds."""
        counted = ScopeItem.objects.filter(scope__call=self._call).values("scope").annotate(size=Count("pk"))
        return dict(counted.values_list("scope", "size"))

    def _columns(self, keys: Sequence[int]) -> tuple[Column, ...]:
        found = Item.objects.filter(pk__in=list(keys)).values_list(
            "pk", "edition__instrument__code", "edition__code", "role", "code", "text"
        )
        items = {pk: told for pk, *told in found}
        shares, choice = self._shares(keys), self._choice
        whole = replace(self._figure, level=choice.level, territory=choice.department)
        return tuple(
            Column(
                key, f"{role}:{code}", code, text[:_SHOWN], shares.get(key, Share()),
                replace(whole, item=item_ref(f"{instrument}/{edition}", role, code)),
            )
            for key in keys
            for instrument, edition, role, code, text in [items[key]]
        )  # fmt: skip

    @property
    def _figure(self) -> Figure:
        """What its shares are: whatever the deadline."""
        return Figure(ANSWERED, (self._call.code,), date.max, inside=True)

    def _shares(self, keys: Sequence[int]) -> dict[int, Share]:
        """Read the totals from the figures; a department adds up its territories."""
        choice = self._choice
        told: dict[str, Any] = {"measure": ANSWERED, "calls": [self._call.pk], "as_of": date.max, "items": list(keys)}
        if not choice.department:
            found = figures.shares(**told, by=("item",), level=choice.level)
            return {item: share for (item,), share in found.items()}
        within, sums = set(self._within(choice.department)), dict[int, Share]()
        for (item, territory), share in figures.shares(**told, by=("item", "territory"), level=choice.level).items():
            if territory in within:
                sums[item] = sums.get(item, Share()) + share
        return sums

    def _rows(self, keys: Sequence[int], items: Sequence[int]) -> Iterator[Row]:
        found = with_standing(Obligation.objects.filter(pk__in=list(keys))).select_related("debtor", "level")
        owed = {each.pk: each for each in found}
        scopes = self._scopes({each.scope_id for each in owed.values()})
        reached = _reached(owed.values())
        for key in keys:
            each = owed[key]
            held = stands(each, on=self._on)
            lifted, scope = held.waived or held.transferred, scopes[each.scope_id]
            answered = reached.get(key, {})
            cells = tuple(_cell(item, scope, answered, lifted=lifted) for item in items)
            share = Share() if lifted else Share(len(answered.keys() & scope), len(scope))
            debtor = f"{each.debtor.source}:{each.debtor.source_id}"
            yield Row(each, held, cells, share, replace(self._figure, entity=debtor))

    def _scopes(self, keys: Iterable[int]) -> dict[int, set[int]]:
        scopes: dict[int, set[int]] = {key: set() for key in keys}
        for scope, item in ScopeItem.objects.filter(scope__in=scopes).values_list("scope", "item"):
            scopes[scope].add(item)
        return scopes


def _cell(item: int, scope: set[int], answered: Mapping[int, int], *, lifted: bool) -> Rung:
    if item not in scope:
        return Rung.NOT_OWED
    return Rung.LIFTED if lifted else Rung(answered.get(item, 0))


def _reached(obligations: Iterable[Obligation]) -> dict[int, dict[int, int]]:
    """The highest rung that one activity of each last accepted plan reaches, by obligation and item; two queries.

    As the figures count it: a rung is reached by one activity, and known only if the plan's form asked for it.
    """
    plans = {vars(each)["accepted_id"]: each.pk for each in obligations if vars(each)["accepted_id"]}
    rows = with_answered(Activity.objects.filter(submission__in=list(plans))).annotate(rung=_RUNG)
    reached: dict[int, dict[int, int]] = {}
    rungs: dict[int, tuple[int, int]] = {}

    def reach(plan: int, item: int | None, rung: int) -> None:
        if item is not None:
            held = reached.setdefault(plans[plan], {})
            held[item] = max(held.get(item, 0), rung)

    for key, plan, item, rung in rows.values_list("pk", "submission", "answered_id", "rung"):
        rungs[key] = plan, rung
        reach(plan, item, rung)
    for key, item in Also.objects.filter(activity__submission__in=list(plans)).values_list("activity", "item"):
        reach(rungs[key][0], item, rungs[key][1])
    return reached


_RUNG = Case(
    When(Q(submission__asks_target=False) | Q(indicator="") | Q(target=""), then=Value(Rung.ANSWERED.value)),
    When(Q(submission__asks_responsible=False) | Q(responsible=""), then=Value(Rung.TARGET.value)),
    When(Q(submission__asks_budget=False) | Q(budget_cents=None), then=Value(Rung.RESPONSIBLE.value)),
    default=Value(Rung.BUDGET.value),
    output_field=IntegerField(),
)


class _Keys:
    """Keys of a query, counted and cut in the database."""

    def __init__(self, chosen: QuerySet[Any]) -> None:
        self._keys = chosen.values_list("pk", flat=True)

    def __len__(self) -> int:
        return self._keys.count()

    def __getitem__(self, part: slice) -> Sequence[int]:
        return list(self._keys[part])
