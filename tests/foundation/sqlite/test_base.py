"""Whoever writes to SQLite takes a turn, whoever reads does not, and no turn outlives what it was for."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.interfaces.cli.test_database import REPOSITORY, command
from yupana.domain.people.models import Person
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record
from yupana.foundation.ledger.models import Entry
from yupana.foundation.sqlite.base import SUFFIX
from yupana.foundation.sqlite.queue import Busy, Turn

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("postgresql" in os.environ.get("DATABASE_URL", ""), reason="PostgreSQL needs no queue of ours"),
]


def note() -> None:
    record(Fact("entity.registered", {"entity": "x:1"}, date(2020, 1, 1), {}))


def queue() -> Path:
    return Path(f"{connection.settings_dict['NAME']}{SUFFIX}")


def somebody_else_may_write() -> bool:
    """Whether nobody is in the queue."""
    turn = Turn(queue())
    try:
        turn.take(patience=0)
    except Busy:
        return False
    turn.give()
    return True


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[Turn]:
    """Somebody else is writing, and we have no patience."""
    connection.ensure_connection()
    monkeypatch.setattr(connection, "patience", 0.0)
    turn = Turn(queue())
    turn.take()
    yield turn
    turn.give()


def test_a_transaction_waits_for_its_turn(taken: Turn) -> None:
    with pytest.raises(Busy), transaction.atomic():
        note()
    taken.give()
    with transaction.atomic():
        note()
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("statement", ["DELETE FROM people_person", "  update people_person set password = ''"])
def test_a_statement_alone_waits_for_its_turn_too(statement: str, taken: Turn) -> None:
    with pytest.raises(Busy), connection.cursor() as cursor:
        cursor.execute(statement)
    taken.give()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert somebody_else_may_write()


def test_many_of_one_statement_wait_too(taken: Turn) -> None:
    with pytest.raises(Busy), connection.cursor() as cursor:
        cursor.executemany("DELETE FROM people_person WHERE id = %s", [(1,), (2,)])


def test_reading_never_waits(taken: Turn) -> None:
    assert (Entry.objects.count(), list(Person.objects.all())) == (0, [])


def test_a_row_that_is_made_and_given_back_ends_the_turn() -> None:
    Person.objects.create(username="a")
    assert (Person.objects.count(), somebody_else_may_write()) == (1, True)


def test_a_turn_lasts_as_long_as_the_transaction() -> None:
    with transaction.atomic():
        note()
        with transaction.atomic():
            note()
        during = somebody_else_may_write()
    assert (during, somebody_else_may_write()) == (False, True)


def test_what_is_rolled_back_gives_the_turn_back() -> None:
    with transaction.atomic():
        note()
        transaction.set_rollback(True)
    assert (somebody_else_may_write(), Entry.objects.count()) == (True, 0)


def test_a_statement_that_fails_gives_the_turn_back() -> None:
    Person.objects.create(username="a")
    with pytest.raises(IntegrityError):
        Person.objects.create(username="a")
    assert somebody_else_may_write()


def test_a_connection_that_is_closed_gives_the_turn_back() -> None:
    with transaction.atomic():
        note()
        connection.close()
        during = somebody_else_may_write()
    assert (during, Entry.objects.count()) == (True, 0)


def test_a_program_that_does_not_queue_is_waited_for_and_then_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
    outsider = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    outsider.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Busy), transaction.atomic():
            note()
    finally:
        outsider.close()
        connection.close()
    assert somebody_else_may_write()


def test_a_wrong_statement_is_wrong_and_not_busy() -> None:
    with pytest.raises(DatabaseError) as found, connection.cursor() as cursor:
        cursor.execute("DELETE FROM nowhere")
    assert (isinstance(found.value, Busy), somebody_else_may_write()) == (False, True)


def test_threads_and_commands_write_at_once_and_nobody_hears_of_a_lock(tmp_path: Path) -> None:
    """Two processes of eight threads write while a third seals what they wrote."""
    home = tmp_path / "home"
    assert command(home, "tick").returncode == 0
    keep = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    crews = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.writers", "work", "8", "5"],
            cwd=REPOSITORY,
            env={**keep, "YUPANA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "yupana.settings"},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    sealed = [command(home, "tick", "--json")]
    said = [line for crew in crews for line in crew.communicate(timeout=120)[0].split()]
    sealed.append(command(home, "tick", "--json"))
    assert (len(said), said.count("refused"), sum(json.loads(each.stdout)["sealed"] for each in sealed)) == (80, 0, 80)
