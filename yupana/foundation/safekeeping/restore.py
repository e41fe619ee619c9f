"""The way back: a backup into an empty database, whole and proved, or nothing.

The tables are made as they were when the backup was written, filled, and then brought up to this program, as an upgrade
on the spot would have done. On SQLite this happens in a file of its own that takes its place at the end, on PostgreSQL
in one transaction.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from yupana import __version__
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger import guards, memory
from yupana.foundation.ledger.queries import head
from yupana.foundation.safekeeping import archive
from yupana.foundation.safekeeping.backup import flush_folder
from yupana.foundation.safekeeping.tables import CHUNK, columns_of, insert, kept, table_of
from yupana.foundation.vault import store as vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.db.migrations.loader import MigrationLoader
    from django.db.models import Model

    from yupana.foundation.safekeeping.archive import Manifest, Reader, Table

# Beside SQLite's file while it is in use. One that is left over belongs to a database that is gone, and would be read
# into the next one of that name.
LOGS = ("-wal", "-journal")
# Everybody's tables are empty when only these hold anything: each migrate fills them.
FILLED_BY_MIGRATE = frozenset({"django_migrations", "django_content_type", "auth_permission"})


def restore(path: Path, *, prove: Callable[[], None], tick: Callable[[int], None] = lambda _: None) -> Manifest:
    """Put a backup into the empty database and say what it held.

    ``prove`` raises when what was loaded is not in order; ``tick`` is told how many more rows or files were read, and
    each is read twice: once to check it and once to load it.
    """
    with archive.opened(path) as backup:
        _refuse_newer(backup.manifest)
        backup.check(tick)
        with _empty_database(), _vault_of(backup, tick):
            _fill(backup, tick)
            call_command("migrate", verbosity=0, interactive=False)
            guards.install(connection)
            _expect_head(backup.manifest)
            prove()
        if memory.recall() is None and backup.manifest.head_size:
            memory.remember(memory.State(backup.manifest.head_size, backup.manifest.head_root))
        return backup.manifest


def count(path: Path) -> int:
    """How many rows and files restoring it reads: each twice."""
    with archive.opened(path) as backup:
        return 2 * (sum(table.rows for table in backup.manifest.tables) + len(backup.manifest.files))


def _refuse_newer(manifest: Manifest) -> None:
    unknown = set(_nodes(manifest)) - set(MigrationExecutor(None).loader.disk_migrations or ())
    if unknown:
        raise Refused("backup-newer", made_by=".".join(min(unknown)))
    if _numbers(manifest.program) > _numbers(__version__):
        raise Refused("backup-newer", made_by=manifest.program)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _nodes(manifest: Manifest) -> list[tuple[str, str]]:
    return [(app, name) for app, _, name in (each.partition(".") for each in manifest.migrations)]


@contextmanager
def _empty_database() -> Iterator[None]:
    """Work on an empty database, which becomes the one of this home only when all went well."""
    if connection.vendor == "sqlite":
        with _new_file():
            yield
        return
    with transaction.atomic():
        _clear()
        yield


@contextmanager
def _new_file() -> Iterator[None]:
    ours = connections["default"]
    place = Path(str(ours.settings_dict["NAME"]))
    if place.exists() and place.stat().st_size:
        _refuse_held(ours.introspection.table_names())
    ours.close()
    if any(Path(f"{place}{log}").exists() for log in LOGS):
        raise Refused("restore-not-empty")
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")  # mkstemp opens with mode 0600
    os.close(handle)
    connections["default"] = type(ours)({**ours.settings_dict, "NAME": name}, "default")
    try:
        yield
        connections["default"].close()
        Path(name).replace(place)
        flush_folder(place.parent)
    finally:
        connections["default"].close()
        connections["default"] = ours
        for left in place.parent.glob(f"{Path(name).name}*"):
            left.unlink()


@contextmanager
def _vault_of(backup: Reader, tick: Callable[[int], None]) -> Iterator[None]:
    """Put the files into the vault of this home; where the work fails, those that were not there before go again."""
    new: list[str] = []
    try:
        for file in backup.manifest.files:
            if vault.size_of(file.digest) is None:
                new.append(file.digest)
            with backup.stream(file) as stream:
                vault.put(stream, file.digest, file.size)
            tick(1)
        yield
    except BaseException:
        for digest in new:
            vault.discard(digest)
        raise


def _clear() -> None:
    """Hold every table for ourselves, and take away the empty ones: they are made anew, as they were then."""
    names, quote = connection.introspection.table_names(), connection.ops.quote_name
    with connection.cursor() as cursor:
        if names:
            cursor.execute(f"LOCK TABLE {', '.join(map(quote, names))} IN ACCESS EXCLUSIVE MODE")
        _refuse_held(names)
        for name in names:
            cursor.execute(f"DROP TABLE {quote(name)} CASCADE")


def _refuse_held(names: list[str]) -> None:
    """Refuse a database that holds a row, or a table of somebody else."""
    ours = {table_of(model) for model in apps.get_models(include_auto_created=True)} | FILLED_BY_MIGRATE
    with connection.cursor() as cursor:
        for name in sorted(set(names) - FILLED_BY_MIGRATE):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")  # noqa: S608 - names from the database itself
            if name not in ours or cursor.fetchone():
                raise Refused("restore-not-empty")


def _fill(backup: Reader, tick: Callable[[int], None]) -> None:
    """Make the tables as they were, and load every row; constraints that lean on other tables are held at the end."""
    models = _made_as_then(backup.manifest)
    due = {table.name: sorted(table.columns) for table in backup.manifest.tables}
    if due != {name: sorted(columns_of(model)) for name, model in models.items()}:
        raise Refused("backup-damaged", what=archive.MANIFEST)
    connection.disable_constraint_checking()  # SQLite's
    with transaction.atomic():
        if connection.vendor == "postgresql":
            connection.cursor().execute("SET CONSTRAINTS ALL DEFERRED")
        guards.remove(connection)
        for table in backup.manifest.tables:
            _load(models[table.name], table, backup.rows(table), tick)
        _check_references()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
                cursor.execute(statement)
    connection.enable_constraint_checking()


def _made_as_then(manifest: Manifest) -> Mapping[str, type[Model]]:
    executor = MigrationExecutor(connection)
    leaves = _leaves(executor.loader, set(_nodes(manifest)))
    executor.migrate(leaves)
    if MigrationRecorder(connection).applied_migrations().keys() != set(_nodes(manifest)):
        raise Refused("backup-damaged", what=archive.MANIFEST)
    state: Any = executor.loader.project_state(leaves)
    return {table_of(model): model for model in kept(state.apps)}


def _leaves(loader: MigrationLoader, applied: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Find the last of each app: a target before the last would be a way back."""
    nodes = loader.graph.node_map
    followed = {
        node for node in applied for child in nodes[node].children if child.key[0] == node[0] and child.key in applied
    }
    return sorted(applied - followed)


def _load(model: type[Model], table: Table, rows: Iterator[list[object]], tick: Callable[[int], None]) -> None:
    try:
        while some := list(islice(rows, CHUNK)):
            insert(model, table.columns, some)
            tick(len(some))
    except (IntegrityError, DataError, ValidationError, ValueError, TypeError, OverflowError) as error:
        raise Refused("backup-damaged", what=table.member) from error


def _check_references() -> None:
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise Refused("backup-damaged", what=str(error).strip()) from error


def _expect_head(manifest: Manifest) -> None:
    standing = head()
    if (standing.size, standing.root) != (manifest.head_size, manifest.head_root):
        raise Refused("backup-damaged", what=archive.MANIFEST)
