"""What many bodies said of an indicator, put together by hand and by the rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import Method, OverBodies, OverTime, Said, Unsaid
from yupana.domain.progress.rules.indicators import Lack, days_of, value_of
from yupana.domain.progress.rules.sheets import WHOLE, SheetFields
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.share import Share

Q1, Q2, END = "2018-Q1", "2018-Q2", date(2018, 6, 30)
COUNTED = SheetFields("Centros de datos", target=10 * SCALE)
RATE = SheetFields("Conectadas", factor=WHOLE, target=70 * SCALE, over_bodies=OverBodies.RATE)
ASKED = {1: (Q1, Q2), 2: (Q1, Q2)}


def value(number: float) -> Said:
    return Said(value=round(number * SCALE))


def rate(above: float, below: float) -> Said:
    return Said(numerator=round(above * SCALE), denominator=round(below * SCALE))


@pytest.mark.parametrize(
    ("over_time", "over_bodies", "expected"),
    [
        (OverTime.SUM, OverBodies.SUM, 10),
        (OverTime.LAST, OverBodies.SUM, 4),
        (OverTime.MEAN, OverBodies.SUM, 5),
        (OverTime.MOST, OverBodies.SUM, 7),
        (OverTime.SUM, OverBodies.MOST, 7),
        (OverTime.LAST, OverBodies.MOST, 4),
        (OverTime.MEAN, OverBodies.MOST, Fraction(7, 2)),
        (OverTime.LAST, OverBodies.APART, None),
    ],
)
def test_values_become_one_over_time_and_then_over_bodies(
    over_time: OverTime, over_bodies: OverBodies, expected: Fraction | None
) -> None:
    sheet = replace(COUNTED, over_time=over_time, over_bodies=over_bodies)
    said = {1: {Q1: value(3), Q2: value(4)}, 2: {Q1: value(3), Q2: value(0)}}
    found = value_of(sheet, said, ASKED, END)
    assert found.actual == (None if expected is None else expected * SCALE)


@pytest.mark.parametrize(("method", "direction"), [("flow", "down"), ("stock", "down"), ("reduction", "")])
def test_a_sum_that_has_to_fall_is_not_on_its_way_for_being_small_in_march(method: str, direction: str) -> None:
    told: dict[str, Any] = {"method": method, "direction": direction, "baseline": 100 * SCALE, "target": 50 * SCALE}
    sums, last = (replace(COUNTED, over_time=each, **told) for each in (OverTime.SUM, OverTime.LAST))
    quarter = ({1: {Q2: value(25)}}, {1: [Q2]}, END)
    assert [value_of(each, *quarter).way.capped or value_of(each, *quarter).way.unsaid for each in (sums, last)] == [
        Unsaid.ADDS_UP, 1,
    ]  # fmt: skip
    rates = replace(RATE, over_time=OverTime.SUM, **{**told, "target": 20 * SCALE})
    assert value_of(rates, {1: {Q1: rate(3, 5), Q2: rate(3, 5)}}, {1: [Q1, Q2]}, END).way.raw == Fraction(1, 2)


def test_percentages_of_different_bases_are_not_averaged() -> None:
    found = value_of(RATE, {1: {Q2: rate(1, 1)}, 2: {Q2: rate(0, 9)}}, ASKED, END)
    assert (found.actual, found.way.raw, found.numerator) == (Fraction(10 * SCALE), Fraction(1, 7), Fraction(SCALE))


def test_silence_gaps_and_empty_values_are_told_apart_and_are_no_zeros() -> None:
    asked = dict.fromkeys(range(1, 7), (Q2,))
    said = {1: {Q2: value(0)}, 2: {Q2: Said(gap="data")}, 3: {Q2: Said()}, 4: {Q1: value(9)}, 5: {Q2: rate(1, 0)}}
    found = value_of(COUNTED, said, asked, END)
    lacks = {Lack.SILENT: 2, Lack.GAP: 1, Lack.EMPTY: 1, Lack.ZERO_BASE: 1}
    assert (found.actual, found.coverage, found.lacks, found.gaps) == (Fraction(0), Share(1, 6), lacks, {"data": 1})


def test_a_rate_is_not_made_of_values_without_a_base() -> None:
    found = value_of(RATE, {1: {Q2: value(70)}, 2: {Q2: rate(1, 2)}}, ASKED, END)
    assert (found.actual, found.lacks) == (Fraction(50 * SCALE), {Lack.NO_BASE: 1})


@pytest.mark.parametrize("over_time", list(OverTime))
def test_of_a_single_body_a_percentage_alone_is_the_value(over_time: OverTime) -> None:
    sheet, told, later = replace(RATE, over_time=over_time), {1: {Q2: value(70)}}, {1: (Q2,), 2: ("2018-Q4",)}
    found = value_of(sheet, told, later, END)  # who is asked after that day does not count on it
    assert (found.actual, found.coverage, found.numerator) == (Fraction(70 * SCALE), Share(1, 1), None)
    assert value_of(sheet, told, {1: (Q2,), 2: (Q1,)}, END).lacks == {Lack.NO_BASE: 1}


def test_a_body_with_nothing_to_count_is_known_and_moves_no_rate() -> None:
    found = value_of(RATE, {1: {Q2: rate(0, 0)}, 2: {Q2: rate(3, 4)}}, ASKED, END)
    assert (found.actual, found.coverage) == (Fraction(75 * SCALE), Share(2, 2))
    alone = value_of(RATE, {1: {Q2: rate(0, 0)}}, {1: (Q2,)}, END)
    assert (alone.actual, alone.way.unsaid) == (None, Unsaid.ZERO_DENOMINATOR)


def test_a_sum_without_one_of_its_periods_is_at_least_this_much() -> None:
    sheet = replace(COUNTED, method=Method.FLOW, over_time=OverTime.SUM)
    assert value_of(sheet, {1: {Q2: value(2)}}, {1: (Q1, Q2)}, END).is_part
    assert not value_of(sheet, {1: {"2018-S1": value(2)}}, {1: (Q1, "2018-S1")}, END).is_part


@pytest.mark.parametrize(
    ("changes", "actual", "expected"),
    [
        ({}, 4, Fraction(4, 10)),
        ({"baseline": 2 * SCALE}, 4, Fraction(2, 8)),
        ({"baseline": 2 * SCALE, "method": Method.CAPACITY}, 4, Fraction(4, 10)),
        ({"baseline": 20 * SCALE, "direction": "down", "method": Method.REDUCTION}, 15, Fraction(1, 2)),
        ({"method": Method.MILESTONE, "target": SCALE}, 1, Fraction(1)),
        ({"target": None}, 4, Unsaid.NO_TARGET),
        ({"target": 0}, 4, Unsaid.TARGET_IS_ZERO),
        ({"direction": "down"}, 4, Unsaid.NO_BASELINE),
        ({"over_bodies": OverBodies.APART}, 4, Unsaid.NO_VALUE),
    ],
)
def test_how_far_it_is_follows_the_rule_of_all_progress(
    changes: dict[str, object], actual: int, expected: Fraction | Unsaid
) -> None:
    sheet = replace(COUNTED, **changes)  # type: ignore[arg-type] # each row of the table names fields of a sheet
    way = value_of(sheet, {1: {Q2: value(actual)}}, {1: (Q2,)}, END).way
    assert (way.raw if way.unsaid is None else way.unsaid) == expected


def test_it_is_valued_on_the_days_on_which_periods_end() -> None:
    assert days_of({1: (Q2, Q1), 2: ("2018-S1",)}) == [date(2018, 3, 31), END]


@given(
    st.dictionaries(
        st.integers(1, 30), st.tuples(st.integers(-(10**9), 10**9), st.integers(0, 10**9)), min_size=1, max_size=12
    )
)
def test_the_parts_of_a_rate_and_of_a_sum_add_up_to_the_whole(bodies: dict[int, tuple[int, int]]) -> None:
    asked = dict.fromkeys([*bodies, 99], (Q2,))
    rates = {body: {Q2: Said(numerator=above, denominator=below)} for body, (above, below) in bodies.items()}
    found = value_of(RATE, rates, asked, END)
    above, below = (sum(pair[at] for pair in bodies.values()) for at in (0, 1))
    assert [found.numerator, found.denominator] == [Fraction(above), Fraction(below)]
    assert found.actual == (Fraction(above * WHOLE, below) if below else None)
    values = {body: {Q2: Said(value=number)} for body, (number, _) in bodies.items()}
    total = value_of(COUNTED, values, asked, END)
    assert total.actual == sum(each.value or 0 for each in total.bodies.values())
    assert total.coverage == Share(len(bodies), len(bodies) + 1)
