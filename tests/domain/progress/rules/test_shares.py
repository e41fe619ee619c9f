"""How activities become the share of one item: whole, rounded once, and nothing unknown counted as nothing done."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import WHOLE, Ratio, Unsaid, of_item
from yupana.foundation.kernel.share import Share

if TYPE_CHECKING:
    from random import Random

ONE, HALF, THIRD = Fraction(1), Fraction(1, 2), Fraction(1, 3)
Parts = list[tuple[Fraction, Fraction | None]]


@pytest.mark.parametrize(
    ("parts", "share"),
    [
        ([], Share()),
        ([(ONE, ONE)], Share(10_000, 10_000)),
        ([(ONE, Fraction(0))], Share(0, 10_000)),
        ([(ONE, None)], Share(0, 0, 10_000)),
        ([(Fraction(0), ONE)], Share()),  # what weighs nothing says nothing
        ([(Fraction(0), ONE), (Fraction(0), None)], Share()),
        ([(ONE, THIRD)], Share(3_333, 10_000)),
        ([(Fraction(7), THIRD)], Share(3_333, 10_000)),  # alone it is the whole, whatever it weighs
        ([(ONE, ONE), (ONE, None)], Share(5_000, 5_000, 5_000)),
        ([(ONE, ONE), (ONE, Fraction(0))], Share(5_000, 10_000)),
        ([(ONE, ONE), (ONE, ONE), (ONE, None)], Share(6_667, 6_667, 3_333)),
        ([(ONE, None), (ONE, None), (ONE, None)], Share(0, 0, 10_000)),
        ([(Fraction(1, 5), ONE), (Fraction(4, 5), Fraction(0))], Share(2_000, 10_000)),
        # Half to the even one: 0.5, 1.5 and 2.5 basis points.
        ([(ONE, Fraction(1, 20_000))], Share(0, 10_000)),
        ([(ONE, Fraction(3, 20_000))], Share(2, 10_000)),
        ([(ONE, Fraction(5, 20_000))], Share(2, 10_000)),
    ],
)
def test_an_item_is_what_its_activities_reached(parts: Parts, share: Share) -> None:
    assert of_item(parts) == share


@pytest.mark.parametrize(
    ("parts", "whole", "share"),
    [
        ([(ONE, ONE)], Fraction(2), Share(5_000, 5_000)),
        ([(ONE, None)], Fraction(2), Share(0, 0, 5_000)),
        ([(ONE, HALF), (ONE, None)], Fraction(4), Share(1_250, 2_500, 2_500)),
        ([(ONE, ONE)], Fraction(3), Share(3_333, 3_333)),
        ([(ONE, ONE), (ONE, ONE)], Fraction(3), Share(6_667, 6_667)),
        ([], Fraction(3), Share()),
        ([(ONE, ONE)], Fraction(0), Share()),
    ],
)
def test_nothing_is_said_of_the_rest_of_a_greater_whole(parts: Parts, whole: Fraction, share: Share) -> None:
    assert of_item(parts, whole) == share


def test_silence_of_some_never_helps_the_others() -> None:
    before, after = of_item([(ONE, HALF), (ONE, ONE)]), of_item([(ONE, None), (ONE, ONE)])
    assert (before, after) == (Share(7_500, 10_000), Share(5_000, 5_000, 5_000))


weights = st.fractions(Fraction(1, 10), 10)
known = st.fractions(0, 1)
parts_of = st.lists(st.tuples(weights, st.none() | known), max_size=6)


@given(weights, st.none() | known)
def test_one_activity_alone_is_counted_as_by_the_rule_for_many(weight: Fraction, ratio: Fraction | None) -> None:
    nothing: Parts = [(Fraction(0), None)]
    assert of_item([(weight, ratio)]) == of_item([(weight, ratio)], weight) == of_item([(weight, ratio), *nothing])


@given(parts_of, st.fractions(1, 5))
def test_weights_matter_only_beside_each_other(parts: Parts, times: Fraction) -> None:
    assert of_item([(weight * times, ratio) for weight, ratio in parts]) == of_item(parts)


@given(st.lists(st.tuples(weights, st.none() | known), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_activities_changes_nothing(parts: Parts, chance: Random) -> None:
    other = list(parts)
    chance.shuffle(other)
    assert of_item(other) == of_item(parts)


@given(parts_of, st.integers(1, 9))
def test_within_a_greater_whole_nothing_is_more_than_it_is(parts: Parts, rest: int) -> None:
    whole = sum((weight for weight, _ in parts), Fraction(0)) + rest
    share = of_item(parts, whole)
    assert 0 <= share.done <= share.due <= share.due + share.unknown <= WHOLE


@given(st.lists(st.tuples(weights, known), min_size=1, max_size=6), st.data())
def test_more_done_is_never_less(parts: list[tuple[Fraction, Fraction]], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(parts) - 1))
    better = [(weight, ONE if index == at else ratio) for index, (weight, ratio) in enumerate(parts)]
    assert of_item(better).done >= of_item(parts).done


# --- the ratios that go into it ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ratio", "raw", "capped"),
    [
        (Ratio(Fraction(20), Fraction(100)), Fraction(1, 5), Fraction(1, 5)),
        (Ratio(Fraction(0), Fraction(100)), Fraction(0), Fraction(0)),
        (Ratio(Fraction(-5), Fraction(100)), Fraction(-1, 20), Fraction(0)),
        (Ratio(Fraction(100), Fraction(100)), Fraction(1), Fraction(1)),
        (Ratio(Fraction(160), Fraction(100)), Fraction(8, 5), Fraction(1)),
        (Ratio(unsaid=Unsaid.SILENT), None, None),
        (Ratio(Fraction(5), Fraction(0)), None, None),
        (Ratio(Fraction(5), None), None, None),
        (Ratio(None, Fraction(5)), None, None),
    ],
)
def test_a_ratio_is_kept_as_it_is_and_capped_where_it_is_added(
    ratio: Ratio, raw: Fraction | None, capped: Fraction | None
) -> None:
    assert (ratio.raw, ratio.capped) == (raw, capped)


@given(st.fractions(-5, 5), st.fractions(Fraction(1, 10), 5))
def test_capped_is_the_nearest_part_of_a_whole(gone: Fraction, of: Fraction) -> None:
    ratio = Ratio(gone, of)
    assert ratio.capped == sorted((Fraction(0), gone / of, Fraction(1)))[1]
