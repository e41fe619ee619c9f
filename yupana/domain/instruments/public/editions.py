"""Published editions and their items, as anybody may know them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models.functions import Length

from yupana.domain.instruments.facts import EditionState, ItemRole, Target, Transition
from yupana.domain.instruments.models import Document, Edition, Item
from yupana.domain.instruments.policy import readable_by
from yupana.foundation.kernel.actor import NOBODY
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger.rules import read_leaf

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
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
    """An item with those below it. ``weight`` is a share of 10^9; ``ancestors`` run from the root, without children.

    ``lineage`` is the same in every edition in which it remains the same item; ``length`` counts the characters of
    what explains it (see `told`).
    """

    id: int
    role: ItemRole
    code: str
    text: str
    weight: int
    binds: bool
    children: tuple[Node, ...] = ()
    ancestors: tuple[Node, ...] = ()
    lineage: str = ""
    length: int = 0

    @property
    def key(self) -> str:
        """How the item is named inside its edition: "role:code"."""
        return f"{self.role}:{self.code}"


@dataclass(frozen=True, slots=True)
class Told:
    """What an item says beyond its statement; facts.ItemRow says how each is to be read.

    ``origins`` are pairs of what happened ("split", "merge") and the lineage that it came from.
    """

    body: str
    legal_basis: str
    due_on: date | None
    audience: str
    stake: int | None
    transition: Transition
    target: Target | None
    origins: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """Where a publication stands in the public record (None: not sealed yet), and the digest of its content in hex."""

    position: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class Paper:
    """An original that an edition was published with, by its hex SHA-256."""

    name: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Stand:
    """An item as one edition has it; ``above`` is the key of the item above it, "" at the root."""

    edition: EditionCard
    node: Node
    told: Told
    above: str


def editions() -> tuple[EditionCard, ...]:
    """List every edition that was ever published, the newest first; ``state`` tells which is in force."""
    return tuple(card_of(each) for each in _published().order_by("-published_on", "-entry"))


def edition(instrument: str, code: str) -> EditionCard:
    """Find one published edition; Missing for a draft and for what is not there."""
    found = _published().filter(instrument__code=instrument, code=code).first()
    if found is None:
        raise Missing("edition-unknown", edition=f"{instrument}/{code}")
    return card_of(found)


def in_force(instrument: str) -> EditionCard:
    """Find the edition of an instrument that was published last; Missing if none ever was."""
    found = _published().filter(instrument__code=instrument).order_by("-entry").first()
    if found is None:
        raise Missing("edition-unknown", edition=instrument)
    return card_of(found)


def seal(edition_id: int) -> Seal:
    """Tell where a published edition stands in the record."""
    entry = _published().select_related("entry").get(pk=edition_id).entry
    if entry is None:
        msg = "a published edition has its entry"
        raise ValueError(msg)
    return Seal(entry.position, read_leaf(bytes(entry.leaf)).content)


def papers(edition_id: int) -> tuple[Paper, ...]:
    """List the originals that an edition was published with."""
    found = Document.objects.filter(edition__in=_published().filter(pk=edition_id))
    return tuple(Paper(each.name, each.digest, each.size) for each in found)


def told(edition_id: int, items: Collection[int]) -> Mapping[int, Told]:
    """Read what these items of a published edition say beyond their statements, by id."""
    found = Item.objects.filter(pk__in=items, edition__in=readable_by(NOBODY, Edition.objects.filter(pk=edition_id)))
    return {each.pk: _told(each) for each in found}


def stands(instrument: str, lineages: Collection[str]) -> tuple[Stand, ...]:
    """Find items in every published edition of an instrument by their lineage, the oldest edition first."""
    found = Item.objects.filter(edition__in=_published().filter(instrument__code=instrument), lineage__in=lineages)
    rows = (
        found.select_related("edition__instrument", "parent").defer("edition__more").order_by("edition__entry", "order")
    )
    return tuple(_stand(each) for each in rows)


def heirs(instrument: str, lineage: str) -> tuple[Stand, ...]:
    """Find the items of published editions that were split from an item, or that it was merged into."""
    found = Item.objects.filter(edition__in=_published().filter(instrument__code=instrument)).exclude(origins=[])
    rows = (
        found.select_related("edition__instrument", "parent").defer("edition__more").order_by("edition__entry", "order")
    )
    return tuple(_stand(each) for each in rows if lineage in {origin for _, origin in each.origins})


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
    return tuple(replace(node_of(each), children=_nodes(below, each.pk)) for each in below.get(parent, ()))


def node_of(each: Item) -> Node:
    """Read an item as a node without those above and below it."""
    return Node(
        each.pk, ItemRole(each.role), each.code, each.text, each.weight, each.binds,
        lineage=str(each.lineage), length=getattr(each, "length", 0),
    )  # fmt: skip


def _stand(each: Item) -> Stand:
    above = f"{each.parent.role}:{each.parent.code}" if each.parent else ""
    return Stand(card_of(each.edition), node_of(each), _told(each), above)


def _told(each: Item) -> Told:
    return Told(
        body=each.body,
        legal_basis=each.legal_basis,
        due_on=each.due_on,
        audience=each.audience,
        stake=each.stake,
        transition=Transition(each.transition),
        target=None if each.target is None else Target.read(each.target),
        origins=tuple((kind, lineage) for kind, lineage in each.origins),
    )


def _published() -> QuerySet[Edition]:
    return Edition.objects.filter(entry__isnull=False).select_related("instrument")


def _items(edition_id: int) -> Sequence[Item]:
    """Read items without what can be long, but with how long it is."""
    found = Item.objects.filter(edition__in=readable_by(NOBODY, Edition.objects.filter(pk=edition_id)))
    lengths = found.annotate(length=Length("body") + Length("legal_basis"))
    return list(lengths.defer("body", "legal_basis", "more", "target", "origins", "source_ref"))


def card_of(each: Edition) -> EditionCard:
    """Read a published edition, its instrument loaded, as what is public of it."""
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
