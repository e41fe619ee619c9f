"""The items that a call put, as figures are told by them: every edition, axis and line, with the weights of leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.instruments import public as instruments
from yupana.projections.overviews.plan import binding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yupana.domain.instruments.public import Node
    from yupana.domain.obligations.models import Call


@dataclass(frozen=True, slots=True)
class Branch:
    """One item of an edition; ``items`` are the keys of those at and below it that bind."""

    name: str
    text: str
    weight: int
    is_root: bool
    binds: bool
    items: tuple[int, ...]


class Places:
    """What a call put: its editions in their order, their branches in reading order, the weights of what is counted."""

    def __init__(self, call: Call) -> None:
        """Read the editions; two queries each."""
        self.editions: list[tuple[str, tuple[int, ...]]] = []
        self.branches: list[Branch] = []
        self.weights: dict[int, int] = {}
        self.names: dict[int, str] = {}
        self.instrument = ""
        for edition in call.editions.select_related("instrument").order_by("calledition__order"):
            ref = f"{edition.instrument.code}/{edition.code}"
            self.instrument = self.instrument or edition.instrument.code
            tree = instruments.tree(edition.pk)
            self.editions.append((ref, tuple(node.id for node in binding(tree))))
            self._read(ref, tree, is_root=True)

    def _read(self, ref: str, nodes: Iterable[Node], *, is_root: bool) -> None:
        for node in nodes:
            below = tuple(each.id for each in binding([node]))
            if not below:
                continue
            self.branches.append(Branch(f"{ref}#{node.key}", node.text, node.weight, is_root, node.binds, below))
            if node.binds:
                self.names[node.id] = f"{ref}#{node.key}"
            if node.binds and len(below) == 1:
                self.weights[node.id] = node.weight
            self._read(ref, node.children, is_root=False)
