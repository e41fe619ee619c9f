"""Tables that keep themselves up to date on SQLite, and wait to be told on PostgreSQL."""

import fcntl
import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tests.interfaces.cli.conftest import Yupana
from yupana.interfaces.cli import database

REPOSITORY = Path(__file__).parents[3]


def command(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as its own process, on SQLite in a home of its own."""
    keep = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", "from yupana.interfaces.cli.main import main; main()", *arguments],
        cwd=REPOSITORY,
        env={**keep, "YUPANA_HOME": str(home), "LANG": "en_US.UTF-8", "LC_ALL": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.mark.django_db
def test_tables_that_fit_are_left_alone() -> None:
    assert (database.pending(), database.upgrade()) == (False, False)


@pytest.mark.django_db
def test_a_missing_migration_is_seen() -> None:
    MigrationRecorder(connection).record_unapplied("figures", "0002_beyond")
    assert database.pending()


@pytest.mark.django_db
def test_tables_of_a_newer_program_are_refused() -> None:
    MigrationRecorder(connection).record_applied("figures", "9999_tomorrow")
    with pytest.raises(database.Unprepared, match="9999_tomorrow"):
        database.ready()


@pytest.mark.django_db
def test_another_database_than_sqlite_waits_to_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    MigrationRecorder(connection).record_unapplied("figures", "0002_beyond")
    monkeypatch.setattr(connection, "vendor", "postgresql")
    with pytest.raises(database.Unprepared, match="yupana migrate"):
        database.ready()


def test_migrate_says_when_there_was_nothing_to_do(yupana: Yupana) -> None:
    assert yupana("migrate").out == "The database was up to date.\n"


def test_one_server_at_a_time_is_no_limit_but_a_server_keeps_others_out() -> None:
    with database.serving(), database.serving(), database.serving_alone() as alone:
        assert not alone


def test_a_home_that_nobody_serves_can_be_had_alone(place: Path) -> None:
    with database.serving_alone() as alone, (place / "serving.lock").open() as other:
        assert alone
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_SH | fcntl.LOCK_NB)


def test_the_first_commands_make_one_database_however_many_come_at_once(place: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: command(place, "verify", "--json"), range(3)))
    assert [each.returncode for each in found] == [0, 0, 0], [each.stderr for each in found]


def test_a_fresh_home_is_for_its_owner_only(place: Path) -> None:
    place.rmdir()
    command(place, "tick")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (place, place / "yupana.sqlite3")}
    assert modes == {"home": 0o700, "yupana.sqlite3": 0o600}


def test_a_command_upgrades_what_an_older_program_left(place: Path) -> None:
    command(place, "tick")
    with sqlite3.connect(place / "yupana.sqlite3") as old:
        old.execute("DROP TABLE figures_cell")
        old.execute("DROP TABLE figures_cursor")
        old.execute("DELETE FROM django_migrations WHERE app = 'figures'")
    old.close()
    assert command(place, "figures", "check").returncode == 0


@pytest.mark.parametrize(
    ("name", "value"), [("YUPANA_ORIGIN", "http://plain.example"), ("DATABASE_URL", "nonsense://x")]
)
def test_a_wrong_setting_is_one_sentence(name: str, value: str, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    keep = {**os.environ, "DJANGO_SETTINGS_MODULE": "yupana.settings"}
    found = subprocess.run(
        [sys.executable, "-c", "from yupana.interfaces.cli.main import main; main()", "verify"],
        cwd=REPOSITORY, env=keep, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (found.returncode, found.stderr.startswith("yupana: "), "Traceback" in found.stderr) == (1, True, False)
