"""The headers of every answer."""

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import make_edition
from yupana.interfaces.middleware import HEADERS

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'none'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


def first_static_file() -> str:
    return next(str(path) for finder in finders.get_finders() for path, _ in finder.list([]))


@pytest.fixture(params=["/", "/en/", "/desk/", "/there-is-no-such-page/", "static"])
def address(request: pytest.FixtureRequest) -> str:
    return f"/static/{first_static_file()}" if request.param == "static" else str(request.param)


@pytest.mark.django_db
def test_every_answer_carries_every_header(address: str, client: Client) -> None:
    answer = client.get(address)
    answer.close()  # a file is open until then
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.django_db
def test_a_refused_host_carries_them_too(client: Client) -> None:
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert (answer.status_code, answer.headers["Content-Security-Policy"]) == (400, HEADERS["Content-Security-Policy"])


@pytest.mark.django_db
def test_the_policy_allows_only_what_we_serve_ourselves(client: Client) -> None:
    assert set(client.get("/").headers["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "static"], indirect=True)
def test_pages_and_files_travel_compressed(address: str, client: Client) -> None:
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    body = b"".join(answer)  # a page and a file alike
    answer.close()
    assert (answer.status_code, answer.headers.get("Content-Encoding", ""), body[:2]) == (200, "gzip", b"\x1f\x8b")


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "language"), [("/", "es"), ("/en/", "en")])
def test_the_address_says_the_language_whatever_the_browser_prefers(
    address: str,
    language: str,
    client: Client,
) -> None:
    answer = client.get(address, headers={"accept-language": "fr, en;q=0.5"})
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("", 200),
        ("articulacion/?with=%00", 200),
        ("cambios/?from=%00", 200),
        ("cambios/?from=PLAN%00", 404),
        ("documentos/%00/", 404),
        ("texto/?as_of=%00", 200),
    ],
)
def test_no_zero_byte_of_an_address_reaches_the_database(client: Client, path: str, status: int) -> None:
    make_edition()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/en/planes/PLAN/1/{path}")
    assert answer.status_code == status
    assert not any("\0" in query["sql"] for query in asked)
