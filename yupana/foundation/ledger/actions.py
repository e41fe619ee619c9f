"""Writing the record: record a fact, seal what was recorded, erase or go on by a recorded act."""

from __future__ import annotations

import secrets
from functools import partial
from typing import TYPE_CHECKING

from django.db import connection, transaction

from yupana.foundation.kernel.errors import Conflict, Missing, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger import memory
from yupana.foundation.ledger.models import Checkpoint, Entry, Erasure, Resumption, Salt
from yupana.foundation.ledger.queries import head
from yupana.foundation.ledger.rules import Frontier, leaf_hash, new_leaf, unpack_frontier

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

SALT_BYTES = 16
SEALER_LOCK = 0x59555041
BATCH = 500


def record(fact: Fact) -> Entry:
    """Record one fact in the caller's transaction and return its entry, still unsealed."""
    return record_many([fact])[0]


def record_many(facts: Sequence[Fact]) -> list[Entry]:
    """Record facts in order, in the caller's transaction; a few statements per 500 facts."""
    if not connection.in_atomic_block:
        raise RuntimeError("record belongs in the transaction that writes the content")
    salts = [secrets.token_bytes(SALT_BYTES) for _ in facts]
    leaves = [new_leaf(fact, salt).written() for fact, salt in zip(facts, salts, strict=True)]
    entries = Entry.objects.bulk_create(
        [Entry(leaf=leaf, leaf_hash=leaf_hash(leaf)) for leaf in leaves], batch_size=BATCH
    )
    Salt.objects.bulk_create(
        [Salt(entry=entry, salt=salt) for entry, salt in zip(entries, salts, strict=True)], batch_size=BATCH
    )
    return entries


def seal() -> int:
    """Give every recorded entry its position and write a checkpoint; return how many were sealed.

    One sealer at a time: on PostgreSQL whoever misses the lock leaves the work to its holder and returns 0; on
    SQLite the write transaction is the lock. Refused on a record that is older than what was sealed from this home, or
    another one: see ``resume``.
    """
    with transaction.atomic():
        if not _only_sealer():
            return 0
        memory.check()
        return _seal_waiting()


def resume(*, act: str, on: date) -> Resumption:
    """Go on by an act with a record that ``seal`` refuses: an entry says in public from where, and what was known.

    Refused without an act, and where there is nothing to go on from: the record is the one that is remembered.
    """
    if not act.strip():
        raise Refused("act-missing")
    with transaction.atomic():
        _only_sealer(wait=True)
        known = memory.recall()
        if known is None or not _departed():
            raise Refused("nothing-to-resume")
        standing = head()
        said: dict[str, str | int] = {
            "size": standing.size,
            "root": standing.root,
            "known_size": known.size,
            "known_root": known.root,
        }
        entry = record(Fact("record.resumed", said, on, resumption_content(act)))
        resumption = Resumption.objects.create(entry=entry, act=act)
        _seal_waiting(anew=True)
        return resumption


def resumption_content(act: str) -> dict[str, str]:
    """What stands behind the record of a resumption; all else is said in public."""
    return {"act": act}


def erase(*, entry: Entry, act: str, on: date) -> Erasure:
    """Record that the content behind an entry is removed, and destroy its salt. The caller blanks the content after.

    Refused without an act, for an entry that is not there, for one erased before, and for the record of an erasure:
    that one is the only reason why a missing content is no fault.
    """
    if not act.strip():
        raise Refused("act-missing")
    with transaction.atomic():
        # The salt is the lock: whoever erases second waits here, and finds it gone.
        standing = list(Salt.objects.select_for_update().filter(entry=entry))
        if Erasure.objects.filter(erased=entry).exists():
            raise Conflict("erased-already")
        if not standing:
            raise Missing("entry-unknown")
        if Erasure.objects.filter(entry=entry).exists():
            raise Refused("erasure-stays")
        fact = Fact("content.erased", {"entry": entry.pk}, on, erasure_content(entry.pk, act))
        erasure = Erasure.objects.create(erased=entry, entry=record(fact), act=act)
        Salt.objects.filter(entry=entry).delete()
        return erasure


def erasure_content(erased: int, act: str) -> dict[str, str | int]:
    """What stands behind the record of an erasure."""
    return {"erased": erased, "act": act}


def _seal_waiting(*, anew: bool = False) -> int:
    waiting = list(Entry.objects.filter(position__isnull=True).order_by("pk").only("pk", "leaf_hash"))
    if not waiting:
        return 0
    last = Checkpoint.objects.order_by("-size").first()
    frontier = _resumed(last)
    _give_positions([entry.pk for entry in waiting], frontier.size)
    grown = frontier.grown(bytes(entry.leaf_hash) for entry in waiting)
    number = last.number + 1 if last else 0
    Checkpoint.objects.create(number=number, size=grown.size, root=grown.root, peaks=grown.packed())
    # What cannot be remembered now is logged, and remembered with the next seal: what is sealed stays sealed.
    remember = partial(memory.remember, memory.State(grown.size, grown.root.hex()), anew=anew)
    transaction.on_commit(remember, robust=True)
    return len(waiting)


def _departed() -> bool:
    try:
        memory.check()
    except Refused:
        return True
    return False


def _resumed(last: Checkpoint | None) -> Frontier:
    """Grow from the last checkpoint, never from one that was tampered with: that would vouch for a broken record."""
    frontier = unpack_frontier(last.size, bytes(last.peaks)) if last else Frontier()
    if last and frontier.root != bytes(last.root):
        raise RuntimeError(f"the checkpoint at {last.size} contradicts itself; run verify before sealing anything")
    return frontier


def _only_sealer(*, wait: bool = False) -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER_LOCK])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
        return bool(cursor.fetchone()[0])


def _give_positions(entries: Sequence[int], start: int) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE ledger_entry SET position = %s WHERE id = %s AND position IS NULL",
            [(position, entry) for position, entry in enumerate(entries, start)],
        )
