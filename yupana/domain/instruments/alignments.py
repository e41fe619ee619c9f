"""Reading alignments: by the two items, for the actions that state them and the record that vouches for them."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import Q

from yupana.domain.instruments.facts import AlignmentKind, item_ref
from yupana.domain.instruments.models import Alignment, AlignmentEnd, Edition, Item
from yupana.domain.instruments.policy import readable_by
from yupana.foundation.kernel.actor import NOBODY
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.ledger.rebuilding import rebuilt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.ledger.queries import Content

_REF = re.compile(r"(?P<instrument>[^/#:]+)/(?P<edition>[^/#:]+)#(?P<role>[^/#:]+):(?P<code>[^/#:]+)")
_OPPOSITE = {AlignmentKind.BROADER: AlignmentKind.NARROWER, AlignmentKind.NARROWER: AlignmentKind.BROADER}


def readable() -> QuerySet[Alignment]:
    """List every alignment that was ever stated: they are public, and both items are published."""
    owners = ("item__edition__instrument", "other__edition__instrument")
    return Alignment.objects.select_related(*owners).order_by("entry")


def standing() -> QuerySet[Alignment]:
    """List those that hold."""
    return readable().filter(end__isnull=True)


def item_named(ref: str) -> Item:
    """Find a published item by INSTRUMENT/EDITION#role:code; Refused where that is no such name, else Missing."""
    told = _REF.fullmatch(ref.strip())
    if told is None:
        raise Refused("item-ref-unreadable", item=ref)
    public = readable_by(NOBODY, Edition.objects.filter(entry__isnull=False))
    found = Item.objects.filter(
        edition__in=public,
        edition__instrument__code=told["instrument"],
        edition__code=told["edition"],
        role=told["role"],
        code=told["code"],
    )
    item = found.select_related("edition__instrument").first()
    if item is None:
        raise Missing("item-unpublished", item=ref)
    return item


def between(one: Item, two: Item) -> QuerySet[Alignment]:
    """List what holds between two items, in whichever editions and whichever way it was stated."""
    there = Q(item__lineage=one.lineage, other__lineage=two.lineage)
    back = Q(item__lineage=two.lineage, other__lineage=one.lineage)
    return standing().filter(there | back)


def opposite(kind: AlignmentKind) -> AlignmentKind | None:
    """Tell what the other item is to the first; None where that has no name of its own."""
    return _OPPOSITE.get(kind)


def kind_from(held: Alignment, item: Item) -> AlignmentKind | None:
    """Tell what an item is to the other of an alignment; None where it is the one contributed to."""
    kind = AlignmentKind(held.kind)
    return kind if held.item.lineage == item.lineage else opposite(kind)


def ref_of(item: Item) -> str:
    """Name an item for ever; one query more for each that is not loaded."""
    return item_ref(f"{item.edition.instrument.code}/{item.edition.code}", item.role, item.code)


def codes(held: Alignment) -> dict[str, str | int]:
    """Say what an alignment is about, as the record names it for ever."""
    return {"item": ref_of(held.item), "other": ref_of(held.other), "kind": held.kind}


def content(held: Alignment) -> dict[str, Plain]:
    """Say what stands behind alignment.stated; the lineages tell which other editions share it."""
    lineages = {"item_lineage": str(held.item.lineage), "other_lineage": str(held.other.lineage)}
    return {**codes(held), **lineages}


def end_content(held: Alignment, reason: str) -> dict[str, Plain]:
    """Say what stands behind alignment.ended."""
    return {**content(held), "reason": reason}


def sealed_contents() -> Iterator[Content]:
    """Rebuild from the tables what stands behind every alignment and every end of one."""
    owners = ("alignment__item__edition__instrument", "alignment__other__edition__instrument")
    ends = AlignmentEnd.objects.select_related(*owners)
    return chain(
        rebuilt(readable().order_by(), content),
        rebuilt(ends, lambda end: end_content(end.alignment, end.reason)),
    )
