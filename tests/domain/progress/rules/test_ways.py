"""How far there is to go, by each method: borders that the golden workbook does not hold, worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import Direction, Flag, Method, Promise, Said, Unsaid, advance
from yupana.foundation.kernel.quantity import SCALE

QUARTERS = ("2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4")
YEAR = {"2018": 100}
PLANNED = dict.fromkeys(QUARTERS, 25)


def said(*values: int | None) -> dict[str, Said]:
    """What each quarter says, from the first on; None: nothing."""
    return {name: Said(value) for name, value in zip(QUARTERS, values, strict=False) if value is not None}


def rate(above: int, below: int) -> Said:
    return Said(numerator=above * SCALE, denominator=below * SCALE)


def told(promise: Promise, what: dict[str, Said], period: str = "2018-Q2") -> tuple[object, object]:
    """How far in the end, and by now: a ratio, or why there is none."""
    now = advance(promise, what, period)
    return tuple(each.unsaid or each.raw for each in (now.final, now.to_date))  # type: ignore[return-value] # there are two


# --- silence, gaps and empty cells ---------------------------------------------------------------------------------
@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize(
    ("now", "why"),
    [(None, Unsaid.SILENT), (Said(gap="data"), Unsaid.GAP), (Said(), Unsaid.NO_VALUE)],
)
def test_no_method_turns_silence_into_a_value(method: Method, now: Said | None, why: Unsaid) -> None:
    promise = Promise(method, "", 10, PLANNED)
    what = {"2018-Q1": Said(20), **({"2018-Q2": now} if now else {})}
    found = advance(promise, what, "2018-Q2")
    assert (found.final.unsaid, found.to_date.unsaid, found.actual, found.flags) == (why, why, None, frozenset())


@pytest.mark.parametrize("method", [Method.FLOW, Method.CUMULATIVE, Method.STOCK, Method.CAPACITY])
def test_who_is_silent_still_has_a_target_to_be_compared_with(method: Method) -> None:
    found = advance(Promise(method, "up", 0, YEAR), {}, "2018")
    assert (found.target, found.target_to_date) == (Fraction(100), Fraction(100))


def test_a_plan_that_does_not_say_how_values_add_up_says_so_only_of_a_value() -> None:
    promise = Promise(None, "", None, PLANNED)
    found = [told(promise, what)[0] for what in ({"2018-Q2": Said(5)}, {"2018-Q2": Said(gap="data")}, {})]
    assert found == [Unsaid.NO_METHOD, Unsaid.GAP, Unsaid.SILENT]


@pytest.mark.parametrize("method", list(Method))
def test_without_a_programme_there_is_no_target(method: Method) -> None:
    assert told(Promise(method, "down", 40), {"2018-Q2": Said(5)})[0] == Unsaid.NO_TARGET


# --- levels --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("method", "direction", "baseline", "target", "value", "final"),
    [
        (Method.STOCK, "up", 40, 80, 60, Fraction(1, 2)),
        (Method.STOCK, "up", None, 80, 60, Fraction(3, 4)),
        (Method.STOCK, "up", 80, 80, 80, Unsaid.TARGET_IS_BASELINE),
        (Method.STOCK, "up", 80, 40, 60, Unsaid.WRONG_WAY),
        (Method.STOCK, "up", 40, 80, 30, Fraction(-1, 4)),
        (Method.STOCK, "", 80, 40, 60, Fraction(1, 2)),  # unsaid: read off baseline and target
        (Method.STOCK, "", 40, 80, 60, Fraction(1, 2)),
        (Method.STOCK, "down", 40, 80, 60, Unsaid.WRONG_WAY),
        (Method.STOCK, "", -10, 10, 0, Fraction(1, 2)),
        (Method.STOCK, "up", 0, 0, 5, Unsaid.TARGET_IS_BASELINE),
        (Method.STOCK, "up", None, 0, 5, Unsaid.TARGET_IS_ZERO),
        (Method.REDUCTION, "down", 40, 20, 35, Fraction(1, 4)),
        (Method.REDUCTION, "", 40, 20, 45, Fraction(-1, 4)),
        (Method.REDUCTION, "down", 40, 0, 10, Fraction(3, 4)),  # down to nothing is a way
        (Method.REDUCTION, "down", None, 20, 35, Unsaid.NO_BASELINE),
        (Method.REDUCTION, "down", 40, 40, 35, Unsaid.TARGET_IS_BASELINE),
        (Method.REDUCTION, "down", 40, 50, 45, Unsaid.WRONG_WAY),
        (Method.CAPACITY, "up", 40, 80, 60, Fraction(3, 4)),  # what there was before is counted in
        (Method.CAPACITY, "up", 40, 0, 60, Unsaid.TARGET_IS_ZERO),
        (Method.CAPACITY, "up", 40, -5, 60, Unsaid.WRONG_WAY),
        (Method.CUMULATIVE, "up", 40, 80, 60, Fraction(3, 4)),
        (Method.CUMULATIVE, "", None, 80, 0, Fraction(0)),
    ],
)
def test_a_level_is_measured_from_where_its_method_begins(
    method: Method, direction: str, baseline: int | None, target: int, value: int, final: Fraction | Unsaid
) -> None:
    promise = Promise(method, direction, baseline, {"2018-Q2": target})
    assert told(promise, {"2018-Q2": Said(value)}) == (final, final)


@pytest.mark.parametrize("method", [Method.CUMULATIVE, Method.STOCK, Method.CAPACITY])
def test_of_levels_the_one_that_was_said_last_counts(method: Method) -> None:
    assert told(Promise(method, "up", None, YEAR), said(90, 40), "2018-Q2") == (Fraction(2, 5), Unsaid.NOT_DUE)


def test_the_target_in_the_end_is_the_one_that_ends_last_and_not_the_highest() -> None:
    promise = Promise(Method.STOCK, "up", None, {"2018-Q1": 90, "2018": 60, "2018-Q4": 55})
    found = advance(promise, said(30), "2018-Q1")
    assert (found.target, found.target_to_date) == (Fraction(60), Fraction(90))


# --- sums ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "flags"),
    [
        ((25, 25), frozenset()),
        ((None, 25), {Flag.INCOMPLETE}),
        ((0, 25), frozenset()),
        ((25, 60), {Flag.BEYOND}),
        ((None, 61), {Flag.INCOMPLETE, Flag.BEYOND}),
        ((25, 35), frozenset()),  # 60 of 50 is 1.2 and not beyond it
        ((25, 36), {Flag.BEYOND}),
    ],
)
def test_a_sum_tells_what_is_missing_of_it_and_what_is_too_much(
    values: tuple[int | None, ...], flags: set[Flag]
) -> None:
    found = advance(Promise(Method.FLOW, "up", None, PLANNED), said(*values), "2018-Q2", expected=["2018-Q1"])
    assert found.flags == flags


def test_nobody_misses_a_period_that_was_not_asked_for() -> None:
    assert advance(Promise(Method.FLOW, "up", None, PLANNED), said(None, 25), "2018-Q2").flags == frozenset()


@pytest.mark.parametrize("method", sorted(set(Method) - {Method.FLOW}))
def test_only_a_sum_misses_what_was_not_said_before(method: Method) -> None:
    found = advance(Promise(method, "", 100, YEAR), said(None, 25), "2018-Q2", expected=["2018-Q1"])
    assert Flag.INCOMPLETE not in found.flags


@pytest.mark.parametrize(
    ("method", "values", "fell"),
    [
        (Method.CUMULATIVE, (20, 19), True),
        (Method.CUMULATIVE, (20, 20), False),
        (Method.CUMULATIVE, (20, None, 19), True),
        (Method.CUMULATIVE, (20, 10, 30), True),  # what fell once is told ever after
        (Method.STOCK, (20, 19), False),
        (Method.FLOW, (20, 19), False),
        (Method.CAPACITY, (20, 19), False),
    ],
)
def test_only_a_running_total_may_not_fall(method: Method, values: tuple[int | None, ...], fell: bool) -> None:
    found = advance(Promise(method, "up", None, YEAR), said(*values), QUARTERS[len(values) - 1])
    assert (Flag.FELL in found.flags) == fell


@pytest.mark.parametrize(
    ("values", "final", "to_date", "whole"),
    [
        ((10, 10), Fraction(1, 3), Fraction(2, 3), True),  # avoided: 20 of 60, and of the 30 by now
        ((25, 25), Fraction(-1, 6), Fraction(-1, 3), True),
        ((20, 20), Fraction(0), Fraction(0), True),
        ((5, 5), Fraction(1, 2), Fraction(1), True),
        ((None, 5), Fraction(1, 4), Fraction(1, 2), False),  # a silent quarter avoided nothing
    ],
)
def test_what_has_to_fall_by_sums_is_measured_by_what_was_avoided(
    values: tuple[int | None, ...], final: Fraction, to_date: Fraction, whole: bool
) -> None:
    promise = Promise(Method.FLOW, "down", 20, dict.fromkeys(QUARTERS, 5))
    found = advance(promise, said(*values), "2018-Q2", expected=["2018-Q1"])
    assert (found.final.raw, found.to_date.raw, Flag.INCOMPLETE not in found.flags) == (final, to_date, whole)


@pytest.mark.parametrize(
    ("baseline", "programmed", "final"),
    [
        (None, {"2018-Q2": 5}, Unsaid.NO_BASELINE),
        (20, {}, Unsaid.NO_TARGET),
        (None, {}, Unsaid.NO_TARGET),
        (20, {"2018-Q2": 20}, Unsaid.TARGET_IS_BASELINE),
        (20, {"2018-Q2": 30}, Unsaid.WRONG_WAY),
        (20, {"2018-Q1": 10, "2018-Q2": 30}, Unsaid.TARGET_IS_BASELINE),  # less and more come to the same
    ],
)
def test_what_has_to_fall_by_sums_falls_from_somewhere(
    baseline: int | None, programmed: dict[str, int], final: Unsaid
) -> None:
    assert told(Promise(Method.FLOW, "down", baseline, programmed), said(10, 10))[0] == final


def test_a_part_of_a_year_says_nothing_yet_of_what_the_year_avoids() -> None:
    promise = Promise(Method.FLOW, "down", 100, {"2018": 60})
    assert [told(promise, said(10, 10, 20, 30), name)[0] for name in QUARTERS] == [0, 0, 0, Fraction(30, 40)]


# --- milestones ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "final"), [((0,), 0), ((SCALE - 1,), 0), ((SCALE, 0), 1), ((0, 0), 0), ((-1,), 0), ((7 * SCALE,), 1)]
)
def test_what_was_reached_once_stays_reached(values: tuple[int, ...], final: int) -> None:
    promise = Promise(Method.MILESTONE, "", None, {"2018-Q4": SCALE})
    assert told(promise, said(*values), QUARTERS[len(values) - 1]) == (final, Unsaid.NOT_DUE)


def test_a_milestone_is_due_once_its_period_closed() -> None:
    promise, what = Promise(Method.MILESTONE, "", None, {"2018-Q2": SCALE}), said(0, 0, SCALE)
    assert [told(promise, what, name)[1] for name in QUARTERS[:3]] == [Unsaid.NOT_DUE, 0, 1]


def test_a_milestone_of_zero_is_none() -> None:
    assert told(Promise(Method.MILESTONE, "", None, {"2018-Q2": 0}), said(SCALE, SCALE)) == (
        Unsaid.TARGET_IS_ZERO, Unsaid.TARGET_IS_ZERO,
    )  # fmt: skip


# --- rates ---------------------------------------------------------------------------------------------------------
def test_a_sum_of_rates_is_one_rate_of_their_sums() -> None:
    promise = Promise(Method.FLOW, "up", None, {"2018": 50 * SCALE}, factor=100)
    found = advance(promise, {"2018-Q1": rate(1, 1), "2018-Q2": rate(0, 9)}, "2018-Q2")
    assert (found.actual, found.final.raw) == (Fraction(10 * SCALE), Fraction(1, 5))


@pytest.mark.parametrize("method", [Method.FLOW, Method.STOCK, Method.CAPACITY, Method.CUMULATIVE])
@pytest.mark.parametrize("below", [0, -5])
def test_nothing_stands_below_a_rate(method: Method, below: int) -> None:
    found = advance(Promise(method, "up", None, {"2018-Q1": 50}, 100), {"2018-Q1": rate(1, below)}, "2018-Q1")
    assert (found.final.unsaid, found.actual) == (Unsaid.ZERO_DENOMINATOR, None)


def test_what_is_of_another_kind_than_the_last_one_is_not_mixed_with_it() -> None:
    promise = Promise(Method.FLOW, "up", None, {"2018": 50 * SCALE}, factor=100)
    what = {"2018-Q1": Said(40 * SCALE), "2018-Q2": rate(1, 4)}
    found = advance(promise, what, "2018-Q2", expected=["2018-Q1"])
    assert (found.actual, *found.flags) == (Fraction(25 * SCALE), Flag.INCOMPLETE)


def test_a_rate_of_one_is_all_without_per_cent() -> None:
    assert told(Promise(Method.STOCK, "up", 0, {"2018-Q2": SCALE}), {"2018-Q2": rate(3, 4)})[0] == Fraction(3, 4)


# --- whatever it is ------------------------------------------------------------------------------------------------
small = st.integers(-40, 200)


@given(st.sampled_from(Method), st.sampled_from(["", *Direction]), st.none() | small, small, small)
def test_who_is_where_they_were_to_be_in_the_end_is_all_the_way(
    method: Method, direction: str, baseline: int | None, target: int, other: int
) -> None:
    promise = Promise(method, direction, baseline, {"2018": target})
    there, elsewhere = (advance(promise, {"2018": Said(each)}, "2018") for each in (target, other))
    assert there.final.raw in (None, 1)
    assert elsewhere.final.unsaid == there.final.unsaid  # whether there is a way does not hang on who walks it


@given(st.lists(st.none() | st.integers(0, 60), min_size=4, max_size=4))
def test_quarter_by_quarter_a_sum_only_grows(values: list[int | None]) -> None:
    promise = Promise(Method.FLOW, "up", None, PLANNED)
    found = [advance(promise, said(*values), name).final.raw for name in QUARTERS]
    known = [each for each in found if each is not None]
    assert known == sorted(known)
    assert [each is None for each in found] == [each is None for each in values]
