"""Checking the record against itself and against the content that it vouches for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from django.db import connection

from yupana.foundation.kernel.canonical import content_digest
from yupana.foundation.ledger.actions import erasure_content, resumption_content
from yupana.foundation.ledger.guards import missing
from yupana.foundation.ledger.models import Checkpoint, Entry, Erasure, Resumption, Salt
from yupana.foundation.ledger.queries import Content, Unreadable
from yupana.foundation.ledger.rebuilding import UNREADABLE, rebuilt
from yupana.foundation.ledger.rules import Frontier, leaf_hash, read_leaf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from yupana.foundation.kernel.canonical import Plain

CHUNK = 2000
_NONE = ""  # the digest of what has none: it is in no leaf


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found.

    ``first_broken`` is a position and ``why`` an id. ``gap``: another entry should stand here. ``leaf``: the entry is
    not what it was. ``content``: what stands behind it is not what was recorded. ``root``: the entries do not make up
    the tree that was sealed; where entry, hashes and content were forged to fit each other, the tree tells no more
    than the batch, and its first position is named. ``lost``: entries or a checkpoint are gone, or there are entries
    that nobody sealed. ``guard``: a refusal of the database itself is missing. ``erased`` are the positions whose
    content was removed by a recorded act. ``root`` is hex.
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
    Nothing that stands in a column, of whatever kind, ends it otherwise than by a verdict. When something was recorded
    or sealed is told by a clock that nobody vouches for, so it is not read. Memory grows by some 300 bytes an entry,
    whatever the size of the contents.
    """
    walk = _Walk(_Behind(contents), list(Checkpoint.objects.defer("sealed_at").order_by("size")))
    sealed = Entry.objects.filter(position__isnull=False).defer("recorded_at").order_by("position")
    for entry in sealed.iterator(CHUNK):
        if not walk.step(entry):
            break
        if walk.tree.size % CHUNK == 0:
            tick(CHUNK)
    walk.finish()
    tick(walk.tree.size % CHUNK)
    guards = tuple(missing(connection))
    why = walk.why or ("guard" if guards else "")
    tree = walk.tree
    return Verdict(not why, tree.size, tree.root.hex(), walk.broken, why, tuple(walk.erased), guards)


class _Behind:
    """What stands behind the entries: digests of the contents, and what a recorded act has removed."""

    def __init__(self, contents: Iterable[Content]) -> None:
        self._salts = {entry: _bytes(salt) for entry, salt in Salt.objects.values_list("entry_id", "salt")}
        self._times: Counter[int] = Counter()
        self._digests: dict[int, str] = {}
        for content in chain(contents, _acts()):
            self._times[content.entry] += 1
            self._digests[content.entry] = _digest(self._salts.get(content.entry, b""), content.value)
        acts = Erasure.objects.select_related("entry").defer("entry__recorded_at")
        self._gone = {erasure.erased_id for erasure in acts.iterator(CHUNK) if self._recorded(erasure)}

    def gone(self, entry: Entry) -> bool:
        """Whether its content was removed by a recorded act, and what is left is of one piece."""
        return entry.pk in self._gone and self._times[entry.pk] <= 1 and self._digests.get(entry.pk) != _NONE

    def fits(self, entry: Entry) -> bool:
        """Whether exactly one content stands behind the entry, and it is the one that was recorded."""
        if self._times[entry.pk] != 1 or entry.pk not in self._salts or self._digests[entry.pk] == _NONE:
            return False
        leaf = read_leaf(_bytes(entry.leaf))
        return leaf.committed(self._salts[entry.pk], self._digests[entry.pk]) == leaf

    def _recorded(self, erasure: Erasure) -> bool:
        """Whether the act itself is sealed and says so: a row in the table of erasures alone excuses nothing."""
        act = erasure.entry
        if act.position is None or not _whole(act) or not self.fits(act):
            return False
        leaf = read_leaf(_bytes(act.leaf))
        return (leaf.verb, leaf.codes) == ("content.erased", {"entry": erasure.erased_id})


class _Walk:
    """One pass over the sealed entries, in order, up to the first fault."""

    def __init__(self, behind: _Behind, checkpoints: list[Checkpoint]) -> None:
        self._behind, self._checkpoints, self._passed = behind, checkpoints, 0
        self._batch: list[int] = []
        self.tree = Frontier()
        self.broken: int | None = None
        self.why = ""
        self.erased: list[int] = []

    def step(self, entry: Entry) -> bool:
        """Take one entry; False when the walk ends there."""
        at = self.tree.size
        fault = self._fault(entry, at)
        if fault:
            return self._end(at, fault)
        if self._behind.gone(entry):
            self.erased.append(at)
        self.tree = self.tree.grown([_bytes(entry.leaf_hash)])
        self._batch.append(entry.pk)
        return self._vouched()

    def finish(self) -> None:
        """Every entry must be vouched for by a checkpoint, and every entry that a checkpoint counted must be there."""
        if self.why:
            return
        if self._passed < len(self._checkpoints):
            self._end(self.tree.size, "lost")
        elif self._batch:
            self._end(self.tree.size - len(self._batch), "lost")

    def _fault(self, entry: Entry, at: int) -> str:
        if entry.position != at:
            return "gap"
        if not _whole(entry):
            return "leaf"
        return "" if self._behind.gone(entry) or self._behind.fits(entry) else "content"

    def _vouched(self) -> bool:
        """Hold the tree against the next checkpoint, where there is one at this size."""
        if self._passed == len(self._checkpoints):
            return True
        start, due = self.tree.size - len(self._batch), self._checkpoints[self._passed]
        if due.number != self._passed or not isinstance(due.size, int):
            return self._end(start, "lost")
        if due.size > self.tree.size:
            return True
        if (_bytes(due.root), _bytes(due.peaks)) != (self.tree.root, self.tree.packed()):
            return self._end(start + _first_misplaced(self._batch), "root")
        self._passed += 1
        self._batch.clear()
        return True

    def _end(self, at: int, why: str) -> bool:
        self.broken, self.why = at, why
        return False


def _whole(entry: Entry) -> bool:
    """Whether the leaf is written as we write leaves and has the hash stored beside it."""
    leaf = _bytes(entry.leaf)
    try:
        read_leaf(leaf)
    except ValueError:
        return False
    return leaf_hash(leaf) == _bytes(entry.leaf_hash)


def _bytes(stored: object) -> bytes:
    """Read a binary column; what is no bytes there (SQLite takes anything) is nothing that we wrote."""
    return bytes(stored) if isinstance(stored, bytes | bytearray | memoryview) else b""


def _digest(salt: bytes, value: Plain | Unreadable) -> str:
    try:
        return _NONE if isinstance(value, Unreadable) else content_digest(salt, value)
    except UNREADABLE:
        return _NONE


def _first_misplaced(batch: list[int]) -> int:
    """Where a batch departs from the order in which it was recorded; 0 where it does not."""
    return next((at for at, (found, due) in enumerate(zip(batch, sorted(batch), strict=True)) if found != due), 0)


def _acts() -> Iterator[Content]:
    """What the ledger itself keeps behind entries."""
    yield from rebuilt(Erasure.objects.all(), lambda each: erasure_content(each.erased_id, each.act))
    yield from rebuilt(Resumption.objects.all(), lambda each: resumption_content(each.act))
