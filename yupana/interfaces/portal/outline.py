"""The outline of a plan, no longer than a reader takes in: floors of its tree, or the pages of its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.foundation.kernel.share import Share
from yupana.interfaces.portal import layout
from yupana.interfaces.words import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from yupana.domain.instruments.public import Node
    from yupana.interfaces.portal.layout import Piece
    from yupana.projections.overviews.figure import Figure


@dataclass(frozen=True, slots=True)
class Branch:
    """A node as the plan is read: with its share and what lies below; ``hidden`` counts what is left out."""

    node: Node
    role: str
    share: Share
    children: tuple[Branch, ...]
    hidden: int
    figure: Figure | None = None

    @property
    def binds(self) -> bool:
        """Whether it, or anything that is shown below it, binds somebody."""
        return self.node.binds or any(branch.binds for branch in self.children)


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the text: what it begins and ends with."""

    number: int
    first: Node
    last: Node


def tree(
    nodes: Sequence[Node], shares: Mapping[int, Share], figures: Mapping[int, Figure]
) -> tuple[Branch, ...] | None:
    """Show a tree down to the floor that a page has room for; None where not even the first has it.

    ``figures`` are what the shares open, by item.
    """
    shown = layout.outline(nodes)
    if shown is None:
        return None
    sizes = {node.id: sum(1 for _ in layout.flat(node.children)) for node, _ in layout.flat(nodes)}
    return _branches(shown, shares, figures, sizes)


def parts(laid: Sequence[Sequence[Piece]]) -> tuple[Part, ...]:
    """Name the pages of a text by their first and their last item."""
    return tuple(Part(at, page[0].node, page[-1].node) for at, page in enumerate(laid, 1) if page)


def _branches(
    nodes: Iterable[Node], shares: Mapping[int, Share], figures: Mapping[int, Figure], sizes: Mapping[int, int]
) -> tuple[Branch, ...]:
    return tuple(
        Branch(
            node,
            label(node.role),
            shares.get(node.id, Share()),
            _branches(node.children, shares, figures, sizes),
            0 if node.children else sizes[node.id],
            figures.get(node.id),
        )
        for node in nodes
    )
