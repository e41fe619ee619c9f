"""Keeping the tables up to date: by itself on SQLite, on request on PostgreSQL."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from yupana.foundation import home

if TYPE_CHECKING:
    from collections.abc import Iterator


class Unprepared(Exception):  # noqa: N818 (a refusal is an answer, not a failure)
    """The tables do not fit this program, and it is not for this command to change them."""


def ready() -> None:
    """Make sure that the tables fit: on SQLite by upgrading them now, elsewhere by refusing until somebody does."""
    home.prepare()
    if not pending():
        return
    if connection.vendor != "sqlite":
        raise Unprepared(_("The database is not up to date. Run: yupana migrate"))
    upgrade()


def upgrade() -> bool:
    """Bring the tables up to date, one process at a time; say whether there was anything to do."""
    home.prepare()
    with _alone():
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
def _alone() -> Iterator[None]:
    """Hold the lock of the home; it goes with the process, so that a crash leaves nothing locked."""
    with (home.home() / "upgrade.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
