"""What a hostile browser, reader or writer tries, and the one answer it gets."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NoReturn

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory
from django.urls import path, reverse
from django.utils import timezone

from tests import leaks
from tests.cast import PASSWORD, ROWS, Cast, make_call, make_edition, make_plan, obligation_of
from tests.hashing import Counting
from tests.interfaces.desk.desk import Desk, desk, errors
from yupana import urls
from yupana.domain.obligations.models import Call
from yupana.domain.people.actions import end_mandate, grant
from yupana.domain.people.models import Mandate
from yupana.foundation.kernel.actor import OPERATOR, Role
from yupana.foundation.ledger import guards
from yupana.interfaces.desk.signing import own_path
from yupana.interfaces.middleware import HEADERS
from yupana.projections import followers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

__all__ = ["desk"]
pytestmark = pytest.mark.django_db
SIGN_IN = "/en/desk/ingresar/"


@pytest.fixture(autouse=True)
def _nobody_failed_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


# --- addresses -----------------------------------------------------------------------------------------
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r//evil.example",
    "\x00//evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "https:evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "%2f%2fevil.example",
    " //evil.example",
    "testserver@evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "/desk/\r\nSet-Cookie: a=b",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_elsewhere_after_signing_in(cast: Cast, address: str) -> None:
    response = Client().post(SIGN_IN, {"username": "inti", "password": PASSWORD, "next": address})
    assert (response.status_code, response["Location"], "a" in response.cookies) == (302, "/en/desk/", False)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_who_is_signed_in_is_sent_elsewhere(cast: Cast, address: str) -> None:
    client = Client()
    client.force_login(cast.people["inti"])
    assert client.get(SIGN_IN, {"next": address})["Location"] == "/en/desk/"


@pytest.mark.parametrize("address", ["/desk/", "/desk/plan/1/?a=//evil.example", "/en/"])
def test_an_own_address_is_kept(address: str) -> None:
    assert own_path(RequestFactory().get("/"), address) == address


@pytest.mark.parametrize(
    "address", ["//evil.example/desk", "//evil.example/%2e%2e", "/desk//evil.example", "/en//evil.example"]
)
def test_no_address_is_mended_into_somebody_elses(address: str) -> None:
    response = Client().get("http://testserver" + address)
    assert "evil.example" not in response.headers.get("Location", "").partition("?")[0].removeprefix("/desk")


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1:80@evil.example", "", "a b", "testserver,evil"]
)
def test_another_host_is_refused(host: str) -> None:
    response = Client().get("/", headers={"host": host})
    assert (response.status_code, b"evil" in response.content) == (400, False)


@pytest.mark.parametrize("header", ["x-forwarded-host", "forwarded", "x-host", "x-original-url", "x-rewrite-url"])
def test_a_header_does_not_move_the_site(cast: Cast, header: str) -> None:
    responses = [Client().get(address, headers={header: "evil.example"}) for address in ("/", "/verificar/", "/desk/")]
    assert [b"evil.example" in each.content or "evil" in str(each.headers) for each in responses] == [False] * 3


# --- sessions ------------------------------------------------------------------------------------------------------
def test_a_session_that_somebody_else_chose_is_not_taken(cast: Cast) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "chosen-by-somebody-else"
    client.post(SIGN_IN, {"username": "inti", "password": PASSWORD})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value not in {"", "chosen-by-somebody-else"}


def test_scripts_and_other_sites_do_not_get_the_session(cast: Cast) -> None:
    response = Client().post(SIGN_IN, {"username": "inti", "password": PASSWORD})
    flags = {name: (each["httponly"], each["samesite"], each["domain"]) for name, each in response.cookies.items()}
    assert flags == {"sessionid": (True, "Lax", ""), "csrftoken": (True, "Lax", "")}


def test_signing_in_again_as_somebody_else_leaves_nothing_of_the_first(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.people["inti"])
    before = client.session.session_key
    client.post(reverse("desk:sign-out"))
    client.post(SIGN_IN, {"username": "killa", "password": PASSWORD})
    assert (client.session["_auth_user_id"], client.session.exists(str(before))) == (
        str(cast.people["killa"].pk),
        False,
    )


def test_a_mandate_that_runs_out_while_its_person_works_gives_nothing_more(desk: Desk) -> None:
    client = desk.client("inti")
    page = reverse("desk:plan", args=[desk.owed.pk])
    before = client.get(page).status_code
    guards.remove(connection)  # the days pass here, which no act can bring about
    Mandate.objects.filter(pk=desk.cast.mandates["inti"].pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    after = [client.get(page).status_code, client.post(reverse("desk:plan-start", args=[desk.owed.pk])).status_code]
    assert (before, after) == (200, [403, 403])


def test_an_ended_mandate_ends_what_is_being_sent(desk: Desk) -> None:
    client, mandate = desk.client("inti"), desk.cast.mandates["inti"]
    end_mandate(actor=OPERATOR, mandate=mandate, on=mandate.starts_on)
    started = client.post(reverse("desk:plan-start", args=[desk.owed.pk]))
    assert (started.status_code, desk.owed.submissions.count()) == (403, 0)


def test_of_two_mandates_the_ended_one_gives_nothing_more(desk: Desk) -> None:
    person, on = desk.cast.people["inti"], timezone.localdate()
    second = grant(actor=OPERATOR, person=person, entity=desk.cast.b, role=Role.ENTITY_PLANNER, starts_on=on, on=on)
    pages = [reverse("desk:plan", args=[owed.pk]) for owed in (desk.owed, desk.others)]
    both = [desk.client("inti").get(page).status_code for page in pages]
    end_mandate(actor=OPERATOR, mandate=second, on=on)
    person.refresh_from_db()  # every session ended; this is another one
    assert (both, [desk.client("inti").get(page).status_code for page in pages]) == ([200, 200], [200, 404])


# --- signing in ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("username", ["inti", "nobody", "closed", "RUMI", "x" * 60])
def test_every_failed_sign_in_costs_one_hash(cast: Cast, settings: object, username: str) -> None:
    """Whether the name exists cannot be told from the time that the answer takes: it costs the same work."""
    closed = cast.people["tupak"]
    settings.PASSWORD_HASHERS = ["tests.hashing.Counting"]  # type: ignore[attr-defined] # pytest-django gives no type for it
    for person in cast.people.values():
        person.set_password(PASSWORD)
        person.save()
    closed.username, closed.is_active = "closed", False
    closed.save()
    before = Counting.count
    response = Client().post(SIGN_IN, {"username": username, "password": "wrong"})
    told = ["The user name and the password do not match. Please check both and try again."]
    assert (response.status_code, errors(response), Counting.count - before) == (422, told, 1)


# --- how much ------------------------------------------------------------------------------------------------------
def test_more_fields_than_any_form_has_are_refused() -> None:
    sent = "&".join(f"a{number}=" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    response = Client().post(SIGN_IN, sent, content_type="application/x-www-form-urlencoded")
    assert (response.status_code, set(HEADERS) <= set(response.headers)) == (400, True)


def test_more_than_any_plan_is_refused() -> None:
    sent = b"username=" + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert Client().post(SIGN_IN, sent, content_type="application/x-www-form-urlencoded").status_code == 400


def test_a_file_that_no_form_asked_for_is_not_kept() -> None:
    request = RequestFactory().post("/", {"a": io.BytesIO(b"x" * 2**20), "b": "c"})
    assert (dict(request.FILES), request.POST["b"]) == ({}, "c")


# --- forms of others -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("ref", ["OTRO/1", "OTRO/1#line:1", "PLAN/2", "../..", "1"])
def test_no_call_can_be_opened_for_what_is_not_published(desk: Desk, ref: str) -> None:
    make_edition("OTRO", published=False)
    terms = {"audience": "all", "opens_on": "2030-01-01", "due_on": "2030-02-01", "period": "2030", "remedy_days": "15"}
    response = desk.post("amaru", "convocar/", editions=ref, reached="all @ 2030-01-01", **terms)
    assert (response.status_code, Call.objects.count()) == (422, 1)


@pytest.mark.parametrize("ref", ["OTRO/1#line:1", "OTRO/1#line:2", "PLAN/1#axis:1", "0"])
def test_no_row_answers_a_line_that_was_not_asked(desk: Desk, ref: str) -> None:
    make_edition("OTRO", published=False)
    plan = desk.handed_in()
    response = desk.post("amaru", f"revision/{plan.pk}/filas/1/", item=ref, reason="x")
    assert (response.status_code, plan.activities.get().reclassifications.count()) == (422, 0)


def test_the_moment_of_another_draft_saves_nothing(desk: Desk) -> None:
    draft = desk.draft()
    other = obligation_of(make_call(period="2031"), desk.cast.b)
    response = desk.post("killa", f"plan/{other.pk}/filas/nueva/", seen=str(draft.saved_at), name="x")
    stolen = desk.post("killa", f"plan/{desk.owed.pk}/filas/1/", seen=str(draft.saved_at), name="x")
    assert (response.status_code, stolen.status_code, draft.activities.get().name) == (409, 404, "Contar los granos")


# --- headers -------------------------------------------------------------------------------------------------------
def failing(_request: HttpRequest) -> NoReturn:
    raise ZeroDivisionError("zqdraftxnameqz")


def absent(_request: HttpRequest) -> NoReturn:
    raise Http404("zqdraftxnameqz")


urlpatterns = [path("failing/", failing), path("absent/", absent), *urls.urlpatterns]
handler500 = "yupana.interfaces.faults.server_error"


@pytest.mark.urls("tests.test_hostile")
@pytest.mark.parametrize(("address", "status"), [("/failing/", 500), ("/absent/", 404)])
def test_an_error_says_nothing_of_what_it_was_about(address: str, status: int) -> None:
    assert leaks.leaks("anonymous", "zqdraftxnameqz") != []
    response = Client(raise_request_exception=False).get(address)
    assert (response.status_code, leaks.leaks("anonymous", leaks.body(response))) == (status, [])


def answers(desk: Desk) -> Iterator[tuple[int, Response]]:
    """One answer of every status that the house gives."""
    inti, strict = desk.client("inti"), Client(enforce_csrf_checks=True)
    home = Client().get("/")
    yield 200, home
    yield 304, Client().get("/", headers={"if-none-match": home.headers["ETag"]})
    yield 200, Client().get("/static/yupana.css")
    yield 200, Client().get("/entidades.csv")
    yield 302, Client().get("/desk/")
    yield 301, Client().get("/desk")
    yield 400, Client().get("/?as_of=x")
    yield 403, strict.post(SIGN_IN, {})
    yield 403, inti.get("/desk/revision/")
    yield 404, Client().get("/nada/")
    yield 404, Client().get("/static/nada.css")
    yield 404, inti.get("/desk/plan/999999/")
    yield 405, Client().post("/")
    yield (
        409,
        desk.post("inti", f"plan/{desk.draft().obligation_id}/filas/1/", seen="2001-01-01T00:00:00+00:00", name="x"),
    )
    yield 422, Client().post(SIGN_IN, {})
    for _ in range(5):
        Client().post(SIGN_IN, {"username": "inti", "password": "x"})
    yield 429, Client().post(SIGN_IN, {"username": "inti", "password": "x"})


POLICY = "Content-Security-Policy"


def test_every_answer_of_every_status_carries_every_header(desk: Desk) -> None:
    told = []
    for status, answer in answers(desk):
        due = {**HEADERS, POLICY: f"{HEADERS[POLICY]}; sandbox"} if "attachment" in str(answer.headers) else HEADERS
        lacking = {name for name, value in due.items() if answer.headers.get(name) != value}
        told.append((answer.status_code, status, lacking))
        leaks.body(answer)  # a file is open until it is read
    assert [each for each in told if each[0] != each[1] or each[2]] == []


def test_a_form_without_its_token_is_answered_in_our_words(desk: Desk) -> None:
    response = Client(enforce_csrf_checks=True).post(SIGN_IN, {})
    page = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, page.find("style"), page.h1 and page.h1.get_text()) == (
        403,
        None,
        "This cannot be done from here",
    )


def test_the_policy_lets_nothing_run_and_nobody_frame() -> None:
    policy = Client().get("/").headers["Content-Security-Policy"]
    assert ("unsafe" in policy, "*" in policy, "frame-ancestors 'none'" in policy) == (False, False, True)


# --- files ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "=cmd|'/c calc'!A1", "'=1"])
def test_no_spreadsheet_takes_a_text_for_a_formula(cast: Cast, formula: str) -> None:
    make_edition()
    rows = [replace(each, name=f"{formula}", responsible=formula, target=formula) for each in ROWS]
    make_plan(cast, obligation_of(make_call(), cast.a), rows)
    followers.tick()
    file = b"".join(Client().get("/planes/PLAN/1/line/1/lista.csv")).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(file, newline="")) for cell in row]
    assert (formula.strip() in "".join(cells), [cell for cell in cells if cell[:1] in set("=+-@\t\r")]) == (True, [])
