"""The doctor looks at everything, changes nothing, and says what to do."""

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone, translation

from tests.domain.instruments.hearings import attach
from tests.domain.instruments.plans import draft, enact
from tests.interfaces.cli.conftest import Yupana
from tests.interfaces.cli.test_database import command
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger import memory
from yupana.foundation.ledger.actions import record
from yupana.foundation.ledger.models import Checkpoint, Entry
from yupana.foundation.ledger.queries import head
from yupana.interfaces.cli import checkup
from yupana.interfaces.cli.checkup import Finding, State, findings
from yupana.interfaces.cli.doctor import WORDS
from yupana.projections import followers
from yupana.projections.figures.models import Cursor

EVERYTHING = [
    "home", "keys", "secret", "debug", "origin", "disk", "database", "tables", "guards", "durability", "clock", "seal",
    "checkpoint", "memory", "figures", "documents",
]  # fmt: skip


class Disk(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home as it should be."""
    home = tmp_path / "home"
    (home / "keys").mkdir(mode=0o700, parents=True)
    home.chmod(0o700)
    (home / "keys" / "django").write_text("x" * 86)
    (home / "keys" / "django").chmod(0o600)
    monkeypatch.setenv("YUPANA_HOME", str(home))
    return home


def found() -> dict[str, Finding]:
    with translation.override("en"):
        return {finding.check: finding for finding in findings()}


def state_of(check: str) -> State:
    return found()[check].state


def note() -> None:
    with transaction.atomic():
        record(Fact("entity.registered", {"entity": "x:1"}, date(2020, 1, 1), {}))


def ago(**span: int) -> None:
    Entry.objects.update(recorded_at=timezone.now() - timedelta(**span))


# --- the whole -----------------------------------------------------------------------------------------------------
def test_a_house_in_order_is_told_and_done(tmp_path: Path) -> None:
    home = tmp_path / "new"
    command(home, "tick")
    said = command(home, "--lang", "en", "doctor")
    lines = said.stdout.splitlines()
    assert (said.returncode, [line.split()[1] for line in lines]) == (0, EVERYTHING)
    assert {line.split()[0] for line in lines if "origin" not in line.split()[1]} == {"ok"}


def test_it_makes_no_database_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir(mode=0o700)
    said = command(tmp_path / "new", "--lang", "en", "doctor")
    assert (said.returncode, list((tmp_path / "new").iterdir())) == (4, [])
    assert said.stdout.splitlines()[-1].startswith("failure  database")


def test_it_does_not_upgrade_what_it_finds(tmp_path: Path) -> None:
    home = tmp_path / "new"
    command(home, "tick")
    with sqlite3.connect(home / "yupana.sqlite3") as old:
        old.execute("DELETE FROM django_migrations WHERE app = 'figures'")
    old.close()
    codes = [command(home, "doctor").returncode for _ in range(2)]
    assert codes == [4, 4]


def test_scripts_get_every_look_as_json(yupana: Yupana, place: Path) -> None:
    said = yupana("doctor", "--json")
    assert [each["check"] for each in said.json["checks"]][:6] == EVERYTHING[:6]
    assert (said.json["ok"], {*said.json["checks"][0]}) == (False, {"check", "state", "told"})


def test_a_failure_is_exit_4(yupana: Yupana) -> None:
    assert yupana("doctor").code == 4  # the tests' own database may lose data


def test_the_states_have_words_in_spanish() -> None:
    with translation.override("es"):
        assert [str(WORDS[state]) for state in State] == ["ok", "aviso", "falla"]


# --- the house -----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701])
def test_a_home_that_others_may_enter_fails(mode: int, place: Path) -> None:
    place.chmod(mode)
    assert (found()["home"].state, "chmod 700" in found()["home"].told) == (State.FAILURE, True)


@pytest.mark.django_db
def test_a_home_that_is_not_there_fails(place: Path) -> None:
    shutil.rmtree(place)
    assert (state_of("home"), place.exists()) == (State.FAILURE, False)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o700])
def test_a_key_that_others_may_read_fails(mode: int, place: Path) -> None:
    (place / "keys" / "django").chmod(mode)
    assert (found()["keys"].state, "chmod 600" in found()["keys"].told) == (State.FAILURE, True)


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["", "short"])
def test_a_secret_that_is_none_fails(written: str, place: Path) -> None:
    (place / "keys" / "django").write_text(written)
    assert state_of("secret") == State.FAILURE


@pytest.mark.django_db
def test_a_home_without_keys_has_them_made_later(place: Path) -> None:
    shutil.rmtree(place / "keys")
    assert (state_of("keys"), state_of("secret"), (place / "keys").exists()) == (State.OK, State.OK, False)


@pytest.mark.django_db
@pytest.mark.parametrize(("debug", "state"), [(True, State.WARNING), (False, State.OK)])
def test_debugging_is_a_warning(debug: bool, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEBUG", debug)
    assert state_of("debug") == state


@pytest.mark.django_db
def test_an_origin_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HTTPS", True)
    monkeypatch.setattr(settings, "ORIGINS", ["https://a.example"])
    assert (found()["origin"].state, "https://a.example" in found()["origin"].told) == (State.OK, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("free", "state"), [(2**31, State.OK), (2**30 - 1, State.WARNING), (200 * 2**20 - 1, State.FAILURE)]
)
def test_a_full_disk_is_told_before_it_is_full(free: int, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(2**40, 2**40 - free, free))
    assert state_of("disk") == state


# --- the database --------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("recorded", "name", "word"),
    [("record_unapplied", "0001_cells", "yupana migrate"), ("record_applied", "9999_tomorrow", "newer Yupana")],
)
def test_tables_of_another_program_fail_and_end_the_visit(recorded: str, name: str, word: str) -> None:
    getattr(MigrationRecorder(connection), recorded)("figures", name)
    last = list(found().values())[-1]
    assert (last.check, last.state, word in last.told) == ("tables", State.FAILURE, True)


@pytest.mark.django_db
def test_a_missing_guard_fails_by_its_name(unguarded_db: None) -> None:
    finding = found()["guards"]
    assert (finding.state, "guard_ledger_entry_delete" in finding.told) == (State.FAILURE, True)


@pytest.mark.django_db
def test_guards_that_stand_are_well() -> None:
    assert state_of("guards") == State.OK


@pytest.mark.django_db
def test_a_database_that_may_lose_what_it_acknowledged_fails() -> None:
    """The one of the tests may, on purpose."""
    finding = found()["durability"]
    wrong = "synchronous=0" if connection.vendor == "sqlite" else "fsync=off"
    assert (finding.state, wrong in finding.told) == (State.FAILURE, True)


@pytest.mark.parametrize(("version", "state"), [(13, State.FAILURE), (14, State.OK), (18, State.OK)])
def test_an_old_postgresql_fails(version: int, state: State) -> None:
    assert checkup._new_enough(version).state == state  # noqa: SLF001 - no test has an old PostgreSQL


# --- the record ----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("span", "state"),
    [({"minutes": 1}, State.OK), ({"minutes": 10}, State.WARNING), ({"hours": 2}, State.FAILURE)],
)
def test_entries_that_wait_too_long_are_told(unguarded_db: None, span: dict[str, int], state: State) -> None:
    note()
    ago(**span)
    assert state_of("seal") == state


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "state"), [(-10, State.FAILURE), (10, State.OK)])
def test_a_clock_behind_the_record_fails(unguarded_db: None, minutes: int, state: State) -> None:
    note()
    ago(minutes=minutes)
    assert state_of("clock") == state


@pytest.mark.django_db
def test_a_record_in_order_is_well() -> None:
    note()
    followers.tick()
    assert [state_of(check) for check in ("clock", "seal", "checkpoint", "figures")] == [State.OK] * 4


@pytest.mark.django_db
def test_a_checkpoint_that_contradicts_itself_fails(unguarded_db: None) -> None:
    note()
    followers.tick()
    Checkpoint.objects.update(root=bytes(32))
    assert state_of("checkpoint") == State.FAILURE


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "state"), [(1, State.OK), (2, State.FAILURE)])
def test_an_older_copy_of_the_record_fails(size: int, state: State) -> None:
    note()
    followers.tick()
    memory.remember(memory.State(size, head().root), anew=True)
    assert state_of("memory") == state


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda: Cursor.objects.update(position=0), "yupana tick"),
        (lambda: Cursor.objects.update(formula="0"), "yupana figures rebuild"),
        (lambda: Cursor.objects.all().delete(), "yupana tick"),
    ],
)
def test_figures_that_do_not_follow_are_a_warning(change: Callable[[], object], word: str) -> None:
    note()
    followers.tick()
    change()
    finding = found()["figures"]
    assert (finding.state, word in finding.told) == (State.WARNING, True)


# --- the vault -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("harm", "state"), [("none", State.OK), ("cut", State.FAILURE), ("gone", State.FAILURE)])
def test_a_document_that_is_not_in_the_vault_fails(
    db: None, harm: str, state: State, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    draft()
    kept = attach()
    enact()
    path = tmp_path / "vault" / kept.digest[:2] / kept.digest[2:]
    if harm != "none":
        path.unlink()
    if harm == "cut":
        path.write_bytes(b"%PDF")
    finding = found()["documents"]
    assert (finding.state, "act.pdf" in finding.told) == (state, harm != "none")
