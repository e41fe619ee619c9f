"""Weights, days of reading and differences."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.foundation.kernel.share import Share
from yupana.projections.figures.rules import ANSWERED, UNDATED, Key, added, default_as_of, differences, weighted

SHARES = st.builds(Share, st.integers(0, 9), st.integers(9, 20), st.integers(0, 9))
KEYS = st.builds(
    Key,
    measure=st.just(ANSWERED),
    call=st.integers(1, 2),
    item=st.none() | st.integers(1, 2),
    level=st.just("municipal"),
    territory=st.just(""),
    period=st.just("2024"),
    due_on=st.just(UNDATED),
)
CELLS = st.dictionaries(KEYS, SHARES)


@pytest.mark.parametrize(
    ("shares", "weights", "expected"),
    [
        ({}, {1: 5}, None),
        ({1: Share(1, 2)}, {1: 7}, Fraction(1, 2)),
        ({1: Share(1, 1), 2: Share(0, 1)}, {1: 3, 2: 1}, Fraction(3, 4)),
        # Each line counts by its weight, however many bodies it binds.
        ({1: Share(1, 1), 2: Share(0, 1000)}, {1: 1, 2: 1}, Fraction(1, 2)),
        # What is unknown or not due leaves the average with its weight.
        ({1: Share(1, 2), 2: Share(0, 0, 9)}, {1: 1, 2: 9}, Fraction(1, 2)),
        ({1: Share(0, 0, 9)}, {1: 1}, None),
        ({1: Share(1, 1), 2: Share(0, 1)}, {1: 1, 2: 0}, Fraction(1)),
        ({1: Share(1, 1), 2: Share(0, 1)}, {1: 1}, Fraction(1)),
        ({1: Share(1, 1)}, {1: 0}, None),
    ],
)
def test_items_count_by_their_weight(
    shares: dict[int, Share], weights: dict[int, int], expected: Fraction | None
) -> None:
    assert weighted(shares, weights) == expected


@given(st.dictionaries(st.integers(1, 5), SHARES), st.integers(1, 9))
def test_only_the_proportion_of_weights_matters(shares: dict[int, Share], factor: int) -> None:
    weights = {item: item + 1 for item in shares}
    assert weighted(shares, {item: weight * factor for item, weight in weights.items()}) == weighted(shares, weights)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2024, 3, 1), date(2024, 2, 29)),
        (date(2024, 3, 31), date(2024, 2, 29)),
        (date(2025, 1, 15), date(2024, 12, 31)),
    ],
)
def test_pages_show_the_last_closed_month(today: date, day: date) -> None:
    assert default_as_of(today) == day


@given(CELLS, CELLS)
def test_old_and_the_difference_make_new(old: dict[Key, Share], new: dict[Key, Share]) -> None:
    total = added([old, differences(new, old)])
    assert {key: share for key, share in total.items() if share != Share()} == {
        key: share for key, share in new.items() if share != Share()
    }


@given(CELLS)
def test_nothing_differs_from_itself(cells: dict[Key, Share]) -> None:
    assert differences(cells, cells) == {}
