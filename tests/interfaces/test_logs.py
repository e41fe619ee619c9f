"""What is logged tells what happened to the program, and nothing about who asked, or what they typed."""

import json
import logging
import sys
from typing import Any

import pytest
from django.test import Client, RequestFactory

from yupana.interfaces import logs
from yupana.interfaces.middleware import RequestLog

SECRET = "CANARY"
Captured = list[dict[str, Any]]


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Captured:
    """Everything that is logged, as it stands in the log."""
    found: Captured = []

    class Reader(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(logs.Lines().format(record)))

    reader = Reader()
    reader.addFilter(logs.NotTwice())
    caplog.handler.addFilter(lambda record: reader.handle(record) or True)
    return found


def record(name: str, message: str, *args: object, **extra: object) -> dict[str, Any]:
    made = logging.LogRecord(name, logging.WARNING, "x.py", 1, message, args, None)
    vars(made).update(extra)
    line: dict[str, Any] = json.loads(logs.Lines().format(made))
    return line


def raised(work: Any) -> Any:  # noqa: ANN401 - what logging takes
    try:
        work()
    except Exception:  # noqa: BLE001 - whatever it raises is what is wanted
        return sys.exc_info()
    raise AssertionError


def fail() -> None:
    typed = SECRET
    try:
        int(typed)
    except ValueError as error:
        raise RuntimeError(f"{typed} is wrong") from error


def test_a_line_says_when_how_grave_and_who_says_so() -> None:
    line = record("yupana.tick", "%d left", 3)
    assert (line.pop("time")[-6:], line) == (
        "+00:00",
        {"level": "warning", "logger": "yupana.tick", "request": "", "message": "3 left"},
    )


@pytest.mark.parametrize("name", ["django.security.DisallowedHost", "django.request", "waitress", "yupanas"])
def test_what_others_say_about_a_request_is_not_quoted(name: str) -> None:
    assert SECRET not in json.dumps(record(name, f"{SECRET} %s", SECRET, status_code=400))


def test_the_status_of_what_others_say_is_kept() -> None:
    assert record("django.security", "x", status_code=400)["status"] == 400


def test_an_error_is_told_by_its_kind_and_place_with_what_caused_it() -> None:
    errors = record("yupana", "it failed", exc_info=raised(fail))["errors"]
    assert [error["kind"] for error in errors] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert [error["trace"][-1].split()[-1] for error in errors] == ["fail", "fail"]


def test_an_error_is_told_without_what_was_typed() -> None:
    assert SECRET not in json.dumps(record("yupana", "it failed", exc_info=raised(fail)))


def test_errors_that_cause_each_other_end() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    found = record("yupana", "x", exc_info=(ValueError, first, None))["errors"]
    assert [error["kind"] for error in found] == ["builtins.ValueError", "builtins.KeyError"]


@pytest.mark.django_db
def test_a_request_is_one_line_by_the_name_of_its_page(client: Client, lines: Captured) -> None:
    client.get(f"/en/buscar/?q={SECRET}", headers={"user-agent": SECRET, "referer": SECRET})
    [line] = lines
    assert (line["logger"], line["method"], line["route"], line["status"]) == (
        "yupana.request",
        "GET",
        "portal:search",
        200,
    )
    assert (sorted(line), SECRET in json.dumps(line)) == (
        ["level", "logger", "message", "method", "ms", "request", "route", "status", "time"],
        False,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [(f"/{SECRET}/", 404), (f"/entidades/{SECRET}/{SECRET}/", 404), (f"/desk/?next={SECRET}", 302)],
)
def test_an_address_that_was_typed_is_not_in_the_log(
    address: str, status: int, client: Client, lines: Captured
) -> None:
    client.get(address)
    assert ([line["status"] for line in lines], SECRET in json.dumps(lines)) == ([status], False)


@pytest.mark.django_db
def test_neither_host_nor_name_nor_password_are_in_the_log(client: Client, lines: Captured) -> None:
    client.get("/", headers={"host": f"{SECRET}.example"})
    client.post("/desk/ingresar/", {"username": SECRET, "password": SECRET})
    assert ({line["status"] for line in lines}, SECRET in json.dumps(lines)) == ({400, 422}, False)


def test_a_method_of_somebodys_own_is_not_quoted(rf: RequestFactory, lines: Captured) -> None:
    with pytest.raises(ZeroDivisionError):
        RequestLog(lambda _: 1 / 0)(rf.get("/"))  # type: ignore[arg-type,return-value] # it never answers
    assert (lines, logs.current.get()) == ([], "")


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["0af7651916cd43dd8448eb211c80319c", "a-request-of-ours"])
def test_a_number_that_the_proxy_gave_is_kept(given: str, client: Client, lines: Captured) -> None:
    answer = client.get("/healthz", headers={"x-request-id": given})
    assert (answer.headers["X-Request-ID"], lines[0]["request"]) == (given, given)


@pytest.mark.parametrize("given", ["", "short", "x" * 65, 'quote"quote', "with space here", "año-nuevo-año"])
def test_any_other_number_is_ours(given: str, client: Client) -> None:
    answer = client.get("/healthz", headers={"x-request-id": given})
    assert (len(answer.headers["X-Request-ID"]), answer.headers["X-Request-ID"] == given) == (16, False)
