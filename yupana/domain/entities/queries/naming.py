"""Which body a code, a ref or an id names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from yupana.domain.entities.models import Entity
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.kernel.text import sort_key, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_SORT_KEY = 320  # signs of a sort key, as its column holds them


def named(ref: str) -> Entity:
    """Find the one body or group that a code, "source:source_id" or "#source_id" names.

    Missing where there is none; Refused with ``candidates`` (ref and name of each) where there are several.
    """
    return only(ref, found_by([ref]).get(squeeze(ref), []))


def found_by(refs: Iterable[str]) -> dict[str, list[Entity]]:
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


def called(refs: Iterable[str]) -> dict[str, list[Entity]]:
    """Find every body that each text names: as `found_by` does, else by its whole name or its acronym."""
    found = found_by(refs)
    keys = {ref: sort_key(ref)[:MOST_SORT_KEY] for ref, bodies in found.items() if ref and not bodies}
    for start in range(0, len(keys), 500):
        batch = dict(list(keys.items())[start : start + 500])
        rows = Entity.objects.filter(Q(sort_key__in=batch.values()) | Q(acronym__in=batch), bindable=True)
        for entity in rows.order_by("sort_key", "id"):
            for ref, key in batch.items():
                if key == entity.sort_key or ref == entity.acronym:
                    found[ref].append(entity)
    return found


def territory_names() -> dict[str, str]:
    """Name each territory by the group that has it as its acronym, else as its code, else stands in it.

    Where there are several it is the nearest to the root.
    """
    groups = Entity.objects.filter(bindable=False).order_by("-path").values("territory", "code", "acronym", "name")
    rows = list(groups)
    return {row[field]: row["name"] for field in ("territory", "code", "acronym") for row in rows if row[field]}


def only(ref: str, candidates: list[Entity]) -> Entity:
    """Return the one of the bodies that a ref names; Missing without any, Refused where there are several."""
    if not candidates:
        raise Missing("entity-unknown", ref=ref)
    if len(candidates) > 1:
        raise Refused("code-ambiguous", code=ref, candidates=[(each.ref, each.name) for each in candidates])
    return candidates[0]
