"""User names and mandates in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.people.rules import check_username, in_force, overlap, username_key
from yupana.foundation.kernel.errors import Refused

FIRST, LAST = date(2018, 1, 1), date(2018, 12, 31)
DAYS = st.dates(date(2018, 1, 1), date(2018, 1, 20))
STRETCHES = st.tuples(DAYS, st.none() | st.integers(0, 8)).map(
    lambda drawn: (drawn[0], None if drawn[1] is None else drawn[0] + timedelta(drawn[1]))
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Amaru ", "amaru"),
        ("ÑUSTA", "ñusta"),
        ("Jose\u0301", "josé"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_a_user_name_is_the_same_however_it_is_typed(typed: str, stored: str) -> None:
    assert username_key(typed) == stored


@given(st.text(max_size=20))
def test_a_folded_user_name_stays_as_it_is(text: str) -> None:
    assert username_key(username_key(text)) == username_key(text)


@pytest.mark.parametrize("typed", ["amaru", "Amaru.Q", "amaru@agencia.gob.bo", "x" * 60])
def test_a_user_name_may_be_a_word_or_an_address(typed: str) -> None:
    assert check_username(typed) == typed.casefold()


@pytest.mark.parametrize("typed", ["", "   ", "dos palabras", "x" * 61, "a\tb", "a\0b", "a\u200bb", "a\nb"])
def test_a_user_name_that_nobody_could_type_again_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="username-unusable"):
        check_username(typed)


@pytest.mark.parametrize(
    ("ends_on", "ended_on", "on", "valid"),
    [
        (None, None, FIRST - timedelta(1), False),
        (None, None, FIRST, True),
        (None, None, date.max, True),
        (LAST, None, LAST, True),
        (LAST, None, LAST + timedelta(1), False),
        (None, LAST, LAST - timedelta(1), True),
        (None, LAST, LAST, False),
        (LAST, FIRST, FIRST, False),
    ],
)
def test_a_mandate_is_in_force_between_its_days_and_not_from_its_end(
    ends_on: date | None, ended_on: date | None, on: date, valid: bool
) -> None:
    assert in_force(starts_on=FIRST, ends_on=ends_on, ended_on=ended_on, on=on) == valid


@given(STRETCHES, STRETCHES)
def test_stretches_overlap_exactly_if_they_share_a_day(
    first: tuple[date, date | None], second: tuple[date, date | None]
) -> None:
    calendar = [date(2018, 1, 1) + timedelta(at) for at in range(60)]
    shared = [
        day for day in calendar if all(start <= day and (end is None or day <= end) for start, end in (first, second))
    ]
    assert overlap(first, second) == bool(shared) == overlap(second, first)
