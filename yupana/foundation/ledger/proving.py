"""Holding one entry against the log that it is sealed in, and against the content that it vouches for.

It reads the entries that were sealed with it and no others, so anybody may ask for it at any time; that the log as a
whole grew from its beginning is what ``verify`` tells.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.foundation.kernel.canonical import content_digest
from yupana.foundation.ledger.models import Checkpoint, Entry, Erasure, Salt
from yupana.foundation.ledger.rebuilding import UNREADABLE
from yupana.foundation.ledger.rules import Frontier, leaf_hash, read_leaf, unpack_frontier

if TYPE_CHECKING:
    from collections.abc import Callable

    from yupana.foundation.kernel.canonical import Plain


class Proof(StrEnum):
    """What came of it. ``UNSEALED``: its place in the log is yet to come."""

    PROVED = "proved"
    UNSEALED = "unsealed"
    ERASED = "erased"
    CHANGED = "changed"  # what stands in the tables is not what was recorded
    BROKEN = "broken"  # the entry is not in the log as it was sealed


def entry_at(position: int) -> Entry | None:
    """Find the entry at a position of the log."""
    return Entry.objects.filter(position=position).first()


def prove_place(entry: Entry) -> Proof:
    """Hold an entry against its checkpoint alone: nothing is asked about what it stands for."""
    if entry.position is None:
        return Proof.UNSEALED
    return Proof.PROVED if _is_sealed(entry, entry.position) else Proof.BROKEN


def prove(entry: Entry, content: Callable[[], Plain]) -> Proof:
    """Hold an entry against its checkpoint, and against what ``content`` makes of the tables."""
    if (place := prove_place(entry)) is not Proof.PROVED:
        return place
    if Erasure.objects.filter(erased=entry).exists():
        return Proof.ERASED
    return Proof.PROVED if _fits(entry, content) else Proof.CHANGED


def _is_sealed(entry: Entry, position: int) -> bool:
    """Whether the tree that was sealed next after a position grows from its leaf."""
    if leaf_hash(bytes(entry.leaf)) != bytes(entry.leaf_hash):
        return False
    due = Checkpoint.objects.filter(size__gt=position).order_by("size").first()
    before = Checkpoint.objects.filter(size__lte=position).order_by("-size").first()
    if due is None:
        return False
    start = before.size if before else 0
    batch = Entry.objects.filter(position__gte=start, position__lt=due.size).order_by("position")
    hashes = [bytes(each) for each in batch.values_list("leaf_hash", flat=True)]
    try:
        tree = (unpack_frontier(start, bytes(before.peaks)) if before else Frontier()).grown(hashes)
    except ValueError:
        return False
    return tree.size == due.size and tree.root == bytes(due.root)


def _fits(entry: Entry, content: Callable[[], Plain]) -> bool:
    salt = Salt.objects.filter(entry=entry).values_list("salt", flat=True).first()
    if salt is None:
        return False
    try:
        leaf = read_leaf(bytes(entry.leaf))
        return leaf.committed(bytes(salt), content_digest(bytes(salt), content())) == leaf
    except UNREADABLE:
        return False
