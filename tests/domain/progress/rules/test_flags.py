"""What does not fit together in a report: both sides of every line, one for one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import (
    Advance,
    Flag,
    Method,
    Odd,
    Promise,
    Ratio,
    Said,
    Spent,
    Unsaid,
    is_off_plan,
    looked_over,
    odd,
)

NO_REASON = frozenset[Flag]()
UNKNOWN = Ratio(unsaid=Unsaid.GAP)
PROVED = True


def ratio(per_cent: float | None) -> Ratio:
    """So many per cent of a way of 100, or a gap."""
    return UNKNOWN if per_cent is None else Ratio(Fraction(str(per_cent)), Fraction(100))


def far(per_cent: float | None, *flags: Flag, due: float | None = None) -> Advance:
    """An activity that reached so much of its last target, and so much of what was due by now."""
    return Advance(ratio(per_cent), ratio(due), flags=frozenset(flags))


# --- off plan ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("due", "flags", "off"),
    [
        (None, (), False),  # nothing was due, or nothing is known: nobody owes a reason
        (None, (Flag.INCOMPLETE,), False),
        (-10, (), True),
        (0, (), True),
        (89.99, (), True),
        (90, (), False),
        (100, (), False),
        (120, (), False),
        (120.01, (Flag.BEYOND,), True),
        (100, (Flag.FELL,), False),
        (100, (Flag.INCOMPLETE,), False),
    ],
)
def test_off_plan_is_under_90_or_beyond_120_per_cent_of_what_was_due(
    due: float | None, flags: tuple[Flag, ...], off: bool
) -> None:
    assert is_off_plan(far(50, *flags, due=due)) == off


def test_how_far_it_is_in_the_end_puts_nothing_off_plan() -> None:
    assert [is_off_plan(far(end, due=95)) for end in (None, 0, 5, 100, 500)] == [False] * 5


# --- money beside progress -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("reached", "earlier", "accrued", "found"),
    [
        (20, 20, 1, True),
        (20, 20, 0, False),
        (20, 20, None, False),  # money that nobody told of is not none, and not some
        (21, 20, 1, False),
        (19, 20, 1, True),
        (0, None, 1, True),  # before the first report there was nothing
        (0.01, None, 1, False),
        (-5, None, 1, True),
        (None, 20, 1, False),  # a gap is not known to be no progress
        (0, 0, 1, True),
        (99.99, 99.99, 1, True),
        (100, 100, 1, False),  # who is there had nothing more to gain; money counts from January on
        (120, 130, 1, False),
    ],
)
def test_money_went_and_nothing_moved(
    reached: float | None, earlier: float | None, accrued: int | None, found: bool
) -> None:
    spent = Spent(current=100, accrued=accrued)
    told = odd(far(reached), far(earlier) if earlier is not None else None, spent, has_evidence=PROVED)
    assert (Odd.MONEY_WITHOUT_PROGRESS in told) == found


def test_what_was_unknown_a_period_ago_counts_from_nothing() -> None:
    told = odd(far(0), far(None), Spent(100, 50), has_evidence=PROVED)
    assert told == (Odd.MONEY_WITHOUT_PROGRESS,)


@pytest.mark.parametrize(
    ("reached", "current", "accrued", "found"),
    [
        (20, 100, 0, True),
        (0.01, 1, 0, True),
        (0, 100, 0, False),
        (-1, 100, 0, False),
        (None, 100, 0, False),
        (20, 0, 0, False),  # an activity that has no money needs none
        (20, None, 0, False),
        (20, 100, None, False),
        (20, 100, 1, False),
    ],
)
def test_something_moved_and_no_money_went(
    reached: float | None, current: int | None, accrued: int | None, found: bool
) -> None:
    told = odd(far(reached), None, Spent(current, accrued), has_evidence=PROVED)
    assert (Odd.PROGRESS_WITHOUT_MONEY in told) == found


@pytest.mark.parametrize(
    ("reached", "new_year", "found"),
    [
        (60, 60, False),  # what was reached was paid for in other years
        (60.01, 60, True),
        (59, 60, False),
        (60, 0, True),
        (60, None, False),  # how far it was when the year began is not known
        (0, -10, False),
        (5, -10, True),
    ],
)
def test_only_what_moved_in_the_same_year_had_to_be_paid_for(
    reached: float, new_year: float | None, found: bool
) -> None:
    told = odd(far(reached), far(reached), Spent(100, 0), new_year=far(new_year), has_evidence=PROVED)
    assert (Odd.PROGRESS_WITHOUT_MONEY in told) == found


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("2018-Q4", ()),  # 30 of 40 until then, with money
        ("2019-Q1", ()),  # nothing more yet, and no money yet
        ("2019-Q2", (Odd.PROGRESS_WITHOUT_MONEY,)),
        ("2019-Q3", (Odd.PROGRESS_WITHOUT_MONEY,)),  # it stands where it stood, but was moved this year
    ],
)
def test_an_activity_of_many_years_begins_each_of_them_without_money(period: str, found: tuple[Odd, ...]) -> None:
    quarters = ["2018-Q4", "2019-Q1", "2019-Q2", "2019-Q3"]
    promise = Promise(Method.CUMULATIVE, programmed={"2018": 30, "2019": 40})
    said = {name: Said(value) for name, value in zip(quarters, (30, 30, 31, 31), strict=True)}
    spent = Spent(100, 0 if period > "2019" else 90)
    _, told = looked_over(promise, said, period, quarters[: quarters.index(period)], spent, has_evidence=PROVED)
    assert told == found


@pytest.mark.parametrize(
    ("current", "accrued", "found"),
    [(100, 99, False), (100, 100, False), (100, 101, True), (0, 1, True), (0, 0, False), (None, 1, False),
     (100, None, False), (None, None, False)],
)  # fmt: skip
def test_more_is_spent_than_there_is(current: int | None, accrued: int | None, found: bool) -> None:
    told = odd(far(50), far(10), Spent(current, accrued), has_evidence=PROVED)
    assert (Odd.OVER_EXECUTION in told) == found


# --- jumps ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("reached", "earlier", "found"),
    [
        (25, None, True),
        (24.99, None, False),
        (45, 20, True),
        (44.99, 20, False),
        (20, 45, False),
        (0, -25, True),  # from below nothing to nothing is a way too
        (None, 20, False),
        (None, None, False),
    ],
)
def test_a_quarter_of_the_way_in_one_period_asks_for_evidence(
    reached: float | None, earlier: float | None, found: bool
) -> None:
    before = None if earlier is None else far(earlier)
    bare = odd(far(reached), before, Spent(), has_evidence=False)
    proved = odd(far(reached), before, Spent(), has_evidence=True)
    assert (bare, proved) == ((Odd.JUMP_WITHOUT_EVIDENCE,) if found else (), ())


@pytest.mark.parametrize(("flag", "found"), [(Flag.FELL, Odd.FELL), (Flag.BEYOND, Odd.BEYOND),
                                            (Flag.INCOMPLETE, Odd.INCOMPLETE)])  # fmt: skip
def test_what_a_reader_should_know_of_a_ratio_is_odd_as_well(flag: Flag, found: Odd) -> None:
    assert odd(far(10, flag), None, Spent(), has_evidence=PROVED) == (found,)


def test_every_flag_of_a_ratio_is_told() -> None:
    told = odd(far(10, *Flag), None, Spent(), has_evidence=PROVED)
    assert {each.value for each in told} == {flag.value for flag in Flag}


def test_nothing_known_is_nothing_odd() -> None:
    assert odd(far(None), None, Spent(), has_evidence=False) == ()


parts = st.none() | st.integers(-200, 200)
money = st.none() | st.integers(0, 3)


@given(parts, parts, money, money, st.booleans(), st.sets(st.sampled_from(Flag)))
def test_oddities_come_in_one_order_and_evidence_only_takes_jumps_away(
    reached: int | None, earlier: int | None, current: int | None, accrued: int | None, first: bool, flags: set[Flag]
) -> None:
    before = None if first else far(earlier)
    bare, proved = (
        odd(far(reached, *flags), before, Spent(current, accrued), has_evidence=each) for each in (False, True)
    )
    assert [each for each in Odd if each in bare] == list(bare)
    assert [each for each in bare if each != Odd.JUMP_WITHOUT_EVIDENCE] == list(proved)
    assert not {Odd.MONEY_WITHOUT_PROGRESS, Odd.PROGRESS_WITHOUT_MONEY} <= set(bare)
