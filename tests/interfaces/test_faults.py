"""An error is ours and has a number; a database that others are writing to keeps what was typed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from tests.cast import PASSWORD, make_call, make_edition, make_entities, make_people, obligation_of
from yupana.domain.submissions.models import Submission
from yupana.foundation.sqlite.base import SUFFIX
from yupana.foundation.sqlite.queue import Busy, Turn
from yupana.interfaces import faults
from yupana.interfaces.desk import signing
from yupana.interfaces.portal import home

ON_SQLITE = pytest.mark.skipif(
    "postgresql" in os.environ.get("DATABASE_URL", ""), reason="on PostgreSQL writers do not queue for one another"
)
SENT = {"note": ' "quoted" <b>\r\nand a line', "empty": "", "many": ["1", "2"], "csrfmiddlewaretoken": "old"}


def break_down(*_: object, **__: object) -> None:
    raise RuntimeError("CANARY")


def be_busy() -> None:
    raise Busy


# --- an error of ours ----------------------------------------------------------------------------------------------
@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser before a page that breaks: it is shown the page of an error and not the error."""
    monkeypatch.setattr(home, "render", break_down)
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/en/"])
def test_an_error_of_ours_shows_its_number_and_nothing_of_itself(address: str, broken: Client) -> None:
    answer = broken.get(address)
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["X-Request-ID"] in page, "CANARY" in page) == (500, True, False)


@pytest.mark.django_db
def test_the_page_of_an_error_is_kept_by_no_cache_and_asks_no_database(broken: Client) -> None:
    assert "no-store" in broken.get("/").headers["Cache-Control"]


def test_it_is_shown_also_where_there_is_no_database(rf: RequestFactory) -> None:
    assert faults.server_error(rf.get("/")).status_code == 500


# --- others are writing --------------------------------------------------------------------------------------------
def answered(request: HttpRequest) -> HttpResponse:
    request.user = AnonymousUser()
    request.session = SessionStore()
    with translation.override("en"):
        return faults.busy(request)


def fields(page: bytes) -> list[tuple[str, str]]:
    """What the form of the page sends; a browser leaves the first line break of a textarea out."""
    form = BeautifulSoup(page.decode(), "html.parser").find("form", method="post")
    assert isinstance(form, Tag)
    assert (form.get("action"), form.find("input", attrs={"name": "csrfmiddlewaretoken"}) is None) == (None, False)
    return [(str(field["name"]), field.get_text().removeprefix("\n")) for field in form.find_all("textarea")]


@pytest.mark.django_db
def test_it_is_said_that_others_write_and_when_to_try_again(rf: RequestFactory) -> None:
    answer = answered(rf.post("/", SENT))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "no-store" in answer.headers["Cache-Control"]
    assert b"nothing of what was saved before is lost" in answer.content


@pytest.mark.django_db
def test_what_was_typed_can_be_sent_again_as_it_was(rf: RequestFactory) -> None:
    kept = fields(answered(rf.post("/", SENT)).content)
    assert kept == [("note", SENT["note"]), ("empty", ""), ("many", "1"), ("many", "2")]


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["password", "new_password"])
def test_a_password_is_not_written_into_a_page(field: str, rf: RequestFactory) -> None:
    page = answered(rf.post("/", {field: PASSWORD, "username": "inti"})).content.decode()
    assert (PASSWORD in page, "<textarea" in page, "Go back one page" in page) == (False, False, True)


@pytest.fixture
def writing(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Turn]:
    """Others may take the turn that we have no patience to wait for."""
    connection.ensure_connection()
    monkeypatch.setattr(connection, "patience", 0.0)
    turn = Turn(Path(f"{connection.settings_dict['NAME']}{SUFFIX}"))
    yield turn
    turn.give()


@ON_SQLITE
def test_a_step_that_could_not_be_written_is_done_when_it_is_sent_again(writing: Turn) -> None:
    cast = make_people(make_entities())
    make_edition()
    owed = obligation_of(make_call(), cast.a)
    client = Client()
    client.force_login(cast.people["inti"])
    address = f"/en/desk/plan/{owed.pk}/empezar/"
    writing.take()
    refused = client.post(address, {"why": "CANARY"})
    before = Submission.objects.count()
    writing.give()
    done = client.post(address, dict(fields(refused.content)))
    assert (refused.status_code, before, done.status_code, Submission.objects.count()) == (503, 0, 302, 1)


@ON_SQLITE
def test_who_cannot_sign_in_at_this_moment_is_told_so_without_the_password(writing: Turn) -> None:
    make_people(make_entities())
    writing.take()
    client = Client(raise_request_exception=False)
    answer = client.post("/en/desk/ingresar/", {"username": "inti", "password": PASSWORD})
    assert (answer.status_code, PASSWORD.encode() in answer.content) == (503, False)


@ON_SQLITE
def test_reading_goes_on_while_others_write(writing: Turn, client: Client) -> None:
    writing.take()
    assert [client.get(address).status_code for address in ("/", "/desk/", "/readyz")] == [200, 302, 200]


def test_outside_of_a_view_it_is_the_same_answer(rf: RequestFactory, db: None) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    answers = []
    try:
        be_busy()
    except Busy:
        answers.append(faults.server_error(request).status_code)
    assert answers == [503]


def test_the_views_that_take_passwords_say_so(rf: RequestFactory) -> None:
    """By that mark their forms are never written into a page."""
    request = rf.get("/")
    request.session = SessionStore()
    request.user = AnonymousUser()
    signing.sign_in(request)
    assert hasattr(request, "sensitive_post_parameters")
