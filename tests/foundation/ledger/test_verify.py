"""Verification names the first broken position, whatever was done to the record."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.foundation.ledger.record import DAY, Room
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import erase, seal
from yupana.foundation.ledger.models import Checkpoint, Entry, Erasure, Salt
from yupana.foundation.ledger.queries import Content, head
from yupana.foundation.ledger.rules import Frontier, leaf_hash, new_leaf
from yupana.foundation.ledger.verify import verify

BATCHES = (3, 4, 2)  # positions 0-2, 3-6 and 7-8


def test_an_honest_record_is_whole(db: None) -> None:
    room = Room()
    room.sealed(*BATCHES)
    verdict = room.verify()
    assert (verdict.ok, verdict.entries, verdict.root, verdict.first_broken, verdict.erased) == (
        True,
        9,
        head().root,
        None,
        (),
    )


def test_an_empty_record_is_whole(db: None) -> None:
    assert (Room().verify().ok, Room().verify().root) == (True, head().root)


def test_what_is_not_sealed_yet_is_not_judged(db: None) -> None:
    room = Room()
    room.sealed(2)
    room.record("later")
    assert (room.verify().ok, room.verify().entries) == (True, 2)


def test_the_watcher_is_told_of_every_entry(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yupana.foundation.ledger.verify.CHUNK", 4)
    room, told = Room(), list[int]()
    room.sealed(*BATCHES)
    verify(room.sealed_contents(), told.append)
    assert sum(told) == 9


# --- what a forger may do --------------------------------------------------------------------------------------------
Attack = Callable[[Room, list[Entry]], None]


def change(entry: Entry, **columns: object) -> None:
    Entry.objects.filter(pk=entry.pk).update(**columns)


def byte_of_a_leaf(_: Room, entries: list[Entry]) -> None:
    change(entries[4], leaf=bytes(entries[4].leaf).replace(b"2024", b"2025"))


def leaf_with_its_hash(_: Room, entries: list[Entry]) -> None:
    forged = bytes(entries[4].leaf).replace(b"2024", b"2025")
    change(entries[4], leaf=forged, leaf_hash=leaf_hash(forged))


def codes_with_their_hash(_: Room, entries: list[Entry]) -> None:
    forged = bytes(entries[4].leaf).replace(b'"thing":4', b'"thing":5')
    change(entries[4], leaf=forged, leaf_hash=leaf_hash(forged))


def leaf_written_otherwise(_: Room, entries: list[Entry]) -> None:
    forged = bytes(entries[4].leaf) + b" "
    change(entries[4], leaf=forged, leaf_hash=leaf_hash(forged))


def leaf_emptied(_: Room, entries: list[Entry]) -> None:
    change(entries[4], leaf=b"", leaf_hash=leaf_hash(b""))


def stored_hash(_: Room, entries: list[Entry]) -> None:
    change(entries[4], leaf_hash=bytes(32))


def salt_changed(_: Room, entries: list[Entry]) -> None:
    Salt.objects.filter(entry=entries[4]).update(salt=bytes(16))


def salt_gone(_: Room, entries: list[Entry]) -> None:
    Salt.objects.filter(entry=entries[4]).delete()


def content_changed(room: Room, entries: list[Entry]) -> None:
    room.contents[entries[4].pk] = {"value": 3, "at": 99}


def content_blanked(room: Room, entries: list[Entry]) -> None:
    room.contents[entries[4].pk] = {"value": "", "at": ""}


def content_gone(room: Room, entries: list[Entry]) -> None:
    del room.contents[entries[4].pk]


def contents_exchanged(room: Room, entries: list[Entry]) -> None:
    one, other = entries[4].pk, entries[6].pk
    room.contents[one], room.contents[other] = room.contents[other], room.contents[one]


def second_content(room: Room, entries: list[Entry]) -> None:
    """A row slipped in under an entry that vouches for another one, before or after it."""
    room.more.append(Content(entries[4].pk, "rider"))


def same_content_twice(room: Room, entries: list[Entry]) -> None:
    room.more.append(Content(entries[4].pk, room.contents[entries[4].pk]))


def content_and_salt_erased_without_act(room: Room, entries: list[Entry]) -> None:
    content_blanked(room, entries)
    salt_gone(room, entries)


def erasure_on_another_record(room: Room, entries: list[Entry]) -> None:
    """A row in the table of erasures that leans on an entry which says something else."""
    content_and_salt_erased_without_act(room, entries)
    Erasure.objects.create(erased=entries[4], entry=entries[7], act="RM 1/2024")


def erasure_of_something_else(room: Room, entries: list[Entry]) -> None:
    content_and_salt_erased_without_act(room, entries)
    genuine = erase(entry=entries[8], act="RM 1/2024", on=DAY)
    seal()
    Erasure.objects.filter(pk=genuine.pk).update(erased=entries[4])


def erasure_under_another_name(room: Room, entries: list[Entry]) -> None:
    """A sealed entry that says the right content, but is not the record of an erasure."""
    content_and_salt_erased_without_act(room, entries)
    posing = room.record({"erased": entries[4].pk, "act": "RM 1/2024"})
    seal()
    del room.contents[posing.pk]
    Erasure.objects.create(erased=entries[4], entry=posing, act="RM 1/2024")


def erasure_never_sealed(room: Room, entries: list[Entry]) -> None:
    erase(entry=entries[4], act="RM 1/2024", on=DAY)
    content_blanked(room, entries)


def erasure_with_a_forged_entry(room: Room, entries: list[Entry]) -> None:
    """The leaf of another entry is rewritten into the record of an erasure, hash and salt to match."""
    content_and_salt_erased_without_act(room, entries)
    said = Fact("content.erased", {"entry": entries[4].pk}, DAY, {"erased": entries[4].pk, "act": "RM 1/2024"})
    forged = new_leaf(said, b"s").written()
    Salt.objects.filter(entry=entries[8]).update(salt=b"s")
    change(entries[8], leaf=forged, leaf_hash=leaf_hash(forged))
    del room.contents[entries[8].pk]
    Erasure.objects.create(erased=entries[4], entry=entries[8], act="RM 1/2024")


def entry_gone(_: Room, entries: list[Entry]) -> None:
    Salt.objects.filter(entry=entries[4]).delete()
    entries[4].delete()


def entry_gone_and_the_rest_moved_up(room: Room, entries: list[Entry]) -> None:
    entry_gone(room, [*entries[:4], Entry.objects.get(pk=entries[4].pk), *entries[5:]])
    for at, entry in enumerate(entries[5:], 4):
        change(entry, position=at)


def positions_exchanged(_: Room, entries: list[Entry]) -> None:
    change(entries[4], position=None)
    change(entries[6], position=4)
    change(entries[4], position=6)


def leaf_copied_over_another(_: Room, entries: list[Entry]) -> None:
    change(entries[4], leaf=bytes(entries[3].leaf), leaf_hash=bytes(entries[3].leaf_hash))


@pytest.mark.parametrize(
    ("attack", "why", "position"),
    [
        (byte_of_a_leaf, "leaf", 4),
        (leaf_with_its_hash, "content", 4),
        (codes_with_their_hash, "content", 4),
        (leaf_written_otherwise, "leaf", 4),
        (leaf_emptied, "leaf", 4),
        (stored_hash, "leaf", 4),
        (salt_changed, "content", 4),
        (salt_gone, "content", 4),
        (content_changed, "content", 4),
        (content_blanked, "content", 4),
        (content_gone, "content", 4),
        (contents_exchanged, "content", 4),
        (second_content, "content", 4),
        (same_content_twice, "content", 4),
        (content_and_salt_erased_without_act, "content", 4),
        (erasure_on_another_record, "content", 4),
        (erasure_of_something_else, "content", 4),
        (erasure_under_another_name, "content", 4),
        (erasure_never_sealed, "content", 4),
        (entry_gone, "gap", 4),
        # Taken out, and the rest moved up: each entry is whole, and the tree of its batch is not.
        (entry_gone_and_the_rest_moved_up, "root", 3),
        (positions_exchanged, "root", 4),
        (leaf_copied_over_another, "content", 4),
    ],
)
def test_verification_names_the_first_broken_position(
    unguarded_db: None, attack: Attack, why: str, position: int
) -> None:
    room = Room()
    attack(room, room.sealed(*BATCHES))
    verdict = room.verify()
    assert (verdict.ok, verdict.why, verdict.first_broken) == (False, why, position)


def test_an_erasure_written_over_another_entry_breaks_the_tree(unguarded_db: None) -> None:
    room = Room()
    erasure_with_a_forged_entry(room, room.sealed(*BATCHES))
    verdict = room.verify()
    assert (verdict.ok, verdict.why, verdict.first_broken) == (False, "root", 7)


def last_entry_gone(_: Room, entries: list[Entry]) -> None:
    Salt.objects.filter(entry=entries[8]).delete()
    entries[8].delete()


def everything_gone(_: Room, entries: list[Entry]) -> None:
    Salt.objects.all().delete()
    Entry.objects.all().delete()


def checkpoint_gone(number: int) -> Attack:
    def attack(_: Room, entries: list[Entry]) -> None:
        Checkpoint.objects.filter(number=number).delete()

    return attack


def all_checkpoints_gone(_: Room, entries: list[Entry]) -> None:
    Checkpoint.objects.all().delete()


def root_changed(_: Room, entries: list[Entry]) -> None:
    Checkpoint.objects.filter(number=1).update(root=bytes(32))


def peaks_changed(_: Room, entries: list[Entry]) -> None:
    Checkpoint.objects.filter(number=1).update(peaks=bytes(96))


def sealed_by_nobody(room: Room, entries: list[Entry]) -> None:
    change(room.record("smuggled"), position=9)


def sealed_far_ahead(room: Room, entries: list[Entry]) -> None:
    change(room.record("smuggled"), position=12)


def size_of_a_checkpoint(_: Room, entries: list[Entry]) -> None:
    Checkpoint.objects.filter(number=1).update(size=8)


@pytest.mark.parametrize(
    ("attack", "why", "position"),
    [
        (last_entry_gone, "lost", 8),
        (everything_gone, "lost", 0),
        (checkpoint_gone(0), "lost", 0),
        (checkpoint_gone(1), "lost", 3),
        (checkpoint_gone(2), "lost", 7),
        (all_checkpoints_gone, "lost", 0),
        (root_changed, "root", 3),
        (peaks_changed, "root", 3),
        (sealed_by_nobody, "lost", 9),
        (sealed_far_ahead, "gap", 9),
        (size_of_a_checkpoint, "root", 3),
    ],
)
def test_entries_and_checkpoints_vouch_for_each_other(
    unguarded_db: None, attack: Attack, why: str, position: int
) -> None:
    room = Room()
    attack(room, room.sealed(*BATCHES))
    verdict = room.verify()
    assert (verdict.ok, verdict.why, verdict.first_broken) == (False, why, position)


def test_a_forgery_that_fits_itself_still_breaks_the_tree(unguarded_db: None) -> None:
    room = Room()
    entries = room.sealed(*BATCHES)
    forged = new_leaf(Fact("thing.said", {"thing": 4}, DAY, "forged"), b"s").written()
    room.contents[entries[4].pk] = "forged"
    Salt.objects.filter(entry=entries[4]).update(salt=b"s")
    change(entries[4], leaf=forged, leaf_hash=leaf_hash(forged))
    verdict = room.verify()
    assert (verdict.why, verdict.first_broken) == ("root", 3)


def test_a_forger_who_rewrites_the_whole_tree_gets_another_root(unguarded_db: None) -> None:
    """What a checkpoint kept elsewhere is for: the record alone cannot tell."""
    room = Room()
    entries = room.sealed(3)
    kept = room.verify().root
    forged = new_leaf(Fact("thing.said", {"thing": 1}, DAY, "forged"), b"s").written()
    room.contents[entries[1].pk] = "forged"
    Salt.objects.filter(entry=entries[1]).update(salt=b"s")
    change(entries[1], leaf=forged, leaf_hash=leaf_hash(forged))
    tree = Frontier().grown(bytes(entry.leaf_hash) for entry in Entry.objects.order_by("position"))
    Checkpoint.objects.update(root=tree.root, peaks=tree.packed())
    assert (room.verify().first_broken, room.verify().root == kept) == (None, False)


@given(at=st.integers(0, 8), byte=st.integers(0, 10_000), bit=st.integers(0, 7), hashed=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_changed_bit_anywhere_in_a_leaf_is_found(
    unguarded_db: None, at: int, byte: int, bit: int, hashed: bool
) -> None:
    Erasure.objects.all().delete()
    Salt.objects.all().delete()
    Entry.objects.all().delete()
    Checkpoint.objects.all().delete()
    room = Room()
    entry = room.sealed(*BATCHES)[at]
    forged = bytearray(entry.leaf)
    forged[byte % len(forged)] ^= 1 << bit
    change(entry, leaf=bytes(forged), **({"leaf_hash": leaf_hash(bytes(forged))} if hashed else {}))
    assert room.verify().first_broken == at
