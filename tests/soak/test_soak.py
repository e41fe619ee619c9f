"""The short form of the soak: the same scenarios, small; and the table that says what they counted."""

from __future__ import annotations

import os

import pytest

from tests.soak import soak
from tests.soak.outcome import COLUMNS, Outcome


def here() -> str | None:
    """The database server of this run of the tests; None for SQLite."""
    url = os.environ.get("DATABASE_URL")
    return None if url is None or url.startswith("sqlite") else url


@pytest.mark.parametrize("scenario", soak.SCENARIOS)
def test_nothing_is_lost_doubled_leaked_or_locked(scenario: str) -> None:
    outcome = soak.tried(scenario, here(), "short", seed=1)
    tried = outcome.kills + outcome.acknowledged
    assert (outcome.faults, tried > 0, outcome.entries > 0) == ([], True, True)


def test_the_table_counts_every_column_and_names_every_fault() -> None:
    good, bad = Outcome(kills=3, acknowledged=40), Outcome(acknowledged=2, lost=["row 7"], locked=["a", "b"])
    told = soak.table([("SQLite kill", good), ("SQLite crowd", bad)])
    assert [line.split() for line in told] == [
        list(COLUMNS),
        ["SQLite", "kill", "3", "40", "0", "0", "0", "0", "0"],
        ["SQLite", "crowd", "0", "2", "1", "0", "0", "2", "0"],
        ["all", "3", "42", "1", "0", "0", "2", "0"],
        ["SQLite", "crowd:", "lost:", "row", "7"],
        ["SQLite", "crowd:", "locked:", "a"],
        ["SQLite", "crowd:", "locked:", "b"],
    ]


def test_a_scenario_that_does_not_end_is_ended() -> None:
    assert soak.tried("kill", None, "short", seed=1, patience=0.1).broken == ["not done after 0 s"]


def test_a_scenario_that_breaks_is_no_success() -> None:
    assert soak.tried("no such scenario", None, "short", seed=1).broken
