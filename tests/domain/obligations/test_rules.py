from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.obligations.facts import CallTerms
from yupana.domain.obligations.rules import (
    MOST_CODE,
    Standing,
    check_terms,
    default_code,
    standing,
)
from yupana.foundation.kernel.errors import Refused

DUE = date(2024, 6, 28)
BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(days=1)
days = st.dates(date(2000, 1, 1), date(2050, 1, 1))


def stands(
    *, due_on: date | None = DUE, accepted: bool = False, met_on: date | None = None, today: date = DUE
) -> Standing:
    return standing(due_on=due_on, accepted=accepted, met_on=met_on, waived=False, today=today)


# --- standing ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2000, 1, 1), Standing.OPEN), (BEFORE, Standing.OPEN), (DUE, Standing.OPEN), (AFTER, Standing.LATE)],
)
def test_what_is_owed_is_late_from_the_day_after_it_was_due(today: date, expected: Standing) -> None:
    assert stands(today=today) is expected


@pytest.mark.parametrize(
    ("met_on", "expected"),
    [(BEFORE, Standing.MET), (DUE, Standing.MET), (AFTER, Standing.MET_LATE), (None, Standing.MET_DATE_UNKNOWN)],
)
def test_what_was_met_on_its_last_day_was_met_in_time(met_on: date | None, expected: Standing) -> None:
    assert stands(accepted=True, met_on=met_on) is expected


def test_midnight_is_between_two_dates_and_nowhere_else() -> None:
    """The last minute of the last day and the first of the next differ by their dates alone."""
    assert [stands(today=day) for day in (DUE, DUE + timedelta(days=1))] == [Standing.OPEN, Standing.LATE]


def test_february_has_its_last_day_in_leap_years_too() -> None:
    leap = date(2024, 2, 29)
    assert [stands(due_on=leap, today=day) for day in (leap, date(2024, 3, 1))] == [Standing.OPEN, Standing.LATE]


@given(days, st.none() | days, st.booleans(), st.none() | days)
def test_a_waived_obligation_stands_waived_whatever_else(
    today: date, due_on: date | None, accepted: bool, met_on: date | None
) -> None:
    found = standing(due_on=due_on, accepted=accepted, met_on=met_on, waived=True, today=today)
    assert found is Standing.WAIVED


@given(days, st.none() | days)
def test_without_a_due_date_nothing_is_late_and_nothing_known_to_be_in_time(today: date, met_on: date | None) -> None:
    found = [stands(due_on=None, today=today), stands(due_on=None, accepted=True, met_on=met_on, today=today)]
    assert found == [Standing.OPEN, Standing.MET_DATE_UNKNOWN]


@given(days, days, days)
def test_what_was_met_does_not_change_with_the_day_on_which_one_looks(due: date, met: date, today: date) -> None:
    assert stands(due_on=due, accepted=True, met_on=met, today=today) is stands(
        due_on=due, accepted=True, met_on=met, today=date(2099, 1, 1)
    )


@given(days, days, st.integers(0, 900))
def test_a_later_due_date_never_makes_anybody_late(due: date, today: date, more: int) -> None:
    bad = {Standing.LATE, Standing.MET_LATE}
    before = {stands(due_on=due, today=today), stands(due_on=due, accepted=True, met_on=today)} & bad
    later = due + timedelta(days=more)
    after = {stands(due_on=later, today=today), stands(due_on=later, accepted=True, met_on=today)} & bad
    assert after <= before


def test_every_standing_is_reached() -> None:
    reached = {
        standing(due_on=due, accepted=accepted, met_on=met, waived=waived, transferred=transferred, today=AFTER)
        for due, accepted, met, waived, transferred in product(
            (None, DUE), (True, False), (None, DUE, AFTER), (True, False), (True, False)
        )
    }
    assert reached == set(Standing)


# --- terms ---------------------------------------------------------------------------------------------------------
TERMS = CallTerms(
    code="QIPU-2024",
    title="Knots 2024",
    editions=("QIPU/1",),
    audience="all",
    opens_on=date(2024, 4, 1),
    due_on=DUE,
    period="2024",
    expects="plan",
    asks_target=True,
    asks_responsible=True,
    asks_budget=True,
    visibility="public",
    historical=False,
    remedy_days=15,
)


@pytest.mark.parametrize(
    "terms",
    [
        TERMS,
        replace(TERMS, due_on=TERMS.opens_on),
        replace(TERMS, due_on=None, historical=True),
        replace(TERMS, period="2021-2025"),
        replace(TERMS, period="2024-S1"),
        replace(TERMS, remedy_days=0),
        replace(TERMS, visibility="restricted"),
        replace(TERMS, code="x" * MOST_CODE),
    ],
)
def test_terms_that_can_be_pass(terms: CallTerms) -> None:
    check_terms(terms)


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (replace(TERMS, code="two words"), "call-code-unusable"),
        (replace(TERMS, code="../x"), "call-code-unusable"),
        (replace(TERMS, code="x" * 61), "call-code-unusable"),
        (replace(TERMS, title=""), "call-title-length"),
        (replace(TERMS, title="t" * 301), "call-title-length"),
        (replace(TERMS, expects="census"), "call-expects-unknown"),
        (replace(TERMS, expects="progress"), "call-follows-nothing"),
        (replace(TERMS, follows="OTHER"), "call-plan-follows"),
        (replace(TERMS, visibility="secret"), "call-visibility-unknown"),
        (replace(TERMS, remedy_days=-1), "call-remedy-days"),
        (replace(TERMS, remedy_days=366), "call-remedy-days"),
        (replace(TERMS, due_on=None), "call-due-missing"),
        (replace(TERMS, due_on=date(2024, 3, 31)), "call-window-backwards"),
        (replace(TERMS, due_on=date(2024, 3, 31), historical=True), "call-window-backwards"),
        (replace(TERMS, period="next year"), "call-period-unreadable"),
        (replace(TERMS, period="2025-2024"), "call-period-unreadable"),
        (replace(TERMS, period=""), "call-period-unreadable"),
        (replace(TERMS, period="2024-Q5"), "call-period-unreadable"),
    ],
)
def test_terms_that_cannot_be_are_refused(terms: CallTerms, why: str) -> None:
    with pytest.raises(Refused) as refused:
        check_terms(terms)
    assert refused.value.code == why


# --- codes ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("instruments", "taken", "code"),
    [
        (["PIGE"], set(), "PIGE-2024"),
        (["PIGE", "PISLEA"], set(), "PIGE-PISLEA-2024"),
        (["PIGE", "PIGE"], set(), "PIGE-2024"),
        (["PIGE"], {"PIGE-2024"}, "PIGE-2024.2"),
        (["PIGE"], {"PIGE-2024", "PIGE-2024.2"}, "PIGE-2024.3"),
    ],
)
def test_a_call_is_named_after_its_instruments_and_its_period(
    instruments: list[str], taken: set[str], code: str
) -> None:
    assert default_code(instruments, "2024", taken.__contains__) == code


@given(st.lists(st.from_regex(r"[A-Z]{1,40}", fullmatch=True), min_size=1, max_size=6), st.integers(0, 30))
def test_a_code_that_was_made_can_be_used(instruments: list[str], others: int) -> None:
    taken: set[str] = set()
    for _ in range(others):
        taken.add(default_code(instruments, "2021-2025", taken.__contains__))
    code = default_code(instruments, "2021-2025", taken.__contains__)
    check_terms(replace(TERMS, code=code))
    assert (code in taken, len(taken)) == (False, others)
