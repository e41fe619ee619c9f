"""What was sealed last is remembered in the home: an older or another record is not sealed on, until an act says so."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction

from tests.foundation.ledger.record import DAY, Room
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger import memory
from yupana.foundation.ledger.actions import resume, seal
from yupana.foundation.ledger.memory import State, recall, remember
from yupana.foundation.ledger.models import Checkpoint, Entry, Resumption
from yupana.foundation.ledger.queries import head
from yupana.foundation.ledger.rules import read_leaf

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from pytest_django import DjangoCaptureOnCommitCallbacks


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "keys" / "sealed.json"


def code_of_seal() -> str:
    with pytest.raises(Refused) as refused:
        seal()
    return refused.value.code


def standing() -> State:
    return State(head().size, head().root)


# --- remembering -----------------------------------------------------------------------------------------------------
def test_nothing_is_remembered_before_the_first_seal() -> None:
    assert recall() is None


def test_what_is_remembered_is_read_back_and_is_for_its_owner(place: Path) -> None:
    remember(State(3, "ab"))
    assert (recall(), stat.S_IMODE(place.stat().st_mode)) == (State(3, "ab"), 0o600)


@pytest.mark.parametrize(("anew", "known"), [(False, State(3, "ab")), (True, State(2, "cd"))])
def test_who_comes_late_does_not_take_the_memory_back(anew: bool, known: State) -> None:
    remember(State(3, "ab"))
    remember(State(2, "cd"), anew=anew)
    assert recall() == known


def test_remembering_leaves_nothing_else_behind(place: Path) -> None:
    for size in range(1, 4):
        remember(State(size, "ab"))
    assert [path.name for path in place.parent.iterdir()] == ["sealed.json"]


def test_forgetting_is_done_once_or_twice() -> None:
    remember(State(3, "ab"))
    memory.forget()
    memory.forget()
    assert recall() is None


@pytest.mark.parametrize("said", ["", "{}", "[]", '{"size": "x", "root": ""}', "\udcff"])
def test_a_memory_that_cannot_be_read_is_no_memory_of_nothing(said: str, place: Path) -> None:
    remember(State(3, "ab"))
    place.write_bytes(said.encode("utf-8", "surrogateescape"))
    with pytest.raises(Refused) as refused:
        recall()
    assert refused.value.code == "memory-unreadable"


@pytest.mark.django_db(transaction=True)
def test_a_seal_is_remembered_once_it_is_committed() -> None:
    Room().sealed(3)
    assert recall() == standing()


@pytest.mark.django_db(transaction=True)
def test_a_seal_that_is_not_committed_is_not_remembered() -> None:
    room = Room()
    room.sealed(3)
    known = recall()
    room.record("more")
    with transaction.atomic():
        seal()
        transaction.set_rollback(True)
    assert (recall(), seal(), recall() == known) == (known, 1, False)


@pytest.mark.django_db(transaction=True)
def test_a_memory_that_lags_after_a_crash_does_no_harm() -> None:
    """The process died between the commit and the memory."""
    room = Room()
    room.sealed(3)
    known = recall()
    room.sealed(2)
    assert known
    remember(known, anew=True)
    room.sealed(1)
    assert recall() == standing()


def test_a_memory_that_is_no_file_is_no_memory_of_nothing(place: Path) -> None:
    place.mkdir(parents=True)
    with pytest.raises(Refused) as refused:
        recall()
    assert refused.value.code == "memory-unreadable"


# --- refusing --------------------------------------------------------------------------------------------------------
def test_the_record_that_is_remembered_is_sealed_on(db: None) -> None:
    room = Room()
    room.sealed(3, 2)
    remember(standing())
    room.record("more")
    assert seal() == 1


def test_a_record_that_grew_from_what_is_remembered_is_sealed_on(db: None) -> None:
    room = Room()
    room.sealed(3)
    remember(standing())
    memory_of_three = recall()
    room.sealed(2)
    room.record("more")
    assert (seal(), recall()) == (1, memory_of_three)  # what is not committed is not remembered


def test_an_older_copy_is_refused(db: None) -> None:
    Room().sealed(3)
    remember(State(5, "ab"))
    assert (code_of_seal(), Checkpoint.objects.count()) == ("record-older-than-remembered", 1)


def test_an_empty_database_in_the_home_of_a_record_is_refused(db: None) -> None:
    remember(State(5, "ab"))
    assert code_of_seal() == "record-older-than-remembered"


@pytest.mark.parametrize("more", [0, 2])
def test_a_fork_is_refused_at_the_same_size_and_beyond(more: int, db: None) -> None:
    room = Room()
    room.sealed(3)
    remember(State(3, "ab" * 32))
    with transaction.atomic():
        for number in range(more):
            room.record(number)
    assert code_of_seal() == "record-differs"


def test_a_record_that_was_sealed_at_other_sizes_is_refused(db: None) -> None:
    Room().sealed(3, 2)
    remember(State(4, "ab" * 32))
    assert code_of_seal() == "record-differs"


def test_the_check_costs_two_small_queries(
    db: None, query_budget: Callable[[int], AbstractContextManager[object]]
) -> None:
    Room().sealed(3)
    remember(standing())
    with query_budget(2):
        memory.check()


# --- going on by an act ----------------------------------------------------------------------------------------------
def older() -> Room:
    room = Room()
    room.sealed(3)
    remember(State(5, "ab" * 32))
    return room


def test_an_act_lets_the_older_record_go_on_and_says_so_in_public(
    db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    room, before = older(), standing()
    with django_capture_on_commit_callbacks(execute=True):
        resumption = resume(act="RM 9/2026", on=DAY)
    entry = Entry.objects.get(pk=resumption.entry_id)
    leaf = read_leaf(bytes(entry.leaf))
    known = {"known_size": 5, "known_root": "ab" * 32}
    assert (leaf.verb, leaf.codes) == ("record.resumed", {"size": 3, "root": before.root, **known})
    assert (entry.position, recall(), room.verify().ok, seal()) == (3, standing(), True, 0)


def test_what_waited_is_sealed_before_the_act(db: None) -> None:
    room = older()
    waited = room.record("waited")
    resumption = resume(act="RM 9/2026", on=DAY)
    found = Entry.objects.filter(pk__in=[waited.pk, resumption.entry_id]).order_by("position")
    assert [entry.pk for entry in found] == [waited.pk, resumption.entry_id]


def test_a_fork_goes_on_by_an_act_too(
    db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    room = Room()
    room.sealed(3)
    remember(State(3, "ab" * 32))
    with django_capture_on_commit_callbacks(execute=True):
        resume(act="RM 9/2026", on=DAY)
    room.record("more")
    assert (seal(), room.verify().ok) == (1, True)


@pytest.mark.parametrize("act", ["", " \n"])
def test_nothing_goes_on_without_an_act(act: str, db: None) -> None:
    older()
    with pytest.raises(Refused) as refused:
        resume(act=act, on=DAY)
    assert (refused.value.code, Resumption.objects.count()) == ("act-missing", 0)


@pytest.mark.parametrize("known", [True, False])
def test_there_is_nothing_to_resume_in_the_record_that_is_remembered(known: bool, db: None) -> None:
    Room().sealed(3)
    if known:
        remember(standing())
    with pytest.raises(Refused) as refused:
        resume(act="RM 9/2026", on=DAY)
    assert (refused.value.code, Resumption.objects.count()) == ("nothing-to-resume", 0)


def test_the_act_is_vouched_for(unguarded_db: None) -> None:
    room = older()
    resume(act="RM 9/2026", on=DAY)
    Resumption.objects.update(act="RM 8/2026")
    assert (room.verify().why, room.verify().first_broken) == ("content", 3)


@pytest.mark.parametrize("change", ["UPDATE ledger_resumption SET act = 'x'", "DELETE FROM ledger_resumption"])
def test_the_act_does_not_change(change: str, db: None) -> None:
    from tests.foundation.ledger.record import sql  # noqa: PLC0415 - only here

    older()
    resume(act="RM 9/2026", on=DAY)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        sql(change)


def test_the_memory_is_plain_json(place: Path) -> None:
    remember(State(3, "ab"))
    assert json.loads(place.read_text()) == {"size": 3, "root": "ab"}


def test_what_is_resumed_and_its_memory_say_what_they_are(db: None) -> None:
    older()
    assert str(resume(act="RM 9/2026", on=DAY)).startswith("resumption at entry ")
