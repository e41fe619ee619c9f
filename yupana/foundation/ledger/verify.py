"""Checking the record against itself and against the content that it vouches for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from django.db import connection

from yupana.foundation.kernel.canonical import content_digest
from yupana.foundation.ledger.actions import erasure_content
from yupana.foundation.ledger.guards import missing
from yupana.foundation.ledger.models import Checkpoint, Entry, Erasure, Salt
from yupana.foundation.ledger.queries import Content
from yupana.foundation.ledger.rules import Frontier, leaf_hash, read_leaf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found.

    ``first_broken`` is a position and ``why`` an id: gap, leaf, root, content, lost or guard. ``erased`` are the
    positions whose content was removed by a recorded act. ``root`` is hex.
    """

    ok: bool
    entries: int
    root: str
    first_broken: int | None = None
    why: str = ""
    erased: tuple[int, ...] = ()
    missing_guards: tuple[str, ...] = ()


def verify(contents: Iterable[Content], tick: Callable[[int], None] = lambda _: None) -> Verdict:
    """Recompute the tree and every content digest; name the first position where anything differs.

    ``contents`` yields what each room holds behind its entries; ``tick`` is told how many more entries were checked.
    Memory grows by about 200 bytes an entry, whatever the size of the contents.
    """
    salts = {entry: bytes(salt) for entry, salt in Salt.objects.values_list("entry_id", "salt")}
    digests = _digests(contents, salts)
    gone = set(Erasure.objects.values_list("erased_id", flat=True))
    walk = _Walk(dict(Checkpoint.objects.values_list("size", "root")))
    for entry in Entry.objects.filter(position__isnull=False).order_by("position").iterator(CHUNK):
        if walk.step(entry, "erased" if entry.pk in gone else digests.get(entry.pk)):
            break
        if walk.frontier.size % CHUNK == 0:
            tick(CHUNK)
    walk.finish()
    tick(walk.frontier.size % CHUNK)
    guards = tuple(missing(connection))
    why = walk.why or ("guard" if guards else "")
    tree = walk.frontier
    return Verdict(not why, tree.size, tree.root.hex(), walk.broken, why, tuple(walk.erased), guards)


class _Walk:
    """One pass over the sealed entries, in order, up to the first fault."""

    def __init__(self, roots: dict[int, bytes]) -> None:
        self.roots, self.frontier, self.vouched = roots, Frontier(), 0
        self.broken: int | None = None
        self.why = ""
        self.erased: list[int] = []

    def step(self, entry: Entry, digest: str | None) -> bool:
        """Take one entry; True when it is broken."""
        at = self.frontier.size
        self.why = _fault(entry, at, digest)
        if self.why:
            self.broken = at
            return True
        if digest == "erased":
            self.erased.append(at)
        self.frontier = self.frontier.grown([leaf_hash(bytes(entry.leaf))])
        root = self.roots.get(self.frontier.size)
        if root is not None and bytes(root) != self.frontier.root:
            # Entry and stored hash were changed together: the tree can only say after which checkpoint.
            self.broken, self.why = self.vouched, "root"
            return True
        if root is not None:
            self.vouched = self.frontier.size
        return False

    def finish(self) -> None:
        """Entries that a checkpoint counted must be there, and none beyond the last checkpoint."""
        if not self.why and max(self.roots, default=0) != self.frontier.size:
            self.broken, self.why = min(self.frontier.size, max(self.roots, default=0)), "lost"


def _fault(entry: Entry, at: int, digest: str | None) -> str:
    if entry.position != at:
        return "gap"
    if leaf_hash(bytes(entry.leaf)) != bytes(entry.leaf_hash):
        return "leaf"
    try:
        leaf = read_leaf(bytes(entry.leaf))
    except ValueError:
        return "leaf"
    return "" if digest in ("erased", leaf.content) else "content"


def _digests(contents: Iterable[Content], salts: dict[int, bytes]) -> dict[int, str]:
    return {
        content.entry: content_digest(salts.get(content.entry, b""), content.value)
        for content in chain(contents, _erasures())
    }


def _erasures() -> Iterator[Content]:
    for erasure in Erasure.objects.iterator(CHUNK):
        yield Content(erasure.entry_id, erasure_content(erasure.erased_id, erasure.act))
