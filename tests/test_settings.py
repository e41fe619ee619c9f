"""What an operator may choose, and what is refused."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import RequestFactory

ASK = """
import json, sys
import yupana.settings as s
print(json.dumps({name: getattr(s, name) for name in sys.argv[1:]}, default=str))
"""
BARE = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parent.parent)}


def run(home: Path, *names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", ASK, *names],
        env=BARE | {"YUPANA_HOME": str(home)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def read(home: Path, *names: str, **environment: str) -> list[Any]:
    answer = run(home, *names, **environment)
    assert answer.returncode == 0, answer.stderr
    values: dict[str, Any] = json.loads(answer.stdout)
    return [values[name] for name in names]


def test_reading_the_settings_leaves_no_trace(tmp_path: Path) -> None:
    read(tmp_path / "home", "DEBUG")
    assert not (tmp_path / "home").exists()


def test_the_secret_key_comes_from_the_home(tmp_path: Path) -> None:
    assert read(tmp_path, "SECRET_KEY") == [(tmp_path / "keys" / "django").read_text()]


def test_without_an_origin_only_this_machine_is_answered(tmp_path: Path) -> None:
    assert read(tmp_path, "ALLOWED_HOSTS", "HTTPS", "DEBUG") == [["127.0.0.1", "localhost", "[::1]"], False, False]


def test_an_origin_brings_its_host_and_everything_that_https_needs(tmp_path: Path) -> None:
    names = ("CSRF_TRUSTED_ORIGINS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    origins, *safe = read(tmp_path, *names, YUPANA_ORIGIN="https://yupana.example.org/")
    assert (origins, safe) == (["https://yupana.example.org"], [True, True, True])


def test_an_origin_turns_strict_transport_on(tmp_path: Path) -> None:
    [seconds] = read(tmp_path, "SECURE_HSTS_SECONDS", YUPANA_ORIGIN="https://yupana.example.org")
    assert seconds == 31_536_000


def test_two_origins_are_both_answered(tmp_path: Path) -> None:
    [hosts] = read(tmp_path, "ALLOWED_HOSTS", YUPANA_ORIGIN="https://a.example https://b.example:8443")
    assert hosts[-2:] == ["a.example", "b.example"]


@pytest.mark.parametrize(
    "origin",
    ["http://yupana.example.org", "yupana.example.org", "https://", "https://a.example/path", "*"],
)
def test_an_unsafe_origin_stops_the_program(origin: str, tmp_path: Path) -> None:
    answer = run(tmp_path, "DEBUG", YUPANA_ORIGIN=origin)
    assert (answer.returncode, f"YUPANA_ORIGIN: '{origin}' must look like" in answer.stderr) == (1, True)


def test_full_errors_are_never_shown_to_the_public(tmp_path: Path) -> None:
    answer = run(tmp_path, "DEBUG", YUPANA_ORIGIN="https://a.example", YUPANA_DEBUG="1")
    assert (answer.returncode, "cannot be used with YUPANA_ORIGIN" in answer.stderr) == (1, True)


@pytest.mark.parametrize(("said", "debug"), [("1", True), ("0", False), ("true", False), ("", False)])
def test_what_is_off_is_on_only_when_said_exactly(said: str, debug: bool, tmp_path: Path) -> None:
    assert read(tmp_path, "DEBUG", "FETCH_LINKS", YUPANA_DEBUG=said, YUPANA_FETCH=said) == [debug, debug]


def test_the_data_are_in_the_home_unless_said_otherwise(tmp_path: Path) -> None:
    odd = tmp_path / "with % and ? and #"
    [databases] = read(odd, "DATABASES")
    assert databases["default"]["NAME"] == str(odd / "yupana.sqlite3")


@pytest.mark.parametrize("url", [None, "sqlite:////tmp/other.sqlite3"])
def test_every_sqlite_queues_its_writers_and_syncs(url: str | None, tmp_path: Path) -> None:
    [databases] = read(tmp_path, "DATABASES", **({"DATABASE_URL": url} if url else {}))
    options = databases["default"]["OPTIONS"]
    pragmas = {"journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"}
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 30)
    assert set(re.findall(r"PRAGMA (\w+=\w+);", options["init_command"])) == pragmas


def test_a_database_url_leads_to_postgresql(tmp_path: Path) -> None:
    [databases] = read(tmp_path, "DATABASES", DATABASE_URL="postgresql://u:p@db.example:5433/y")
    found = databases["default"]
    assert (found["ENGINE"], found["NAME"], found["HOST"], found["PORT"], found["CONN_HEALTH_CHECKS"]) == (
        "django.db.backends.postgresql",
        "y",
        "db.example",
        5433,
        True,
    )


def test_no_request_is_one_transaction(tmp_path: Path) -> None:
    [databases] = read(tmp_path, "DATABASES")
    assert not databases["default"].get("ATOMIC_REQUESTS", False)


def test_passwords_are_hashed_by_argon2_first(tmp_path: Path) -> None:
    [hashers] = read(tmp_path, "PASSWORD_HASHERS")
    assert hashers[0].endswith("Argon2PasswordHasher")


def test_a_form_of_a_thousand_activities_arrives_whole(rf: RequestFactory) -> None:
    fields = {f"activity-{row}-{column}": "x" * 400 for row in range(1000) for column in range(12)}
    assert len(rf.post("/", urlencode(fields), content_type="application/x-www-form-urlencoded").POST) == 12_000


# --- mail ------------------------------------------------------------------------------------------------------------
MAIL = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_SSL", "EMAIL_USE_TLS")


def test_without_a_way_to_send_mail_none_leaves(tmp_path: Path) -> None:
    leaves, backend = read(tmp_path, "MAIL_LEAVES", "EMAIL_BACKEND")
    assert (leaves, backend.rpartition(".")[0]) == (False, "django.core.mail.backends.dummy")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("smtp://ana:a%40b@mail.example", ["mail.example", 587, "ana", "a@b", False, True]),
        ("smtps://mail.example:4650", ["mail.example", 4650, "", "", True, False]),
        ("smtp://127.0.0.1:2525", ["127.0.0.1", 2525, "", "", False, False]),
    ],
)
def test_mail_leaves_as_its_address_says_and_in_clear_only_on_this_machine(
    tmp_path: Path, url: str, told: list[object]
) -> None:
    assert read(tmp_path, *MAIL, YUPANA_EMAIL_URL=url) == told


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "file://"])
def test_an_address_by_which_no_mail_could_leave_stops_the_program(tmp_path: Path, url: str) -> None:
    answer = run(tmp_path, "DEBUG", YUPANA_EMAIL_URL=url)
    assert (answer.returncode, "YUPANA_EMAIL_URL" in answer.stderr) == (1, True)


def test_a_link_of_an_invitation_lasts_as_many_days_as_is_said(tmp_path: Path) -> None:
    assert read(tmp_path, "PASSWORD_RESET_TIMEOUT", YUPANA_INVITATION_DAYS="3") == [3 * 86_400]
