"""Shares add in any order and never lose their base."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.foundation.kernel.share import Share

COUNTS = st.integers(0, 10**12)
SHARES = st.builds(
    lambda due, part, unknown: Share(due * part // 100, due, unknown), COUNTS, st.integers(0, 100), COUNTS
)


@given(st.lists(SHARES), st.randoms())
def test_shares_add_in_any_order(shares: list[Share], dice: object) -> None:
    shuffled = shares.copy()
    dice.shuffle(shuffled)  # type: ignore[attr-defined] # Hypothesis hands out a random.Random, typed as object
    assert sum(shuffled, Share()) == sum(shares, Share())


@given(SHARES, SHARES)
def test_what_was_added_can_be_taken_out(one: Share, other: Share) -> None:
    assert one + other - other == one


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Share(0, 0), None),
        (Share(0, 0, 5), None),
        (Share(0, 7), 0),
        (Share(7, 7), 100),
        (Share(1, 1000), 1),
        (Share(999, 1000), 99),
        (Share(1, 8), 12),
        (Share(3, 8), 38),
        (Share(1, 3, 9), 33),
        (Share(12, 10), 120),
        (Share(1001, 1000), 101),
        (Share(5, 0), None),
    ],
)
def test_a_share_is_shown_in_whole_per_cent(share: Share, percent: int | None) -> None:
    assert share.percent == percent


def test_of_what_is_done_beyond_its_base_nothing_is_missing() -> None:
    assert (Share(12, 10).missing, Share(12, 10).ratio) == (0, Fraction(6, 5))


@given(SHARES)
def test_none_and_all_are_never_claimed_falsely(share: Share) -> None:
    assert (share.percent == 0, share.percent == 100) == (
        share.due > 0 and share.done == 0,
        share.due > 0 and share.done == share.due,
    )


@given(SHARES)
def test_a_ratio_is_exact_and_what_is_missing_fills_it_up(share: Share) -> None:
    assert share.ratio == (1 - Fraction(share.missing, share.due) if share.due else None)
