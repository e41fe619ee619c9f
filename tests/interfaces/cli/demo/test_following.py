"""What was done in the demonstration, by its table: it fits together, and nothing in it lies in the future."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yupana.domain.commitments.rules import Accumulation
from yupana.domain.progress.rules import Frequency, VarianceCause, opening, periods
from yupana.foundation.kernel.money import MOST_CENTS
from yupana.foundation.kernel.period import Period
from yupana.foundation.kernel.quantity import SCALE
from yupana.interfaces.cli.demo import evaluating, following
from yupana.interfaces.cli.demo.following import _bodies, _promised, _said, code_of, year_of
from yupana.interfaces.cli.demo.tables import read

ROWS = tuple(read("poa.csv"))
EVALUATED_AFTER = timedelta(days=60)
DAYS = st.dates(date(2020, 1, 1), date(2100, 12, 31))


def named(entity: str, row: int) -> dict[str, str]:
    [found] = [each for each in ROWS if (each["entidad"], each["fila"]) == (entity, str(row))]
    return found


# --- which year ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 1, 1), 2025),
        (date(2026, 5, 31), 2025),
        (date(2026, 6, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2028, 5, 30), 2027),
        (date(2028, 5, 31), 2028),
    ],
)
def test_a_year_is_told_once_its_first_quarter_was_evaluated(today: date, year: int) -> None:
    assert (year_of(today), code_of(today)) == (year, f"POA-{year}")


@given(DAYS)
@example(date(2024, 5, 30))
@example(date(2026, 5, 31))
def test_what_is_told_of_the_first_quarter_has_happened(today: date) -> None:
    quarter = next(iter(periods(Frequency.QUARTER, Period(date(year_of(today), 1, 1), date(year_of(today), 12, 31)))))
    assert opening(quarter) + EVALUATED_AFTER <= today


@given(DAYS)
def test_the_year_is_this_one_or_the_last(today: date) -> None:
    assert today.year - year_of(today) in (0, 1)


# --- the table -----------------------------------------------------------------------------------------------------
def test_every_row_is_one_of_its_body() -> None:
    """Its number, and no budget line twice, so that an export of the budget system finds its activity."""
    numbers = Counter((row["entidad"], row["fila"]) for row in ROWS)
    lines = Counter((row["entidad"], row["categoria"]) for row in ROWS)
    assert {*numbers.values(), *lines.values()} == {1}


def test_the_rows_of_a_body_stand_together() -> None:
    entities = [entity for entity, _ in _bodies()]
    assert len(entities) == len(set(entities))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['entidad']}-{row['fila']}")
def test_what_is_programmed_comes_to_the_year(row: dict[str, str]) -> None:
    told = _promised(row, 2025)
    whole, *parts = told.programmed
    values = [each.value for each in parts]
    due = sum(values) if told.accumulation == Accumulation.SUM else values[-1]
    assert (whole.period, whole.value, told.target) == ("2025", due, str(due // SCALE))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['entidad']}-{row['fila']}")
def test_the_budget_of_an_activity_is_that_of_its_line(row: dict[str, str]) -> None:
    told = _promised(row, 2025)
    [line] = told.money
    assert (line.programmed_cents, line.current_cents, line.category) == (
        told.budget_cents, told.budget_cents, row["categoria"],
    )  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['entidad']}-{row['fila']}")
def test_what_was_spent_grows_from_quarter_to_quarter_and_stays_within_the_budget(row: dict[str, str]) -> None:
    """It is counted from the first of January on."""
    spent = [each.accrued_cents for each in (_said(row, at) for at in range(1, 5)) if each.accrued_cents is not None]
    assert (spent == sorted(spent), max(spent, default=0) <= int(row["presupuesto"]) * 100 < MOST_CENTS) == (True, True)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['entidad']}-{row['fila']}")
def test_a_value_and_the_reason_why_there_is_none_exclude_each_other(row: dict[str, str]) -> None:
    said = [_said(row, at) for at in range(1, 5)]
    assert [each for each in said if each.gap and each.value is not None] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['entidad']}-{row['fila']}")
def test_a_cause_is_on_the_list_and_stands_beside_its_explanation(row: dict[str, str]) -> None:
    assert (row["causa"] in {"", *(each.value for each in VarianceCause)}, bool(row["causa"])) == (
        True,
        bool(row["explicacion"]),
    )


@pytest.mark.parametrize(
    ("entity", "row", "quarter", "value", "gap", "accrued"),
    [
        ("C-01", 1, 1, SCALE, "", 6_000_00),
        ("C-04", 2, 1, 0, "", 20_000_00),
        ("C-04", 3, 3, None, "data", 21_000_00),
        ("M-05", 1, 3, None, "", None),
        ("M-06", 1, 1, None, "", None),
    ],
)
def test_nothing_done_and_nothing_known_and_nothing_said_are_three_things(
    entity: str, row: int, quarter: int, value: int | None, gap: str, accrued: int | None
) -> None:
    said = _said(named(entity, row), quarter)
    assert (said.value, said.gap, said.accrued_cents) == (value, gap, accrued)


@pytest.mark.parametrize(
    "entity",
    [following.LATE, following.MENDED, following.UNDECIDED, following.CHECKED, following.AGREED, evaluating.AGENCY],
)
def test_whoever_plays_a_part_has_a_plan_and_reports_on_its_first_quarter(entity: str) -> None:
    assert [row["a1"] != "" for row in ROWS if row["entidad"] == entity and row["fila"] == "1"] == [True]


@pytest.mark.parametrize("entity", following.WITHOUT_PLAN)
def test_whoever_has_no_plan_is_not_in_the_table(entity: str) -> None:
    assert entity not in {row["entidad"] for row in ROWS}


def test_one_body_is_silent_in_one_quarter_and_one_in_all() -> None:
    silent = {
        (entity, at) for entity, rows in _bodies() for at in range(1, 5) if not any(row[f"a{at}"] for row in rows)
    }
    assert silent == {("M-05", 3), *(("M-06", at) for at in range(1, 5))}
