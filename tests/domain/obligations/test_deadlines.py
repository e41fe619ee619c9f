"""Where terms end: a table made by hand, and what holds of every calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.obligations.rules import (
    CALENDARS,
    Days,
    Declared,
    Feast,
    Free,
    due_day,
    easter,
    end_of_term,
)

BOLIVIA = CALENDARS["bolivia"]


def act(day: str, where: str = "", *, works: bool = False) -> Declared:
    return Declared(date.fromisoformat(day), where, works, "told by an act", "DS 1")


# What acts said, in their order. The first two are what the Supreme Decrees 5521 (2026) and 5328 (2025) did.
ACTS = {
    "none": [],
    "moved": [act("2026-01-22", works=True), act("2026-01-23")],
    "added": [act("2026-06-05")],
    "local": [act("2025-11-14", "02"), act("2025-11-14", "03")],
    "back": [act("2026-06-30"), act("2026-06-30", works=True)],
    "again": [act("2026-06-30", works=True), act("2026-06-30")],
    "saturday": [act("2026-06-27", works=True)],
    "but-beni": [act("2026-08-07"), act("2026-08-07", "08", works=True)],
}

# From a day, so many days in a place lead to that last day. `due`: the day itself, where it is worked. `plain`: the
# call has no calendar. Each line was counted by hand in the almanac of its year.
TABLE = """
a working day stays                              2026-06-30  due       LP      none      2026-06-30
Saturday becomes Monday                          2026-06-27  due       LP      none      2026-06-29
Sunday becomes Monday                            2026-06-28  due       LP      none      2026-06-29
New Year                                         2026-01-01  due       -       none      2026-01-02
New Year on a Sunday, Monday is free             2023-01-01  due       -       none      2023-01-03
Christmas on a Sunday, Monday is free            2022-12-25  due       -       none      2022-12-27
the Monday after Christmas on a Sunday           2022-12-26  due       -       none      2022-12-27
Christmas on a Saturday moves nothing            2021-12-25  due       -       none      2021-12-27
22 January on a Sunday                           2023-01-22  due       -       none      2023-01-24
22 January before it was a holiday               2009-01-22  due       -       none      2009-01-22
Monday of carnival                               2026-02-16  due       -       none      2026-02-18
Tuesday of carnival in a leap year               2024-02-13  due       -       none      2024-02-14
Ash Wednesday is worked                          2026-02-18  due       -       none      2026-02-18
Good Friday                                      2026-04-03  due       -       none      2026-04-06
1 May on a Friday                                2026-05-01  due       -       none      2026-05-04
Corpus Christi                                   2026-06-04  due       -       none      2026-06-05
21 June on a Sunday                              2026-06-21  due       -       none      2026-06-23
6 August                                         2026-08-06  due       -       none      2026-08-07
2 November on a Sunday                           2025-11-02  due       -       none      2025-11-04
16 July in La Paz                                2026-07-16  due       LP      none      2026-07-17
16 July in Cochabamba                            2026-07-16  due       CB      none      2026-07-16
16 July for a body of no department              2026-07-16  due       -       none      2026-07-16
14 September on a Sunday in Cochabamba           2025-09-14  due       CB      none      2025-09-16
the Monday after it in La Paz                    2025-09-15  due       LP      none      2025-09-15
24 September in Santa Cruz                       2026-09-24  due       SC      none      2026-09-25
24 September in Pando                            2026-09-24  due       PD      none      2026-09-25
10 February in a municipality of Oruro           2026-02-10  due       040101  none      2026-02-11
10 November in Potosi                            2026-11-10  due       pt      none      2026-11-11
15 April in Tarija                               2026-04-15  due       TJ      none      2026-04-16
25 May in Chuquisaca                             2026-05-25  due       01      none      2026-05-26
18 November in Beni                              2026-11-18  due       BE      none      2026-11-19
a territory that no calendar knows               2026-11-18  due       VALLE   none      2026-11-18
29 February is a day like any other              2024-02-29  due       -       none      2024-02-29
one day from a Friday                            2026-06-26  1         -       none      2026-06-29
no days at all end where they begin              2026-06-27  0         -       none      2026-06-27
one day from a free Sunday                       2026-06-21  1         -       none      2026-06-23
15 days to mend, over two holidays               2026-06-01  15        -       none      2026-06-24
15 days to mend, without a calendar              2026-06-01  15 plain  -       none      2026-06-16
10 days over the day of La Paz                   2026-07-06  10        LP      none      2026-07-21
the same 10 days in Cochabamba                   2026-07-06  10        CB      none      2026-07-20
3 days over 29 February                          2024-02-27  3         -       none      2024-03-01
3 days over the end of a short February          2026-02-25  3         -       none      2026-03-02
15 days of any kind over 29 February             2024-02-15  15 plain  -       none      2024-03-01
6 days over the end of a year                    2026-12-23  6         -       none      2027-01-04
by act, 22 January is worked                     2026-01-22  due       -       moved     2026-01-22
and 23 January is free instead                   2026-01-23  due       -       moved     2026-01-26
by act, the day after Corpus Christi             2026-06-04  due       -       added     2026-06-08
3 days over it                                   2026-06-03  3         -       added     2026-06-10
by act, in La Paz alone                          2025-11-14  due       LP      local     2025-11-17
and not in Santa Cruz                            2025-11-14  due       SC      local     2025-11-14
declared and taken back                          2026-06-30  due       -       back      2026-06-30
taken back and declared again                    2026-06-30  due       -       again     2026-07-01
a Saturday that an act makes a working day       2026-06-27  due       -       saturday  2026-06-27
free everywhere                                  2026-08-07  due       LP      but-beni  2026-08-10
but in the department whose own act says no      2026-08-07  due       BE      but-beni  2026-08-07
"""
CASES = [(line[:48].strip(), line[48:].replace(" plain", "-plain").split()) for line in TABLE.strip().splitlines()]


def test_the_table_has_at_least_the_forty_cases_that_were_promised() -> None:
    assert len({why for why, _ in CASES}) == len(CASES) >= 40


@pytest.mark.parametrize(("why", "told"), CASES, ids=[why for why, _ in CASES])
def test_where_a_term_ends(why: str, told: list[str]) -> None:
    start, term, where, acts, last = told
    days = None if term.endswith("-plain") else Days(BOLIVIA, ACTS[acts])
    day, number, place = date.fromisoformat(start), term.removesuffix("-plain"), where.replace("-", "")
    found = due_day(days, day, day, None, place) if number == "due" else end_of_term(days, day, int(number), place)
    assert found == date.fromisoformat(last), why


# --- calls -----------------------------------------------------------------------------------------------------------
OPENS, SUNDAY = date(2026, 6, 1), date(2026, 6, 28)


def test_without_a_calendar_the_due_day_stays_whatever_it_is() -> None:
    assert (due_day(None, OPENS, SUNDAY, None, "LP"), due_day(None, OPENS, None, None, "LP")) == (SUNDAY, None)


def test_a_term_from_the_opening_is_counted_as_its_calendar_counts() -> None:
    assert (due_day(None, OPENS, None, 15, "LP"), due_day(Days(BOLIVIA), OPENS, None, 15, "LP")) == (
        date(2026, 6, 16),
        date(2026, 6, 24),
    )


# --- what holds always ---------------------------------------------------------------------------------------------
YEARS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
PLACES = st.sampled_from(["", *BOLIVIA.names])


@given(YEARS, PLACES)
def test_a_moved_day_is_worked_and_nothing_between_is(day: date, place: str) -> None:
    days = Days(BOLIVIA)
    found = days.on_or_after(day, place)
    passed = [day + timedelta(days=n) for n in range((found - day).days)]
    assert (days.works(found, place), any(days.works(each, place) for each in passed)) == (True, False)


@given(YEARS, st.integers(0, 60), PLACES)
def test_a_term_holds_as_many_working_days_as_it_has(day: date, term: int, place: str) -> None:
    days = Days(BOLIVIA)
    end = days.end(day, term, place)
    after = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(days.works(each, place) for each in after) == term


@given(st.integers(1583, 9999))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    found = easter(year)
    assert (found.weekday(), date(year, 3, 22) <= found <= date(year, 4, 25)) == (6, True)


def test_easters_of_the_almanac() -> None:
    told = [date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24), date(2024, 3, 31), date(2038, 4, 25)]
    assert [easter(day.year) for day in told] == told


def test_the_end_of_time_ends_every_term() -> None:
    assert Days(BOLIVIA).end(date.max - timedelta(days=2), 9) == date.max


# --- the year as a list -----------------------------------------------------------------------------------------------
def test_a_year_lists_its_free_days_with_what_acts_changed_in_order() -> None:
    changed = act("2026-01-22", works=True)
    told = Days(BOLIVIA, [changed, act("2026-01-23", "02")]).of_year(2026)[:4]
    assert told == [
        Free(date(2026, 1, 1), Feast.NEW_YEAR),
        changed,
        Free(date(2026, 1, 23), territory="02", name="told by an act", act="DS 1"),
        Free(date(2026, 2, 10), Feast.DEPARTMENT, "04"),
    ]


def test_a_year_says_of_a_moved_day_that_it_was_moved() -> None:
    told = [each for each in Days(BOLIVIA).of_year(2026) if isinstance(each, Free) and each.moved]
    assert told == [Free(date(2026, 6, 22), Feast.ANDEAN_YEAR, moved=True)]


def test_every_department_keeps_a_day_of_its_own() -> None:
    assert set(BOLIVIA.local) == set(BOLIVIA.names) == {f"{number:02}" for number in range(1, 10)}


@pytest.mark.parametrize(("start", "term"), [(date(9999, 12, 30), 1), (date(9999, 12, 30), 2), (date.max, 365)])
def test_a_term_ends_on_the_last_day_that_there_is_at_the_latest(start: date, term: int) -> None:
    assert (end_of_term(None, start, term), end_of_term(None, start, 0)) == (date.max, start)
