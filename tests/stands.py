"""Databases beside the one of the test: empty ones, in homes of their own, that commit for good and are thrown away.

A stand is used by swapping the default connection of the thread, so everything of the house works on it unchanged.
PostgreSQL is there when the tests run on it; SQLite always.
"""

from __future__ import annotations

import itertools
import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.utils import ConnectionHandler

from yupana.settings import SQLITE_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

VENDORS = ["sqlite", "postgresql"] if os.environ.get("DATABASE_URL", "").startswith("postgres") else ["sqlite"]
FILE = "yupana.sqlite3"
_MIGRATED: list[bytes] = []
WAYS = list(itertools.product(VENDORS, VENDORS))


@dataclass(frozen=True)
class Stand:
    """A database and the home that belongs to it."""

    vendor: str
    home: Path
    settings: dict[str, Any]

    @contextmanager
    def used(self) -> Iterator[Stand]:
        """Make it the default database of this thread, and its home the home."""
        before, home = connections["default"], os.environ["YUPANA_HOME"]
        connections["default"] = ConnectionHandler({"default": self.settings}).create_connection("default")
        os.environ["YUPANA_HOME"] = str(self.home)
        try:
            yield self
        finally:
            connections["default"].close()
            connections["default"], os.environ["YUPANA_HOME"] = before, home

    def migrated(self) -> Stand:
        """Make the tables of today: once, and then copied."""
        if self.vendor == "postgresql":
            return self._like(_template())
        if _MIGRATED:
            (self.home / FILE).write_bytes(_MIGRATED[0])
            return self
        with self.used():
            call_command("migrate", verbosity=0)
        _MIGRATED.append((self.home / FILE).read_bytes())
        return self

    def _like(self, template: str) -> Stand:
        _on_server(f"DROP DATABASE {self.settings['NAME']} WITH (FORCE)")
        _on_server(f"CREATE DATABASE {self.settings['NAME']} TEMPLATE {template}")
        return self


@contextmanager
def standing(folder: Path) -> Iterator[Callable[[str], Stand]]:
    """Give empty databases of a vendor; those of the server are dropped at the end."""
    made: list[str] = []

    def make(vendor: str) -> Stand:
        name = f"stand_{uuid4().hex}"
        (folder / name).mkdir()
        if vendor == "sqlite":
            options = {**SQLITE_OPTIONS, "init_command": f"{SQLITE_OPTIONS['init_command']}PRAGMA synchronous=OFF;"}
            engine = "django.db.backends.sqlite3"
            place = str(folder / name / FILE)
            return Stand(vendor, folder / name, {"ENGINE": engine, "NAME": place, "OPTIONS": options})
        _on_server(f"CREATE DATABASE {name}")
        made.append(name)
        return Stand(vendor, folder / name, {**connections["default"].settings_dict, "NAME": name})

    try:
        yield make
    finally:
        for name in made:
            _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _template() -> str:
    """Name a database of today's tables that nobody uses: made once by each worker, gone with the server."""
    name = f"stand_{uuid4().hex}"
    _on_server(f"CREATE DATABASE {name}")
    before = connections["default"]
    made = ConnectionHandler({"default": {**before.settings_dict, "NAME": name}}).create_connection("default")
    connections["default"] = made
    try:
        call_command("migrate", verbosity=0)
    finally:
        made.close()
        connections["default"] = before
    return name


def _on_server(statement: str) -> None:
    with connections["default"]._nodb_cursor() as cursor:  # noqa: SLF001 - what Django's own test runner uses
        cursor.execute(statement)


@pytest.fixture
def stands(tmp_path: Path, django_db_blocker: Any) -> Iterator[Callable[[str], Stand]]:  # noqa: ANN401 - pytest-django's own
    with django_db_blocker.unblock(), standing(tmp_path) as make:
        yield make


@pytest.fixture(scope="module")
def stands_of_module(tmp_path_factory: Any, django_db_blocker: Any) -> Iterator[Callable[[str], Stand]]:  # noqa: ANN401 - pytest's own
    with django_db_blocker.unblock(), standing(tmp_path_factory.mktemp("stands")) as make:
        yield make
