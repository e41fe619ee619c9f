"""The guide "Cargar Bolivia" works as it is written."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.real import guide

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bolivia") / "home"


@pytest.fixture(scope="module")
def answers(home: Path, real_data: Path) -> dict[guide.Step, str]:
    return {step: guide.shell(step.command, home, real_data).stdout for step in guide.steps()}


def test_every_command_answers_as_the_guide_says(answers: dict[guide.Step, str]) -> None:
    unlike = [
        (step.command, line, answer)
        for step, answer in answers.items()
        for line in step.seen
        if not any(said.startswith(line) for said in answer.splitlines())
    ]
    assert (len(answers), unlike) == (len(guide.steps()), [])


def test_the_doubts_that_are_shown_end_with_the_codes_that_the_guide_lists(
    answers: dict[guide.Step, str], home: Path, real_data: Path
) -> None:
    files = (
        ("entities", "pige/entidades.csv", ""),
        ("instrument", "pige", "--code OTRO"),
        ("commitments", "pige", ""),
    )
    shown = Counter[str]()
    for command, path, more in files:
        said = guide.shell(f'yupana import {command} "$YUPANA_DATA/{path}" --all {more}', home, real_data).stdout
        shown.update(re.findall(r"^  \S+:\d+  .*\[([a-z-]+)\]$", said, re.MULTILINE))
    assert shown == guide.notes()


def test_the_table_is_what_its_own_count_gives(real_data: Path) -> None:
    [count] = guide.blocks("python")
    counted = subprocess.run(  # noqa: S603 - the words of our own guide
        [sys.executable, "-c", count], env={"YUPANA_DATA": str(real_data)}, capture_output=True, text=True, check=True
    ).stdout
    assert len(counted.splitlines()) == 10
    assert counted in guide.text()


def test_the_count_of_the_guide_uses_nothing_of_yupana() -> None:
    assert [block for block in guide.blocks("python") if "yupana." in block] == []


def test_the_table_has_twenty_cells() -> None:
    assert len(guide.cells()) == 20
