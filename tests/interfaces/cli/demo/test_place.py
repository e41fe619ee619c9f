"""A demonstration is told only where nothing can be lost."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings

from tests.interfaces.cli.conftest import ENTITIES
from tests.interfaces.cli.test_database import command
from yupana.interfaces.cli.demo import mark, place
from yupana.interfaces.cli.frame import Rejected


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose database is a SQLite file in it, whatever database the test itself has."""
    there = tmp_path / "home"
    monkeypatch.setenv("YUPANA_HOME", str(there))
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(there / "yupana.sqlite3"))
    monkeypatch.setattr(place, "connection", SimpleNamespace(vendor="sqlite"))
    return there


@pytest.fixture
def marked(home: Path) -> Path:
    """A home as a demonstration leaves it."""
    (home / "keys").mkdir(parents=True)
    for name in ("yupana.sqlite3", "yupana.sqlite3-queue", "serving.lock", "keys/django", "remembered"):
        (home / name).touch()
    mark.put(home)
    return home


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_home_that_is_not_there_or_empty_may_be_used(home: Path) -> None:
    place.check(home)
    home.mkdir()
    place.check(home)


def test_a_home_with_anything_in_it_is_refused(home: Path) -> None:
    home.mkdir()
    (home / "yupana.sqlite3").touch()
    with pytest.raises(Rejected, match="YUPANA_HOME=/tmp/demo"):
        place.check(home)


def test_a_home_that_was_a_demonstration_is_made_anew(marked: Path) -> None:
    place.check(marked)
    mark.empty(marked)
    assert names(marked) == [mark.MARK, "serving.lock", "yupana.sqlite3-queue"]


def test_a_mark_of_old_that_names_nothing_is_a_mark(marked: Path) -> None:
    (marked / mark.MARK).write_text("")
    (marked / "remembered").unlink()
    assert mark.strangers(marked) == []


@pytest.mark.parametrize(
    ("stranger", "named"),
    [("notes.txt", "notes.txt"), ("bolivia/yupana.sqlite3", "bolivia"), ("keys/mine", "keys/mine")],
)
def test_a_demonstrations_home_with_anything_else_in_it_is_refused(stranger: str, named: str, marked: Path) -> None:
    (marked / stranger).parent.mkdir(exist_ok=True)
    (marked / stranger).write_text("precious")
    with pytest.raises(Rejected) as refused:
        place.check(marked)
    assert (f": {named}." in refused.value.message, "YUPANA_HOME=" in refused.value.message) == (True, True)


def test_only_the_first_strangers_are_named(marked: Path) -> None:
    for number in range(5):
        (marked / f"note-{number}").touch()
    with pytest.raises(Rejected, match=r"note-0, note-1, note-2, …\."):
        place.check(marked)


def test_what_no_demonstration_wrote_is_never_removed(marked: Path) -> None:
    for name in ("bolivia/yupana.sqlite3", "notes.txt"):
        (marked / name).parent.mkdir(exist_ok=True)
        (marked / name).touch()
    mark.empty(marked)
    stays = [mark.MARK, "bolivia", "bolivia/yupana.sqlite3", "notes.txt", "serving.lock", "yupana.sqlite3-queue"]
    assert names(marked) == stays


def test_a_folder_that_is_linked_into_the_home_is_a_stranger_whatever_its_name(marked: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "django").touch()
    shutil.rmtree(marked / "keys")
    (marked / "keys").symlink_to(tmp_path / "precious")
    assert mark.strangers(marked) == ["keys/"]
    mark.empty(marked)
    assert names(tmp_path / "precious") == ["django"]


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


# --- whoever brings something in, has a home of their own ----------------------------------------------------------
@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a database in which nothing is."""
    home = tmp_path_factory.mktemp("made") / "home"
    assert command(home, "tick").returncode == 0
    return home


@pytest.fixture
def lent(made: Path, tmp_path: Path) -> Path:
    """A demonstration's home, in which no story was told yet."""
    home = shutil.copytree(made, tmp_path / "lent")
    mark.put(home)
    return home


@pytest.fixture
def register(tmp_path: Path) -> str:
    (tmp_path / "register.csv").write_text(ENTITIES, encoding="utf-8")
    return str(tmp_path / "register.csv")


def test_an_import_makes_the_home_an_ordinary_one_and_says_so(lent: Path, register: str) -> None:
    said = command(lent, "import", "entities", register, "--json")
    assert (said.returncode, mark.stands(lent), "ordinary home" in said.stderr, "home" in said.stdout) == (
        0, False, True, False,
    )  # fmt: skip
    again = command(lent, "demo", "--no-serve")
    assert (again.returncode, "is not the home of a demonstration" in again.stderr) == (1, True)


def test_an_account_makes_the_home_an_ordinary_one(lent: Path) -> None:
    assert (command(lent, "createuser", "ana").returncode, mark.stands(lent)) == (0, False)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["import", "entities", "/not/there.csv"], 1),
        (["publish", "NADA", "1", "--act", "x", "--on", "2020-01-01"], 1),
        (["publish", "NADA"], 2),
        (["verify"], 0),
    ],
)
def test_what_brings_nothing_in_leaves_the_mark_as_it_was(arguments: list[str], code: int, lent: Path) -> None:
    before = (lent / mark.MARK).read_text()
    said = command(lent, *arguments)
    assert (said.returncode, (lent / mark.MARK).read_text(), "ordinary" in said.stderr) == (code, before, False)


def test_a_register_of_somebody_else_is_kept_even_where_the_mark_was_put_back(lent: Path, register: str) -> None:
    command(lent, "import", "entities", register)
    mark.put(lent)
    said = command(lent, "demo", "--no-serve")
    assert (said.returncode, said.stdout, "“registro”" in said.stderr) == (1, "", True)
    assert "sin cambio 4" in command(lent, "--lang", "es", "import", "entities", register).stdout


def test_an_instrument_of_somebody_else_is_kept(lent: Path, state: Path) -> None:
    command(lent, "import", "instrument", str(state))
    mark.put(lent)
    said = command(lent, "demo", "--no-serve")
    assert (said.returncode, "the instrument PLAN" in said.stderr) == (1, True)
