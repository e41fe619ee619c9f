"""Reading the record: how far it is sealed, what its entries say, what stands where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yupana.foundation.ledger.models import Checkpoint, Entry
from yupana.foundation.ledger.rules import EMPTY_ROOT, Leaf, read_leaf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from yupana.foundation.kernel.canonical import Plain


@dataclass(frozen=True, slots=True)
class Head:
    """The last checkpoint: number of sealed entries, root in hex, when."""

    size: int
    root: str
    sealed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands for a content that could not be rebuilt, or that contradicts the record; it fits no entry."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a room holds behind one entry, to be held against the digest in the entry's leaf."""

    entry: int
    value: Plain | Unreadable


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed entry, read."""

    position: int
    entry: int
    leaf: Leaf
    recorded_at: datetime


def head() -> Head:
    """The record as it is sealed now; an empty record has the root of the empty tree."""
    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        return Head(0, EMPTY_ROOT.hex(), None)
    return Head(last.size, bytes(last.root).hex(), last.sealed_at)


def sealed_between(after: int, upto: int) -> Iterator[Sealed]:
    """Entries at positions ``after`` to ``upto`` - 1, in order."""
    rows = Entry.objects.filter(position__gte=after, position__lt=upto).order_by("position")
    for row in rows.iterator(chunk_size=2000):
        if row.position is not None:
            yield Sealed(row.position, row.pk, read_leaf(bytes(row.leaf)), row.recorded_at)


def span(after: int, upto: int) -> tuple[int, int]:
    """Return the lowest and the highest key of entries at positions ``after`` to ``upto`` - 1; (0, 0): there are none.

    Others may stand between: what was recorded at the same time was sealed a little earlier or later.
    """
    keys = list(Entry.objects.filter(position__gte=after, position__lt=upto).values_list("pk", flat=True))
    return (min(keys), max(keys)) if keys else (0, 0)


def leaves(size: int) -> Iterator[bytes]:
    """Yield the first ``size`` entries as bytes, in order: what the tree is grown from."""
    rows = Entry.objects.filter(position__lt=size).order_by("position").values_list("leaf", flat=True)
    yield from map(bytes, rows.iterator(chunk_size=2000))


def day_of(entry: Entry) -> date:
    """Return the day on which what an entry records happened."""
    return date.fromisoformat(read_leaf(bytes(entry.leaf)).on)


def sealed_count() -> int:
    """Entries that have their position, whatever the checkpoints say: how many a verification will read."""
    return Entry.objects.filter(position__isnull=False).count()


def unsealed_count() -> int:
    """Entries recorded and waiting for the next tick."""
    return Entry.objects.filter(position__isnull=True).count()
