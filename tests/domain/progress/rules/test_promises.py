"""A row of a plan read as a promise: which method its three words mean, and which of its texts are numbers."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import Method, Promise, Said, method_of, promise_of, said_of
from yupana.foundation.kernel.quantity import SCALE, format_quantity


@dataclass(frozen=True)
class Words:
    """What a plan says of one row."""

    accumulation: str = "sum"
    direction: str = "up"
    baseline: str = ""
    target: str = ""
    unit: str = ""


@pytest.mark.parametrize(
    ("accumulation", "direction", "method"),
    [
        ("", "", None),
        ("", "up", None),
        ("", "down", None),  # a direction alone says nothing of how values add up
        ("sum", "", Method.FLOW),
        ("sum", "up", Method.FLOW),
        ("sum", "down", Method.FLOW),
        ("last", "", Method.STOCK),
        ("last", "up", Method.STOCK),
        ("last", "down", Method.REDUCTION),
        ("yes_no", "", Method.MILESTONE),
        ("yes_no", "up", Method.MILESTONE),
        ("yes_no", "down", Method.MILESTONE),
    ],
)
def test_three_words_of_a_planner_name_the_method(accumulation: str, direction: str, method: Method | None) -> None:
    assert method_of(accumulation, direction) == method


def test_a_word_that_nobody_offers_is_no_method() -> None:
    with pytest.raises(ValueError, match="average"):
        method_of("average", "")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("100", 100 * SCALE),
        ("1.234,5", 12_345_000),
        ("1.234", 1_234 * SCALE),
        ("0,0001", 1),
        ("0", 0),
        ("-5", -5 * SCALE),
        ("80%", 80 * SCALE),
        (" 80 % ", 80 * SCALE),
        ("", None),
        ("%", None),
        ("todos", None),
        ("100 granos", None),
        ("50 a 60", None),
        ("1,23456", None),  # finer than is kept: not rounded in silence
        ("9" * 30, None),
        ("½", None),
    ],
)
def test_only_what_is_a_number_is_read(text: str, number: int | None) -> None:
    promise = promise_of(Words(baseline=text, target=text), {}, "2018")
    assert (promise.baseline, dict(promise.programmed)) == (number, {} if number is None else {"2018": number})


def test_what_is_programmed_by_period_holds_and_not_the_target_in_words() -> None:
    assert promise_of(Words(target="100"), {"2018-Q1": 7}, "2018").programmed == {"2018-Q1": 7}


def test_a_programme_of_zero_is_a_programme() -> None:
    assert promise_of(Words(target="100"), {"2018": 0}, "2018").programmed == {"2018": 0}


def test_a_target_without_a_programme_holds_by_the_end_of_the_plan() -> None:
    assert promise_of(Words(target="100"), {}, "2017-2025").programmed == {"2017-2025": 100 * SCALE}


@pytest.mark.parametrize(
    ("unit", "target", "factor"),
    [("%", "80", 100), ("% de entidades", "80", 100), ("", "80%", 100), ("granos", "80", 1), ("", "", 1),
     ("por ciento", "80", 1), ("granos", "todos el 100%", 100)],
)  # fmt: skip
def test_a_rate_counts_in_hundreds_where_the_plan_speaks_in_per_cent(unit: str, target: str, factor: int) -> None:
    assert promise_of(Words(unit=unit, target=target), {}, "2018").factor == factor


def test_a_promise_is_what_the_row_says() -> None:
    row = Words("last", "down", "40", "20", "granos")
    expected = Promise(Method.REDUCTION, "down", 40 * SCALE, {"2018": 30 * SCALE, "2018-Q1": 35 * SCALE}, 1)
    assert promise_of(row, {"2018": 30 * SCALE, "2018-Q1": 35 * SCALE}, "2018") == expected


def test_what_is_programmed_later_does_not_reach_into_a_promise_that_was_read() -> None:
    programmed = {"2018": 1}
    promise = promise_of(Words(), programmed, "2018")
    programmed["2018"] = 2
    assert promise.programmed == {"2018": 1}


@given(st.integers(-(10**15), 10**15))
def test_a_number_is_read_back_as_it_is_written(number: int) -> None:
    assert promise_of(Words(baseline=format_quantity(number)), {}, "2018").baseline == number


@given(st.text(max_size=20))
def test_no_text_of_a_plan_stops_its_reading(text: str) -> None:
    promise = promise_of(Words(baseline=text, target=text, unit=text), {}, "2018")
    assert (promise.baseline is None) == (promise.programmed == {})


# --- what is said --------------------------------------------------------------------------------------------------
@dataclass
class Told:
    """What a report tells of a row, or a verdict."""

    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None


@pytest.mark.parametrize(
    ("row", "gap", "said"),
    [
        (Told(value=0), "", Said(0)),
        (Told(numerator=0, denominator=0), "", Said(None, 0, 0)),
        (Told(), "data", Said(gap="data")),
        (Told(), "", Said()),
    ],
)
def test_what_was_told_of_a_row_is_read_as_it_is(row: Told, gap: str, said: Said) -> None:
    assert said_of(row, gap) == said


@pytest.mark.parametrize(
    ("said", "rate", "known"),
    [
        (Said(), False, False),
        (Said(gap="data"), False, False),
        (Said(0), False, True),  # nil is a value
        (Said(None, 0, 5), True, True),
        (Said(None, 0, 0), True, True),
        (Said(7), False, True),
    ],
)
def test_nothing_said_is_told_apart_from_nothing_done(said: Said, rate: bool, known: bool) -> None:
    assert (said.is_rate, said.is_known) == (rate, known)
