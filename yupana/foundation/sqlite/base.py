"""The SQLite of Django whose writers queue (see ``queue``). Readers never wait.

Every transaction that begins IMMEDIATE takes its turn before it begins; a statement that writes outside a transaction
takes one for itself. The turn ends with the transaction, whichever way that ends. SQLite's own timeout remains for
programs that do not queue.
"""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.backends.sqlite3 import base

from yupana.foundation.sqlite.queue import PATIENCE, Busy, Turn

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIX = "-queue"
# What asks for SQLite's one write lock. A WITH is taken for a read: Django and we write without.
_WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|VACUUM|REINDEX|ANALYZE|BEGIN\s+(IMMEDIATE|EXCLUSIVE))\b",
    re.IGNORECASE,
)
_PAUSE = 0.01
_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class QueueingCursor(base.SQLiteCursorWrapper):
    """A cursor that takes a turn for what writes."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> QueueingCursor:  # noqa: ANN401 (as in Django)
        """Execute in turn."""
        with self.wrapper.in_turn(query, self):
            super().execute(query, params)
        return self

    def executemany(self, query: str, param_list: Any) -> QueueingCursor:  # noqa: ANN401 (as in Django)
        """Execute in one turn."""
        with self.wrapper.in_turn(query, self):
            super().executemany(query, param_list)
        return self

    def close(self) -> None:
        """End the statement, and with it the turn of one that returned rows."""
        super().close()
        self.wrapper.end_turn()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection with its place in the queue."""

    patience = PATIENCE

    @cached_property
    def turn(self) -> Turn | None:
        """The place of this connection in the queue of its file; none for a database in memory."""
        name = str(self.settings_dict["NAME"])
        if self.is_in_memory_db():
            return None
        # One queue for one file, however it is called.
        return Turn(Path(f"{Path(name.removeprefix('file:').partition('?')[0]).resolve()}{SUFFIX}"))

    @contextmanager
    def in_turn(self, query: str, cursor: sqlite3.Cursor) -> Iterator[None]:
        """Hold the turn around a statement that writes, and on to the end of the transaction that it is in."""
        if self.turn is None or self.turn.held or not _WRITES.match(query):
            yield
            return
        self.turn.take(self.patience)
        try:
            yield
        except sqlite3.OperationalError as error:
            self.end_turn()
            if _is_locked(error):
                raise Busy("a program that does not queue holds the database") from error
            raise
        except BaseException:
            self.end_turn()
            raise
        if cursor.description is None:  # else it writes until its rows are read: until the cursor is closed
            self.end_turn()

    def end_turn(self) -> None:
        """Give the turn back unless a transaction is still open."""
        if self.turn is not None and not (self.connection is not None and self.connection.in_transaction):
            self.turn.give()

    def create_cursor(self, name: str | None = None) -> QueueingCursor:  # noqa: ARG002 (as in Django)
        """Make a cursor that queues."""
        cursor: QueueingCursor = self.connection.cursor(factory=QueueingCursor)
        cursor.wrapper = self
        return cursor

    def get_new_connection(self, conn_params: Any) -> sqlite3.Connection:  # noqa: ANN401 (as in Django)
        """Connect. Turning a new file to WAL is the one thing for which SQLite does not wait: then we do."""
        deadline = time.monotonic() + self.patience
        while True:
            try:
                return super().get_new_connection(conn_params)  # type: ignore[no-any-return] # Django has no types
            except sqlite3.OperationalError as error:
                if not _is_locked(error):
                    raise
                if time.monotonic() > deadline:
                    raise Busy("the database is being made") from error
                time.sleep(_PAUSE)

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc] # the stubs leave it out
        finally:
            self.end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc] # the stubs leave it out
        finally:
            self.end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc] # the stubs leave it out
        finally:
            if self.turn is not None:
                self.turn.give()


def _is_locked(error: sqlite3.OperationalError) -> bool:
    return (error.sqlite_errorcode & 0xFF) in _LOCKED  # the upper bits say more precisely why
