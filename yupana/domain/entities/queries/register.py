"""Reading the register itself: bodies found by words, as rows, and what stands behind their entries."""

from __future__ import annotations

from collections import Counter
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Max, OuterRef, Q, Subquery

from yupana.domain.entities.facts import EntityRow, registration_content, succession_content
from yupana.domain.entities.models import Entity, Registration, Succession
from yupana.domain.entities.queries.naming import MOST_SORT_KEY, found_by
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.kernel.text import sort_key, squeeze, words_of
from yupana.foundation.ledger.rebuilding import expect, rebuilt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations

    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content

MOST_ALIKE = 12  # bodies among which somebody can choose
MOST_KEY = 2**63  # what a database can look for


class _Last(TypedDict):
    """What is annotated to a registration: the last version of its body."""

    last: int


def search(text: str) -> QuerySet[Entity]:
    """Select bodies and groups whose name, acronym or code holds every word; accents and case do not matter."""
    wanted = (Q(search_key__contains=word) for word in words_of(text))
    return Entity.objects.filter(reduce(and_, wanted, Q())).order_by("sort_key", "id")


def alike(text: str) -> list[Entity]:
    """Find the bodies that somebody may mean by a text, no more than one over MOST_ALIKE.

    A code or ref stands for itself; then an acronym or a whole name; then every body whose name, acronym or code
    holds all its words.
    """
    wanted = squeeze(text)
    exact = found_by([wanted])[wanted]
    if exact or not words_of(wanted):
        return exact
    bodies = Entity.objects.filter(bindable=True)
    called = Q(acronym__iexact=wanted) | Q(sort_key=sort_key(wanted)[:MOST_SORT_KEY])
    found = list(bodies.filter(called).order_by("sort_key", "id")[: MOST_ALIKE + 1])
    return found or list(search(wanted).filter(bindable=True)[: MOST_ALIKE + 1])


def bindable(pk: int) -> Entity:
    """Find a body that can act, by its key; Missing where there is none, or it only groups others."""
    found = Entity.objects.filter(pk=pk, bindable=True).first() if 0 < pk < MOST_KEY else None
    if found is None:
        raise Missing("entity-unknown", ref=pk)
    return found


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
        category=entity.category,
        bindable=entity.bindable,
        valid_from=entity.valid_from,
        valid_to=entity.valid_to,
    )
