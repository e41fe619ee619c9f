"""`make soak`: kill, crowd and count on SQLite and on PostgreSQL, and print one table of what was lost, if anything.

The exit code is 1 when anything was lost, doubled, leaked, refused as locked, or broken in another way. A seed chooses
the moments of the kills; what the machine does between two of them no seed can repeat.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.run import postgres
from tests.soak.outcome import COLUMNS, Outcome
from tests.soak.place import REPOSITORY, place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.soak.place import Place

SCENARIOS = ("kill", "faults", "crowd")
# What the tests hold as well; here it stands in the same table.
READING = ("leaks",)
TESTS = {
    "races": ("tests/soak/test_races.py",),
    "guards": ("tests/test_guards.py", "tests/foundation/ledger/test_guards.py"),
}
PATIENCE = 240.0  # seconds for one scenario
ALL = 570.0  # seconds for all of them: what is not done by then counts as broken
WIDTH = 14


def tried(scenario: str, url: str | None, size: str, seed: int, patience: float = PATIENCE) -> Outcome:
    """Run one scenario in a place of its own; whatever breaks it is an outcome, too."""
    with place(url) as here:
        ended = _run([sys.executable, "-m", "tests.soak.inside", scenario, size, str(seed)], here, patience)
    if ended is None:
        return Outcome(broken=[f"not done after {patience:.0f} s"])
    if ended.returncode:
        return Outcome(broken=[ended.stderr[-2000:]])
    return Outcome(**json.loads(ended.stdout.splitlines()[-1]))


def tested(name: str, url: str | None, patience: float) -> Outcome:
    """Run tests on that database; each that fails is an outcome."""
    with place(url) as here:
        environment = {**here.environment, "DJANGO_SETTINGS_MODULE": "tests.settings", "COLUMNS": "200"}
        ended = _run([sys.executable, "-m", "pytest", "-q", "-rfE", *TESTS[name]], here, patience, environment)
    if ended is None:
        return Outcome(broken=[f"not done after {patience:.0f} s"])
    failed = [line for line in ended.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return Outcome(broken=failed or ([ended.stdout[-2000:]] if ended.returncode else []))


def _run(
    command: list[str], here: Place, patience: float, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str] | None:
    """Run it with all that it starts; None when it took too long. Whatever happens, nothing stays behind."""
    process = subprocess.Popen(  # noqa: S603 - our own words
        command,
        cwd=REPOSITORY,
        env=environment or here.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            out, err = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            return None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def table(rows: Sequence[tuple[str, Outcome]]) -> list[str]:
    """One line for each run, the sum, and below it every fault in words."""
    lines = [" " * 20 + "".join(f"{column:>{WIDTH}}" for column in COLUMNS)]
    lines += [_line(name, outcome.row()) for name, outcome in rows]
    lines.append(_line("all", [sum(column) for column in zip(*(outcome.row() for _, outcome in rows), strict=True)]))
    return lines + [f"{name}: {fault}" for name, outcome in rows for fault in outcome.faults]


def _line(name: str, numbers: Sequence[int]) -> str:
    return f"{name:20}" + "".join(f"{number:>{WIDTH}}" for number in numbers)


def main(arguments: Sequence[str]) -> int:
    """Run every scenario on both databases, print the table, return the exit code."""
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", choices=("full", "short"), default="full")
    asked = parser.parse_args(arguments)
    names = (*SCENARIOS, *(() if asked.size == "short" else (*READING, *TESTS)))
    started = time.monotonic()

    def one(database: str, url: str | None, name: str) -> tuple[str, Outcome]:
        left = max(0.0, min(PATIENCE, started + ALL - time.monotonic()))
        outcome = tested(name, url, left) if name in TESTS else tried(name, url, asked.size, asked.seed, left)
        print(f"{time.monotonic() - started:4.0f} s  {database} {name}", flush=True)  # noqa: T201 - for who waits
        return f"{database} {name}", outcome

    def on(database: str, url: str | None) -> list[tuple[str, Outcome]]:
        return [one(database, url, name) for name in names]

    # Both at once: most of the time somebody is being killed or comes back.
    with postgres() as url, ThreadPoolExecutor() as both:
        runs = [both.submit(on, "SQLite", None), both.submit(on, "PostgreSQL", url)]
        rows = [row for run in runs for row in run.result()]
    print(*table(rows), sep="\n")  # noqa: T201 - the table is what it is for
    return int(any(outcome.faults for _, outcome in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
