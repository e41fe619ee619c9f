"""Whom an edition binds, before it is published or afterwards, item by item."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from yupana.domain.entities import public as bodies
from yupana.domain.entities import queries as entities
from yupana.domain.instruments.facts import NOBODY, item_key
from yupana.domain.instruments.models import Edition, Item
from yupana.domain.obligations.queries import binding
from yupana.domain.obligations.rules import bound
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.kernel.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from yupana.domain.entities.public import EntityCard
    from yupana.domain.obligations.queries import Binding

EVERYBODY = "all"
_DIGITS_OF_A_DEPARTMENT = 2


@dataclass(frozen=True, slots=True)
class ItemReach:
    """How many bodies one item binds. ``audience`` is the one that holds, ``said_by`` the item that says it.

    ``audience`` is "" for whoever is called and NOBODY for nobody; ``said_by`` is "role:code", "" for the call.
    ``by_level`` and ``by_department`` count by code. ``fault``: why it can bind nobody.
    """

    item_id: int
    key: str
    text: str
    audience: str
    said_by: str
    bodies: int
    by_level: Mapping[str, int]
    by_department: Mapping[str, int]
    fault: Refused | None = None

    @property
    def nobody(self) -> bool:
        """Whether nobody was made responsible for it."""
        return self.audience == NOBODY

    @property
    def empty(self) -> bool:
        """Whether it names an audience in which there is nobody."""
        return not self.bodies and not self.nobody


@dataclass(frozen=True, slots=True)
class Totals:
    """All items together: how many bodies are called, and how many of them at least one item binds.

    ``by_level`` and ``by_department`` count those who are bound, by code.
    """

    called: int
    bound: int
    items: int
    nobody: tuple[str, ...]
    empty: tuple[str, ...]
    by_level: Mapping[str, int]
    by_department: Mapping[str, int]


class Simulation:
    """Whom an edition would bind if it were put to an audience on a day. Drafts, too; it writes nothing.

    ``items`` are its binding items in reading order: a page of them asks the register once for each audience on it.
    """

    def __init__(self, edition: Edition, *, audience: str = EVERYBODY, on: date, since: Edition | None = None) -> None:
        self._on, self._audience = on, audience
        self._binding = {each.item.pk: each for each in binding([edition], since)}
        chosen = Item.objects.filter(edition=edition, binds=True).order_by("order")
        if since is not None:
            chosen = chosen.filter(pk__in=list(self._binding))
        self.items: Rows[ItemReach] = Rows(chosen, self._built)

    @cached_property
    def _places(self) -> dict[int, tuple[str, str]]:
        """Level and department of everybody who is called."""
        called = entities.audience(self._audience, on=self._on).order_by().values_list("pk", "level_id", "territory")
        return {pk: (level or "", department(territory)) for pk, level, territory in called}

    def totals(self) -> Totals:
        """Count everybody whom anything binds."""
        every = list(self._binding.values())
        reached, faulty = self._reached(every)
        called = frozenset(self._places)
        members = {each.item.pk: bound(each.reach, called, reached) for each in every}
        anybody = frozenset[int]().union(*members.values())
        by_level, by_department = self._counted(anybody)
        return Totals(
            called=len(called),
            bound=len(anybody),
            items=len(every),
            nobody=tuple(key_of(each.item) for each in every if each.reach.audience == NOBODY),
            empty=tuple(
                key_of(each.item)
                for each in every
                if each.reach.audience != NOBODY and (each.reach.audience in faulty or not members[each.item.pk])
            ),
            by_level=by_level,
            by_department=by_department,
        )

    def reach_of(self, item: Item) -> ItemReach:
        """Count whom one item binds; Missing where it does not bind."""
        if item.pk not in self._binding:
            raise Missing("item-unknown", item=key_of(item))
        return self._built([item.pk])[0]

    def bodies_of(self, item: Item, *, level: str = "", territory: str = "") -> Rows[EntityCard]:
        """List the bodies that one item binds, by name."""
        each = self._binding[item.pk]
        reached, _ = self._reached([each])
        called = entities.audience(self._audience, on=self._on)
        found = called.filter(pk__in=bound(each.reach, frozenset(self._places), reached))
        if level:
            found = found.filter(level=level)
        if territory:
            found = found.filter(
                territory__in=[one for one in bodies.territories() if territory in {one, department(one)}]
            )
        return Rows(found.order_by("sort_key", "pk"), bodies.in_order)

    def _built(self, keys: Sequence[int]) -> list[ItemReach]:
        some = [self._binding[key] for key in keys]
        reached, faulty = self._reached(some)
        return [self._reach(each, reached, faulty) for each in some]

    def _reach(self, each: Binding, reached: Mapping[str, Collection[int]], faulty: Mapping[str, Refused]) -> ItemReach:
        members = bound(each.reach, frozenset(self._places), reached)
        by_level, by_department = self._counted(members)
        return ItemReach(
            item_id=each.item.pk,
            key=key_of(each.item),
            text=each.item.text,
            audience=each.reach.audience,
            said_by=key_of(each.said_by),
            bodies=len(members),
            by_level=by_level,
            by_department=by_department,
            fault=faulty.get(each.reach.audience),
        )

    def _counted(self, members: Collection[int]) -> tuple[dict[str, int], dict[str, int]]:
        """Count bodies by level and by department."""
        places = [self._places[pk] for pk in members]
        levels, departments = (Counter(column) for column in zip(*places, strict=True)) if places else ({}, {})
        return dict(sorted(levels.items())), dict(sorted(departments.items()))

    def _reached(self, some: Sequence[Binding]) -> tuple[dict[str, frozenset[int]], dict[str, Refused]]:
        found = entities.reached({expression for each in some for expression in each.reach.expressions}, on=self._on)
        reached = {each: keys for each, keys in found.items() if not isinstance(keys, Refused)}
        return reached, {each: keys for each, keys in found.items() if isinstance(keys, Refused)}


def department(territory: str) -> str:
    """Say in which department a territory is: the first two digits of a numbered one, else the territory itself."""
    return territory[:_DIGITS_OF_A_DEPARTMENT] if territory.isdecimal() else territory


def key_of(item: Item | None) -> str:
    """Name an item inside its edition, "role:code"; "" for none."""
    return item_key(item.role, item.code) if item else ""
