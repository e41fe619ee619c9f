"""The register's tree, as a mapping from each id to its parent's ("" at a root)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_DEPTH = 24  # deeper than any administration, and what fits into a stored path


def cycle(parents: Mapping[str, str]) -> list[str]:
    """Find a chain that bites its tail, first id repeated at the end; empty where there is none."""
    sound: set[str] = set()
    for start in parents:
        chain: dict[str, None] = {}
        at = start
        while at and at not in sound:
            if at in chain:
                ring = list(chain)
                return [*ring[ring.index(at) :], at]
            chain[at] = None
            at = parents.get(at, "")
        sound.update(chain)
    return []


def chain_of(node: str, parents: Mapping[str, str]) -> list[str]:
    """List the ancestors of a node, nearest first. The tree must have no cycle."""
    chain = []
    at = parents.get(node, "")
    while at:
        chain.append(at)
        at = parents.get(at, "")
    return chain


def depth_of(node: str, parents: Mapping[str, str]) -> int:
    """Count the ancestors of a node."""
    return len(chain_of(node, parents))
