"""An indicator in words and lines: what is known with its unit, what is not with its reason, never a zero for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.public.indicators import Place
from yupana.domain.progress.rules import Method, OverBodies, OverTime, Said, SheetSource, Unsaid
from yupana.domain.progress.rules.advance import Ratio
from yupana.domain.progress.rules.indicators import Lack, OfBody, Value, value_of
from yupana.domain.progress.rules.sheets import WHOLE, SheetFields
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.share import Share
from yupana.interfaces import gauges
from yupana.interfaces.words import label
from yupana.projections.overviews.indicators import Counted, Indicator, Point

if TYPE_CHECKING:
    from collections.abc import Iterator

QUARTERS = ("2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4")
PLACE = Place(7, "target", "1", "Que haya graneros", binds=False)
BARNS = SheetFields("Graneros", unit="graneros", target=12 * SCALE, audience="all")
RATE = SheetFields(
    "Cuentan", unit="%", factor=WHOLE, target=40 * SCALE, over_bodies=OverBodies.RATE, audience="level:municipal"
)
OPENED = SheetFields("Abierto", method=Method.MILESTONE, target=SCALE, over_time=OverTime.MOST,
                     over_bodies=OverBodies.MOST, audience="all")  # fmt: skip


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def point(sheet: SheetFields, *said: Said | None, period: str = QUARTERS[0]) -> Point:
    """What bodies said of a period, one after the other; None: nothing."""
    told = {body: {period: each} for body, each in enumerate(said) if each is not None}
    asked = {body: [period] for body in range(len(said))}
    day = parse_period(period).last
    return Point(day, period, value_of(sheet, told, asked, day))


def number(value: float) -> Said:
    return Said(value=round(value * SCALE))


def rate(above: int, below: int) -> Said:
    return Said(numerator=above * SCALE, denominator=below * SCALE)


def through(sheet: SheetFields, *values: float | None, enough: bool = True) -> Indicator:
    """One body's values quarter by quarter."""
    points = tuple(
        point(sheet, None if each is None else number(each), period=period)
        for period, each in zip(QUARTERS, values, strict=False)
    )
    return Indicator(PLACE, sheet, points, enough=enough)


@pytest.mark.parametrize(
    ("value", "english", "spanish"),
    [
        (None, "", ""),
        (Fraction(0), "0", "0"),
        (Fraction(1), "0.0001", "0,0001"),
        (Fraction(-1), "-0.0001", "-0,0001"),
        (Fraction(SCALE), "1", "1"),
        (Fraction(999 * SCALE), "999", "999"),
        (Fraction(1_000 * SCALE), "1,000", "1.000"),
        (Fraction(1_234_567 * SCALE + 8_900), "1,234,567.89", "1.234.567,89"),
        (Fraction(-1_234 * SCALE - 5_000), "-1,234.5", "-1.234,5"),
        # What does not come out even is rounded to hundredths, half to even; what does is written whole.
        (Fraction(SCALE, 3), "0.33", "0,33"),
        (Fraction(2 * SCALE, 3), "0.67", "0,67"),
        (Fraction(1, 3), "0", "0"),
        (Fraction(301, 2), "0.02", "0,02"),
        (Fraction(50 * 3, 3), "0.005", "0,005"),
        (Fraction(-2 * SCALE, 3), "-0.67", "-0,67"),
        (Fraction(99_999 * SCALE, 7), "14,285.57", "14.285,57"),
    ],
)
def test_a_quantity_is_written_as_its_reader_writes_it(value: Fraction | None, english: str, spanish: str) -> None:
    told = [gauges.quantity(value)]
    with translation.override("es"):
        told.append(gauges.quantity(value))
    assert told == [english, spanish]


@given(st.integers(-(10**12), 10**12))
def test_in_both_languages_it_is_the_same_number(value: int) -> None:
    """Whoever takes the separators out reads the same digits."""
    english = gauges.quantity(Fraction(value))
    with translation.override("es"):
        spanish = gauges.quantity(Fraction(value))
    plain = english.replace(",", "")
    assert (Fraction(plain) * SCALE, spanish.replace(".", "").replace(",", ".")) == (Fraction(value), plain)


@given(st.fractions(min_value=-(10**9), max_value=10**9))
def test_what_is_rounded_is_never_further_away_than_half_a_hundredth(value: Fraction) -> None:
    written = Fraction(gauges.quantity(value).replace(",", "")) * SCALE
    assert abs(written - value) <= (0 if value.denominator == 1 else Fraction(SCALE, 200))


@pytest.mark.parametrize(
    ("sheet", "value", "english", "spanish"),
    [
        (BARNS, 3, "3 graneros", "3 graneros"),
        (BARNS, 0, "0 graneros", "0 graneros"),
        (replace(BARNS, unit=""), 3, "3", "3"),
        (RATE, 50, "50\u202f%", "50\u202f%"),
        (RATE, Fraction(1, 3), "0.33\u202f%", "0,33\u202f%"),
        (OPENED, 1, "reached", "alcanzada"),
        (OPENED, 0, "not reached yet", "todavía no alcanzada"),
        (OPENED, Fraction(1, SCALE), "reached", "alcanzada"),
    ],
)
def test_a_value_is_said_with_its_unit_and_a_milestone_in_words(
    sheet: SheetFields, value: Fraction, english: str, spanish: str
) -> None:
    told = [gauges.said(sheet, Fraction(value) * SCALE)]
    with translation.override("es"):
        told.append(gauges.said(sheet, Fraction(value) * SCALE))
    assert told == [english, spanish]


@pytest.mark.parametrize(
    ("sheet", "said", "expected"),
    [
        (BARNS, [number(3), number(4)], ("7 graneros", "")),
        (BARNS, [number(0)], ("0 graneros", "")),
        (BARNS, [number(-2)], ("-2 graneros", "")),
        (BARNS, [None, None], ("", "nobody has reported it")),
        (BARNS, [Said(gap="data"), None], ("", "1 entity: did not report; 1 entity: reported that there is no value")),
        (BARNS, [Said()], ("", "1 entity: left it empty")),
        (BARNS, [number(3), None], ("3 graneros", "")),
        (replace(BARNS, over_bodies=OverBodies.APART), [number(3)], ("", "each entity has its own value")),
        (replace(BARNS, over_bodies=OverBodies.APART), [None], ("", "nobody has reported it")),
        (RATE, [rate(1, 4), rate(6, 6)], ("70\u202f%", "")),
        (RATE, [rate(0, 4)], ("0\u202f%", "")),
        (RATE, [rate(0, 0)], ("", "there was nothing to count")),
        (RATE, [rate(0, 0), rate(1, 2)], ("50\u202f%", "")),
        (RATE, [number(3)], ("3\u202f%", "")),
        (RATE, [number(3), number(4)], ("", "2 entities: gave a value without numerator and denominator")),
        (OPENED, [number(1), number(0)], ("reached", "")),
        (OPENED, [number(0), None], ("not reached yet", "")),
    ],
)
def test_a_period_says_its_value_or_why_there_is_none(
    sheet: SheetFields, said: list[Said | None], expected: tuple[str, str]
) -> None:
    assert gauges.of_point(sheet, point(sheet, *said)) == expected


def test_a_sum_of_which_a_part_never_came_is_at_least_so_much() -> None:
    sheet = replace(BARNS, over_time=OverTime.SUM)
    day = parse_period(QUARTERS[1]).last
    value = value_of(sheet, {1: {QUARTERS[1]: number(5)}}, {1: list(QUARTERS[:2])}, day)
    assert gauges.of_point(sheet, Point(day, QUARTERS[1], value)) == ("at least 5 graneros", "")
    assert gauges.of_body(sheet, value.bodies[1]) == "at least 5 graneros"
    with translation.override("es"):
        assert gauges.of_body(sheet, value.bodies[1]) == "al menos 5 graneros"


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (OfBody(Fraction(3 * SCALE)), "3 graneros"),
        (OfBody(Fraction(0)), "0 graneros"),
        (OfBody(None), "nothing to count"),
        (OfBody(lack=Lack.SILENT), "did not report"),
        (OfBody(lack=Lack.EMPTY), "left it empty"),
        (OfBody(lack=Lack.NO_BASE), "gave a value without numerator and denominator"),
        (OfBody(lack=Lack.ZERO_BASE), "gave a denominator of zero"),
        (OfBody(lack=Lack.GAP, gap="money"), "There is no money to measure it"),
        (OfBody(lack=Lack.GAP, gap="data"), "There are no data"),
        (OfBody(lack=Lack.GAP), "reported that there is no value"),
    ],
)
def test_one_body_says_its_value_or_why_it_has_none(told: OfBody, text: str) -> None:
    assert gauges.of_body(BARNS, told) == text


@pytest.mark.parametrize("lack", Lack)
def test_every_lack_has_words_in_both_languages(lack: Lack) -> None:
    english = gauges.of_body(BARNS, OfBody(lack=lack))
    with translation.override("es"):
        assert gauges.of_body(BARNS, OfBody(lack=lack)) not in ("", english, lack.value)


def test_who_is_not_known_is_counted_by_reason_in_one_order() -> None:
    told = point(BARNS, None, Said(gap="data"), Said(), None, number(1), Said(gap="money"))
    assert gauges.lacks(told) == [
        "2 entities: did not report",
        "2 entities: reported that there is no value",
        "1 entity: left it empty",
    ]
    assert gauges.lacks(point(BARNS, number(1))) == []


def test_a_target_without_a_sheet_says_so_and_nothing_else() -> None:
    found = Indicator(PLACE, None)
    assert gauges.gauge(found) == gauges.Gauge(found, "Que haya graneros", why="nobody has said yet how it is measured")


@pytest.mark.parametrize(
    ("sheet", "why"),
    [
        (BARNS, "no report on it was due yet"),
        (replace(BARNS, audience=""), "nobody is asked to report it yet"),
    ],
)
def test_before_the_first_report_it_says_what_is_waited_for(sheet: SheetFields, why: str) -> None:
    told = gauges.gauge(Indicator(PLACE, sheet))
    assert (told.value, told.why, told.target, told.way, told.period, told.line) == (
        "", why, "12 graneros", None, "", "",
    )  # fmt: skip


def test_the_last_period_holds_whatever_was_said_before() -> None:
    told = gauges.gauge(through(BARNS, 3, None))
    assert (told.value, told.why, told.period, told.way, told.way_why) == (
        "", "nobody has reported it", "Q2 2018", None, label(Unsaid.SILENT),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "value", "way"),
    [
        (BARNS, 3, Share(1, 4)),
        (BARNS, 0, Share(0, 1)),
        (BARNS, -4, Share(0, 1)),  # a bar has no length below nothing
        (BARNS, 12, Share(1, 1)),
        (BARNS, 30, Share(1, 1)),  # nor beyond all
        (replace(BARNS, baseline=2 * SCALE), 7, Share(1, 2)),
        (replace(BARNS, method=Method.REDUCTION, direction="down", baseline=20 * SCALE), 16, Share(1, 2)),
        (replace(BARNS, method=Method.REDUCTION, direction="down", baseline=20 * SCALE), 22, Share(0, 1)),
        (OPENED, 1, Share(1, 1)),
        (OPENED, 0, Share(0, 1)),
    ],
)
def test_how_far_it_is_goes_from_nothing_to_all(sheet: SheetFields, value: float, way: Share) -> None:
    told = gauges.gauge(through(sheet, value))
    assert (told.way, told.way_why) == (way, "")


@pytest.mark.parametrize(
    ("sheet", "unsaid"),
    [
        (replace(BARNS, target=None), Unsaid.NO_TARGET),
        (replace(BARNS, target=0), Unsaid.TARGET_IS_ZERO),
        (replace(BARNS, baseline=12 * SCALE), Unsaid.TARGET_IS_BASELINE),
        (replace(BARNS, baseline=20 * SCALE, direction="up"), Unsaid.WRONG_WAY),
        (replace(BARNS, direction="down"), Unsaid.NO_BASELINE),
    ],
)
def test_where_how_far_cannot_be_said_there_is_a_reason_in_words(sheet: SheetFields, unsaid: Unsaid) -> None:
    told = gauges.gauge(through(sheet, 3))
    assert (told.value, told.way, told.way_why) == ("3 graneros", None, label(unsaid))
    assert told.way_why not in ("", unsaid.value)


def test_too_few_known_ones_say_a_value_and_no_way() -> None:
    told = gauges.gauge(through(BARNS, 3, enough=False))
    assert (told.value, told.way, told.way_why) == ("3 graneros", None, "too few entities are known to say")


def test_a_target_that_nobody_set_is_no_zero() -> None:
    assert gauges.gauge(through(replace(BARNS, target=None), 3)).target == ""
    assert gauges.gauge(through(replace(BARNS, target=0), 3)).target == "0 graneros"


def test_data_gaps_are_named_with_what_was_said_of_them() -> None:
    sheet = replace(BARNS, gaps=(("data", "solo el área urbana"), ("money", "")))
    expected = ("There are no data: solo el área urbana", "There is no money to measure it")
    assert [gauges.gauge(found).gaps for found in (Indicator(PLACE, sheet), through(sheet, 1))] == [expected, expected]
    assert gauges.gauge(Indicator(PLACE, replace(sheet, source=SheetSource.COUNT))).gaps == expected


@pytest.mark.parametrize(
    ("counted", "value", "why", "way_why"),
    [
        (None, "", "nothing counts it yet", ""),
        (Counted(None, Share()), "", "nothing counts it yet", ""),
        (Counted(None, Share(1, 2)), "", "nothing counts it yet", ""),
        (Counted(PLACE, Share()), "", "nobody owed an answer yet", ""),
        (Counted(PLACE, Share(0, 0, 3)), "", "nobody owed an answer yet", ""),
        (Counted(PLACE, Share(0, 3)), "0\u202f% in plans", "", "told"),
        (Counted(PLACE, Share(1, 3)), "33.33\u202f% in plans", "", "told"),
        (Counted(PLACE, Share(1, 8)), "12.5\u202f% in plans", "", "told"),
        (Counted(PLACE, Share(3, 3)), "100\u202f% in plans", "", "told"),
    ],
)
def test_what_is_counted_from_plans_says_that_it_tells_no_progress(
    counted: Counted | None, value: str, why: str, way_why: str
) -> None:
    found = Indicator(PLACE, replace(RATE, source=SheetSource.COUNT), counted=counted)
    told = gauges.gauge(found)
    expected = "this counts plans; how far it is, only reports can say" if way_why else ""
    assert (told.value, told.why, told.way_why, told.way, told.target) == (
        value, why, expected, None, "40\u202f%",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ((), ""),
        ((5,), ""),
        ((5, None), ""),
        ((None, None, 5), ""),
        ((0, 10), "3.0,25.0 117.0,3.0"),
        ((10, 0), "3.0,3.0 117.0,25.0"),
        ((7, 7), "3.0,14.0 117.0,14.0"),
        ((0, 5, 10), "3.0,25.0 60.0,14.0 117.0,3.0"),
        ((0, None, 10), "3.0,25.0 117.0,3.0"),
        ((None, 0, 10), "60.0,25.0 117.0,3.0"),
        ((-10, 0, 10), "3.0,25.0 60.0,14.0 117.0,3.0"),
        ((0, 10, None), "3.0,25.0 60.0,3.0"),
    ],
)
def test_a_line_runs_through_what_is_known_and_leaves_time_for_what_is_not(
    values: tuple[float | None, ...], line: str
) -> None:
    told = gauges.gauge(through(BARNS, *values))
    assert (told.line, bool(told.spoken)) == (line, bool(line))


def test_the_line_is_told_in_words_too() -> None:
    assert gauges.gauge(through(BARNS, 3, None, 1_200)).spoken == "Q1 2018: 3 graneros; Q3 2018: 1,200 graneros"


@given(st.lists(st.none() | st.integers(-(10**6), 10**6), max_size=4))
def test_no_line_ever_leaves_its_picture(values: list[int | None]) -> None:
    drawn = gauges.gauge(through(BARNS, *values)).line.split()
    places = [tuple(map(float, each.split(","))) for each in drawn]
    inside = [
        gauges.EDGE <= x <= gauges.WIDE - gauges.EDGE and gauges.EDGE <= y <= gauges.HIGH - gauges.EDGE
        for x, y in places
    ]
    assert inside == [True] * len(places)
    assert [x for x, _ in places] == sorted({x for x, _ in places})


def test_a_rate_without_a_base_has_no_way_but_says_why() -> None:
    value = Value(None, Ratio(unsaid=Unsaid.ZERO_DENOMINATOR), Share(1, 1), {})
    told = gauges.gauge(Indicator(PLACE, RATE, (Point(date(2018, 3, 31), QUARTERS[0], value),)))
    assert (told.value, told.why, told.way, told.way_why) == (
        "", "there was nothing to count", None, label(Unsaid.ZERO_DENOMINATOR),
    )  # fmt: skip
