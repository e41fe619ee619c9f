"""Who may do what: every address, by every method, for everybody, on everything. One table; what is not in it fails.

And nothing leaks: words are planted in every text that is not for everybody, and no answer to the wrong reader holds
one, whatever its status.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from tests.leaks import readable
from tests.permissions import METHODS, PLANS, ROLES, SENT, TABLE
from tests.permissions_evaluation import ALONE as EVALUATION
from tests.permissions_reporting import ALONE as REPORTING
from tests.permissions_verification import ALONE as VERIFICATION
from tests.world import (
    ANSWERS,
    EDITOR,
    FOLLOWUP,
    OF_EDITIONS,
    OVERSIGHT,
    PUT,
    READERS,
    SILENCE,
    UPDATES,
    World,
    build,
)
from yupana.domain.instruments.models import Aside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test.client import _MonkeyPatchedWSGIResponse as Response
    from pytest_django.plugin import DjangoDbBlocker


pytestmark = pytest.mark.django_db  # each test's own transaction lies inside the world's


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        yield build()
        transaction.set_rollback(True)


# --- the table -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Cell:
    """One request and its status."""

    url: str
    thing: str
    method: str
    role: str
    status: int


OBJECTS = {
    **dict.fromkeys((*OF_EDITIONS, *EDITOR, *UPDATES), ("published", "unpublished")),
    **dict.fromkeys(PUT, ("published", "unpublished", "put")),
    **dict.fromkeys(("call", "call-close", "carry", "why", "dossier", "explain", *OVERSIGHT), ("public", "restricted")),
    "entity": ("own",),
    "access": ("own",),
    **dict.fromkeys((*SILENCE, *FOLLOWUP), ("public", "restricted")),
    **dict.fromkeys(ANSWERS, ("report",)),
}
ALONE = {"inbox", "sign-in", "sign-out", "password", "queue", "editions", "edit-begin", "calls", "call-new", "hearings"}
ALONE |= {"email", "handover", "invitation", "invite", "invite-sheet", "access-find"}
ALONE |= {"home", "search", "register", "register_csv", "verify", "entries", "method"}
ALONE |= {"healthz", "readyz", "partner", "upload", "upload-drop"}
ALONE |= {"evidence", "evidence-piece", "evidence-file", "evidence_document"}
ALONE |= VERIFICATION | REPORTING | EVALUATION
ALONE |= {"plea", "plea-grant", "plea-deny", "calendar", "queue-together"}


def objects(url: str) -> tuple[str, ...]:
    return ("-",) if url in ALONE else OBJECTS.get(url, PLANS)


def named(url: str, things: str) -> tuple[str, ...]:
    """The objects that a line of the table speaks of."""
    if things == "*":
        return objects(url)
    return PLANS[1:] if things == "handed-in" else tuple(things.split(","))


def cells() -> list[Cell]:
    found = []
    for line in TABLE.strip().splitlines()[1:]:
        urls, things, methods, *statuses = line.split()
        assert len(statuses) == len(ROLES), line
        for url, method in product(urls.split(","), methods.split(",")):
            for thing in named(url, things):
                found += [
                    Cell(url, thing, method, role, int(status)) for role, status in zip(ROLES, statuses, strict=True)
                ]
    return found


CELLS = cells()
URLS = sorted({cell.url for cell in CELLS})


def addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of every address of the site."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield str(pattern.name or pattern.pattern)


def test_every_address_of_the_site_is_in_the_table() -> None:
    assert sorted(set(addresses(get_resolver().url_patterns))) == URLS


def test_every_case_stands_in_the_table_once() -> None:
    told = sorted((cell.url, cell.thing, cell.method, cell.role) for cell in CELLS)
    assert told == sorted((url, *case) for url in URLS for case in product(objects(url), METHODS, ROLES))


@pytest.mark.parametrize("url", URLS)
def test_everybody_is_answered_as_the_table_says(world: World, url: str) -> None:
    wrong = []
    methods = METHODS if connection.vendor == "sqlite" else ("GET", "POST")  # no database knows the others apart
    with settled(url):
        for cell in (cell for cell in CELLS if cell.url == url and cell.method in methods):
            address = world.address(url, cell.thing)
            response = world.ask(cell.role, cell.method, address, SENT.get(url, {}))
            if response.status_code != cell.status:
                wrong.append(f"{cell} was {response.status_code}")
            wrong += [f"{cell} leaks {leak}" for leak in leaks(cell.role, response)]
    assert wrong == []


@contextmanager
def settled(url: str) -> Iterator[None]:
    """Let somebody have chosen between two wordings, where the draft does not move before that."""
    with transaction.atomic():
        if url in {"publish", "consult-open"}:
            Aside.objects.all().delete()
        yield
        transaction.set_rollback(True)


def leaks(role: str, response: Response) -> list[str]:
    """Planted words in an answer, headers included, that this reader may not read."""
    body = response.getvalue()
    told = readable(body) + str(dict(response.headers))
    return [where for where, readers in READERS.items() if role not in readers and f"CANARY{where}YRANAC" in told]


@pytest.mark.parametrize("url", URLS)
def test_in_spanish_nothing_leaks_either(world: World, url: str) -> None:
    found = []
    with translation.override("es"):
        for thing, role in product(objects(url), ROLES):
            response = world.ask(role, "GET", world.address(url, thing), {})
            found += [f"{thing} to {role}: {leak}" for leak in leaks(role, response)]
    assert found == []


def test_the_words_are_there_for_whoever_may_read_them(world: World) -> None:
    """Were they not planted, the tests above would find nothing for ever."""
    pages = {
        "draft": ("planner", "plan", "draft"),
        "submitted": ("auditor", "review", "submitted"),
        "returned": ("executive", "version", "returned"),
        "restricted": ("reviewer", "call", "restricted"),
        "unpublished": ("governor", "publish", "unpublished"),
        "public": ("anonymous", "entity", "own"),
    }
    seen = {
        where: f"CANARY{where}YRANAC" in world.ask(role, "GET", world.address(url, thing), {}).content.decode()
        for where, (role, url, thing) in pages.items()
    }
    assert seen == dict.fromkeys(pages, True)


# A comment of a citizen is sent for nobody: it reads no session, so there is nothing that a token would guard.
FOR_NOBODY = {"say"}
UPLOADS = {"plan-file-add", "workbook-add", "foreign", "report-book-add", "report-spending"}
SENDING = sorted({cell.url for cell in CELLS if cell.method == "POST" and cell.status != 405} - FOR_NOBODY)


@pytest.mark.parametrize("url", SENDING)
def test_nothing_is_sent_without_the_token_of_a_form(world: World, url: str) -> None:
    answers: set[Any] = set()
    for role, thing in product(("planner", "governor", "reviewer"), objects(url)):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[role]
        answers.add(strict.post(world.address(url, thing), SENT.get(url, {})).status_code)
    # Of a file nothing is read, not even its token, before it is known that its sender may bring one here.
    assert answers - ({404} if url in UPLOADS else set()) == {403}
