"""Reading the register. It is public: whoever asks may read it whole."""

from __future__ import annotations

from collections import Counter
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Max, OuterRef, Q, Subquery

from yupana.domain.entities.facts import EntityRow, registration_content, succession_content
from yupana.domain.entities.models import Entity, GovernmentLevel, Registration, Succession
from yupana.domain.entities.rules import (
    All,
    And,
    Audience,
    Match,
    Not,
    level_code,
    matches_of,
    parse_audience,
    spoken_levels,
)
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.kernel.text import fold, squeeze
from yupana.foundation.ledger.rebuilding import expect, rebuilt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations

    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content


class _Last(TypedDict):
    """What is annotated to a registration: the last version of its body."""

    last: int


_NAMING = ("under", "code", "id")  # matches whose value names one body


def named(ref: str) -> Entity:
    """Find the one body or group that a code, "source:source_id" or "#source_id" names.

    Missing where there is none; Refused with ``candidates`` (ref and name of each) where there are several.
    """
    return _only(ref, _found([ref]).get(squeeze(ref), []))


def audience(expression: str, *, on: date) -> QuerySet[Entity]:
    """Select the bodies that can be bound, exist on that day, and are in the audience.

    Refused where the expression cannot be read or names a level, kind, territory or body that is not there.
    """
    tree = parse_audience(expression)
    return valid(on).filter(_condition(tree, _Resolved(list(matches_of(tree)))))


def valid(on: date) -> QuerySet[Entity]:
    """Select the bodies that can be bound and exist on a day."""
    return Entity.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        bindable=True,
    )


def search(text: str) -> QuerySet[Entity]:
    """Select bodies and groups whose name, acronym or code holds every word; accents and case do not matter."""
    words = fold(text).split()
    return Entity.objects.filter(reduce(and_, (Q(search_key__contains=word) for word in words), Q())).order_by(
        "sort_key", "id"
    )


def row_of(entity: Entity) -> EntityRow:
    """Say a stored body as a row of its register; two queries unless parent and tutelage are loaded."""
    return _row(
        entity,
        entity.parent.source_id if entity.parent else "",
        entity.tutelage.source_id if entity.tutelage else "",
    )


def rows_of(entities: Iterable[Entity]) -> dict[str, EntityRow]:
    """Say all bodies of one source as rows, by their id there, without a query."""
    entities = list(entities)
    ids = {entity.pk: entity.source_id for entity in entities}
    return {
        entity.source_id: _row(entity, ids.get(entity.parent_id or 0, ""), ids.get(entity.tutelage_id or 0, ""))
        for entity in entities
    }


def sealed_contents() -> Iterator[Content]:
    """Rebuild what stands behind every entry of this room.

    The last registration of a body must also be what the body's own row says; where they differ neither is believed.
    """
    last = Registration.objects.filter(entity=OuterRef("entity")).values("entity").annotate(last=Max("version"))
    registrations = Registration.objects.annotate(last=Subquery(last.values("last"))).select_related(
        "entity", "entity__parent", "entity__tutelage"
    )
    versions: Counter[int] = Counter()

    def registered(each: WithAnnotations[Registration, _Last]) -> Plain:
        versions[each.entity_id] += 1
        expect(found=each.version, due=versions[each.entity_id])
        return _registered(each)

    yield from rebuilt(registrations, registered)
    yield from rebuilt(Succession.objects.select_related("predecessor", "successor"), _succeeded)


def _registered(registration: WithAnnotations[Registration, _Last]) -> Plain:
    if registration.version == registration.last:
        entity = registration.entity
        expect(found=registration_content(entity.source, row_of(entity)), due=registration.content)
        expect(
            found=(entity.parent is None, entity.tutelage is None), due=(not entity.parent_id, not entity.tutelage_id)
        )
        above = entity.parent.path if entity.parent else "/"
        expect(found=entity.path, due=f"{above}{entity.pk}/")
    content: Plain = registration.content
    return content


def _succeeded(succession: Succession) -> Plain:
    return succession_content(succession.predecessor.ref, succession.successor.ref, succession.on, succession.act)


def _row(entity: Entity, parent_id: str, tutelage_id: str) -> EntityRow:
    return EntityRow(
        where=entity.ref,
        source_id=entity.source_id,
        code=entity.code,
        name=entity.name,
        acronym=entity.acronym,
        parent_id=parent_id,
        tutelage_id=tutelage_id,
        level=entity.level_id or "",
        kind=entity.kind,
        sector=entity.sector,
        territory=entity.territory,
        bindable=entity.bindable,
        valid_from=entity.valid_from,
        valid_to=entity.valid_to,
    )


def _found(refs: Iterable[str]) -> dict[str, list[Entity]]:
    """Find every body that each ref names, in one query per 500 refs."""
    wanted = sorted({squeeze(ref) for ref in refs})
    found: dict[str, list[Entity]] = {ref: [] for ref in wanted}
    for start in range(0, len(wanted), 500):
        batch = wanted[start : start + 500]
        ids = [ref.removeprefix("#") if ref.startswith("#") else ref.partition(":")[2] for ref in batch]
        rows = Entity.objects.filter(Q(code__in=batch) | Q(source_id__in=[each for each in ids if each]))
        for entity in rows.order_by("sort_key", "id"):
            for ref in {entity.code, entity.ref, f"#{entity.source_id}"} & set(batch):
                found[ref].append(entity)
    return found


def _only(ref: str, candidates: list[Entity]) -> Entity:
    if not candidates:
        raise Missing("entity-unknown", ref=ref)
    if len(candidates) > 1:
        raise Refused("code-ambiguous", code=ref, candidates=[(each.ref, each.name) for each in candidates])
    return candidates[0]


def _ref_of(match: Match) -> str:
    """Say a match that names a body as a ref: a bare id is one of any source."""
    return f"#{match.value}" if match.field == "id" and ":" not in match.value else match.value


class _Resolved:
    """What each match of an audience stands for: the key of one body, or a condition. A handful of queries for all."""

    def __init__(self, matches: list[Match]) -> None:
        naming = [match for match in matches if match.field in _NAMING]
        found = _found(_ref_of(match) for match in naming) if naming else {}
        bodies = {match: _only(match.value, found[squeeze(_ref_of(match))]) for match in naming}
        self.keys = {match: body.pk for match, body in bodies.items() if match.field != "under"}
        self.conditions = {match: Q(pk=key) for match, key in self.keys.items()}
        for match in dict.fromkeys(matches):
            if match.field == "under":
                self.conditions[match] = Q(path__startswith=bodies[match].path)
            elif match not in self.conditions:
                self.conditions[match] = _grouping(match)


def _grouping(match: Match) -> Q:
    """Condition of a level, kind or territory, compared without regard to case and accents; it must exist."""
    if match.field == "level":
        code = level_code(match.value) or match.value
        if not GovernmentLevel.objects.filter(code=code).exists():
            raise Refused("audience-level-unknown", level=match.value, known=spoken_levels())
        return Q(level=code)
    # order_by() keeps any default order out of DISTINCT.
    standing = Entity.objects.order_by().values_list(match.field, flat=True).distinct()
    alike = [value for value in standing if value and fold(value) == fold(match.value)]
    if not alike:
        raise Refused(f"{match.field}-unknown", value=match.value)
    return Q(**{f"{match.field}__in": alike})


def _condition(tree: Audience, resolved: _Resolved) -> Q:
    if isinstance(tree, All):
        return Q(pk__gt=0)
    if isinstance(tree, Match):
        return resolved.conditions[tree]
    if isinstance(tree, Not):
        return ~_condition(tree.inner, resolved)
    if isinstance(tree, And):
        return reduce(and_, (_condition(part, resolved) for part in tree.parts))
    # Bodies named one by one become one list, which databases like better than a thousand branches.
    keys = [resolved.keys[part] for part in tree.parts if isinstance(part, Match) and part in resolved.keys]
    rest = [part for part in tree.parts if not (isinstance(part, Match) and part in resolved.keys)]
    others = [_condition(part, resolved) for part in rest]
    return reduce(or_, [*others, *([Q(pk__in=keys)] if keys else [])])
