"""Who is in an audience: the bodies of one, those of many at once, and why one body is in it or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Case, Q, Value, When

from yupana.domain.entities.models import Entity, GovernmentLevel
from yupana.domain.entities.queries.naming import found_by, only, territory_names
from yupana.domain.entities.rules import (
    All,
    And,
    Audience,
    Match,
    Not,
    Part,
    holds,
    level_code,
    matches_of,
    parse_audience,
    parts_of,
    spoken_levels,
)
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

_NAMING = ("under", "code", "id")  # matches whose value names one body


@dataclass(frozen=True, slots=True)
class Explained:
    """Whether one body is in an audience: ``parts`` are its conditions, each with whether it is fulfilled.

    ``fault`` says why the audience reaches nobody: it cannot be read, or names what is not in the register.
    """

    audience: str
    holds: bool
    parts: tuple[tuple[Part, bool], ...] = ()
    fault: Refused | None = None


def audience(expression: str, *, on: date) -> QuerySet[Entity]:
    """Select the bodies that can be bound, exist on that day, and are in the audience.

    Refused where the expression cannot be read or names a level, kind, territory or body that is not there.
    """
    tree = parse_audience(expression)
    return valid(on).filter(_condition(tree, _Resolved(matches_of(tree))))


def reached(expressions: Iterable[str], *, on: date) -> dict[str, frozenset[int] | Refused]:
    """Find the keys of the bodies in each of many audiences, or why nobody can be; a query for each and a few more."""
    trees = {expression: _read(expression) for expression in dict.fromkeys(expressions)}
    resolved = _Resolved(_matches(trees.values()))
    return {expression: _keys(tree, resolved, on) for expression, tree in trees.items()}


def explained(expressions: Iterable[str], *, body: int) -> dict[str, Explained]:
    """Say why one body is in each of many audiences or not; one query for all conditions and a few to read them."""
    trees = {expression: _read(expression) for expression in dict.fromkeys(expressions)}
    matches = _matches(trees.values())
    resolved = _Resolved(matches)
    held = _held(body, matches, resolved)
    return {expression: _explained(expression, tree, held, resolved) for expression, tree in trees.items()}


def valid(on: date) -> QuerySet[Entity]:
    """Select the bodies that can be bound and exist on a day."""
    return Entity.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        bindable=True,
    )


def names_in(expressions: Iterable[str]) -> dict[Match, str]:
    """Say how what audiences name is called, one body or one territory alone; two queries at most."""
    matches = _matches(_read(expression) for expression in dict.fromkeys(expressions))
    naming = {match: squeeze(_ref_of(match)) for match in matches if match.field in _NAMING}
    found = found_by(naming.values()) if naming else {}
    bodies = {match: found[ref][0].name for match, ref in naming.items() if len(found[ref]) == 1}
    places = {match: fold(match.value) for match in matches if match.field == "territory"}
    names = {fold(code): name for code, name in territory_names().items()} if places else {}
    return bodies | {match: names[code] for match, code in places.items() if code in names}


def _read(expression: str) -> Audience | Refused:
    try:
        return parse_audience(expression)
    except Refused as refused:
        return refused


def _matches(trees: Iterable[Audience | Refused]) -> list[Match]:
    return list(dict.fromkeys(each for tree in trees if not isinstance(tree, Refused) for each in matches_of(tree)))


def _keys(tree: Audience | Refused, resolved: _Resolved, on: date) -> frozenset[int] | Refused:
    if isinstance(tree, Refused):
        return tree
    try:
        found = valid(on).filter(_condition(tree, resolved))
    except Refused as refused:
        return refused
    return frozenset(found.order_by().values_list("pk", flat=True))


def _held(body: int, matches: list[Match], resolved: _Resolved) -> dict[Match, bool]:
    """Ask of one body which matches hold, by the very conditions that find them all."""
    asked: dict[str, Match] = {}
    conditions: dict[str, Case] = {}
    for at, match in enumerate(matches):
        if resolved.fault(match) is None:
            asked[f"holds_{at}"] = match
            condition = resolved.condition(match)
            conditions[f"holds_{at}"] = Case(
                When(condition, then=Value(1)), default=Value(0), output_field=BooleanField()
            )
    row = Entity.objects.filter(pk=body).annotate(**conditions).values(*conditions).first() if conditions else None
    return {match: bool(row and row[name]) for name, match in asked.items()}


def _explained(expression: str, tree: Audience | Refused, held: Mapping[Match, bool], resolved: _Resolved) -> Explained:
    if isinstance(tree, Refused):
        return Explained(expression, holds=False, fault=tree)
    fault = next((found for match in matches_of(tree) if (found := resolved.fault(match))), None)
    if fault:
        return Explained(expression, holds=False, fault=fault)
    parts = tuple((part, held[part.match] != part.negated) for part in parts_of(tree))
    return Explained(expression, holds(tree, held), parts)


def _ref_of(match: Match) -> str:
    """Say a match that names a body as a ref: a bare id is one of any source."""
    return f"#{match.value}" if match.field == "id" and ":" not in match.value else match.value


class _Resolved:
    """What each match of some audiences stands for: the key of one body, or a condition. A handful of queries for all.

    What a match names and the register does not hold is refused when it is asked for, so that others can be read.
    """

    def __init__(self, matches: Iterable[Match]) -> None:
        naming = {match: squeeze(_ref_of(match)) for match in matches if match.field in _NAMING}
        self._found = found_by(naming.values()) if naming else {}
        self._known: dict[Match, Q | Refused] = {}
        self._values: dict[str, list[str]] = {}

    def condition(self, match: Match) -> Q:
        """Say a match as a condition; Refused where it names what is not there, or not one body alone."""
        told = self._known.get(match)
        if told is None:
            told = self._known[match] = self._tried(match)
        if isinstance(told, Refused):
            raise told
        return told

    def fault(self, match: Match) -> Refused | None:
        """Say why a match cannot be resolved, None where it can."""
        try:
            self.condition(match)
        except Refused as refused:
            return refused
        return None

    def key(self, match: Match) -> int | None:
        """Say which body a match names by itself alone."""
        return self._body(match).pk if match.field in ("code", "id") else None

    def _tried(self, match: Match) -> Q | Refused:
        try:
            if match.field not in _NAMING:
                return self._grouping(match)
            body = self._body(match)
        except Refused as refused:
            return refused
        return Q(path__startswith=body.path) if match.field == "under" else Q(pk=body.pk)

    def _body(self, match: Match) -> Entity:
        return only(match.value, self._found[squeeze(_ref_of(match))])

    def _grouping(self, match: Match) -> Q:
        """Condition of a level, kind, territory or category; it must exist, and case and accents do not matter."""
        if match.field == "level":
            code = level_code(match.value) or match.value
            if code not in self._standing("level"):
                raise Refused("audience-level-unknown", level=match.value, known=spoken_levels())
            return Q(level=code)
        alike = [value for value in self._standing(match.field) if value and fold(value) == fold(match.value)]
        if not alike:
            raise Refused(f"{match.field}-unknown", value=match.value)
        return Q(**{f"{match.field}__in": alike})

    def _standing(self, field: str) -> list[str]:
        """Say which values of a field there are, asked once for all matches."""
        if field not in self._values:
            # order_by() keeps any default order out of DISTINCT.
            rows = GovernmentLevel.objects.order_by() if field == "level" else Entity.objects.order_by()
            self._values[field] = list(rows.values_list("code" if field == "level" else field, flat=True).distinct())
        return self._values[field]


def _condition(tree: Audience, resolved: _Resolved) -> Q:
    if isinstance(tree, All):
        return Q(pk__gt=0)
    if isinstance(tree, Match):
        return resolved.condition(tree)
    if isinstance(tree, Not):
        return ~_condition(tree.inner, resolved)
    if isinstance(tree, And):
        return reduce(and_, (_condition(part, resolved) for part in tree.parts))
    # Bodies named one by one become one list, which databases like better than a thousand branches.
    keys: dict[Audience, int | None] = {part: resolved.key(part) for part in tree.parts if isinstance(part, Match)}
    named = [key for key in keys.values() if key is not None]
    others = [_condition(part, resolved) for part in tree.parts if keys.get(part) is None]
    return reduce(or_, [*others, *([Q(pk__in=named)] if named else [])])
