"""Keeping the tables up to date: by itself on SQLite, on request on PostgreSQL."""

from __future__ import annotations

import fcntl
import sqlite3
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection
from django.db.backends.sqlite3.base import decoder
from django.db.migrations.executor import MigrationExecutor
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from yupana.foundation import home

if TYPE_CHECKING:
    from collections.abc import Iterator


NEVER = datetime(1, 1, 1)  # noqa: DTZ001 (the database keeps moments without a zone, and Django adds it)


class Unprepared(Exception):  # noqa: N818 (a refusal is an answer, not a failure)
    """The tables do not fit this program, and it is not for this command to change them."""


def ready() -> None:
    """Make sure that the tables fit: on SQLite by upgrading them now, elsewhere by refusing until somebody does."""
    _prepare()
    if not pending():
        return
    if connection.vendor != "sqlite":
        raise Unprepared(_("The database is not up to date. Run: yupana migrate"))
    upgrade()


def upgrade() -> bool:
    """Bring the tables up to date, one process at a time; say whether there was anything to do."""
    _prepare()
    with _locked("upgrade.lock", fcntl.LOCK_EX):
        if not pending():
            return False
        call_command("migrate", verbosity=0, interactive=False)
        return True


def pending() -> bool:
    """Whether tables are missing or older than this program; refuses those that are newer."""
    executor = MigrationExecutor(connection)
    known, applied = set(executor.loader.disk_migrations or ()), set(executor.loader.applied_migrations or ())
    newer = sorted(f"{app}.{name}" for app, name in applied - known)
    if newer:
        told = _("The database was made by a newer Yupana (%(migration)s). Use that version, or another YUPANA_HOME.")
        raise Unprepared(told % {"migration": newer[0]})
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def read_as_it_stands() -> Iterator[None]:
    """Read on SQLite also what no program would have written, so that verification can say where it stands.

    SQLite stores whatever bytes it is given. A day that is none reads as the first of all days, a text that is no
    UTF-8 keeps its bytes as surrogates: neither is what was sealed.
    """
    if connection.vendor != "sqlite":
        yield
        return
    sqlite3.register_converter("date", _day)
    sqlite3.register_converter("datetime", _moment)
    sqlite3.register_converter("bool", _truth)
    connection.ensure_connection()
    connection.connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.connection.text_factory = str
        sqlite3.register_converter("date", decoder(parse_date))
        sqlite3.register_converter("datetime", decoder(parse_datetime))
        sqlite3.register_converter("bool", b"1".__eq__)


def _day(raw: bytes) -> date:
    try:
        return parse_date(raw.decode("ascii")) or date.min
    except ValueError:
        return date.min


def _truth(raw: bytes) -> bool | bytes:
    """Django takes for false whatever is no 1; here it stays what it is, which nobody sealed."""
    return raw == b"1" if raw in {b"0", b"1"} else raw


def _moment(raw: bytes) -> datetime:
    try:
        return parse_datetime(raw.decode("ascii")) or NEVER
    except ValueError:
        return NEVER


def _prepare() -> None:
    """Make the home, and the file of the database for its owner only before anything is put in it."""
    home.prepare()
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and ":memory:" not in name and "mode=memory" not in name:
        Path(name).touch(mode=0o600)


@contextmanager
def serving() -> Iterator[None]:
    """Let others know that the database of this home is being served."""
    with _locked("serving.lock", fcntl.LOCK_SH):
        yield


@contextmanager
def serving_alone() -> Iterator[bool]:
    """Say whether nobody serves this home, and keep it so."""
    with _locked("serving.lock", fcntl.LOCK_EX | fcntl.LOCK_NB) as held:
        yield held


@contextmanager
def alone() -> Iterator[None]:
    """Have the home to oneself, to put a database into it: nobody serves it, nobody makes or upgrades its tables.

    A database that a newer program made is refused here, as everywhere.
    """
    home.prepare()
    with _locked("upgrade.lock", fcntl.LOCK_EX), serving_alone() as held:
        if not held:
            raise Unprepared(_("This home is being served. Stop `yupana serve` first."))
        if connection.vendor != "sqlite" or Path(str(connection.settings_dict["NAME"])).exists():
            pending()
        yield


@contextmanager
def _locked(name: str, how: int) -> Iterator[bool]:
    """Hold a lock of the home, or say that somebody else does; a lock goes with its process, so a crash leaves none."""
    with (home.home() / name).open("w") as file:
        try:
            fcntl.flock(file, how)
        except BlockingIOError:
            yield False
        else:
            yield True
