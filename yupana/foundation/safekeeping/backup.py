"""Writing a backup while everybody goes on working: one snapshot, one file, there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.apps import apps
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from yupana import __version__
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger.queries import head
from yupana.foundation.safekeeping.archive import File, Manifest, Table, Writer
from yupana.foundation.safekeeping.tables import CHUNK, columns_of, kept, rows_of, table_of
from yupana.foundation.vault import store as vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: rows, files of the vault, bytes, and the record that is in it."""

    rows: int
    files: int
    size: int
    entries: int
    root: str


def backup(path: Path, tick: Callable[[int], None] = lambda _: None) -> Made:
    """Write the whole database and the vault into a new file; ``tick`` is told how many more rows or files are written.

    The vault is listed after the snapshot was taken: whatever a row of it names is there by then.
    """
    if path.exists():
        raise Refused("backup-exists", file=str(path))
    with _draft(path) as file, snapshot(), Writer(file) as writer:
        standing = head()
        tables = tuple(_written(writer, model, tick) for model in kept(apps))
        files = tuple(_kept(writer, file.digest, tick) for file in vault.held())
        writer.close(
            Manifest(
                program=__version__,
                made_at=timezone.now().isoformat(),
                database=connection.vendor,
                migrations=tuple(
                    sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
                ),
                head_size=standing.size,
                head_root=standing.root,
                tables=tables,
                files=files,
            )
        )
    return Made(sum(table.rows for table in tables), len(files), path.stat().st_size, standing.size, standing.root)


def count() -> int:
    """How many rows and files a backup made now would hold."""
    rows = sum(model._base_manager.count() for model in kept(apps))  # noqa: SLF001 - Django documents it
    return rows + sum(1 for _ in vault.held())


@contextmanager
def snapshot() -> Iterator[None]:
    """Read the database as it is at one moment, through a connection of its own that cannot write."""
    ours = connections["default"]
    settings = {**ours.settings_dict, "OPTIONS": dict(ours.settings_dict["OPTIONS"])}
    if ours.vendor == "sqlite":
        settings["OPTIONS"]["transaction_mode"] = "DEFERRED"  # a reader must not take the lock of the writers
    connections["default"] = type(ours)(settings, "default")
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                else:
                    cursor.execute("PRAGMA query_only = ON")
            yield
    finally:
        connections["default"].close()
        connections["default"] = ours


@contextmanager
def _draft(path: Path) -> Iterator[IO[bytes]]:
    """Write beside the place, for the owner only, and take the place once everything is on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mkstemp opens with mode 0600
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
        flush_folder(path.parent)
    finally:
        Path(name).unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    """Make sure that a name given in this folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _kept(writer: Writer, digest: str, tick: Callable[[int], None]) -> File:
    with vault.open_(digest) as file:
        written = writer.file(digest, file)
    tick(1)
    return written


def _written(writer: Writer, model: type[Model], tick: Callable[[int], None]) -> Table:
    def counted() -> Iterator[list[object]]:
        at = 0
        for at, row in enumerate(rows_of(model), 1):
            yield row
            if at % CHUNK == 0:
                tick(CHUNK)
        tick(at % CHUNK)

    try:
        return writer.table(table_of(model), columns_of(model), counted())
    except (ValueError, UnicodeError) as error:
        raise Refused("backup-unreadable", table=table_of(model)) from error
