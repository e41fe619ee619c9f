"""The Merkle tree of RFC 6962, grown leaf by leaf, what a leaf says, and what a guard is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from yupana.foundation.kernel.canonical import canonical, content_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yupana.foundation.kernel.canonical import Plain
    from yupana.foundation.kernel.fact import Fact

HASH_BYTES = 32
MOST_LEAF_BYTES = 2048
RESERVED = "reserved"
EMPTY_ROOT = hashlib.sha256(b"").digest()


@dataclass(frozen=True, slots=True)
class Guard:
    """A refusal that the database itself makes: ``event`` on ``table`` is refused where ``condition`` holds.

    The condition is SQL over OLD and NEW that reads the same on SQLite and PostgreSQL; empty means always.
    """

    table: str
    event: Literal["insert", "update", "delete"]
    condition: str = "1 = 1"


def leaf_hash(leaf: bytes) -> bytes:
    """Hash of one leaf, 32 bytes (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node, 32 bytes (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree of ``size`` leaves, told by the roots of its complete subtrees, largest first.

    It holds at most 64 hashes however long the log is, so sealing never reads what was sealed before.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def grown(self, hashes: Iterable[bytes]) -> Frontier:
        """Add leaf hashes in order."""
        size, peaks = self.size, list(self.peaks)
        for each in hashes:
            node, height = each, size
            while height & 1:
                node, height = node_hash(peaks.pop(), node), height >> 1
            peaks.append(node)
            size += 1
        return Frontier(size, tuple(peaks))

    @property
    def root(self) -> bytes:
        """Root of the whole tree, 32 bytes."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def packed(self) -> bytes:
        """All peaks in one byte string, 32 bytes each."""
        return b"".join(self.peaks)


def unpack_frontier(size: int, packed: bytes) -> Frontier:
    """Read a frontier back; ValueError when the number of peaks does not fit the size."""
    peaks = tuple(packed[at : at + HASH_BYTES] for at in range(0, len(packed), HASH_BYTES))
    if len(packed) % HASH_BYTES or len(peaks) != size.bit_count():
        raise ValueError(f"{len(packed)} bytes cannot be the peaks of {size} leaves")
    return Frontier(size, peaks)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What an entry says. ``content`` commits to the content behind it and to everything else said here."""

    verb: str
    codes: Mapping[str, str | int]
    on: str
    content: str
    version: int

    def written(self) -> bytes:
        """Write the leaf's bytes; ValueError beyond 2 kB."""
        leaf = canonical(self._said(self.content))
        if len(leaf) > MOST_LEAF_BYTES:
            raise ValueError(f"an entry of {len(leaf)} bytes; the most is {MOST_LEAF_BYTES}")
        return leaf

    def committed(self, salt: bytes, digest: str) -> Leaf:
        """Return this leaf as it must read when a content of that salted digest stands behind it.

        The commitment binds verb, codes, day and version as well: a leaf rewritten together with its stored hash
        gives itself away at its own position, and no content can be moved under another entry.
        """
        return replace(self, content=content_digest(salt, self._said(digest)))

    def _said(self, content: str) -> Plain:
        return {"codes": self.codes, "content": content, "on": self.on, "verb": self.verb, "version": self.version}


def new_leaf(fact: Fact, salt: bytes) -> Leaf:
    """Say a fact, committing to its content under a salt of its own."""
    bare = Leaf(fact.verb, dict(fact.codes), fact.on.isoformat(), "", fact.version)
    if fact.reserved:
        bare = replace(bare, verb=RESERVED, codes={}, version=1)
    return bare.committed(salt, content_digest(salt, fact.content))


def read_leaf(written: bytes) -> Leaf:
    """Read leaf bytes; ValueError when they are not exactly what ``Leaf.written`` writes."""
    try:
        leaf = Leaf(**json.loads(written))
        exact = leaf.written() == written
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError("not a leaf") from error
    if not exact:
        raise ValueError("not a leaf as we write it")
    return leaf
