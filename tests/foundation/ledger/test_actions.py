"""Recording, sealing and erasing."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests.foundation.ledger.record import DAY, Room, sql
from yupana.foundation.kernel.errors import Conflict, Missing, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import erase, record, record_many, seal
from yupana.foundation.ledger.models import Checkpoint, Entry, Erasure, Salt
from yupana.foundation.ledger.queries import head, sealed_between, span, unsealed_count
from yupana.foundation.ledger.rules import EMPTY_ROOT, Frontier, leaf_hash, read_leaf

pytestmark = pytest.mark.django_db


def stands_at(entry: Entry) -> int | None:
    entry.refresh_from_db()
    return entry.position


def fact(number: int) -> Fact:
    return Fact("thing.said", {"thing": number}, DAY, {"number": number})


def test_a_recorded_fact_waits_for_its_position() -> None:
    entry = record(fact(1))
    assert (stands_at(entry), unsealed_count(), read_leaf(bytes(entry.leaf)).codes) == (None, 1, {"thing": 1})


def test_each_fact_has_a_salt_of_its_own() -> None:
    record_many([fact(1), fact(1)])
    salts = [bytes(salt) for salt in Salt.objects.values_list("salt", flat=True)]
    assert (len(set(salts)), {len(salt) for salt in salts}) == (2, {16})


def test_many_facts_keep_their_order(query_budget: Callable[[int], AbstractContextManager[object]]) -> None:
    with query_budget(10):
        entries = record_many([fact(number) for number in range(1000)])
    assert [read_leaf(bytes(entry.leaf)).codes["thing"] for entry in entries] == list(range(1000))


def test_no_facts_are_no_entries() -> None:
    assert (record_many([]), seal(), head().size) == ([], 0, 0)


@pytest.mark.django_db(transaction=True)
def test_recording_outside_of_the_transaction_of_the_content_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(fact(1))


def test_sealing_gives_positions_without_gaps_in_the_order_of_recording() -> None:
    room = Room()
    entries = room.sealed(3, 1, 4)
    assert [stands_at(entry) for entry in entries] == list(range(8))


def test_nothing_to_seal_writes_no_checkpoint() -> None:
    Room().sealed(2)
    assert (seal(), Checkpoint.objects.count()) == (0, 1)


def test_the_head_is_the_tree_of_all_leaves() -> None:
    entries = Room().sealed(5, 2)
    tree = Frontier().grown(leaf_hash(bytes(entry.leaf)) for entry in entries)
    assert (head().size, head().root) == (7, tree.root.hex())


def test_an_empty_record_has_the_root_of_the_empty_tree() -> None:
    assert (head().size, head().root, head().sealed_at) == (0, EMPTY_ROOT.hex(), None)


def test_what_is_sealed_is_read_by_position() -> None:
    entries = Room().sealed(2, 3)
    assert [(each.position, each.entry) for each in sealed_between(1, 4)] == [
        (1, entries[1].pk),
        (2, entries[2].pk),
        (3, entries[3].pk),
    ]
    assert (span(1, 4), span(5, 5)) == ((entries[1].pk, entries[3].pk), (0, 0))


@pytest.mark.parametrize("column", ["root", "peaks"])
def test_nothing_grows_on_a_checkpoint_that_contradicts_itself(unguarded_db: None, column: str) -> None:
    room = Room()
    room.sealed(2)
    Checkpoint.objects.update(**{column: bytes(32)})
    room.record("more")
    with pytest.raises(RuntimeError, match="verify"):
        seal()


def test_erasing_records_the_act_and_destroys_the_salt() -> None:
    entry, *_ = Room().sealed(1)
    erasure = erase(entry=entry, act="RM 1/2024", on=date(2024, 7, 1))
    leaf = read_leaf(bytes(erasure.entry.leaf))
    assert (leaf.verb, leaf.codes, Salt.objects.filter(entry=entry).exists()) == (
        "content.erased",
        {"entry": entry.pk},
        False,
    )


def test_erasing_twice_is_refused() -> None:
    entry, *_ = Room().sealed(1)
    erase(entry=entry, act="RM 1/2024", on=DAY)
    with pytest.raises(Conflict) as refused:
        erase(entry=entry, act="RM 1/2024", on=DAY)
    assert refused.value.code == "erased-already"


@pytest.mark.parametrize("act", ["", "  \n"])
def test_nothing_is_erased_without_an_act(act: str) -> None:
    entry, *_ = Room().sealed(1)
    with pytest.raises(Refused) as refused:
        erase(entry=entry, act=act, on=DAY)
    assert (refused.value.code, Erasure.objects.count()) == ("act-missing", 0)


def test_an_erasure_is_never_erased() -> None:
    entry, *_ = Room().sealed(1)
    erasure = erase(entry=entry, act="RM 1/2024", on=DAY)
    with pytest.raises(Refused) as refused:
        erase(entry=erasure.entry, act="RM 2/2024", on=DAY)
    assert refused.value.code == "erasure-stays"


def test_what_is_not_there_is_not_erased() -> None:
    with pytest.raises(Missing):
        erase(entry=Entry(pk=999), act="RM 1/2024", on=DAY)


def no_gap() -> None:
    Checkpoint.objects.create(number=0, size=1, root=b"r", peaks=b"p")
    Checkpoint.objects.create(number=0, size=2, root=b"r", peaks=b"p")


def one_size_twice() -> None:
    Checkpoint.objects.create(number=0, size=1, root=b"r", peaks=b"p")
    Checkpoint.objects.create(number=1, size=1, root=b"r", peaks=b"p")


def no_entries() -> None:
    Checkpoint.objects.create(number=0, size=0, root=b"r", peaks=b"p")


def one_position_twice() -> None:
    for _ in range(2):
        sql("INSERT INTO ledger_entry (leaf, leaf_hash, position, recorded_at) VALUES ('', '', 0, '2024-01-01')")


def before_the_first() -> None:
    sql("INSERT INTO ledger_entry (leaf, leaf_hash, position, recorded_at) VALUES ('', '', -1, '2024-01-01')")


def no_act() -> None:
    one, other = record_many([fact(1), fact(2)])
    Erasure.objects.create(erased=one, entry=other, act="")


@pytest.mark.parametrize(
    ("attempt", "constraint"),
    [
        (no_gap, "number"),
        (one_size_twice, "size"),
        (no_entries, "checkpoint_not_empty"),
        (one_position_twice, "position"),
        (before_the_first, "entry_position_from_0"),
        (no_act, "erasure_has_act"),
    ],
)
def test_the_database_refuses_the_impossible(unguarded_db: None, attempt: Callable[[], None], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        attempt()


def together(*works: Callable[[], None]) -> list[BaseException]:
    """Run everything at once, each with a connection of its own; return what went wrong."""
    faults: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - a thread cannot raise into the test
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return faults


@pytest.mark.django_db(transaction=True)
def test_six_writers_and_two_sealers_skip_and_double_nothing() -> None:
    room, stop = Room(), threading.Event()

    def write(writer: int) -> None:
        for number in range(15):
            with transaction.atomic():
                facts = [fact(1000 * writer + number)] * (1 + number % 3)
                for entry in record_many(facts):
                    room.contents[entry.pk] = facts[0].content

    def keep_sealing() -> None:
        while not stop.is_set():
            seal()

    sealers = [threading.Thread(target=together, args=[keep_sealing]) for _ in range(2)]
    for sealer in sealers:
        sealer.start()
    faults = together(*[lambda writer=writer: write(writer) for writer in range(6)])
    stop.set()
    for sealer in sealers:
        sealer.join(60)
    seal()
    positions = list(Entry.objects.order_by("position").values_list("position", flat=True))
    assert (faults, positions, room.verify().why) == ([], list(range(6 * 30)), "")


@pytest.mark.django_db(transaction=True)
def test_what_was_recorded_early_and_committed_late_is_not_skipped() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite writers stand in line: nothing is committed out of order")
    begun, sealed = threading.Event(), threading.Event()
    late: list[Entry] = []

    def slow() -> None:
        with transaction.atomic():
            late.append(record(fact(1)))
            begun.set()
            sealed.wait(30)

    def quick() -> None:
        begun.wait(30)
        with transaction.atomic():
            record(fact(2))
        seal()
        sealed.set()

    assert together(slow, quick) == []
    seal()
    assert (stands_at(late[0]), head().size) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_who_finds_another_sealing_leaves_it_to_that_one() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite the second sealer waits in line and finds nothing left")
    Room().record("x")
    held, done, sealed = threading.Event(), threading.Event(), []

    def holder() -> None:
        with transaction.atomic():
            seal()
            held.set()
            done.wait(30)

    def other() -> None:
        held.wait(30)
        sealed.append(seal())
        done.set()

    assert (together(holder, other), sealed, head().size) == ([], [0], 1)
