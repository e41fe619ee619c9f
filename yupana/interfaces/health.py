"""Whether the server lives, and whether it can work: for the proxy and the watchman, who learn no more than that.

Neither is under a language, asks who comes, or sets a cookie.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers

from yupana.foundation.ledger import guards

if TYPE_CHECKING:
    from django.http import HttpRequest

METHODS = ("GET", "HEAD")
UNAVAILABLE = 503


class Tables(StrEnum):
    """How the tables stand to this program."""

    FIT = "fit"
    OLDER = "older"
    NEWER = "newer"


def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers, whatever the database does."""
    return _answer(request, ready=True)


def ready(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers, fits this program and guards its record."""
    return _answer(request, ready=request.method in METHODS and can_work())


def can_work() -> bool:
    """Whether the database answers, fits this program and guards its record."""
    try:
        return tables() == Tables.FIT and not guards.missing(connection)
    except (DatabaseError, OSError):
        return False


def tables() -> Tables:
    """Hold the migrations that were applied against those that this program brings."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    if applied - _brought():
        return Tables.NEWER
    return Tables.FIT if applied == _brought() else Tables.OLDER


@cache
def _brought() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations or ())


def _answer(request: HttpRequest, *, ready: bool) -> HttpResponse:
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    response = HttpResponse("ok\n" if ready else "no\n", "text/plain", 200 if ready else UNAVAILABLE)
    add_never_cache_headers(response)
    return response
