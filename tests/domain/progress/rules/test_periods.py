"""How periods lie to each other: by the days of the calendar, leap days and last days of years among them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import Frequency, closed, ended, opening, order, periods
from yupana.domain.progress.rules.periods import apart, closes, covers, days, latest, makes_up, within
from yupana.foundation.kernel.period import parse_period

if TYPE_CHECKING:
    from random import Random

QUARTERS = ("2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4")
HALVES = ("2018-S1", "2018-S2")
MONTHS = tuple(f"2018-M{at}" for at in range(1, 13))
EVERY = ("2018", "2019", "2018-2019", *HALVES, *QUARTERS, *MONTHS)
named = st.lists(st.sampled_from(EVERY), unique=True).map(tuple)


# --- which periods there are ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("frequency", "names"),
    [
        (Frequency.YEAR, ["2018"]),
        (Frequency.HALF, [*HALVES]),
        (Frequency.QUARTER, [*QUARTERS]),
        (Frequency.MONTH, [*MONTHS]),
    ],
)
def test_a_year_has_its_periods_in_order(frequency: Frequency, names: list[str]) -> None:
    assert periods(frequency, parse_period("2018")) == names


@pytest.mark.parametrize(
    ("frequency", "number"),
    [(Frequency.YEAR, 9), (Frequency.HALF, 18), (Frequency.QUARTER, 36), (Frequency.MONTH, 108)],
)
def test_a_plan_of_nine_years_has_nine_times_as_many(frequency: Frequency, number: int) -> None:
    names = periods(frequency, parse_period("2017-2025"))
    assert (len(names), len(set(names)), names[0][:4], names[-1][:4]) == (number, number, "2017", "2025")


def test_what_is_told_so_often_is_told_of_the_periods_that_end_with_its_own() -> None:
    names = ("2018-M3", "2018-M4", "2018-Q1", "2018-Q2", "2018-S1", "2018-Q4", "2018-M12", "2018")
    found = {how: [name for name in names if closes(how, name)] for how in ("", *Frequency)}
    assert found == {
        "": [*names], "month": [*names], "quarter": [each for each in names if each != "2018-M4"],
        "half": ["2018-Q2", "2018-S1", *names[5:]], "year": [*names[5:]],
    }  # fmt: skip


@pytest.mark.parametrize("frequency", list(Frequency))
@pytest.mark.parametrize("plan", ["2018", "2020", "2017-2025"])
def test_periods_follow_each_other_day_by_day(frequency: Frequency, plan: str) -> None:
    spans = [parse_period(name) for name in periods(frequency, parse_period(plan))]
    gaps = {(after.first - before.last).days for before, after in pairwise(spans)}
    assert (gaps <= {1}, spans[0].first, spans[-1].last) == (True, parse_period(plan).first, parse_period(plan).last)


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2018, 1, 1), []),
        (date(2018, 3, 31), []),  # on its last day a period has not ended
        (date(2018, 4, 1), ["2018-Q1"]),
        (date(2018, 7, 1), ["2018-Q1", "2018-Q2"]),
        (date(2018, 12, 31), ["2018-Q1", "2018-Q2", "2018-Q3"]),
        (date(2019, 1, 1), [*QUARTERS]),
        (date(2030, 1, 1), [*QUARTERS]),
    ],
)
def test_a_period_has_ended_on_the_day_after_its_last(on: date, found: list[str]) -> None:
    assert ended(Frequency.QUARTER, parse_period("2018"), since=date(2018, 1, 1), on=on) == found


@pytest.mark.parametrize(
    ("since", "found"),
    [
        (date(2000, 1, 1), [*QUARTERS]),
        (date(2018, 3, 31), [*QUARTERS]),  # what ends on that very day is asked for
        (date(2018, 4, 1), [*QUARTERS[1:]]),
        (date(2018, 12, 31), ["2018-Q4"]),
        (date(2019, 1, 1), []),
    ],
)
def test_nothing_is_asked_for_that_ended_before_the_rhythm_began(since: date, found: list[str]) -> None:
    assert ended(Frequency.QUARTER, parse_period("2018"), since=since, on=date(2019, 6, 1)) == found


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2018", date(2019, 1, 1)),
        ("2018-S1", date(2018, 7, 1)),
        ("2018-Q4", date(2019, 1, 1)),
        ("2018-M2", date(2018, 3, 1)),
        ("2020-M2", date(2020, 3, 1)),  # the 29th belongs to it
        ("2017-2025", date(2026, 1, 1)),
    ],
)
def test_a_period_can_be_reported_from_the_day_after_it_on(period: str, day: date) -> None:
    assert opening(period) == day


@pytest.mark.parametrize(
    ("period", "number"),
    [("2018", 365), ("2020", 366), ("1900", 365), ("2000", 366), ("2018-M2", 28), ("2020-M2", 29), ("2020-Q1", 91),
     ("2018-Q1", 90), ("2018-M4", 30), ("2018-M12", 31), ("2020-S1", 182), ("2017-2025", 3287)],
)  # fmt: skip
def test_both_ends_of_a_period_count(period: str, number: int) -> None:
    assert days(period) == number


# --- order ---------------------------------------------------------------------------------------------------------
def test_periods_stand_in_the_order_of_their_ends_and_the_widest_last() -> None:
    told = ["2018", "2018-Q4", "2018-M12", "2018-S2", "2018-Q1", "2018-M3", "2017", "2018-M1"]
    assert order(told) == ["2017", "2018-M1", "2018-M3", "2018-Q1", "2018-M12", "2018-Q4", "2018-S2", "2018"]


def test_months_are_ordered_by_the_calendar_and_not_by_their_letters() -> None:
    assert order(reversed(MONTHS)) == [*MONTHS]


def test_a_period_named_twice_stands_once() -> None:
    assert order(["2018-Q1", "2018", "2018-Q1"]) == ["2018-Q1", "2018"]


@pytest.mark.parametrize("names", list(permutations(("2018-Q4", "2018-S2", "2018"))))
def test_of_those_that_end_together_the_widest_is_the_latest(names: tuple[str, ...]) -> None:
    assert latest(names) == "2018"


@pytest.mark.parametrize(
    ("period", "found"),
    [("2018-M2", ()), ("2018-Q1", ("2018-M3", "2018-Q1")), ("2018-M3", ("2018-M3", "2018-Q1")),
     ("2018-M11", ("2018-M3", "2018-Q1")), ("2018-M12", ("2018-M3", "2018-Q1", "2018")), ("2017", ())],
)  # fmt: skip
def test_closed_is_what_ended_by_the_end_of_a_period(period: str, found: tuple[str, ...]) -> None:
    assert closed(("2018", "2018-Q1", "2018-M3"), period) == found


# --- days counted once ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("names", "found"),
    [
        ((), set()),
        (("2018-Q1",), {"2018-Q1"}),
        (("2018-Q1", "2018-Q2"), {"2018-Q1", "2018-Q2"}),
        (("2018-M1", "2018-Q1", "2018-M4"), {"2018-Q1", "2018-M4"}),
        (("2018-Q1", "2018-Q2", "2018-S1"), {"2018-S1"}),
        (("2018-Q3", "2018-S1", "2018-M9"), {"2018-S1", "2018-Q3"}),
        (EVERY, {"2018-2019"}),
        (("2018-2019", "2017-2018"), {"2017-2018"}),  # one that only reaches into another says it twice as well
        (("2018-2019", "2017-2018", "2019-Q4"), {"2017-2018", "2019-Q4"}),
        (("2018-2019", "2019-2020"), {"2019-2020"}),  # longer by its leap day
    ],
)
def test_a_wider_period_stands_for_what_lies_in_it(names: tuple[str, ...], found: set[str]) -> None:
    assert set(apart(names)) == found


@pytest.mark.parametrize(
    ("names", "whole", "found"),
    [
        (("2018-M1", "2018-M2", "2018-M3"), "2018-Q1", {"2018-M1", "2018-M2", "2018-M3"}),
        (("2018-M1", "2018-M4"), "2018-Q1", {"2018-M1"}),
        (("2018-Q1", "2018-M1"), "2018-Q1", {"2018-Q1"}),
        (("2018",), "2018-Q1", set()),
        ((), "2018", set()),
    ],
)
def test_within_a_period_lie_its_parts_and_itself(names: tuple[str, ...], whole: str, found: set[str]) -> None:
    assert set(within(names, whole)) == found


@pytest.mark.parametrize(
    ("names", "whole", "found"),
    [
        (MONTHS, "2018", True),
        (MONTHS[:-1], "2018", False),
        (MONTHS[1:], "2018", False),
        ((*MONTHS[:2], "2018-Q2", "2018-S2"), "2018", False),
        ((*MONTHS[:3], "2018-Q2", "2018-S2"), "2018", True),
        (("2018",), "2018", True),
        (("2018-2019",), "2018", False),  # what is wider is not made of it
        (("2018", "2019"), "2018-2019", True),
        ((), "2018-M1", False),
        (("2020-M1", "2020-M2", "2020-M3"), "2020-Q1", True),
    ],
)
def test_parts_make_up_a_whole_by_all_of_its_days(names: tuple[str, ...], whole: str, found: bool) -> None:
    assert makes_up(names, whole) == found


@pytest.mark.parametrize(
    ("names", "part", "found"),
    [
        (("2018",), "2018-Q1", True),
        (("2018-2019",), "2018-M7", True),
        (("2018-S1",), "2018-Q3", False),
        (("2018-M1", "2018-M2"), "2018-Q1", False),
        (("2018-M1", "2018-M2", "2018-M3"), "2018-Q1", True),
        ((), "2018", False),
    ],
)
def test_a_period_is_spoken_of_by_its_parts_or_by_a_wider_one(names: tuple[str, ...], part: str, found: bool) -> None:
    assert covers(names, part) == found


@given(named, st.randoms(use_true_random=False))
def test_the_order_in_which_periods_are_told_changes_nothing(told: tuple[str, ...], chance: Random) -> None:
    other = list(told)
    chance.shuffle(other)
    assert set(apart(tuple(other))) == set(apart(told))
    assert order(other) == order(told)
    assert closed(tuple(other), "2018-Q3") == closed(told, "2018-Q3")


@given(named, st.sampled_from(EVERY))
def test_what_makes_up_a_period_speaks_of_it_and_more_never_says_less(told: tuple[str, ...], whole: str) -> None:
    assert covers((*told, whole), whole)
    assert sum(days(each) for each in within(told, whole)) <= days(whole)
    if makes_up(told, whole):
        assert all(makes_up((*told, more), whole) for more in EVERY)


@given(st.sampled_from(list(Frequency)), st.dates(date(2017, 1, 1), date(2021, 1, 1)), st.integers(0, 800))
def test_what_is_asked_for_day_by_day_is_what_is_asked_for_at_once(
    frequency: Frequency, since: date, wait: int
) -> None:
    plan, until = parse_period("2018-2019"), since + timedelta(wait)
    at_once = ended(frequency, plan, since=since, on=until)
    first = ended(frequency, plan, since=since, on=until - timedelta(1))
    assert at_once[: len(first)] == first
    assert len(at_once) - len(first) == any(opening(name) == until for name in at_once)
