"""The sheet of an indicator in words, and its values for a program: exact, and nothing where nothing is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.public.indicators import Place
from yupana.domain.progress.rules import Direction, Frequency, Method, OverBodies, OverTime, Said, SheetSource
from yupana.domain.progress.rules.indicators import value_of
from yupana.domain.progress.rules.sheets import WHOLE, SheetFields
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.share import Share
from yupana.interfaces.portal.indicators import _facts, _plain, _reserved, _row, _whole
from yupana.projections.overviews.indicators import Counted, Indicator, Point, Reserved

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE = Place(7, "target", "1", "=Que haya graneros", binds=False)
BARNS = SheetFields("Graneros", unit="graneros", target=12 * SCALE, audience="level:municipal")
RATE = SheetFields("Cuentan", unit="%", factor=WHOLE, target=40 * SCALE, over_bodies=OverBodies.RATE, audience="all")
Q1 = "2018-Q1"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def indicator(sheet: SheetFields, *said: Said | None) -> Indicator:
    """What bodies said of the first quarter; None: nothing."""
    told = {body: {Q1: each} for body, each in enumerate(said) if each is not None}
    day = parse_period(Q1).last
    return Indicator(
        PLACE, sheet, (Point(day, Q1, value_of(sheet, told, {body: [Q1] for body in range(len(said))}, day)),)
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0, "0"),
        (1, "0.0001"),
        (-1, "-0.0001"),
        (SCALE, "1"),
        (1_000_000 * SCALE, "1000000"),
        (12_345, "1.2345"),
        (Fraction(SCALE, 3), "0.3333333333"),
        (Fraction(2 * SCALE, 3), "0.6666666667"),
        (Fraction(-2 * SCALE, 3), "-0.6666666667"),
        (Fraction(70 * SCALE), "70"),
        (2**63 - 1, "922337203685477.5807"),
        (-(2**63) + 1, "-922337203685477.5807"),
    ],
)
def test_a_program_reads_plain_numbers(value: Fraction | int | None, text: str) -> None:
    assert _plain(value) == text


@given(st.integers(-(2**63) + 1, 2**63 - 1))
def test_what_is_stored_is_written_exactly(value: int) -> None:
    assert Decimal(_plain(value)) * SCALE == value


@given(st.fractions(min_value=-(10**9), max_value=10**9))
def test_what_is_not_even_is_written_to_ten_decimals(value: Fraction) -> None:
    assert abs(Fraction(_plain(value)) * SCALE - value) <= Fraction(1, 2 * 10**6)


@pytest.mark.parametrize(
    ("found", "row"),
    [
        (Indicator(PLACE, None), ["1", "=Que haya graneros", *[""] * 10]),
        (Indicator(PLACE, BARNS), ["1", "Graneros", "graneros", "", "", "", "", "", "12", None, "", ""]),
        (
            indicator(replace(BARNS, baseline=0, due_on=date(2020, 2, 29)), Said(3 * SCALE), None),
            ["1", "Graneros", "graneros", Q1, "3", "", "", "0", "12", date(2020, 2, 29), 1, 2],
        ),
        (indicator(BARNS, Said(0)), ["1", "Graneros", "graneros", Q1, "0", "", "", "", "12", None, 1, 1]),
        (indicator(BARNS, None), ["1", "Graneros", "graneros", Q1, "", "", "", "", "12", None, 0, 1]),
        (
            indicator(RATE, Said(numerator=SCALE, denominator=3 * SCALE)),
            ["1", "Cuentan", "%", Q1, "33.3333333333", "1", "3", "", "40", None, 1, 1],
        ),
        (
            indicator(RATE, Said(numerator=0, denominator=0)),
            ["1", "Cuentan", "%", Q1, "", "0", "0", "", "40", None, 1, 1],
        ),
        (
            Indicator(PLACE, replace(RATE, source=SheetSource.COUNT), counted=Counted(PLACE, Share(1, 4))),
            ["1", "Cuentan", "%", "", "", 1, 4, "", "40", None, "", ""],
        ),
        (
            Indicator(PLACE, replace(RATE, source=SheetSource.COUNT)),
            ["1", "Cuentan", "%", "", "", "", "", "", "40", None, "", ""],
        ),
    ],
)
def test_a_line_of_the_table_has_every_column_and_leaves_empty_what_is_not_known(
    found: Indicator, row: list[object]
) -> None:
    assert _row(found) == row


def facts(sheet: SheetFields) -> dict[str, str]:
    return dict(_facts(sheet))


def test_a_bare_sheet_says_what_holds_and_leaves_out_what_is_open() -> None:
    assert facts(SheetFields("Graneros")) == {
        "How values make up the whole": facts(BARNS)["How values make up the whole"],
        "Values over time": "The last one holds",
        "Values of many entities": "They add up",
        "Source": "Reported by entities",
        "Who reports it": "nobody yet",
    }


@pytest.mark.parametrize(
    ("changed", "name", "text"),
    [
        ({"definition": "Graneros"}, "What it measures", None),  # it says its name again
        ({"definition": "Los que guardan maíz"}, "What it measures", "Los que guardan maíz"),
        ({"numerator": "Los que cuentan"}, "Numerator", "Los que cuentan"),
        ({"denominator": "Todos"}, "Denominator", "Todos"),
        ({"factor": SCALE}, "Factor", None),
        ({"factor": WHOLE}, "Factor", "100"),
        ({"factor": 100_000 * SCALE}, "Factor", "100,000"),
        ({"baseline": None}, "Baseline", None),
        ({"baseline": 0}, "Baseline", "0 graneros"),
        ({"baseline": 0, "baseline_year": 2017}, "Baseline", "0 graneros (2017)"),
        ({"baseline_year": 2017}, "Baseline", None),
        ({"direction": ""}, "Which way", None),
        ({"frequency": ""}, "How often", None),
        ({"frequency": Frequency.QUARTER}, "How often", "Every quarter"),
        ({"responsible": "La agencia"}, "Responsible", "La agencia"),
        ({"audience": ""}, "Who reports it", "nobody yet"),
        ({"over_time": OverTime.SUM}, "Values over time", "They add up"),
        ({"over_bodies": OverBodies.APART}, "Values of many entities", "Each stays apart"),
    ],
)
def test_a_sheet_says_each_thing_or_leaves_it_out(changed: dict[str, object], name: str, text: str | None) -> None:
    assert facts(replace(BARNS, **changed)).get(name) == text  # type: ignore[arg-type] # fields by name


@pytest.mark.parametrize("field", ["direction", "method"])
def test_choices_are_named_in_both_languages(field: str) -> None:
    kind: type[Direction | Method] = Direction if field == "direction" else Method
    for each in kind:
        english = facts(replace(BARNS, **{field: each}))  # type: ignore[arg-type] # a field by name
        with translation.override("es"):
            spanish = facts(replace(BARNS, **{field: each}))  # type: ignore[arg-type] # the same
        assert (len(english), each.value in english.values(), set(english) & set(spanish)) == (
            len(spanish),
            False,
            set(),
        )


def test_of_what_the_system_counts_nobody_says_how_values_come_together() -> None:
    told = facts(replace(RATE, source=SheetSource.COUNT))
    assert ([name for name in told if name.startswith(("Values", "How", "Factor"))], told["Source"]) == (
        [], "Counted from accepted plans",
    )  # fmt: skip
    assert ("Who reports it" in told, "Counted over" in told) == (False, True)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (Reserved(Share(5, 6), Fraction(3 * SCALE), None, None), ("3 graneros", "", "")),
        (Reserved(Share(5, 6), Fraction(0), None, None), ("0 graneros", "", "")),
        (Reserved(Share(5, 6), None, None, None), ("", "", "")),
        (Reserved(Share(5, 6), None, Fraction(SCALE), Fraction(2 * SCALE)), ("", "1", "2")),
    ],
)
def test_restricted_ones_are_told_as_one_part(part: Reserved, told: tuple[str, str, str]) -> None:
    found = _reserved(BARNS, part)
    assert (found["value"], found["above"], found["below"], found["share"]) == (*told, Share(5, 6))


def test_the_last_line_of_the_table_is_the_value_and_its_rate() -> None:
    now = indicator(
        RATE, Said(numerator=SCALE, denominator=4 * SCALE), Said(numerator=6 * SCALE, denominator=6 * SCALE)
    ).now
    assert now is not None
    assert _whole(RATE, now.value) == {"value": "70\u202f%", "above": "7", "below": "10"}
    silent = indicator(RATE, None).now
    assert silent is not None
    assert _whole(RATE, silent.value) == {"value": "", "above": "", "below": ""}
