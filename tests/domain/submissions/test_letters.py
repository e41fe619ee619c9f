"""Days of reception held against the numbers of the letters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yupana.domain.submissions.rules import Doubt, Letter, Received, doubtful_dates, read_letters, written_letters
from yupana.domain.submissions.rules.letters import swapped

START = date(2018, 3, 1)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("", []),
        ("DE-A 1467", [Letter("DE-A", 1467)]),
        ("DE-A1254/2019", [Letter("DE-A", 1254, 2019)]),
        ("DE-A/0282 (RA)", [Letter("DE-A", 282)]),
        ("DE-A/0170/2019; DE-A 2053", [Letter("DE-A", 170, 2019), Letter("DE-A", 2053)]),
        ("Cite: RAP/106/2018", [Letter("RAP", 106, 2018)]),
        ("UAF/NI/1827; DE-A 1586 (Final)", [Letter("UAF/NI", 1827), Letter("DE-A", 1586)]),
        ("No cuenta con sitio web", []),
        ("RA N° 465/2018 (15/08/2018)", []),
        ("VU 210/2024", [Letter("VU", 210, 2024)]),
    ],
)
def test_the_numbers_of_letters_are_found_in_a_text(text: str, letters: list[Letter]) -> None:
    assert list(read_letters(text)) == letters


def test_letters_are_also_found_as_they_are_written() -> None:
    assert written_letters("vea DE-A/0170/2019; y DE-A 2053 (RA)") == ("DE-A/0170/2019", "DE-A 2053")


@pytest.mark.parametrize(
    ("day", "other"),
    [
        (date(2018, 12, 7), date(2018, 7, 12)),
        (date(2018, 7, 13), None),
        (date(2018, 7, 7), None),
        (date(2018, 1, 12), date(2018, 12, 1)),
    ],
)
def test_day_and_month_are_swapped_where_that_is_another_day(day: date, other: date | None) -> None:
    assert swapped(day) == other


def received(key: str, day: date | None, *numbers: int, series: str = "CA") -> Received:
    return Received(key, day, tuple(Letter(series, number) for number in numbers))


def row(*days: tuple[int, date]) -> list[Received]:
    return [received(f"{number}", day, number) for number, day in days]


JULY = [(at, START + timedelta(days=at)) for at in range(100, 120)]  # 9 to 28 June


def test_days_that_rise_with_the_numbers_are_sound() -> None:
    assert doubtful_dates(row(*JULY)) == {}


def test_a_day_that_is_not_known_is_doubtful() -> None:
    assert doubtful_dates([received("a", None, 7), received("b", None)]) == {
        "a": Doubt.DATE_MISSING,
        "b": Doubt.DATE_MISSING,
    }


def test_a_day_without_letters_is_taken_at_its_word() -> None:
    assert doubtful_dates([*row(*JULY), received("bare", date(2018, 1, 1))]) == {}


def test_what_fits_only_with_day_and_month_swapped_is_suspected() -> None:
    swap = [(200, date(2018, 7, 3)), (201, date(2018, 4, 7)), (202, date(2018, 7, 5))]
    assert doubtful_dates(row(*JULY, *swap)) == {"201": Doubt.SWAP_SUSPECTED}


def test_a_long_run_of_swapped_days_is_still_told_from_the_sound_ones() -> None:
    run = [(200 + at, date(2018, 12, 7)) for at in range(30)]
    after = [(300 + at, date(2018, 7, 13) + timedelta(days=at)) for at in range(10)]
    doubts = doubtful_dates(row(*JULY, *run, *after))
    assert doubts == {str(200 + at): Doubt.SWAP_SUSPECTED for at in range(30)}


def test_what_fits_neither_way_contradicts_the_letters() -> None:
    lost = (150, date(2018, 11, 25))
    assert doubtful_dates(row(*JULY, lost, (160, date(2018, 7, 10)), (161, date(2018, 7, 11)))) == {
        "150": Doubt.CONTRADICTS_CITES
    }


def test_letters_of_a_few_days_may_cross() -> None:
    crossed = [(201, date(2018, 7, 16)), (202, date(2018, 7, 13)), (203, date(2018, 7, 17))]
    assert doubtful_dates(row(*JULY, *crossed)) == {}


def test_another_letter_of_the_submission_may_explain_the_day() -> None:
    late = received("late", date(2018, 6, 25), 5, 116)
    assert doubtful_dates([*row((4, START), (6, START), *JULY), late]) == {}


def test_another_letter_may_explain_it_only_swapped() -> None:
    # Number 1 stands nowhere near; number 205 does, on 4 July and not on 7 April.
    late = received("late", date(2018, 4, 7), 1, 205)
    around = row((0, date(2018, 1, 15)), (2, date(2018, 1, 16)), (3, date(2018, 1, 17)), *JULY)
    more = row((204, date(2018, 7, 3)), (206, date(2018, 7, 5)))
    assert doubtful_dates([*around, *more, late]) == {"late": Doubt.SWAP_SUSPECTED}


def test_a_letter_of_another_year_cannot_have_come_on_that_day() -> None:
    wrong = Received("x", date(2018, 6, 20), (Letter("CA", 7, 2019),))
    assert doubtful_dates([*row(*JULY), wrong]) == {"x": Doubt.CONTRADICTS_CITES}


def test_each_series_and_each_year_counts_for_itself() -> None:
    mixed = [
        received("a", date(2018, 6, 1), 900),
        received("b", date(2019, 6, 1), 1),
        received("c", date(2018, 6, 2), 1, series="XX"),
        received("d", date(2018, 6, 3), 901),
    ]
    assert doubtful_dates(mixed) == {}


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40))
def test_any_rising_series_is_sound(gaps: list[int]) -> None:
    day, told = START, []
    for number, gap in enumerate(gaps):
        day += timedelta(days=gap)
        told.append((number, day))
    assume(day.year == START.year)
    assert doubtful_dates(row(*told)) == {}


@given(st.lists(st.tuples(st.integers(0, 60), st.dates(START, date(2018, 12, 31))), max_size=30))
def test_the_order_in_which_submissions_are_told_changes_nothing(letters: list[tuple[int, date]]) -> None:
    told = [received(str(at), day, number) for at, (number, day) in enumerate(letters)]
    assert doubtful_dates(told) == doubtful_dates(told[::-1])


@given(st.sampled_from(range(5, 15)), st.dates(START, date(2018, 12, 31)))
def test_one_wrong_day_never_casts_doubt_on_the_others(at: int, wrong: date) -> None:
    told = row(*JULY)
    told[at] = received("wrong", wrong, 100 + at)
    assert doubtful_dates(told).keys() <= {"wrong"}
