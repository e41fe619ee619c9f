"""How a report's numbers are said: never 0 or 100 % for what is neither, and what is unknown in words."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import Method, Promise, Said, Spent, advance
from yupana.foundation.kernel.quantity import SCALE
from yupana.interfaces.desk.reporting.said import facts, how, money, quantity, ratio, value

if TYPE_CHECKING:
    from yupana.projections.overviews.report import Row

PERIODS = {"2018-Q1": 25 * SCALE, "2018-Q2": 25 * SCALE}
FLOW = Promise(Method.FLOW, "up", None, PERIODS)
LEVEL = Promise(Method.STOCK, "up", 0, {"2018-Q1": 40 * SCALE})
RATE = Promise(Method.STOCK, "up", 0, {"2018-Q1": 80 * SCALE}, 100)
DONE = Promise(Method.MILESTONE, "", None, {"2018-Q2": SCALE})
NOTHING = Promise(None)


def row(promise: Promise, said: dict[str, Said], period: str = "2018-Q1", **more: Any) -> Row:  # noqa: ANN401 - fields of a row
    """What the sentences need of a row, without a database."""
    told: dict[str, Any] = {"last": None, "spent": None, **more}
    activity = SimpleNamespace(unit=more.get("unit", "granos"), indicator=more.get("indicator", ""), target="80 de 100")
    now = advance(promise, said, period)
    return cast("Row", SimpleNamespace(now=now, line=SimpleNamespace(promise=promise), activity=activity, **told))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("0", "0\u202f%"),
        ("1", "100\u202f%"),
        ("4/5", "80\u202f%"),
        ("1/3", "33,3\u202f%"),
        ("1/100000", "0,1\u202f%"),
        ("-1/100000", "-0,1\u202f%"),
        ("99999/100000", "99,9\u202f%"),
        ("100001/100000", "100,1\u202f%"),
        ("5/2", "250\u202f%"),
        ("-1/2", "-50\u202f%"),
        ("12345", "1.234.500\u202f%"),
        ("1/2000", "0,1\u202f%"),
        ("25/10000", "0,2\u202f%"),
    ],
)
def test_a_ratio_is_said_with_one_decimal(raw: str, text: str) -> None:
    assert ratio(Fraction(raw)) == text


@given(st.fractions(-3, 3))
def test_only_what_is_none_or_all_is_said_to_be(raw: Fraction) -> None:
    assert (ratio(raw) == ratio(Fraction(0)), ratio(raw) == ratio(Fraction(1))) == (raw == 0, raw == 1)


@given(st.fractions(-3, 3), st.fractions(-3, 3))
def test_what_is_more_is_never_said_as_less(one: Fraction, other: Fraction) -> None:
    low, high = (float(ratio(each)[:-2].replace(".", "").replace(",", ".")) for each in sorted([one, other]))
    assert low <= high


@pytest.mark.parametrize(
    ("promise", "number", "text"),
    [
        (FLOW, 25 * SCALE, "25 granos"),
        (FLOW, 0, "0 granos"),
        (FLOW, None, ""),
        (FLOW, Fraction(SCALE, 3), "0,3333 granos"),
        (DONE, SCALE, "yes"),
        (DONE, 0, "no"),
    ],
)
def test_a_quantity_is_said_with_its_unit_and_a_milestone_in_words(
    promise: Promise, number: Fraction | int | None, text: str
) -> None:
    with translation.override("en"):
        assert quantity(number, promise, "granos") == text


@pytest.mark.parametrize(
    ("promise", "said", "text"),
    [
        (FLOW, Said(20 * SCALE), "20 granos"),
        (RATE, Said(numerator=45 * SCALE, denominator=60 * SCALE), "45 / 60"),
        (DONE, Said(0), "no"),
        (DONE, Said(SCALE), "yes"),
        (FLOW, Said(-5), "-0,0005 granos"),
    ],
)
def test_what_was_said_is_said_again_as_it_was(promise: Promise, said: Said, text: str) -> None:
    with translation.override("en"):
        assert value(said, promise, "granos") == text


@pytest.mark.parametrize(
    ("promise", "said", "period", "told"),
    [
        (FLOW, {}, "2018-Q1", []),
        (FLOW, {"2018-Q1": Said()}, "2018-Q1", []),
        (
            FLOW,
            {"2018-Q1": Said(20 * SCALE)},
            "2018-Q1",
            ["20 granos so far", "80\u202f% of what was due by now", "40\u202f% of the whole"],
        ),
        (
            FLOW,
            {"2018-Q1": Said(20 * SCALE), "2018-Q2": Said(0)},
            "2018-Q2",
            ["20 granos so far", "40\u202f% of what was due by now", "40\u202f% of the whole"],
        ),
        (
            RATE,
            {"2018-Q1": Said(numerator=3, denominator=5)},
            "2018-Q1",
            ["75\u202f% of what was due by now", "75\u202f% of the whole"],
        ),
        (
            RATE,
            {"2018-Q1": Said(numerator=3, denominator=0)},
            "2018-Q1",
            ["How far it is cannot be said: the denominator is zero"],
        ),
        (DONE, {"2018-Q1": Said(0)}, "2018-Q1", ["0\u202f% of the whole", "nothing was due by now"]),
        (
            LEVEL,
            {"2018-Q1": Said(gap="data")},
            "2018-Q1",
            ["How far it is cannot be said: reported as without a value"],
        ),
        (
            NOTHING,
            {"2018-Q1": Said(5)},
            "2018-Q1",
            ["How far it is cannot be said: the plan does not say how its values add up"],
        ),
    ],
)
def test_how_far_it_is_is_said_or_why_it_cannot_be(
    promise: Promise, said: dict[str, Said], period: str, told: list[str]
) -> None:
    with translation.override("en"):
        assert how(row(promise, said, period)) == told


@pytest.mark.parametrize(
    ("promise", "more", "told"),
    [
        (
            FLOW,
            {"last": ("2017", Said(9 * SCALE)), "spent": ("2018-Q1", Spent(None, 5_00)), "indicator": "Granos"},
            [
                "Granos",
                "25 granos",
                "50 granos",
                "9 granos (2017)",
                "Bs\u202f5.00 accrued, current budget not said (Q1 2018)",
            ],
        ),
        (DONE, {}, ["nothing is due yet", "yes", "nothing was reported before"]),
        (NOTHING, {}, ["nothing is due yet", "80 de 100"]),
    ],
)
def test_the_promise_stands_beside_the_last_value(promise: Promise, more: dict[str, Any], told: list[str]) -> None:
    with translation.override("en"):
        assert [text for _name, text in facts(row(promise, {}, **more))] == told


@pytest.mark.parametrize(
    ("spent", "text"),
    [
        (Spent(0, 0), "Bs\u202f0,00 accrued, current budget Bs\u202f0,00"),
        (Spent(), "not said accrued, current budget not said"),
    ],
)
def test_no_money_is_not_the_same_as_none_known(spent: Spent, text: str) -> None:
    with translation.override("en"):
        assert money(spent) == text.replace(",00", ".00")
