"""Days as people write them in Spanish."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.commitments.rules import Kind, Reading, ends_before_start, in_calendar_years, read_date
from yupana.domain.commitments.rules.dates import FIRST_YEAR, LAST_YEAR, MONTHS, ORDINALS, STRETCHES

EMPTY, UNREADABLE, AMBIGUOUS = Reading(Kind.EMPTY), Reading(Kind.UNREADABLE), Reading(Kind.AMBIGUOUS)


def day(year: int, month: int, number: int) -> Reading:
    return Reading(Kind.DAY, date(year, month, number), date(year, month, number))


def months(kind: Kind, year: int, first: int, last: int) -> Reading:
    return Reading(kind, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("", EMPTY),
        (" \n ", EMPTY),
        ("2018", months(Kind.YEAR, 2018, 1, 12)),
        (" 2018 ", months(Kind.YEAR, 2018, 1, 12)),
        ("1989", UNREADABLE),
        ("2101", UNREADABLE),
        ("20188", UNREADABLE),
        ("18", UNREADABLE),
        ("enero 2018", months(Kind.MONTH, 2018, 1, 1)),
        ("Septiembre de 2018", months(Kind.MONTH, 2018, 9, 9)),
        ("setiembre del 2018", months(Kind.MONTH, 2018, 9, 9)),
        ("feb. 2020", months(Kind.MONTH, 2020, 2, 2)),
        ("dic-2019", months(Kind.MONTH, 2019, 12, 12)),
        ("agosto/2019", months(Kind.MONTH, 2019, 8, 8)),
        ("03/2027", months(Kind.MONTH, 2027, 3, 3)),
        ("12/2026", months(Kind.MONTH, 2026, 12, 12)),
        ("3-2027", months(Kind.MONTH, 2027, 3, 3)),
        ("3.2027", months(Kind.MONTH, 2027, 3, 3)),
        ("3 / 2027", months(Kind.MONTH, 2027, 3, 3)),
        ("13/2026", UNREADABLE),
        ("00/2026", UNREADABLE),
        ("3/1800", UNREADABLE),
        ("123/2026", UNREADABLE),
        ("3/27", UNREADABLE),
        ("dic. 2026", months(Kind.MONTH, 2026, 12, 12)),
        ("Dic.2026", months(Kind.MONTH, 2026, 12, 12)),
        ("ene 2025", months(Kind.MONTH, 2025, 1, 1)),
        ("Sept. de 2025", months(Kind.MONTH, 2025, 9, 9)),
        ("marzo, 2027", months(Kind.MONTH, 2027, 3, 3)),
        ("enero", UNREADABLE),
        ("brumario 2018", UNREADABLE),
        ("1 de julio 2020", day(2020, 7, 1)),
        ("1 de julio de 2020", day(2020, 7, 1)),
        ("1º de julio de 2020", day(2020, 7, 1)),
        ("1ro de julio, 2020", day(2020, 7, 1)),
        ("19 de septiembre de 2018", day(2018, 9, 19)),
        ("02 ENERO 2019", day(2019, 1, 2)),
        ("29 de febrero 2020", day(2020, 2, 29)),
        ("29 de febrero 2019", UNREADABLE),
        ("31 de abril de 2019", UNREADABLE),
        ("0 de abril de 2019", UNREADABLE),
        ("2020-07-01", day(2020, 7, 1)),
        ("2020-13-01", UNREADABLE),
        ("2020-02-30", UNREADABLE),
        ("0000-00-00", UNREADABLE),
        ("2020-07", months(Kind.MONTH, 2020, 7, 7)),
        ("2020-13", UNREADABLE),
        ("2020-00", UNREADABLE),
        ("25/07/2018", day(2018, 7, 25)),
        ("25.7.2018", day(2018, 7, 25)),
        ("25-07-2018", day(2018, 7, 25)),
        ("07/25/2018", day(2018, 7, 25)),
        ("05/05/2018", day(2018, 5, 5)),
        ("07/12/2018", AMBIGUOUS),
        ("7-12-2018", AMBIGUOUS),
        ("12/07.2018", UNREADABLE),
        ("32/01/2018", UNREADABLE),
        ("31/02/2018", UNREADABLE),
        ("30/30/2018", UNREADABLE),
        ("primer semestre 2019", months(Kind.STRETCH, 2019, 1, 6)),
        ("II semestre de 2019", months(Kind.STRETCH, 2019, 7, 12)),
        ("2do semestre 2019", months(Kind.STRETCH, 2019, 7, 12)),
        ("trimestre 3 del 2019", months(Kind.STRETCH, 2019, 7, 9)),
        ("cuarto trimestre del año 2019", months(Kind.STRETCH, 2019, 10, 12)),
        ("tercer cuatrimestre 2019", months(Kind.STRETCH, 2019, 9, 12)),
        ("cuarto cuatrimestre 2019", UNREADABLE),
        ("semestre 2019", UNREADABLE),
        ("primer semestre 3 2019", UNREADABLE),
        ("mes 12 de 2019", months(Kind.STRETCH, 2019, 12, 12)),
        ("próximo semestre 2019", UNREADABLE),
        ("primer semestre 1800", UNREADABLE),
        ("Año 1", Reading(Kind.RELATIVE)),
        ("Año 1 Primer Bimestre", Reading(Kind.RELATIVE)),
        ("año 2, segundo trimestre", Reading(Kind.RELATIVE)),
        ("Año 3 Quinto Semestre", UNREADABLE),
        ("Año 0 Primer Bimestre", UNREADABLE),
        ("Año 1 Séptimo Bimestre", UNREADABLE),
        ("Año 51", UNREADABLE),
        ("Año 1 Primer", UNREADABLE),
        ("por definir", UNREADABLE),
        ("2018 - 2020", UNREADABLE),
        ("٢٠١٨", UNREADABLE),
    ],
)
def test_a_date_is_read_as_it_was_meant(text: str, reading: Reading) -> None:
    assert read_date(text, year_one=None) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Año 1", months(Kind.RELATIVE, 2018, 1, 12)),
        ("Año 1 Primer Bimestre", months(Kind.RELATIVE, 2018, 1, 2)),
        ("Año 1 Sexto Bimestre", months(Kind.RELATIVE, 2018, 11, 12)),
        ("Año 3 Primer Bimestre", months(Kind.RELATIVE, 2020, 1, 2)),
        ("Año 5 Mes 12", months(Kind.RELATIVE, 2022, 12, 12)),
        ("Año 2 Cuarto Trimestre", months(Kind.RELATIVE, 2019, 10, 12)),
        ("Año 3 Quinto Semestre", UNREADABLE),
        ("2019", months(Kind.YEAR, 2019, 1, 12)),
    ],
)
def test_relative_dates_are_resolved_once_the_first_year_is_known(text: str, reading: Reading) -> None:
    assert read_date(text, year_one=2018) == reading


def test_a_relative_date_beyond_every_calendar_cannot_be() -> None:
    assert read_date("Año 50", year_one=2090) == UNREADABLE


@pytest.mark.parametrize(
    ("starts", "ends", "wrong"),
    [
        ("2019", "2018", True),
        ("2018", "2018", False),
        ("diciembre 2018", "2018", False),
        ("2018", "enero 2018", False),
        ("2 de enero 2019", "1 de enero 2019", True),
        ("", "2018", False),
        ("2018", "", False),
        ("2018", "por definir", False),
        ("07/12/2018", "2017", False),
        ("Año 2", "Año 1 Sexto Bimestre", True),
        ("Año 1 Primer Bimestre", "Año 1 Segundo Bimestre", False),
        ("Año 2", "2017", False),
    ],
)
def test_a_row_that_ends_before_it_starts_is_told(starts: str, ends: str, wrong: bool) -> None:
    assert ends_before_start(starts, ends, year_one=None) is wrong


def test_a_known_first_year_lets_relative_and_absolute_dates_compare() -> None:
    assert ends_before_start("Año 2", "2018", year_one=2018)


years = st.integers(FIRST_YEAR, LAST_YEAR)


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), st.sampled_from(["iso", "words", "short"]))
def test_a_day_written_out_is_that_day(when: date, how: str) -> None:
    name = next(name for name, number in MONTHS.items() if number == when.month)
    text = {
        "iso": when.isoformat(),
        "words": f"{when.day} de {name} de {when.year}",
        "short": f"{when.day} {name.upper()} {when.year}",
    }[how]
    assert read_date(text, year_one=None) == Reading(Kind.DAY, when, when)


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_a_numeric_day_is_itself_or_ambiguous_and_never_another(when: date) -> None:
    read = read_date(f"{when:%d/%m/%Y}", year_one=None)
    assert (read == Reading(Kind.DAY, when, when)) != (read == AMBIGUOUS)
    assert (read == AMBIGUOUS) == (when.day <= 12 and when.day != when.month)


@given(st.integers(0, 99), years, st.sampled_from("/-."), st.booleans())
def test_a_month_by_its_number_is_that_month_and_never_another(number: int, year: int, mark: str, padded: bool) -> None:
    read = read_date(f"{number:02}{mark}{year}" if padded else f"{number}{mark}{year}", year_one=None)
    assert read == (months(Kind.MONTH, year, number, number) if 1 <= number <= 12 else UNREADABLE)


@given(st.integers(1, 6), st.sampled_from(sorted(STRETCHES)), st.sampled_from(sorted(ORDINALS)), years)
def test_the_parts_of_a_year_lie_in_it_side_by_side(nth: int, stretch: str, ordinal: str, year: int) -> None:
    read = read_date(f"{ordinal} {stretch} de {year}", year_one=None)
    width, number = STRETCHES[stretch], ORDINALS[ordinal]
    if number > 12 // width:
        assert read == UNREADABLE
        return
    assert read.first
    assert read.last
    assert (read.first.month - 1, read.last.month) == ((number - 1) * width, number * width)
    assert (read.last + timedelta(days=1)).day == 1


@given(st.text(max_size=40))
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    read = read_date(text, year_one=2018)
    assert (read.first is None) == (read.last is None) == (read.kind in {Kind.EMPTY, Kind.AMBIGUOUS, Kind.UNREADABLE})


@given(
    st.integers(1, 9),
    st.sampled_from(["", " primer bimestre", ", Mes 3", " - II  Semestre ", "; 4to trimestre"]),
    years,
)
def test_a_counted_year_can_be_written_out(nth: int, part: str, year: int) -> None:
    text = f" Año  {nth}{part}"
    out = read_date(in_calendar_years(text, year_one=year), year_one=None)
    counted = read_date(text, year_one=year)
    assert (out.first, out.last) == (counted.first, counted.last)


@pytest.mark.parametrize("text", ["", "2018", "3 de mayo de 2018", "Año nuevo", "Año 99", "marzo 2 mil"])
def test_what_counts_from_no_first_year_stays_as_written(text: str) -> None:
    assert in_calendar_years(text, year_one=2018) == text
