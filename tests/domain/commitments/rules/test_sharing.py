"""An activity that answers several items is divided among them, and nothing is lost or counted twice."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.commitments.rules import parts_of, split

HUNDRED = 10_000  # basis points
Also = list[tuple[int, int | None]]


def shares(first: int | None, also: Also) -> dict[int | None, Fraction]:
    """The part of the whole that each item gets."""
    weights = parts_of(first, also)
    return {item: Fraction(weight, sum(weights.values())) for item, weight in weights.items()}


@st.composite
def divisions(draw: st.DrawFn) -> tuple[int | None, Also]:
    """A first item and others, whose parts come to no more than the whole; the first one may be among them."""
    first = draw(st.one_of(st.none(), st.integers(1, 6)))
    cuts = sorted(draw(st.lists(st.integers(0, HUNDRED), max_size=6)))
    said: list[int | None] = [upper - lower for lower, upper in zip([0, *cuts], cuts, strict=False)]
    told = [draw(st.sampled_from([part, None])) for part in said]
    return first, [(draw(st.integers(1, 9)), part) for part in told]


@pytest.mark.parametrize(
    ("first", "also", "parts"),
    [
        (1, [], {1: Fraction(1)}),
        (None, [], {None: Fraction(1)}),
        (1, [(2, None)], {1: Fraction(1, 2), 2: Fraction(1, 2)}),
        (1, [(2, None), (3, None)], dict.fromkeys((1, 2, 3), Fraction(1, 3))),
        (None, [(2, None)], {None: Fraction(1, 2), 2: Fraction(1, 2)}),
        (1, [(2, 2_500)], {1: Fraction(3, 4), 2: Fraction(1, 4)}),
        (1, [(2, 1)], {1: Fraction(9_999, 10_000), 2: Fraction(1, 10_000)}),
        (1, [(2, 0)], {1: Fraction(1), 2: Fraction(0)}),
        (1, [(2, 10_000)], {1: Fraction(0), 2: Fraction(1)}),
        (1, [(2, 9_999)], {1: Fraction(1, 10_000), 2: Fraction(9_999, 10_000)}),
        (1, [(2, 10_000), (3, None)], {1: Fraction(0), 2: Fraction(1), 3: Fraction(0)}),
        (1, [(2, 3_000), (3, None)], {1: Fraction(35, 100), 2: Fraction(30, 100), 3: Fraction(35, 100)}),
        (1, [(2, 6_000), (3, 4_000)], {1: Fraction(0), 2: Fraction(3, 5), 3: Fraction(2, 5)}),
        (1, [(2, 1_000), (3, None), (4, None)], {1: Fraction(3, 10), 2: Fraction(1, 10),
                                                3: Fraction(3, 10), 4: Fraction(3, 10)}),
        (1, [(1, 4_000)], {1: Fraction(1)}),
        (1, [(2, 4_000), (2, 1_000)], {1: Fraction(1, 2), 2: Fraction(1, 2)}),
        (1, [(2, None), (2, None)], {1: Fraction(1, 3), 2: Fraction(2, 3)}),
    ],
)  # fmt: skip
def test_what_was_said_is_given_and_the_rest_is_shared_alike(
    first: int | None, also: Also, parts: dict[int | None, Fraction]
) -> None:
    assert shares(first, also) == parts


def test_parts_beyond_the_whole_leave_nothing_but_are_weighed_as_they_are() -> None:
    assert shares(1, [(2, 8_000), (3, 8_000)]) == {1: Fraction(0), 2: Fraction(1, 2), 3: Fraction(1, 2)}


@given(divisions())
def test_every_item_has_a_part_and_all_of_them_are_the_whole(told: tuple[int | None, Also]) -> None:
    first, also = told
    found = shares(first, also)
    assert (set(found), sum(found.values()), min(found.values()) >= 0) == (
        {first, *(each for each, _ in also)},
        1,
        True,
    )


@given(divisions())
def test_the_order_of_the_others_decides_nothing(told: tuple[int | None, Also]) -> None:
    first, also = told
    assert all(shares(first, list(each)) == shares(first, also) for each in list(permutations(also))[:24])


@given(divisions())
def test_what_is_said_of_an_item_is_what_it_gets(told: tuple[int | None, Also]) -> None:
    first, also = told
    found, items = shares(first, also), [each for each, _ in also]
    alone = {item: part for item, part in also if part is not None and items.count(item) == 1 and item != first}
    assert {item: found[item] for item in alone} == {item: Fraction(part, HUNDRED) for item, part in alone.items()}


@given(st.integers(1, 8), st.integers(0, HUNDRED))
def test_those_of_whom_nothing_was_said_get_as_much_as_the_first(unsaid: int, said: int) -> None:
    found = shares(0, [(1, said), *((2 + at, None) for at in range(unsaid))])
    assert {found[item] for item in found if item != 1} == {(1 - found[1]) / (unsaid + 1)}


# --- money ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("amount", "first", "also", "parts"),
    [
        (0, 1, [(2, None)], {1: 0, 2: 0}),
        (1, 1, [(2, None)], {1: 1, 2: 0}),
        (2, 1, [(2, None)], {1: 1, 2: 1}),
        (100, 1, [(2, None), (3, None)], {1: 34, 2: 33, 3: 33}),
        (1, 1, [(2, 10_000)], {1: 0, 2: 1}),
        (10_000, 1, [(2, 1)], {1: 9_999, 2: 1}),
        (5, 1, [(2, 5_000)], {1: 3, 2: 2}),
        (1_000_01, None, [(7, 2_500)], {None: 75_001, 7: 25_000}),
    ],
)
def test_cents_go_to_the_largest_remainder_and_at_equal_ones_to_the_first(
    amount: int, first: int | None, also: Also, parts: dict[int | None, int]
) -> None:
    assert split(amount, parts_of(first, also)) == parts


@given(st.integers(0, 10**15), divisions())
def test_no_cent_is_lost_and_none_is_made(amount: int, told: tuple[int | None, Also]) -> None:
    assert sum(split(amount, parts_of(*told)).values()) == amount


@given(st.integers(0, 10**15), divisions())
def test_nobody_is_a_cent_away_from_the_exact_part(amount: int, told: tuple[int | None, Also]) -> None:
    exact, found = shares(*told), split(amount, parts_of(*told))
    assert all(abs(found[item] - amount * part) < 1 for item, part in exact.items())


@given(st.integers(0, 10**15), divisions())
def test_who_has_no_part_gets_no_cent(amount: int, told: tuple[int | None, Also]) -> None:
    exact, found = shares(*told), split(amount, parts_of(*told))
    assert {found[item] for item, part in exact.items() if not part} <= {0}
