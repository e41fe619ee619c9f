"""The refusals that the database itself makes, kept as triggers on both databases.

Every app lists its guards in its AppConfig; together they are the one list that is installed after each migrate,
checked by ``verify`` and by the house test. A guard counts as standing only with the very words we give it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

    from yupana.foundation.ledger.rules import Guard

PREFIX = "guard_"
REFUSAL = "yupana: this record does not change"

_STANDING = {
    "sqlite": (
        "SELECT name, tbl_name, sql, '' FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 6) = 'guard_'"
    ),
    # Enabled only: one that fires for replicas, or not at all, guards nothing.
    "postgresql": (
        "SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid, true), p.prosrc FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)"
        " AND substr(t.tgname, 1, 6) = 'guard_'"
    ),
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """A guard as one database writes it: ``body`` is the source of its function on PostgreSQL."""

    name: str
    table: str
    sql: str
    body: str = ""


def expected() -> dict[str, Guard]:
    """Every guard that must be there, by its name."""
    guards = [guard for config in apps.get_app_configs() for guard in getattr(config, "guards", ())]
    named = {f"{PREFIX}{guard.table}_{guard.event}": guard for guard in guards}
    if len(named) < len(guards):
        raise ValueError("two guards for one event on one table: join their conditions")
    return named


def triggers(vendor: str) -> set[Trigger]:
    """Every guard as a database of that vendor writes it."""
    return {trigger for name, guard in expected().items() for trigger in _written(vendor, name, guard)}


def installed(connection: BaseDatabaseWrapper) -> set[Trigger]:
    """Every guard that stands in this database, also one that we no longer ask for."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor])
        return {Trigger(*row) for row in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the guards that should stand in this database and do not, or not in our words."""
    return sorted(trigger.name for trigger in triggers(connection.vendor) - installed(connection))


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place whose table exists, and take away what is not ours; nobody sees them half done."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        due = {trigger for trigger in triggers(connection.vendor) if trigger.table in tables}
        standing = installed(connection)
        for trigger in sorted(standing - due, key=_name):
            cursor.execute(_dropped(connection.vendor, trigger))
        for trigger in sorted(due - standing, key=_name):
            for statement in _put(connection.vendor, trigger):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away: for a test that must empty its tables."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for trigger in sorted(installed(connection), key=_name):
            cursor.execute(_dropped(connection.vendor, trigger))


def _name(trigger: Trigger) -> str:
    return trigger.name


def _written(vendor: str, name: str, guard: Guard) -> Iterator[Trigger]:
    """SQL of one guard. Names and conditions come from our own AppConfigs, never from a person."""
    table, event = guard.table, guard.event.upper()
    if vendor == "sqlite":
        refusal = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        yield Trigger(
            name, table, f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN ({guard.condition}) {refusal}"
        )
        return
    raised = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
    kept = "OLD" if guard.event == "delete" else "NEW"
    yield Trigger(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        f" BEGIN IF ({guard.condition}) THEN {raised}; END IF; RETURN {kept}; END ",
    )
    if guard.event == "delete":
        # What may not be deleted row by row may not be emptied at once.
        name = f"{PREFIX}{table}_truncate"
        sql = f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        yield Trigger(name, table, sql, f" BEGIN {raised}; END ")


def _put(vendor: str, trigger: Trigger) -> Iterator[str]:
    if vendor == "postgresql":
        head = f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql"
        yield f"{head} AS $${trigger.body}$$"
        # A disabled trigger of that name is not counted as standing, and would be in the way.
        yield f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}"
    yield trigger.sql


def _dropped(vendor: str, trigger: Trigger) -> str:
    return f"DROP TRIGGER {trigger.name}" + (f" ON {trigger.table}" if vendor == "postgresql" else "")
