"""A crowd of writers at once, with sealers and followers between them: nothing skipped, doubled or refused as locked.

Run inside a place (see `soak.py`), on the database of the settings.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from tests.soak.outcome import Outcome
from tests.soak.place import end

if TYPE_CHECKING:
    import subprocess

    from tests.soak.clients import Notes
    from tests.soak.place import Place


@dataclass(frozen=True)
class Size:
    """Writers are threads of so many processes; each hands in and decides about so many plans."""

    processes: int
    threads: int
    plans: int
    tickers: tuple[str, ...] = ("seal", "seal", "follow", "follow")


# PostgreSQL lets them write side by side, SQLite one after the other: there the crowd is larger.
SIZES = {
    ("sqlite", "full"): Size(processes=16, threads=1, plans=12),
    ("sqlite", "short"): Size(processes=2, threads=8, plans=2, tickers=("tick",)),
    ("postgresql", "full"): Size(processes=6, threads=1, plans=40),
    ("postgresql", "short"): Size(processes=2, threads=3, plans=4, tickers=("tick", "tick")),
}


def run(place: Place, size: str, seed: int) -> Outcome:
    """Let them loose all at once, and count when the last one is done."""
    from tests.soak.clients import Notes  # noqa: PLC0415 - tables exist once the apps are loaded
    from tests.soak.state import prepare  # noqa: PLC0415 - the same

    sized, notes, outcome = SIZES[connection.vendor, size], Notes(), Outcome()
    prepare(planners=sized.processes * sized.threads, entities=1, calls=sized.plans)
    connection.close()
    tickers = [place.module("ticker", what) for what in sized.tickers]
    numbers = [range(at * sized.threads, (at + 1) * sized.threads) for at in range(sized.processes)]
    writers = [place.module("writer", *map(str, each)) for each in numbers]
    for writer in writers:
        _heard(writer, notes)
    for ticker in tickers:
        end(ticker)
    outcome.settle(place, notes)
    due = sized.processes * sized.threads * sized.plans
    if (len(notes.submitted), len(notes.decided)) != (due, due):
        outcome.broken.append(f"{len(notes.submitted)} handed in and {len(notes.decided)} decided, not {due}")
    return outcome


def _heard(writer: subprocess.Popen[str], notes: Notes) -> None:
    """Wait for a writer, and note what it was told is done."""
    assert writer.stdout
    for line in writer.stdout:
        told = json.loads(line)
        notes.rows.append((told["owed"], told["word"]))
        notes.submitted.append(told["submission"])
        notes.decided.append((told["submission"], "accept", ""))
    if writer.wait():
        notes.failed.append(f"a writer ended with {writer.returncode}")
