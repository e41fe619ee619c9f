"""The periods for which a row may promise something."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from yupana.domain.commitments.facts import PlanRow, Value
from yupana.domain.commitments.rules import MOST_PERIODS, is_beyond, refuse_periods
from yupana.domain.commitments.rules.coherence import Asked, coherence
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.period import parse_period, period_or_none

PLAN = parse_period("2021-2025")
MONTHS = [f"{year}-M{month}" for year in range(2011, 2021) for month in range(1, 13)]
NONE = PlanRow(row=3)


def promises(*periods: str) -> PlanRow:
    return replace(NONE, programmed=tuple(Value(period, 1) for period in periods))


@pytest.mark.parametrize(
    ("period", "beyond"),
    [
        *(("2021", False), ("2025-M12", False), ("2021-2025", False), ("2022-S1", False)),
        *(("2020", True), ("2026-Q1", True), ("2020-2022", True), ("2024-2026", True)),
    ],
)
def test_a_plan_promises_for_its_own_years(period: str, beyond: bool) -> None:
    assert is_beyond(period, PLAN) is beyond


def test_the_first_period_that_lies_outside_is_named() -> None:
    with pytest.raises(Refused) as refused:
        refuse_periods(promises("2027", "2023", "2026"), NONE, PLAN)
    assert (refused.value.code, refused.value.details["period"]) == ("period-outside", "2026")


def test_a_plan_that_was_never_told_its_years_takes_any() -> None:
    refuse_periods(promises("1999"), NONE, period_or_none("gestión"))


def test_ten_years_of_months_fit_and_more_than_the_most_does_not() -> None:
    refuse_periods(promises(*MONTHS, "2011-2020"), NONE, None)
    with pytest.raises(Refused, match="periods-too-many"):
        refuse_periods(promises(*map(str, range(2000, 2001 + MOST_PERIODS))), NONE, None)


def test_what_stands_already_may_stay_and_be_taken_out_bit_by_bit() -> None:
    many = [str(year) for year in range(1900, 1910 + MOST_PERIODS)]
    refuse_periods(promises(*many[1:]), promises(*many), PLAN)


def test_looking_through_many_periods_takes_no_time() -> None:
    wide = [f"2000-{last}" for last in range(2001, 2001 + MOST_PERIODS)]  # each holds all that come before it
    before = process_time()
    coherence([promises(*wide)] * 10, Asked(period=PLAN))
    assert process_time() - before < 1  # seconds; comparing each pair with each took fifteen
