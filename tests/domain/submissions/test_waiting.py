"""Days that passed while it was the entity's turn, and while it was the authority's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.submissions.rules import Moment, State, Waited, waited

OPENS = date(2026, 6, 1)
IN, BACK, DONE, ASTRAY = State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.MISFILED
# What happened on which day of June, the day of June on which one looks, and what was waited.
STORIES: dict[str, tuple[list[tuple[int, State]], int, Waited]] = {
    "nothing yet": ([], 11, Waited(10, 0, "entity")),
    "before it opens": ([], 0, Waited(0, 0, "entity")),
    "under review": ([(6, IN)], 16, Waited(5, 10, "authority")),
    "accepted": ([(6, IN), (16, DONE)], 30, Waited(5, 10, "")),
    "returned": ([(6, IN), (8, BACK)], 18, Waited(15, 2, "entity")),
    "mended and accepted": ([(6, IN), (8, BACK), (12, IN), (13, DONE)], 30, Waited(9, 3, "")),
    "turned away": ([(6, IN), (8, ASTRAY)], 9, Waited(6, 2, "entity")),
    "a new version after": ([(6, IN), (8, DONE), (20, IN)], 23, Waited(5, 5, "authority")),
    "a new version sent back": ([(6, IN), (8, DONE), (20, IN), (22, BACK)], 90, Waited(5, 4, "")),
    "a new version astray": ([(6, IN), (8, DONE), (20, IN), (22, ASTRAY)], 90, Waited(5, 4, "")),
    "all on one day": ([(6, IN), (6, BACK), (6, IN), (6, DONE)], 7, Waited(5, 0, "")),
    "recorded late": ([(8, IN), (6, BACK)], 10, Waited(9, 0, "entity")),
    "seen from the past": ([(6, IN), (16, DONE)], 9, Waited(5, 3, "authority")),
}


def june(day: int) -> date:
    return OPENS + timedelta(days=day - 1)


@pytest.mark.parametrize("story", STORIES)
def test_each_days_are_counted_apart(story: str) -> None:
    moments, on, told = STORIES[story]
    assert waited(OPENS, [Moment(june(day), after) for day, after in moments], on=june(on)) == told


def test_nobody_waits_once_nothing_is_owed_any_more() -> None:
    moments = [Moment(june(6), IN)]
    told = [waited(OPENS, moments, on=june(on), settled_on=june(10)) for on in (9, 10, 30)]
    assert told == [Waited(5, 3, "authority"), Waited(5, 4, ""), Waited(5, 4, "")]


def test_it_says_whose_turn_it_is() -> None:
    told = [waited(OPENS, [Moment(june(6), after)], on=june(7)) for after in (IN, BACK, DONE)]
    assert [(each.at_entity, each.at_authority) for each in told] == [(False, True), (True, False), (False, False)]


@given(
    st.lists(st.tuples(st.integers(1, 60), st.sampled_from([IN, BACK, DONE, ASTRAY])), max_size=6), st.integers(1, 90)
)
def test_no_day_is_counted_for_both(moments: list[tuple[int, State]], on: int) -> None:
    told = waited(OPENS, [Moment(june(day), after) for day, after in moments], on=june(on))
    assert 0 <= told.entity + told.authority <= on - 1
