"""What anybody may know of alignments: each holds for every edition in which its two items stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from yupana.domain.instruments.facts import AlignmentKind
from yupana.domain.instruments.models import Alignment, Item
from yupana.domain.instruments.public.editions import EditionCard, Node, card_of, node_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_OPPOSITES: dict[AlignmentKind | None, AlignmentKind | None] = {
    None: AlignmentKind.CONTRIBUTES,
    AlignmentKind.CONTRIBUTES: None,
    AlignmentKind.BROADER: AlignmentKind.NARROWER,
    AlignmentKind.NARROWER: AlignmentKind.BROADER,
}


@dataclass(frozen=True, slots=True)
class Place:
    """An item of another instrument, in the last published edition in which it stands."""

    edition: EditionCard
    node: Node


@dataclass(frozen=True, slots=True)
class Link:
    """What an item, by its ``lineage``, is to another; ``kind`` None: the other contributes to it."""

    lineage: str
    kind: AlignmentKind | None
    place: Place


def links(lineages: Collection[str]) -> tuple[Link, ...]:
    """List what these items are to items of other instruments, and what those are to them, as it was stated."""
    ours = set(lineages)
    told = list(_told(ours))
    places = _places({there for _, _, there in told})
    return tuple(Link(here, kind, places[there]) for here, kind, there in told)


def opposite(kind: AlignmentKind | None) -> AlignmentKind | None:
    """Tell what the other item is to the first; None is: it is contributed to."""
    return _OPPOSITES[kind]


def _told(ours: set[str]) -> list[tuple[str, AlignmentKind | None, str]]:
    stated = Alignment.objects.filter(Q(item__lineage__in=ours) | Q(other__lineage__in=ours), end__isnull=True)
    found: list[tuple[str, AlignmentKind | None, str]] = []
    rows = stated.order_by("entry").values_list("item__lineage", "kind", "other__lineage")
    for item, word, other in rows:
        kind = AlignmentKind(word)
        if str(item) in ours:
            found.append((str(item), kind, str(other)))
        if str(other) in ours:
            found.append((str(other), opposite(kind), str(item)))
    return found


def _places(lineages: Collection[str]) -> Mapping[str, Place]:
    """Find items by lineage in the last published edition that has them."""
    held = Item.objects.filter(lineage__in=lineages, edition__entry__isnull=False)
    rows = held.select_related("edition__instrument").order_by("edition__entry")
    return {str(each.lineage): Place(card_of(each.edition), node_of(each)) for each in rows}
