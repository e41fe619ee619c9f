"""What one body said of an indicator over periods that hold each other: no day counted twice, none missed unsaid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import Method, OverBodies, OverTime, Said
from yupana.domain.progress.rules.indicators import Lack, OfBody, over_time, value_of
from yupana.domain.progress.rules.sheets import WHOLE, SheetFields
from yupana.foundation.kernel.share import Share

SUM = SheetFields("Graneros", method=Method.FLOW, over_time=OverTime.SUM)
RATE = replace(SUM, over_bodies=OverBodies.RATE, factor=WHOLE)
MONTHS = tuple(f"2018-M{at}" for at in range(1, 13))
QUARTERS = ("2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4")
MARCH, JUNE, YEAR = date(2018, 3, 31), date(2018, 6, 30), date(2018, 12, 31)


def said(**values: int) -> dict[str, Said]:
    """What was said of each period of 2018, by the end of its name."""
    return {"2018" if name == "year" else f"2018-{name}": Said(value) for name, value in values.items()}


@pytest.mark.parametrize(
    ("told", "asked", "last", "value", "part"),
    [
        (said(M1=1, M2=2, M3=3), MONTHS[:3], MARCH, 6, False),
        (said(M1=1, M3=3), MONTHS[:3], MARCH, 4, True),
        (said(M1=1, M2=2, M3=3), ("2018-Q1",), MARCH, 6, False),  # its months speak of every day of the quarter
        (said(M1=1, M3=3), ("2018-Q1",), MARCH, 4, True),
        (said(M1=1, M2=2, M3=3, Q1=7), (*MONTHS[:3], "2018-Q1"), MARCH, 7, False),
        (said(Q1=7, Q2=1), QUARTERS[:2], JUNE, 8, False),
        (said(Q1=7, M6=1), ("2018-Q1", *MONTHS[3:6]), JUNE, 8, True),
        (said(S1=9), QUARTERS[:2], JUNE, 9, False),
        (said(Q1=7, S1=9), QUARTERS[:2], JUNE, 9, False),
        (said(Q1=7, Q4=1, year=20), QUARTERS, YEAR, 20, False),
        (said(Q4=1), (), YEAR, 1, False),  # nobody misses what nobody asked for
        (said(Q2=5, Q3=8), QUARTERS[:2], JUNE, 5, True),  # what is said later changes nothing
        ({"2018": Said(5), "2018-2018": Said(5)}, ("2018",), YEAR, 5, False),  # two names of the same days
    ],
)
def test_a_sum_counts_every_day_once_and_tells_what_is_missing(
    told: dict[str, Said], asked: tuple[str, ...], last: date, value: int, part: bool
) -> None:
    assert over_time(SUM, told, asked, last) == OfBody(Fraction(value), is_part=part)


@pytest.mark.parametrize(
    ("rule", "value"), [(OverTime.LAST, 4), (OverTime.MEAN, Fraction(13, 3)), (OverTime.MOST, 7), (OverTime.SUM, 13)]
)
def test_only_a_sum_is_a_part_without_one_of_its_periods(rule: OverTime, value: Fraction) -> None:
    sheet, told = replace(SUM, over_time=rule), said(Q1=7, Q2=2, Q4=4)
    found = over_time(sheet, told, QUARTERS, YEAR)
    assert (found.value, found.is_part) == (value, rule == OverTime.SUM)


@pytest.mark.parametrize("rule", list(OverTime))
@pytest.mark.parametrize(
    ("now", "lack", "gap"),
    [(None, Lack.SILENT, ""), (Said(), Lack.EMPTY, ""), (Said(gap="money"), Lack.GAP, "money")],
)
def test_whatever_was_said_before_nothing_said_now_is_unknown(
    rule: OverTime, now: Said | None, lack: Lack, gap: str
) -> None:
    told = said(Q1=7) | ({"2018-Q2": now} if now else {})
    assert over_time(replace(SUM, over_time=rule), told, QUARTERS[:2], JUNE) == OfBody(lack=lack, gap=gap)


def test_of_two_that_end_together_one_value_is_enough_and_the_widest_is_the_last() -> None:
    told = {"2018-Q4": Said(3), "2018": Said(gap="data")}
    found = [over_time(replace(SUM, over_time=OverTime.LAST), each, (), YEAR) for each in (told, said(Q4=3, year=9))]
    assert found == [OfBody(Fraction(3)), OfBody(Fraction(9))]


def test_values_and_rates_are_not_put_together() -> None:
    told = {"2018-Q1": Said(5), "2018-Q2": Said(numerator=1, denominator=2)}
    assert [over_time(each, told, (), JUNE).lack for each in (SUM, RATE)] == [Lack.NO_BASE, Lack.NO_BASE]


def test_a_rate_over_time_is_one_rate_of_all_that_was_counted() -> None:
    told = {"2018-Q1": Said(numerator=1, denominator=1), "2018-Q2": Said(numerator=0, denominator=9)}
    assert over_time(RATE, told, QUARTERS[:2], JUNE) == OfBody(Fraction(WHOLE, 10), Fraction(1), Fraction(10))


@pytest.mark.parametrize(("over_bodies", "lack"), [(OverBodies.RATE, None), (OverBodies.SUM, Lack.ZERO_BASE),
                                                   (OverBodies.MOST, Lack.ZERO_BASE),
                                                   (OverBodies.APART, Lack.ZERO_BASE)])  # fmt: skip
def test_nothing_to_count_is_known_only_where_bases_are_added(over_bodies: OverBodies, lack: Lack | None) -> None:
    told = {"2018-Q2": Said(numerator=0, denominator=0)}
    assert over_time(replace(SUM, over_bodies=over_bodies), told, (), JUNE).lack == lack


# --- who counts ----------------------------------------------------------------------------------------------------
def test_only_who_was_asked_for_a_period_that_ends_that_day_counts() -> None:
    asked = {1: ("2018-Q2",), 2: ("2018-Q1",), 3: ("2018-S1",), 4: ("2018",), 5: ()}
    told = dict.fromkeys(range(1, 7), said(Q1=1, Q2=2, S1=3, year=9))
    last = value_of(replace(SUM, over_time=OverTime.LAST), told, asked, JUNE)
    assert (sorted(last.bodies), last.coverage, last.actual) == ([1, 3], Share(2, 2), Fraction(6))


def test_a_sum_keeps_what_a_body_did_that_is_not_asked_any_more() -> None:
    """It was merged, or let off: what was reached does not fall because of that."""
    asked = {1: ("2018-Q1", "2018-Q2"), 2: ("2018-Q1",), 4: ("2018",), 5: ()}
    told = {1: said(Q1=10, Q2=15), 2: said(Q1=20), 4: said(year=9), 5: said(Q1=7)}
    spring, summer = (value_of(SUM, told, asked, day) for day in (date(2018, 3, 31), JUNE))
    found = (spring.actual, summer.actual, summer.coverage, sorted(summer.bodies))
    assert found == (Fraction(30), Fraction(45), Share(1, 1), [1, 2])


def test_where_nobody_was_asked_there_is_no_value_and_no_coverage() -> None:
    found = value_of(SUM, {1: said(Q2=5)}, {}, JUNE)
    assert (found.actual, found.rounded, found.coverage, found.lacks, found.is_part) == (None, None, Share(), {}, False)


def test_a_value_is_rounded_once_half_to_even() -> None:
    mean = replace(SUM, over_time=OverTime.MEAN)
    found = [value_of(mean, {1: said(Q1=0, Q2=each)}, {1: QUARTERS[:2]}, JUNE).rounded for each in (1, 3, 5, -1)]
    assert found == [0, 2, 2, 0]


values = st.dictionaries(st.sampled_from((*MONTHS, *QUARTERS, "2018")), st.integers(0, 99), max_size=8)


@given(values, st.integers(1, 30))
def test_what_one_body_says_moves_no_other(mine: dict[str, int], theirs: int) -> None:
    told = {name: Said(value) for name, value in mine.items()}
    alone = value_of(SUM, {1: told}, {1: QUARTERS}, YEAR)
    both = value_of(SUM, {1: told, 2: said(Q4=theirs)}, {1: QUARTERS, 2: ("2018-Q4",)}, YEAR)
    assert both.bodies[1] == alone.bodies[1]
    assert both.actual == (alone.actual or 0) + theirs


@given(st.lists(st.integers(0, 50), min_size=12, max_size=12))
def test_months_and_their_quarters_come_to_the_same(months: list[int]) -> None:
    by_month = {name: Said(value) for name, value in zip(MONTHS, months, strict=True)}
    by_quarter = {name: Said(sum(months[at * 3 : at * 3 + 3])) for at, name in enumerate(QUARTERS)}
    whole = OfBody(Fraction(sum(months)))
    assert [over_time(SUM, each, QUARTERS, YEAR) for each in (by_month, by_quarter, by_month | by_quarter)] == [
        whole
    ] * 3
