"""The Merkle tree of RFC 6962, grown leaf by leaf, and what a guard is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from yupana.foundation.kernel.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yupana.foundation.kernel.fact import Fact

HASH_BYTES = 32
MOST_LEAF_BYTES = 2048
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
        msg = f"{len(packed)} bytes cannot be the peaks of {size} leaves"
        raise ValueError(msg)
    return Frontier(size, peaks)


def write_leaf(fact: Fact, content: str) -> bytes:
    """Leaf bytes of a fact whose content has the given digest; ValueError beyond 2 kB."""
    leaf = canonical(
        {"codes": dict(fact.codes), "content": content, "on": fact.on, "verb": fact.verb, "version": fact.version}
    )
    if len(leaf) > MOST_LEAF_BYTES:
        msg = f"an entry of {len(leaf)} bytes; the most is {MOST_LEAF_BYTES}"
        raise ValueError(msg)
    return leaf


@dataclass(frozen=True, slots=True)
class Leaf:
    """What an entry says."""

    verb: str
    codes: dict[str, str | int]
    on: str
    content: str
    version: int


def read_leaf(leaf: bytes) -> Leaf:
    """Read leaf bytes; ValueError when they are not a leaf."""
    try:
        told = json.loads(leaf)
        return Leaf(**told)
    except (TypeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        msg = "not a leaf"
        raise ValueError(msg) from error
