"""Behind a proxy with TLS: only that proxy is believed, and with an origin everything fails closed."""

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.interfaces.cli.test_database import REPOSITORY, command

ORIGIN = "https://yupana.example.org"
BY_HTTPS = {"Host": "yupana.example.org", "X-Forwarded-Proto": "https"}


@contextmanager
def served(home: Path, *options: str) -> Iterator[tuple[str, int, subprocess.Popen[str]]]:
    """Serve a home for a public address."""
    keep = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    process = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", "from yupana.interfaces.cli.main import main; main()", "serve", "--port", "0", *options],
        cwd=REPOSITORY,
        env={**keep, "YUPANA_HOME": str(home), "YUPANA_ORIGIN": ORIGIN, "LANG": "en_US.UTF-8", "LC_ALL": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert found, process.stderr.read() if process.stderr else ""
        address = urlsplit(found[0])
        yield address.hostname or "", address.port or 0, process
    finally:
        process.kill()
        process.communicate(timeout=30)


def ask(host: str, port: int, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(host, port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    with served(tmp_path_factory.mktemp("behind"), "--behind-proxy", "127.0.0.1") as (host, port, _):
        yield host, port


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """A server whose proxy is elsewhere: whoever comes from this machine is a stranger."""
    with served(tmp_path_factory.mktemp("alone"), "--behind-proxy", "192.0.2.1") as (host, port, _):
        yield host, port


def test_the_proxy_is_believed(behind: tuple[str, int]) -> None:
    answer = ask(*behind, "/desk/ingresar/", BY_HTTPS)
    strict = answer.headers["Strict-Transport-Security"]
    cookies = answer.headers.get_all("Set-Cookie") or []
    assert (answer.status, strict) == (200, "max-age=31536000; includeSubDomains")
    assert [("Secure" in cookie, "HttpOnly" in cookie) for cookie in cookies] == [(True, True)] * len(cookies)
    assert cookies


@pytest.mark.parametrize("said", [{}, {"X-Forwarded-Proto": "http"}])
def test_what_did_not_come_by_https_is_sent_there(said: dict[str, str], behind: tuple[str, int]) -> None:
    answer = ask(*behind, "/entidades/", {"Host": "yupana.example.org", **said})
    assert (answer.status, answer.headers["Location"]) == (301, f"{ORIGIN}/entidades/")


def test_a_stranger_cannot_say_that_he_came_by_https(alone: tuple[str, int]) -> None:
    assert ask(*alone, "/", BY_HTTPS).status == 301


def test_another_host_is_refused(behind: tuple[str, int]) -> None:
    assert ask(*behind, "/", {**BY_HTTPS, "Host": "elsewhere.example"}).status == 400


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_watchman_on_the_machine_needs_no_proxy(path: str, alone: tuple[str, int]) -> None:
    answer = ask(*alone, path, {"Host": "127.0.0.1"})
    assert (answer.status, answer.headers["Set-Cookie"]) == (200, None)


def test_an_origin_without_a_proxy_is_told(tmp_path: Path) -> None:
    with served(tmp_path / "home") as (_, _, process):
        assert process.stderr
        assert "--behind-proxy" in process.stderr.readline()


def test_full_errors_and_an_origin_do_not_go_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUPANA_ORIGIN", ORIGIN)
    monkeypatch.setenv("YUPANA_DEBUG", "1")
    said = command(tmp_path / "home", "serve", "--port", "0")
    assert (said.returncode, "cannot be used with YUPANA_ORIGIN" in said.stderr, said.stdout) == (1, True, "")


@pytest.mark.parametrize("secret", ["", "short"])
def test_a_server_without_a_secret_of_its_own_does_not_start(secret: str, tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "django").write_text(secret)
    said = command(tmp_path, "serve", "--port", "0")
    assert (said.returncode, "keys/django" in said.stderr, "Traceback" in said.stderr) == (1, True, False)
