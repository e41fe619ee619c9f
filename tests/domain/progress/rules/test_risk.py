"""What to verify first: every point has its reason."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import CorrectiveState, Odd, moves, waits_for_entity
from yupana.domain.progress.rules.risk import MOST, Stake, Why, at_first_sight, looked_closely

NOTHING = Stake(budget=None, plan=None, level=4, checked=True, differed=False, body_differed=False)
MILLION = 1_000_000_00


@pytest.mark.parametrize(
    ("stake", "points"),
    [
        (NOTHING, {}),
        (replace(NOTHING, budget=9_999_99), {}),
        (replace(NOTHING, budget=10_000_00), {Why.MONEY: 5}),
        (replace(NOTHING, budget=MILLION), {Why.MONEY: 15}),
        (replace(NOTHING, budget=50 * MILLION), {Why.MONEY: 20}),
        (replace(NOTHING, budget=50_00, plan=100_00), {Why.SHARE: 10}),
        (replace(NOTHING, budget=25_00, plan=100_00), {Why.SHARE: 5}),
        (replace(NOTHING, budget=24_00, plan=100_00), {}),
        (replace(NOTHING, budget=0, plan=0), {}),
        (replace(NOTHING, level=None), {Why.BARE: 15}),
        (replace(NOTHING, level=1), {Why.WEAK: 10}),
        (replace(NOTHING, level=2), {Why.WEAK: 5}),
        (replace(NOTHING, level=3), {}),
        (replace(NOTHING, checked=False), {Why.UNCHECKED: 10}),
        (replace(NOTHING, differed=True, body_differed=True), {Why.DIFFERED: 15}),
        (replace(NOTHING, body_differed=True), {Why.DIFFERED: 10}),
    ],
)
def test_what_is_at_stake_gives_points(stake: Stake, points: dict[Why, int]) -> None:
    assert at_first_sight(stake) == points


@pytest.mark.parametrize(
    ("reached", "odds", "points"),
    [
        (None, [], {}),
        (Fraction(99, 100), [], {}),
        (Fraction(1), [], {Why.WHOLE: 10}),
        (Fraction(1, 2), [Odd.JUMP_WITHOUT_EVIDENCE], {Why.JUMP: 20}),
        (None, [Odd.FELL, Odd.BEYOND], {Why.ODD: 10}),
        (None, list(Odd), {Why.JUMP: 20, Why.ODD: 15}),
    ],
)
def test_what_its_story_tells_gives_points(reached: Fraction | None, odds: list[Odd], points: dict[Why, int]) -> None:
    assert looked_closely(reached, odds) == points


@given(
    st.builds(
        Stake,
        budget=st.none() | st.integers(0, 10**13),
        plan=st.none() | st.integers(0, 10**13),
        level=st.none() | st.integers(1, 4),
        checked=st.booleans(),
        differed=st.booleans(),
        body_differed=st.booleans(),
    ),
    st.none() | st.fractions(),
    st.sets(st.sampled_from(Odd)),
)
def test_no_reason_gives_more_than_the_page_says(stake: Stake, reached: Fraction | None, odds: set[Odd]) -> None:
    found = at_first_sight(stake) | looked_closely(reached, odds)
    assert all(0 < points <= MOST[why] for why, points in found.items())


def test_every_state_of_a_corrective_action_leads_somewhere_else() -> None:
    states = (None, *CorrectiveState)
    assert all(moves(state) and state not in moves(state) for state in states)
    assert [waits_for_entity(state) for state in states] == [True, False, False, True]
