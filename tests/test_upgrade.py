"""Every migration forward: on an empty database, and on what each earlier state left, both databases.

`tests/data/backup-NNNN.zip` is a whole State that was saved when the newest migration of the ledger was that one. Such
a file is made once and never again: what it holds is what people have.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from tests.stands import VENDORS, Stand
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.queries import head
from yupana.foundation.safekeeping.archive import opened
from yupana.foundation.safekeeping.restore import restore
from yupana.interfaces.cli import database
from yupana.interfaces.cli.safekeeping import prove
from yupana.projections.figures.actions import check
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[[str], Stand]

STATES = sorted((Path(__file__).parent / "data").glob("backup-*.zip"))


def schema() -> dict[str, Any]:
    """What the tables of this database are, however they came to be: columns and constraints, in any order."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            constraints = connection.introspection.get_constraints(cursor, table)
            named = {
                (name if each["index"] is False else "", tuple(each["columns"]), each["unique"], each["check"])
                for name, each in constraints.items()
                if not name.startswith("__")  # what SQLite numbers has no name
            }
            found[table] = (sorted((each.name, each.type_code, each.null_ok) for each in columns), sorted(named))
    return found


def test_there_is_a_state_to_come_from() -> None:
    assert [path.name for path in STATES][:1] == ["backup-0001.zip"]


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("state", STATES, ids=lambda path: path.stem)
def test_an_earlier_state_comes_forward_with_all_that_is_in_it(state: Path, vendor: str, stands: Make) -> None:
    with opened(state) as backup:
        then = backup.manifest
    with stands(vendor).used():
        restore(state, prove=prove)
        verdict = verify()
        assert (verdict.ok, verdict.entries, verdict.root) == (True, then.head_size, then.head_root)
        assert (database.pending(), guards.missing(connection), check()) == (False, [], ())
        came = schema()
    with stands(vendor).migrated().used():
        assert schema() == came


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_migration_goes_forward_by_itself_on_an_empty_database(vendor: str, stands: Make) -> None:
    """One step at a time, as whoever skipped no version did; the end is the same as in one go."""
    with stands(vendor).used():
        executor = MigrationExecutor(connection)
        for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
            MigrationExecutor(connection).migrate([(migration.app_label, migration.name)])
        call_command("migrate", verbosity=0)
        assert (database.pending(), guards.missing(connection), head().size) == (False, [], 0)
        stepped = schema()
    with stands(vendor).migrated().used():
        assert schema() == stepped


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_database_in_use_is_upgraded_where_it_stands(vendor: str, stands: Make) -> None:
    """The newest migration of the ledger is taken back and applied again, under a State that was sealed."""
    with stands(vendor).used():
        restore(STATES[0], prove=prove)
        before = head()
        call_command("migrate", "ledger", "0001", verbosity=0)
        assert (database.pending(), database.upgrade(), database.pending()) == (True, True, False)
        assert (head(), verify().ok, guards.missing(connection), check()) == (before, True, [], ())


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_restored_state_has_all_migrations_of_today(vendor: str, stands: Make) -> None:
    with stands(vendor).used():
        restore(STATES[0], prove=prove)
        restored = set(MigrationRecorder(connection).applied_migrations())
    with stands(vendor).migrated().used():
        assert set(MigrationRecorder(connection).applied_migrations()) == restored
