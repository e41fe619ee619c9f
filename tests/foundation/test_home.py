"""The home and its keys."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from yupana.foundation.home import WeakKey, home, key, prepare


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "deep" / "home"))
    return tmp_path / "deep" / "home"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_home_is_where_the_environment_says(place: Path) -> None:
    assert home() == place


@pytest.mark.parametrize("said", ["", None])
def test_the_home_is_var_in_the_working_folder_when_nothing_is_said(
    said: str | None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("YUPANA_HOME") if said is None else monkeypatch.setenv("YUPANA_HOME", said)
    assert home() == tmp_path / "var"


def test_asking_where_the_home_is_creates_nothing(place: Path) -> None:
    assert not home().exists()


def test_home_and_keys_are_for_their_owner_only(place: Path) -> None:
    prepare()
    assert (mode(place), mode(place / "keys")) == (0o700, 0o700)


def test_a_folder_of_keys_that_stood_open_is_closed(place: Path) -> None:
    (place / "keys").mkdir(parents=True, mode=0o755)
    prepare()
    assert mode(place / "keys") == 0o700


def test_a_key_is_created_once_and_stays() -> None:
    assert key("django") == key("django")


def test_two_keys_differ() -> None:
    assert key("django") != key("other")


def test_a_key_is_long_enough_to_sign_with() -> None:
    assert len(key("django")) >= 64


def test_a_key_is_readable_by_its_owner_only(place: Path) -> None:
    key("django")
    assert mode(place / "keys" / "django") == 0o600


def test_many_who_ask_at_once_get_one_key_and_leave_no_draft(place: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(key, ["django"] * 32))
    assert (len(found), [path.name for path in (place / "keys").iterdir()]) == (1, ["django"])


def test_who_comes_second_keeps_the_first_key(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = key("django")
    # As if the key had appeared between looking for it and writing it.
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    assert key("django") == first


@pytest.mark.parametrize("written", ["", "x" * 49, "ñ"])
def test_a_key_that_could_be_guessed_is_none(written: str) -> None:
    (prepare() / "keys" / "weak").write_text(written)
    with pytest.raises(WeakKey, match="remove it"):
        key("weak")
