"""What a recorded act erased reads erased and nothing hides behind it; a missing guard is a fault."""

import pytest

from tests.foundation.ledger.record import DAY, Room, sql
from yupana.foundation.ledger.actions import erase, seal
from yupana.foundation.ledger.models import Entry, Erasure
from yupana.foundation.ledger.queries import Content

BATCHES = (3, 4, 2)  # positions 0-2, 3-6 and 7-8


def test_what_was_erased_by_a_recorded_act_reads_erased(db: None) -> None:
    room = Room()
    entries = room.sealed(*BATCHES)
    erase(entry=entries[4], act="RM 1/2024", on=DAY)
    room.contents[entries[4].pk] = {"value": "", "at": ""}
    seal()
    assert (room.verify().ok, room.verify().erased, room.verify().entries) == (True, (4,), 10)


def test_a_room_need_not_show_what_was_erased(db: None) -> None:
    room = Room()
    entries = room.sealed(*BATCHES)
    erase(entry=entries[4], act="RM 1/2024", on=DAY)
    del room.contents[entries[4].pk]
    seal()
    assert (room.verify().ok, room.verify().erased) == (True, (4,))


def test_nothing_hides_behind_an_erasure(db: None) -> None:
    room = Room()
    entries = room.sealed(*BATCHES)
    erase(entry=entries[4], act="RM 1/2024", on=DAY)
    room.more.append(Content(entries[4].pk, "rider"))
    seal()
    assert (room.verify().why, room.verify().first_broken) == ("content", 4)


def test_the_act_of_an_erasure_is_itself_vouched_for(unguarded_db: None) -> None:
    room = Room()
    entries = room.sealed(*BATCHES)
    erase(entry=entries[4], act="RM 1/2024", on=DAY)
    seal()
    Erasure.objects.update(act="RM 2/2024")
    assert (room.verify().why, room.verify().first_broken) == ("content", 4)


@pytest.mark.parametrize("column", ["leaf", "leaf_hash"])
def test_the_leaf_of_an_erased_entry_is_still_guarded(unguarded_db: None, column: str) -> None:
    room = Room()
    entries = room.sealed(*BATCHES)
    erase(entry=entries[4], act="RM 1/2024", on=DAY)
    seal()
    Entry.objects.filter(pk=entries[4].pk).update(**{column: b"x" * 32})
    assert (room.verify().why, room.verify().first_broken) == ("leaf", 4)


# --- the guards belong to the record ---------------------------------------------------------------------------------
def test_a_missing_guard_is_a_fault(unguarded_db: None) -> None:
    room = Room()
    room.sealed(2)
    verdict = room.verify()
    assert (verdict.ok, verdict.why, verdict.first_broken, "guard_ledger_entry_delete" in verdict.missing_guards) == (
        False,
        "guard",
        None,
        True,
    )


def test_a_broken_entry_matters_more_than_a_missing_guard(unguarded_db: None) -> None:
    room = Room()
    del room.contents[room.sealed(*BATCHES)[4].pk]
    verdict = room.verify()
    assert (verdict.why, bool(verdict.missing_guards)) == ("content", True)


def test_raw_sql_is_found_as_well(unguarded_db: None) -> None:
    room = Room()
    room.sealed(2)
    sql("UPDATE ledger_entry SET position = 7 WHERE position = 1")
    assert (room.verify().why, room.verify().first_broken) == ("gap", 1)
