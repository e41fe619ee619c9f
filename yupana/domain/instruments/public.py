"""What anybody may know of published instruments: the portal reads this and nothing else of this room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import EditionState, ItemRole
from yupana.domain.instruments.models import Edition, Item
from yupana.domain.instruments.policy import readable_by
from yupana.foundation.kernel.actor import NOBODY
from yupana.foundation.kernel.errors import Missing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class EditionCard:
    """A published edition. ``title`` is the edition's own; ``ref`` is how people name it, CODE/EDITION."""

    id: int
    instrument: str
    code: str
    ref: str
    title: str
    instrument_title: str
    kind: str
    state: EditionState
    published_on: date
    act: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class Node:
    """An item with those below it. ``weight`` is a share of 10^9; ``ancestors`` run from the root, without children."""

    id: int
    role: ItemRole
    code: str
    text: str
    weight: int
    binds: bool
    children: tuple[Node, ...] = ()
    ancestors: tuple[Node, ...] = ()

    @property
    def key(self) -> str:
        """How the item is named inside its edition: "role:code"."""
        return f"{self.role}:{self.code}"


def editions() -> tuple[EditionCard, ...]:
    """List every edition that was ever published, the newest first; ``state`` tells which is in force."""
    return tuple(_card(each) for each in _published().order_by("-published_on", "-entry"))


def edition(instrument: str, code: str) -> EditionCard:
    """Find one published edition; Missing for a draft and for what is not there."""
    found = _published().filter(instrument__code=instrument, code=code).first()
    if found is None:
        raise Missing("edition-unknown", edition=f"{instrument}/{code}")
    return _card(found)


def tree(edition_id: int) -> tuple[Node, ...]:
    """Read the items of a published edition as a tree, in reading order; nothing of a draft."""
    below: dict[int | None, list[Item]] = {}
    for each in _items(edition_id):
        below.setdefault(each.parent_id, []).append(each)
    return _nodes(below, None)


def item(edition_id: int, role: str, code: str) -> Node:
    """Find one item of a published edition, with those above and below it; Missing if there is none."""
    waiting = list(tree(edition_id))
    while waiting:
        node = waiting.pop()
        if (node.role, node.code) == (role, code):
            return node
        path = (*node.ancestors, replace(node, children=(), ancestors=()))
        waiting += [replace(child, ancestors=path) for child in node.children]
    raise Missing("item-unknown", item=f"{role}:{code}")


def _nodes(below: dict[int | None, list[Item]], parent: int | None) -> tuple[Node, ...]:
    return tuple(
        Node(each.pk, ItemRole(each.role), each.code, each.text, each.weight, each.binds, _nodes(below, each.pk))
        for each in below.get(parent, ())
    )


def _published() -> QuerySet[Edition]:
    return Edition.objects.filter(entry__isnull=False).select_related("instrument")


def _items(edition_id: int) -> Sequence[Item]:
    return list(Item.objects.filter(edition__in=readable_by(NOBODY, Edition.objects.filter(pk=edition_id))))


def _card(each: Edition) -> EditionCard:
    if each.published_on is None:
        msg = "a published edition has the day of its act"
        raise ValueError(msg)
    owner = each.instrument
    return EditionCard(
        id=each.pk,
        instrument=owner.code,
        code=each.code,
        ref=f"{owner.code}/{each.code}",
        title=each.title,
        instrument_title=owner.title,
        kind=owner.kind,
        state=EditionState(each.state),
        published_on=each.published_on,
        act=each.act,
        legal_basis=each.legal_basis,
    )
