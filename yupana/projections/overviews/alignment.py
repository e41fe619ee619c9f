"""How two instruments meet: what each item of one is to items of the other, and what is left alone on either side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.instruments import public as instruments
from yupana.foundation.kernel.share import Share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from yupana.domain.instruments.facts import AlignmentKind
    from yupana.domain.instruments.public import EditionCard, Link, Node


@dataclass(frozen=True, slots=True)
class Pair:
    """What an item of one edition is to an item of the other; ``kind`` None: the other contributes to it."""

    item: Node
    kind: AlignmentKind | None
    other: Node


@dataclass(frozen=True, slots=True)
class Row:
    """An item that should meet the other instrument, and what it meets there; ``met`` counts items below it too."""

    node: Node
    pairs: tuple[Pair, ...]
    met: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """A branch of the root with what it holds: how many of its items meet the other instrument, of how many."""

    node: Node
    rows: tuple[Row, ...]
    own: tuple[Pair, ...]

    @property
    def share(self) -> Share:
        """Items that are met, of all that should be."""
        return Share(sum(row.met for row in self.rows), len(self.rows))


@dataclass(frozen=True, slots=True)
class Side:
    """One instrument as the other meets it."""

    edition: EditionCard
    axes: tuple[Axis, ...]

    @property
    def share(self) -> Share:
        """Items that are met, of all that should be."""
        return sum((axis.share for axis in self.axes), Share())

    @property
    def gaps(self) -> tuple[Node, ...]:
        """Items that nothing of the other instrument meets."""
        return tuple(row.node for axis in self.axes for row in axis.rows if not row.met)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Two editions, each as the other meets it, and every pair as seen from the first."""

    here: Side
    there: Side
    pairs: tuple[Pair, ...]


def matrix(here: EditionCard, there: EditionCard) -> Matrix:
    """Lay two editions beside each other.

    Looked at are the items that bind, or the last ones of each branch where an edition binds nobody; one is met where
    it, or an item below it, is aligned with any item of the other edition.
    """
    one, two = instruments.tree(here.id), instruments.tree(there.id)
    ours, theirs = _by_lineage(one), _by_lineage(two)
    links = instruments.links(ours)
    pairs = tuple(
        Pair(ours[link.lineage], link.kind, theirs[link.place.node.lineage])
        for link in links
        if link.place.node.lineage in theirs
    )
    back = tuple(Pair(pair.other, instruments.opposite(pair.kind), pair.item) for pair in pairs)
    return Matrix(_side(here, one, pairs), _side(there, two, back), pairs)


def partners(edition: EditionCard) -> tuple[tuple[EditionCard, int], ...]:
    """List the editions that an edition is aligned with, the most aligned first, with how many links there are."""
    found: dict[int, list[EditionCard]] = {}
    for link in instruments.links(_by_lineage(instruments.tree(edition.id))):
        found.setdefault(link.place.edition.id, []).append(link.place.edition)
    counted = ((cards[0], len(cards)) for cards in found.values())
    return tuple(sorted(counted, key=lambda each: (-each[1], each[0].ref)))


def links_of(node: Node) -> tuple[Link, ...]:
    """List what one item is to items of other instruments."""
    return instruments.links({node.lineage})


def expected(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Choose the items that should meet another instrument: those that bind, else the last ones of each branch."""
    every = list(_all(nodes))
    return tuple(node for node in every if node.binds) or tuple(node for node in every if not node.children)


def _side(edition: EditionCard, tree: Sequence[Node], pairs: Iterable[Pair]) -> Side:
    told: dict[int, list[Pair]] = {}
    for pair in pairs:
        told.setdefault(pair.item.id, []).append(pair)
    wanted = {node.id for node in expected(tree)}
    return Side(edition, tuple(_axis(node, wanted, told) for node in tree))


def _axis(root: Node, wanted: set[int], told: Mapping[int, Sequence[Pair]]) -> Axis:
    rows = tuple(
        Row(node, tuple(told.get(node.id, ())), any(below.id in told for below in _all([node])))
        for node in _all([root])
        if node.id in wanted
    )
    rest = (node for node in _all([root]) if node.id not in wanted)
    return Axis(root, rows, tuple(pair for node in rest for pair in told.get(node.id, ())))


def _by_lineage(nodes: Iterable[Node]) -> dict[str, Node]:
    return {node.lineage: node for node in _all(nodes)}


def _all(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)
