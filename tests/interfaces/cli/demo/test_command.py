"""`yupana demo`, as `make demo` calls it."""

import re
from pathlib import Path

import pytest

from tests.interfaces.cli.test_database import command
from yupana.interfaces.cli.demo import story
from yupana.interfaces.cli.demo.cast import ACCOUNTS


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "home"


@pytest.fixture(scope="module")
def shown(home: Path) -> str:
    said = command(home, "demo", "--no-serve")
    assert said.returncode == 0, said.stderr
    return said.stdout


def passwords(shown: str) -> dict[str, str]:
    return dict(re.findall(rf"^({'|'.join(each.username for each in ACCOUNTS)})\s+(\S+)", shown, re.MULTILINE))


def test_it_shows_what_there_is_the_accounts_and_the_address(shown: str) -> None:
    said = ["bodies: 38, grouping nodes: 6", ", verified", "http://127.0.0.1:8000/", "/planes/PGD/2028/consulta/"]
    assert ([each for each in said if each not in shown], len(passwords(shown))) == ([], len(ACCOUNTS))


def test_the_home_holds_a_record_that_verifies(shown: str, home: Path) -> None:
    assert (command(home, "verify").returncode, command(home, "figures", "check").returncode) == (0, 0)


def test_a_second_telling_starts_from_nothing_with_other_passwords(shown: str, home: Path) -> None:
    again = command(home, "demo", "--no-serve")
    old, new = passwords(shown), passwords(again.stdout)
    assert (again.returncode, [name for name in old if old[name] == new[name]]) == (0, [])
    assert "bodies: 38" in again.stdout


def test_progress_goes_to_stderr(shown: str) -> None:
    assert f"{story.count()}/{story.count()}" not in shown
