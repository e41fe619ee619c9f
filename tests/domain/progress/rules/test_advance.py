"""What holds of how far an activity is, whatever it promises and says; cases are in tests/golden."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import (
    Advance,
    Direction,
    Method,
    Promise,
    Said,
    Unsaid,
    added,
    advance,
    as_found,
    closed,
    is_verified,
    of_item,
)
from yupana.domain.progress.rules.periods import apart, covers, days, makes_up
from yupana.foundation.kernel.period import parse_period

QUARTERS = tuple(f"2024-Q{at}" for at in range(1, 5))
NAMES = ("2024", "2025", "2024-2025", "2024-S1", "2024-S2", *QUARTERS, *(f"2024-M{at}" for at in range(1, 13)))
names = st.lists(st.sampled_from(NAMES), unique=True).map(tuple)
small = st.integers(-50, 500)
values = st.builds(Said, small)
rates = st.builds(lambda above, below: Said(numerator=above, denominator=below), small, st.integers(-2, 50))
anything = values | rates | st.builds(Said) | st.just(Said(gap="data"))
said = st.dictionaries(st.sampled_from(NAMES), anything, max_size=6)
promises = st.builds(
    Promise, st.sampled_from([None, *Method]), st.sampled_from(["", *Direction]), st.none() | small,
    st.dictionaries(st.sampled_from(NAMES), small, max_size=6), st.sampled_from([1, 100]),
)  # fmt: skip
counts = st.integers(0, 500)


@given(promises, said, st.sampled_from(NAMES))
def test_either_a_ratio_can_be_said_or_there_is_a_reason(promise: Promise, told: dict[str, Said], period: str) -> None:
    now = advance(promise, told, period)
    for ratio in (now.final, now.to_date):
        assert (ratio.raw is None) == (ratio.unsaid is not None)
        assert ratio.of is None or ratio.of > 0
        assert ratio.capped is None or 0 <= ratio.capped <= 1


@given(promises, said, st.sampled_from(NAMES))
def test_nothing_known_of_a_period_is_never_a_ratio(promise: Promise, told: dict[str, Said], period: str) -> None:
    now = advance(promise, {name: each for name, each in told.items() if name != period}, period)
    assert (now.final.unsaid, now.to_date.unsaid in (Unsaid.SILENT, Unsaid.NOT_DUE)) == (Unsaid.SILENT, True)


@given(promises, said, st.sampled_from(NAMES), st.sampled_from(NAMES), anything)
def test_what_is_said_later_changes_nothing(
    promise: Promise, told: dict[str, Said], period: str, later: str, more: Said
) -> None:
    if parse_period(later).last > parse_period(period).last:
        assert advance(promise, {**told, later: more}, period) == advance(
            promise, {name: each for name, each in told.items() if name != later}, period
        )


@given(promises, said, st.sampled_from(NAMES), st.integers(1, 9))
def test_units_do_not_matter(promise: Promise, told: dict[str, Said], period: str, times: int) -> None:
    scaled = {name: value * times for name, value in promise.programmed.items()}
    base = None if promise.baseline is None else promise.baseline * times
    same = replace(promise, baseline=base, programmed=scaled, factor=promise.factor * times)
    more = {
        name: replace(each, value=None if each.value is None else each.value * times) for name, each in told.items()
    }
    assert _ratios(advance(same, more, period)) == _ratios(advance(promise, told, period))


@given(st.lists(counts, min_size=12, max_size=12), st.integers(1, 9_000), st.sampled_from(["up", "down", ""]))
def test_a_flow_does_not_care_how_finely_it_is_reported(months: list[int], target: int, direction: str) -> None:
    promise = Promise(Method.FLOW, direction, 6_000, {"2024": target, "2024-S1": target // 2})
    by_month = {f"2024-M{at}": Said(value) for at, value in enumerate(months, 1)}
    by_quarter = {name: Said(sum(months[at * 3 : at * 3 + 3])) for at, name in enumerate(QUARTERS)}
    for at, quarter in enumerate(QUARTERS):
        assert advance(promise, by_quarter, quarter, expected=QUARTERS[:at]) == advance(
            promise, {**by_month, quarter: by_quarter[quarter]}, quarter, expected=QUARTERS[:at]
        )


@given(st.dictionaries(st.sampled_from(QUARTERS[:3]), counts), counts, st.sampled_from(["up", "down"]), st.data())
def test_silence_never_helps_a_sum(told: dict[str, int], now: int, direction: str, data: st.DataObject) -> None:
    promise = Promise(Method.FLOW, direction, 500, dict.fromkeys(QUARTERS, 250))
    every = {name: Said(value) for name, value in {**told, "2024-Q4": now}.items()}
    gone = data.draw(st.sampled_from(QUARTERS[:3]))
    fewer = {name: each for name, each in every.items() if name != gone}
    assert _raw(advance(promise, fewer, "2024-Q4")) <= _raw(advance(promise, every, "2024-Q4"))


@given(st.lists(st.tuples(st.fractions(0, 1), st.none() | st.fractions(0, 1)), max_size=6))
def test_an_item_is_whole_and_rounded_once(parts: list[tuple[Fraction, Fraction | None]]) -> None:
    share, whole = of_item(parts), sum(weight for weight, _ in parts)
    exact = sum((weight * ratio for weight, ratio in parts if ratio is not None), Fraction(0))
    assert share.due + share.unknown == (10_000 if whole else 0)
    assert 0 <= share.done <= share.due
    assert not whole or abs(share.done - 10_000 * exact / whole) <= 1


@given(names)
def test_periods_kept_apart_share_no_day_and_leave_no_other_out(told: tuple[str, ...]) -> None:
    kept = apart(told)
    spans = sorted(parse_period(name) for name in kept)
    assert all(one.last < two.first for one, two in pairwise(spans))
    assert set(kept) <= set(told)
    assert bool(kept) == bool(told)


@given(names, st.sampled_from(NAMES))
def test_a_period_is_made_up_by_all_of_its_days(told: tuple[str, ...], whole: str) -> None:
    inner = [name for name in apart(told) if covers((whole,), name)]
    if sum(days(name) for name in inner) == days(whole):
        assert makes_up(told, whole)
    assert not makes_up(told, whole) or covers(told, whole)
    assert set(closed(told, whole)) == {name for name in told if parse_period(name).last <= parse_period(whole).last}


def _ratios(now: Advance) -> tuple[object, ...]:
    return now.final.raw, now.to_date.raw, now.final.unsaid, now.to_date.unsaid, now.flags


def _raw(now: Advance) -> Fraction:
    assert now.final.raw is not None
    return now.final.raw


@given(promises, said, said, st.sampled_from(NAMES))
def test_of_a_sum_nothing_that_is_only_declared_counts_as_verified(
    promise: Promise, told: dict[str, Said], found: dict[str, Said], period: str
) -> None:
    summed = added(promise, told | found, period)
    assert is_verified(promise, told, found, period) == (period in found and set(summed) <= set(found))
    assert promise.method is Method.FLOW or not summed
    if promise.method is Method.FLOW and promise.direction != "down":
        actual = advance(promise, told, period).actual
        values_of = [told[name].value for name in added(promise, told, period)]
        assert actual is None or None in values_of or actual == sum(each or 0 for each in values_of)


def test_one_checked_quarter_verifies_no_quarter_before_it() -> None:
    told = {"2024-Q1": Said(5), "2024-Q2": Said(2)}
    sum_, level = Promise(Method.FLOW), Promise(Method.STOCK)
    asked = [(sum_, {"2024-Q2"}), (sum_, {"2024-Q1"}), (sum_, set(told)), (level, {"2024-Q2"}), (level, {"2024-Q1"})]
    verified = [is_verified(each, told, {name: told[name] for name in given_of}, "2024-Q2") for each, given_of in asked]
    assert verified == [False, False, True, True, False]


@pytest.mark.parametrize(
    ("checked", "reached"),
    [({}, 1), ({"2018-Q2": Said(0)}, 0), ({"2018-Q1": Said(0), "2018-Q2": Said(10_000)}, 1), ({"2018-Q1": Said(0)}, 1)],
)
def test_of_a_milestone_the_verdict_on_the_period_counts_and_nothing_declared_before(
    checked: dict[str, Said], reached: int
) -> None:
    promise = Promise(Method.MILESTONE, programmed={"2018-Q1": 10_000})
    said = {"2018-Q1": Said(10_000), "2018-Q2": Said(10_000)}
    assert advance(promise, as_found(promise, said, checked, "2018-Q2"), "2018-Q2").final.raw == reached
