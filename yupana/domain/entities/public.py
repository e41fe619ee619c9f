"""The register as anybody may read it, in frozen rows: what the portal shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Exists, OuterRef, Value, When
from django.utils.translation import get_language

from yupana.domain.entities.labels import told, whom
from yupana.domain.entities.models import Entity, GovernmentLevel
from yupana.domain.entities.queries import names_in, search
from yupana.domain.entities.rules import parse_audience
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.kernel.rows import Rows
from yupana.foundation.kernel.text import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from yupana.domain.entities.rules import Match, Part


@dataclass(frozen=True, slots=True)
class EntityCard:
    """One body or group. ``ref`` is "source/source_id", as in addresses; ``duplicated_code``: another one has its code.

    ``parent_*`` are the node above it, empty at a root; ``tutelage_*`` the body that guards it, empty where none does.
    """

    id: int
    ref: str
    source: str
    source_id: str
    code: str
    name: str
    acronym: str
    level: str
    level_name: str
    kind: str
    sector: str
    territory: str
    category: str
    parent_name: str
    parent_ref: str
    tutelage_name: str
    tutelage_ref: str
    bindable: bool
    valid_from: date | None
    valid_to: date | None
    duplicated_code: bool


@dataclass(frozen=True, slots=True)
class LevelCard:
    """A level of government, in the reader's language."""

    code: str
    name: str
    rank: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many nodes the register holds: bodies that can be bound, groups, and bodies by level."""

    nodes: int
    bindable: int
    grouping: int
    by_level: Mapping[str, int]


def listing(*, q: str = "", level: str = "", territory: str = "", category: str = "") -> Rows[EntityCard]:
    """List bodies (never groups) by name."""
    found = search(q).filter(bindable=True)
    if level:
        found = found.filter(level=level)
    if territory:
        found = found.filter(territory=territory)
    if category:
        found = found.filter(category=category)
    return Rows(found, in_order)


def card(source: str, source_id: str) -> EntityCard:
    """Show one body or group; Missing where there is none."""
    found = _cards(Entity.objects.filter(source=source, source_id=source_id))
    if not found:
        raise Missing("entity-unknown", ref=f"{source}:{source_id}")
    return found[0]


def children(entity_id: int) -> tuple[EntityCard, ...]:
    """List what hangs directly below a node, by name."""
    return _cards(Entity.objects.filter(parent=entity_id).order_by("sort_key", "id"))


def breadcrumbs(entity_id: int) -> tuple[EntityCard, ...]:
    """List the ancestors of a node from the root down to its parent."""
    path = Entity.objects.filter(pk=entity_id).values_list("path", flat=True).first() or ""
    keys = [int(key) for key in path.split("/") if key and int(key) != entity_id]
    return tuple(in_order(keys))


def levels() -> tuple[LevelCard, ...]:
    """List the levels of government in their order."""
    return tuple(LevelCard(level.code, level_name(level), level.rank) for level in GovernmentLevel.objects.all())


def territories() -> tuple[str, ...]:
    """List the territories that bodies stand in."""
    standing = Entity.objects.filter(bindable=True).exclude(territory="")
    return tuple(sorted(standing.order_by().values_list("territory", flat=True).distinct()))


def categories() -> tuple[str, ...]:
    """List the categories that bodies are of; none where the register knows none."""
    told = Entity.objects.filter(bindable=True).exclude(category="")
    return tuple(sorted(told.order_by().values_list("category", flat=True).distinct(), key=sort_key))


@dataclass(frozen=True, slots=True)
class Named:
    """What the bodies and territories that some audiences name are called, to say these audiences as people do."""

    names: Mapping[Match, str]

    def whom(self, expression: str) -> str:
        """Say an audience in the reader's language; as it is written where it cannot be read."""
        try:
            return whom(parse_audience(expression), self.names)
        except Refused:
            return expression

    def part(self, part: Part, *, holds: bool) -> str:
        """Say one condition of an audience, and whether it holds."""
        return told(part, holds=holds, names=self.names)


def named_in(expressions: Iterable[str]) -> Named:
    """Find how what audiences name is called; two queries at most."""
    return Named(names_in(expressions))


def counts() -> Counts:
    """Count the register, in one query."""
    rows = list(Entity.objects.order_by().values_list("bindable", "level").annotate(Count("id")))
    bound = {level: number for bindable, level, number in rows if bindable}
    nodes = sum(number for _, _, number in rows)
    return Counts(nodes, sum(bound.values()), nodes - sum(bound.values()), bound)


def level_name(level: GovernmentLevel | None) -> str:
    """Say a level in the reader's language."""
    if level is None:
        return ""
    return level.name_en if (get_language() or "").startswith("en") else level.name_es


def in_order(keys: Sequence[int]) -> list[EntityCard]:
    """Show the bodies of these keys, in their order; what is not there is left out."""
    found = {each.id: each for each in _cards(Entity.objects.filter(pk__in=keys))}
    return [found[key] for key in keys if key in found]


def _cards(found: QuerySet[Entity]) -> tuple[EntityCard, ...]:
    twins = Entity.objects.filter(code=OuterRef("code")).exclude(pk=OuterRef("pk"))
    # A condition alone would compare all bodies without a code with each other.
    twice = Case(When(code="", then=Value(False)), default=Exists(twins))  # noqa: FBT003 - a value of SQL
    rows = found.select_related("level", "parent", "tutelage").annotate(duplicated_code=twice)
    return tuple(_card(row, duplicated_code=row.duplicated_code) for row in rows)


def _card(entity: Entity, *, duplicated_code: bool) -> EntityCard:
    return EntityCard(
        id=entity.pk,
        ref=_address(entity),
        source=entity.source,
        source_id=entity.source_id,
        code=entity.code,
        name=entity.name,
        acronym=entity.acronym,
        level=entity.level_id or "",
        level_name=level_name(entity.level),
        kind=entity.kind,
        sector=entity.sector,
        territory=entity.territory,
        category=entity.category,
        parent_name=entity.parent.name if entity.parent else "",
        parent_ref=_address(entity.parent),
        tutelage_name=entity.tutelage.name if entity.tutelage else "",
        tutelage_ref=_address(entity.tutelage),
        bindable=entity.bindable,
        valid_from=entity.valid_from,
        valid_to=entity.valid_to,
        duplicated_code=duplicated_code,
    )


def _address(entity: Entity | None) -> str:
    return f"{entity.source}/{entity.source_id}" if entity else ""
