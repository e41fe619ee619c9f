"""The database itself refuses to change what is append-only, whoever asks."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.models.signals import pre_migrate

from tests.foundation.ledger.record import DAY, Room, sql
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.actions import erase, seal
from yupana.foundation.ledger.models import Erasure, Salt
from yupana.foundation.ledger.rules import Guard

pytestmark = pytest.mark.django_db


def refused(statement: str) -> bool:
    try:
        with transaction.atomic():
            sql(statement)
    except DatabaseError as error:
        return guards.REFUSAL in str(error)
    return False


def only_on(vendor: str) -> None:
    if connection.vendor != vendor:
        pytest.skip(f"speaks of {vendor}")


@pytest.fixture
def sealed() -> Room:
    """Entries at positions 0 and 1, of which the second is erased, and one that is not sealed."""
    room = Room()
    entries = room.sealed(2)
    erase(entry=entries[1], act="RM 1/2024", on=DAY)
    return room


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET leaf = leaf_hash WHERE position = 0",
        "UPDATE ledger_entry SET leaf_hash = leaf WHERE position IS NULL",
        "UPDATE ledger_entry SET leaf = leaf_hash, position = 9 WHERE position IS NULL",
        "UPDATE ledger_entry SET recorded_at = '2020-01-01 00:00:00+00:00', position = 9 WHERE position IS NULL",
        "UPDATE ledger_entry SET position = 9 WHERE position = 0",
        "UPDATE ledger_entry SET position = NULL WHERE position = 0",
        "UPDATE ledger_entry SET id = 99999 WHERE position = 0",
        "UPDATE ledger_entry SET id = 99999, position = 9 WHERE position IS NULL",
        "DELETE FROM ledger_entry WHERE position = 0",
        "DELETE FROM ledger_entry",
        "INSERT INTO ledger_entry (leaf, leaf_hash, position, recorded_at) VALUES ('', '', 9, '2020-01-01')",
        "UPDATE ledger_salt SET salt = ''",
        "DELETE FROM ledger_salt",
        "UPDATE ledger_checkpoint SET root = ''",
        "UPDATE ledger_checkpoint SET sealed_at = sealed_at",
        "DELETE FROM ledger_checkpoint",
        "UPDATE ledger_erasure SET act = 'another'",
        "DELETE FROM ledger_erasure",
    ],
)
def test_the_record_does_not_change(sealed: Room, statement: str) -> None:
    assert refused(statement)


def test_an_entry_is_sealed_once(sealed: Room) -> None:
    assert seal() == 1


def test_the_salt_of_what_was_erased_may_go_and_no_other(sealed: Room) -> None:
    kept = Salt.objects.count()
    with pytest.raises(DatabaseError):
        Salt.objects.filter(entry__position=0).delete()
    assert kept == 2  # of the three entries, two


@pytest.mark.django_db(transaction=True)
def test_what_may_not_be_deleted_may_not_be_truncated() -> None:
    only_on("postgresql")
    Room().sealed(2)
    tables = {guard.table for guard in guards.expected().values() if guard.event == "delete"}
    assert {table for table in tables if not refused(f"TRUNCATE {table} CASCADE")} == set()


@pytest.mark.parametrize(
    "statement",
    [
        "REPLACE INTO ledger_entry SELECT id, '', '', NULL, recorded_at FROM ledger_entry WHERE position = 0",
        "UPDATE OR REPLACE ledger_entry SET position = 0 WHERE position IS NULL",
        "REPLACE INTO ledger_salt (entry_id, salt) SELECT entry_id, '' FROM ledger_salt",
        "REPLACE INTO ledger_checkpoint (number, size, root, peaks, sealed_at) VALUES (0, 7, '', '', '2020-01-01')",
    ],
)
def test_nothing_is_replaced(sealed: Room, statement: str) -> None:
    only_on("sqlite")
    assert refused(statement)


# --- kept in place ----------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_guards_survive_a_migration_that_rebuilds_a_table() -> None:
    """On SQLite the schema editor makes a new table and drops the old one, with its triggers."""
    note = models.CharField(max_length=5, default="")
    note.set_attributes_from_name("note")
    pre_migrate.send(apps.get_app_config("ledger"), using="default", plan=[("a migration", False)])
    for change in ("add_field", "remove_field"):
        with connection.schema_editor() as editor:
            getattr(editor, change)(Erasure, note)
    dropped = guards.missing(connection)
    call_command("migrate", verbosity=0)
    assert (bool(dropped), guards.missing(connection)) == (connection.vendor == "sqlite", [])


@pytest.mark.django_db(transaction=True)
def test_every_migrate_puts_back_what_is_missing() -> None:
    guards.remove(connection)
    before = guards.missing(connection)
    call_command("migrate", verbosity=0)
    assert (len(before), guards.missing(connection)) == (len(guards.triggers(connection.vendor)), [])


def test_installing_twice_changes_nothing(db: None) -> None:
    before = guards.installed(connection)
    guards.install(connection)
    assert guards.installed(connection) == before


def hollow() -> None:
    """A trigger of the right name that refuses nothing."""
    if connection.vendor == "sqlite":
        sql("DROP TRIGGER guard_ledger_entry_delete")
        sql("CREATE TRIGGER guard_ledger_entry_delete BEFORE DELETE ON ledger_entry WHEN (1 = 0) BEGIN SELECT 1; END")
    else:
        sql(
            "CREATE OR REPLACE FUNCTION guard_ledger_entry_delete() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN OLD; END $$"
        )


def elsewhere() -> None:
    """A trigger of the right name on another table."""
    on = " ON ledger_entry" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER guard_ledger_entry_delete{on}")
    if connection.vendor == "sqlite":
        sql("CREATE TRIGGER guard_ledger_entry_delete BEFORE DELETE ON ledger_salt BEGIN SELECT 1; END")
    else:
        sql(
            "CREATE TRIGGER guard_ledger_entry_delete BEFORE DELETE ON django_session FOR EACH ROW"
            " EXECUTE FUNCTION guard_ledger_entry_delete()"
        )


def disabled() -> None:
    only_on("postgresql")
    sql("ALTER TABLE ledger_entry DISABLE TRIGGER guard_ledger_entry_delete")


def for_replicas_only() -> None:
    only_on("postgresql")
    sql("ALTER TABLE ledger_entry ENABLE REPLICA TRIGGER guard_ledger_entry_delete")


@pytest.mark.parametrize("weaken", [hollow, elsewhere, disabled, for_replicas_only])
def test_a_guard_that_no_longer_guards_is_missing_until_it_is_installed_anew(
    db: None, weaken: Callable[[], None]
) -> None:
    weaken()
    before = guards.missing(connection)
    guards.install(connection)
    assert (before, guards.missing(connection)) == (["guard_ledger_entry_delete"], [])


def test_a_guard_that_we_no_longer_ask_for_is_taken_away(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps.get_app_config("ledger"), "guards", (Guard("ledger_entry", "delete"),))
    guards.install(connection)
    left = {trigger.name for trigger in guards.installed(connection) if trigger.table.startswith("ledger_")}
    assert left <= {"guard_ledger_entry_delete", "guard_ledger_entry_truncate"}


def test_two_guards_of_one_event_would_hide_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = (Guard("ledger_entry", "delete"), Guard("ledger_entry", "delete", "1 = 0"))
    monkeypatch.setattr(apps.get_app_config("ledger"), "guards", twice)
    with pytest.raises(ValueError, match="join"):
        guards.expected()


def test_a_guard_waits_for_its_table(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = apps.get_app_config("ledger").guards  # type: ignore[attr-defined] # the guards are our own addition
    monkeypatch.setattr(apps.get_app_config("ledger"), "guards", (*ours, Guard("ledger_not_yet", "update")))
    guards.install(connection)
    assert guards.missing(connection) == ["guard_ledger_not_yet_update"]
