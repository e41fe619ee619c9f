"""Which notice is due on a day: the table of reminders and the days of grace."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.projections.notices.labels import LABELS, SENTENCES
from yupana.projections.notices.rules import (
    GRACE_DAYS,
    REMINDERS,
    STALE_DAYS,
    Post,
    Rule,
    Whom,
    anchors,
    is_stale,
    pause,
    reminder,
)

DUE = date(2026, 6, 30)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
RULES = [rule for rule in Rule if rule is not Rule.INVITED]


@pytest.mark.parametrize(
    ("rule", "after", "said"),
    [
        (Rule.DUE, -31, None), (Rule.DUE, -30, -30), (Rule.DUE, -27, -30), (Rule.DUE, -26, None),
        (Rule.DUE, -10, -10), (Rule.DUE, -3, -3), (Rule.DUE, -2, -3), (Rule.DUE, -1, -1), (Rule.DUE, 0, -1),
        (Rule.DUE, 1, None), (Rule.LATE, 0, None), (Rule.LATE, 1, 1), (Rule.LATE, 4, 1), (Rule.LATE, 5, None),
        (Rule.LATE, 7, 7), (Rule.LATE, 15, 15), (Rule.LATE, 18, 15), (Rule.LATE, 19, None),
        (Rule.REMEDY, -3, -3), (Rule.REMEDY, 0, -3), (Rule.REMEDY, 1, None),
        (Rule.RETURNED, 0, 0), (Rule.RETURNED, 4, None), (Rule.UNREVIEWED, 10, 10), (Rule.UNREVIEWED, 9, None),
    ],
)  # fmt: skip
def test_what_is_said_so_many_days_after_a_day(rule: Rule, after: int, said: int | None) -> None:
    found = reminder(rule, DUE, DUE + timedelta(days=after))
    assert (found.days if found else None) == said


@pytest.mark.parametrize(
    ("days", "whom"),
    [
        (1, {Whom.PLANNERS}),
        (7, {Whom.PLANNERS, Whom.EXECUTIVE}),
        (15, {Whom.PLANNERS, Whom.EXECUTIVE, Whom.AUTHORITY}),
    ],
)
def test_what_is_late_climbs(days: int, whom: set[Whom]) -> None:
    found = reminder(Rule.LATE, DUE, DUE + timedelta(days=days))
    assert found
    assert set(found.whom) == whom


@given(st.sampled_from(RULES), days, st.integers(-40, 40))
def test_the_database_is_asked_for_exactly_the_days_about_which_something_is_said(
    rule: Rule, today: date, before: int
) -> None:
    about = today - timedelta(days=before)
    assert (about in anchors(rule, today)) == (reminder(rule, about, today) is not None)


@given(st.sampled_from(RULES), days)
def test_whoever_runs_it_daily_says_everything(rule: Rule, about: date) -> None:
    """Of each reminder at least one day of grace is its own."""
    span = [about + timedelta(days=each) for each in range(-40, 40)]
    said = {found for day in span if (found := reminder(rule, about, day))}
    assert said == {each for each in REMINDERS if each.rule is rule}


def test_tries_become_rarer() -> None:
    assert [pause(tries) for tries in (1, 2, 3, 4)] == [timedelta(minutes=each) for each in (15, 30, 60, 120)]


@pytest.mark.parametrize(("days", "stale"), [(0, False), (STALE_DAYS, False), (STALE_DAYS + 1, True)])
def test_what_nobody_could_send_grows_stale(days: int, stale: bool) -> None:
    assert is_stale(DUE, DUE + timedelta(days=days)) == stale
    assert STALE_DAYS > GRACE_DAYS


@pytest.mark.parametrize("kind", [Rule, Post])
def test_every_value_has_its_word(kind: type[Rule | Post]) -> None:
    assert set(LABELS[kind]) == set(kind)
    assert set(SENTENCES) == set(Rule)
