"""The guide as a program reads it: its commands with what they should answer, its tables, its own count."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
GUIDE = REPOSITORY / "docs" / "guides" / "cargar-bolivia.md"
CELL = re.compile(r"(\d+) de (\d+)")


@dataclass(frozen=True)
class Step:
    """One command of the guide, and the lines that it says will be seen."""

    command: str
    seen: tuple[str, ...]


def text(guide: Path = GUIDE) -> str:
    return guide.read_text(encoding="utf-8")


def blocks(kind: str, guide: Path = GUIDE) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text(guide), re.MULTILINE | re.DOTALL)


def steps(guide: Path = GUIDE) -> list[Step]:
    """Return the commands in order; a line with `…` promises only what stands before it."""
    found = []
    for block in blocks("console", guide):
        for each in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *seen = each.rstrip().splitlines()
            found.append(Step(command, tuple(line.partition("…")[0] for line in seen)))
    return found


def cells() -> dict[tuple[str, str], tuple[int, int]]:
    """Return the hand-checked table: by line and level, how many of how many."""
    rows = re.findall(r"^\| (\d+) \| (\d+ de \d+) \| (\d+ de \d+) \|$", text(), re.MULTILINE)
    return {
        (line, level): pair(cell)
        for line, central, municipal in rows
        for level, cell in (("central", central), ("municipal", municipal))
    }


def pair(cell: str) -> tuple[int, int]:
    found = CELL.fullmatch(cell)
    assert found
    return int(found[1]), int(found[2])


def notes() -> dict[str, int]:
    """Return how many doubts of each kind the guide tells."""
    return {why: int(number) for why, number in re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", text(), re.MULTILINE)}


def shell(command: str, home: Path, data: Path, folder: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    """Run a line of the guide as a person would, on SQLite in a home of its own."""
    keep = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    program = f'yupana() {{ "{sys.executable}" -c "from yupana.interfaces.cli.main import main; main()" "$@"; }}'
    return subprocess.run(  # noqa: S603 - the words of our own guide
        ["/bin/sh", "-c", f"{program}\n{command} 2>&1"],
        cwd=folder,
        env=keep
        | {"YUPANA_HOME": str(home), "YUPANA_DATA": str(data), "PYTHONPATH": str(REPOSITORY)}
        | {"LC_ALL": "", "LANG": "es_BO.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
