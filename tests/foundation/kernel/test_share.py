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


# --- edges ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Share(1, 200), 1),
        (Share(1, 1), 100),
        (Share(199, 200), 99),
        (Share(5, 1000), 1),
        (Share(15, 1000), 2),
        (Share(25, 1000), 2),
        (Share(985, 1000), 98),
        (Share(995, 1000), 99),
        (Share(10**18 - 1, 10**18), 99),
        (Share(1, 10**18), 1),
        (Share(10**18 + 1, 10**18), 101),
        (Share(201, 200), 101),
        (Share(203, 200), 102),
        (Share(10, 1), 1000),
    ],
)
def test_next_to_none_and_next_to_all_are_neither(share: Share, percent: int) -> None:
    assert share.percent == percent


@pytest.mark.parametrize(
    ("share", "missing"),
    [
        (Share(), 0),
        (Share(0, 1), 1),
        (Share(1, 1), 0),
        (Share(2, 1), 0),
        (Share(3, 10, 7), 7),
        (Share(0, 0, 7), 0),
        (Share(4, 0), 0),
    ],
)
def test_what_is_unknown_is_never_missing(share: Share, missing: int) -> None:
    assert share.missing == missing


def test_percentages_of_different_bases_are_never_averaged() -> None:
    """One of two and ninety of ninety-eight are ninety-one of a hundred, not seventy-one."""
    assert (Share(1, 2) + Share(90, 98)).percent == 91


def test_the_unknown_of_both_is_kept_when_they_are_added() -> None:
    assert Share(1, 2, 3) + Share(10, 20, 30) == Share(11, 22, 33)


@given(SHARES, SHARES, SHARES)
def test_it_does_not_matter_which_are_added_first(one: Share, other: Share, third: Share) -> None:
    assert (one + other) + third == one + (other + third)


@given(SHARES)
def test_nothing_added_changes_nothing_and_all_taken_out_leaves_nothing(share: Share) -> None:
    assert (share + Share(), share - share) == (share, Share())


@given(SHARES, COUNTS)
def test_what_is_not_known_moves_no_percentage(share: Share, unknown: int) -> None:
    assert Share(share.done, share.due, unknown).percent == share.percent


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_who_did_more_is_never_shown_less(due: int, done: int, more: int) -> None:
    assert (Share(done, due).percent or 0) <= (Share(done + more, due).percent or 0)


@given(st.integers(1, 10**9), st.integers(0, 2 * 10**9))
def test_no_more_than_one_point_is_rounded(due: int, done: int) -> None:
    assert abs((Share(done, due).percent or 0) - Fraction(100 * done, due)) < 1
