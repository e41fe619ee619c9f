"""The refusals that the database itself makes, kept as triggers on both databases.

Every app lists its guards in its AppConfig; together they are the one list that is installed after each migrate,
checked by ``verify`` and by the house test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

    from yupana.foundation.ledger.rules import Guard

PREFIX = "guard_"
REFUSAL = "yupana: this record does not change"


def expected() -> dict[str, Guard]:
    """Every guard that must be there, by trigger name."""
    guards = [guard for config in apps.get_app_configs() for guard in getattr(config, "guards", ())]
    return {f"{PREFIX}{guard.table}_{guard.event}": guard for guard in guards}


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the guards that stand in this database."""
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%%'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgname LIKE 'guard_%%'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql, [])
        return {row[0] for row in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the guards that should stand in this database and do not."""
    return sorted({name for name, _ in _named(connection.vendor)} - installed(connection))


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place whose table exists; what stands already is put anew."""
    remove(connection)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for name, guard in expected().items():
            if guard.table in tables:
                for statement in _statements(connection.vendor, name, guard):
                    cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away: before putting them anew, and for a test that must flush its tables."""
    standing = installed(connection)
    with connection.cursor() as cursor:
        for name, guard in _named(connection.vendor):
            if name in standing:
                on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {name}{on}")


def _named(vendor: str) -> Iterator[tuple[str, Guard]]:
    """Every trigger by name; on PostgreSQL what may not be deleted may not be truncated either."""
    for name, guard in expected().items():
        yield name, guard
        if vendor == "postgresql" and guard.event == "delete":
            yield f"{PREFIX}{guard.table}_truncate", guard


def _statements(vendor: str, name: str, guard: Guard) -> Iterator[str]:
    """SQL that installs one guard. Names and conditions come from our own AppConfigs, never from a person."""
    event = guard.event.upper()
    if vendor == "sqlite":
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {guard.table} WHEN ({guard.condition})"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        return
    kept = "OLD" if guard.event == "delete" else "NEW"
    raised = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF ({guard.condition}) THEN {raised}; END IF; RETURN {kept}; END $$"
    )
    yield f"CREATE TRIGGER {name} BEFORE {event} ON {guard.table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    if guard.event == "delete":
        bare = f"{PREFIX}{guard.table}_truncate"
        yield (
            f"CREATE OR REPLACE FUNCTION {bare}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {raised}; END $$"
        )
        yield f"CREATE TRIGGER {bare} BEFORE TRUNCATE ON {guard.table} FOR EACH STATEMENT EXECUTE FUNCTION {bare}()"
