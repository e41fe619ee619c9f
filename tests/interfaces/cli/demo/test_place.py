"""A demonstration is told only where nothing can be lost."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from tests.interfaces.cli.test_database import command
from yupana.interfaces.cli.demo import place
from yupana.interfaces.cli.frame import Rejected


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose database is a SQLite file in it, whatever database the test itself has."""
    there = tmp_path / "home"
    monkeypatch.setenv("YUPANA_HOME", str(there))
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(there / "yupana.sqlite3"))
    monkeypatch.setattr(place, "connection", SimpleNamespace(vendor="sqlite"))
    return there


def test_a_home_that_is_not_there_or_empty_may_be_used(home: Path) -> None:
    place.check(home)
    home.mkdir()
    place.check(home)


def test_a_home_with_anything_in_it_is_refused(home: Path) -> None:
    home.mkdir()
    (home / "yupana.sqlite3").touch()
    with pytest.raises(Rejected, match="YUPANA_HOME=/tmp/demo"):
        place.check(home)


def test_a_home_that_was_a_demonstration_is_made_anew(home: Path) -> None:
    home.mkdir()
    for name in (place.MARK, "yupana.sqlite3", "serving.lock"):
        (home / name).touch()
    (home / "keys").mkdir()
    (home / "keys" / "django").touch()
    place.check(home)
    place.empty(home)
    assert sorted(path.name for path in home.iterdir()) == [place.MARK, "serving.lock"]


def test_a_folder_that_is_linked_into_the_home_keeps_its_files(home: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").touch()
    home.mkdir()
    (home / "link").symlink_to(tmp_path / "precious")
    place.empty(home)
    assert ((tmp_path / "precious" / "file").exists(), (home / "link").exists()) == (True, False)


def test_a_database_outside_of_the_home_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", "/elsewhere/yupana.sqlite3")
    with pytest.raises(Rejected, match="DATABASE_URL"):
        place.check(home)


def test_another_database_than_sqlite_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "connection", SimpleNamespace(vendor="postgresql"))
    with pytest.raises(Rejected, match="DATABASE_URL"):
        place.check(home)


def test_the_command_refuses_a_home_in_use_and_touches_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    command(home, "tick")
    before = {path.name: path.stat().st_mtime_ns for path in home.iterdir()}
    said = command(home, "demo", "--no-serve")
    assert (said.returncode, said.stdout) == (1, "")
    assert {path.name: path.stat().st_mtime_ns for path in home.iterdir()} == before
