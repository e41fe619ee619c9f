"""What a newcomer is told to type, in the README, the Makefile and the guide, does what it says and harms nothing."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]
MAKE = shutil.which("make")
GUIDE = REPOSITORY / "docs" / "guides" / "cargar-bolivia.md"


@pytest.mark.skipif(MAKE is None, reason="there is no make")
@pytest.mark.parametrize(
    ("told", "typed"),
    [
        ([], "demo"),
        (["PORT=8001"], "demo --port 8001"),
        (["SERVE=0"], "demo --no-serve"),
        (["SERVE=0", "PORT=8001"], "demo --port 8001 --no-serve"),
    ],
)
def test_make_demo_takes_a_port(told: list[str], typed: str) -> None:
    said = subprocess.run(  # noqa: S603 - our own Makefile, which only says what it would do
        [str(MAKE), "--dry-run", "demo", *told],
        cwd=REPOSITORY, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    [command] = [line for line in said.stdout.splitlines() if "/yupana demo" in line]
    assert " ".join(command.partition("/yupana ")[2].split()) == typed


def test_the_readme_names_the_program_and_the_port() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    told = ["The program is `.venv/bin/yupana`", "make demo PORT=", "YUPANA_HOME"]
    assert [each for each in told if each not in text] == []


def test_the_guide_keeps_its_home_out_of_the_demonstrations() -> None:
    [home] = re.findall(r'^export YUPANA_HOME="(.+)"$', GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert home == "$HOME/yupana-bolivia"
