"""The sheet of an indicator as a form: what is shown comes back as it was, and what cannot be read is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import Direction, Frequency, Gap, Method, OverBodies, OverTime, SheetSource
from yupana.domain.progress.rules.sheets import MOST_NAME, MOST_TEXT, MOST_UNIT, OVER_TIME, SheetFields, Terms
from yupana.foundation.kernel.quantity import MOST, SCALE
from yupana.interfaces.desk.indicators.forms import LoadForm, SheetForm, initial

if TYPE_CHECKING:
    from django.forms import Form

SHEET = {
    "seen": "0",
    "name": "Cobertura",
    "accumulation": "last",
    "source": "report",
    "over_bodies": "sum",
}
WORDS = st.text("abc ñ%", max_size=20).map(str.strip)
NUMBERS = st.none() | st.integers(-MOST, MOST)


def form(**changed: str) -> SheetForm:
    return SheetForm(SHEET | changed)


def wrong(held: Form) -> dict[str, list[str]]:
    with translation.override("en"):
        return {name: [str(each) for each in told] for name, told in held.errors.items()}


def said(held: SheetForm) -> SheetFields:
    assert wrong(held) == {}
    return held.said


def typed(sheet: SheetFields, seen: int = 7) -> dict[str, str]:
    """What a browser sends back of a form that nobody touched."""
    shown: dict[str, Any] = initial(sheet, seen)
    return {name: "" if value is None else str(value) for name, value in shown.items()}


@given(
    st.builds(
        SheetFields,
        name=st.text("abc ñ%", min_size=1, max_size=20).map(str.strip).filter(bool),
        method=st.sampled_from(list(Method)).map(str),
        definition=WORDS,
        unit=WORDS,
        numerator=WORDS,
        denominator=WORDS,
        factor=st.integers(-MOST, MOST),
        direction=st.sampled_from(["", *Direction]).map(str),
        baseline=NUMBERS,
        baseline_year=st.none() | st.integers(1900, 2999),
        target=NUMBERS,
        due_on=st.none() | st.dates(date(1900, 1, 1), date(2999, 12, 31)),
        over_time=st.sampled_from(list(OverTime)).map(str),
        over_bodies=st.sampled_from(list(OverBodies)).map(str),
        source=st.sampled_from(list(SheetSource)).map(str),
        frequency=st.sampled_from(["", *Frequency]).map(str),
        audience=st.sampled_from(["", "all", "level:municipal", "not (code:A-1)"]),
        responsible=WORDS,
        gaps=st.sets(st.sampled_from(list(Gap))).map(
            lambda kinds: tuple((kind.value, f"por {kind}") for kind in Gap if kind in kinds)
        ),
    )
)
def test_a_form_that_nobody_touched_says_what_the_sheet_says(sheet: SheetFields) -> None:
    again = said(SheetForm(typed(sheet)))
    assert replace(again, audience="") == replace(sheet, audience="")
    assert said(SheetForm(typed(again))) == again


@pytest.mark.parametrize(
    ("accumulation", "direction", "method", "over_time"),
    [
        ("sum", "", Method.FLOW, OverTime.SUM),
        ("sum", "up", Method.FLOW, OverTime.SUM),
        ("sum", "down", Method.FLOW, OverTime.SUM),
        ("last", "", Method.STOCK, OverTime.LAST),
        ("last", "up", Method.STOCK, OverTime.LAST),
        ("last", "down", Method.REDUCTION, OverTime.LAST),
        ("yes_no", "", Method.MILESTONE, OverTime.MOST),
        ("yes_no", "down", Method.MILESTONE, OverTime.MOST),
    ],
)
def test_three_words_are_enough_to_say_how_it_is_counted(
    accumulation: str, direction: str, method: Method, over_time: OverTime
) -> None:
    found = said(form(accumulation=accumulation, direction=direction))
    assert (found.method, found.over_time) == (method, over_time)


@pytest.mark.parametrize("method", list(Method))
def test_who_names_a_method_is_followed_whatever_the_words_say(method: Method) -> None:
    found = said(form(accumulation="sum", method=method.value))
    assert (found.method, found.over_time) == (method, OVER_TIME[method])


def test_what_becomes_of_values_over_time_can_be_said_otherwise() -> None:
    assert said(form(accumulation="sum", over_time="mean")).over_time == OverTime.MEAN


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", None),
        ("0", 0),
        ("1.250,5", 1250 * SCALE + 5000),
        ("0.25", 2500),
        ("40 %", 40 * SCALE),
        ("40%", 40 * SCALE),
        ("-3", -3 * SCALE),
        ("922.337.203.685.477,5807", MOST),
    ],
)
@pytest.mark.parametrize("name", ["target", "baseline"])
def test_a_number_is_written_as_people_here_write_it(name: str, text: str, number: int | None) -> None:
    assert getattr(said(form(**{name: text})), name) == number


@pytest.mark.parametrize("text", ["mucho", "%", "1,23456", "922.337.203.685.477,5808", "5/6", "½", "1" * 41])
@pytest.mark.parametrize("name", ["target", "baseline", "factor"])
def test_what_is_no_number_is_told_at_its_field(name: str, text: str) -> None:
    assert list(wrong(form(**{name: text}))) == [name]


def test_a_factor_that_is_not_said_is_one_and_zero_is_left_for_the_rule_to_refuse() -> None:
    assert [said(form(factor=text)).factor for text in ("", "100", "0")] == [SCALE, 100 * SCALE, 0]


@pytest.mark.parametrize(
    ("name", "most"),
    [("name", MOST_NAME), ("unit", MOST_UNIT), ("numerator", MOST_NAME), ("denominator", MOST_NAME),
     ("responsible", MOST_NAME), ("definition", MOST_TEXT), ("gap_money", MOST_NAME)],
)  # fmt: skip
def test_a_text_is_as_long_as_a_sheet_keeps_it_and_no_longer(name: str, most: int) -> None:
    assert [list(wrong(form(**{name: "x" * many}))) for many in (most, most + 1)] == [[], [name]]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"name": " "}, ["name"]),
        ({"seen": ""}, ["seen"]),
        ({"seen": "-1"}, ["seen"]),
        ({"accumulation": ""}, ["accumulation"]),
        ({"accumulation": "mean"}, ["accumulation"]),
        ({"source": ""}, ["source"]),
        ({"over_bodies": ""}, ["over_bodies"]),
        ({"direction": "left"}, ["direction"]),
        ({"method": "guess"}, ["method"]),
        ({"over_time": "never"}, ["over_time"]),
        ({"frequency": "week"}, ["frequency"]),
        ({"baseline_year": "1899"}, ["baseline_year"]),
        ({"baseline_year": "1900"}, []),
        ({"baseline_year": "2999"}, []),
        ({"baseline_year": "3000"}, ["baseline_year"]),
        ({"due_on": "2019-02-29"}, ["due_on"]),
        ({"due_on": "2020-02-29"}, []),
        ({"audience": "("}, ["audience"]),
        ({"audience": "level:lunar and"}, ["audience"]),
        ({"audience": "level:municipal and not code:A-1"}, []),
    ],
)
def test_what_is_wrong_is_told_at_its_field(changed: dict[str, str], named: list[str]) -> None:
    assert list(wrong(form(**changed))) == named


def test_what_stands_in_the_way_is_kept_by_its_kind_and_nothing_where_nothing_was_said() -> None:
    found = said(form(gap_money=" No hay fondos ", gap_data="Sin registro", gap_method=" "))
    assert found.gaps == (("data", "Sin registro"), ("money", "No hay fondos"))


def test_every_field_stands_in_one_part_of_the_page_and_only_there() -> None:
    held = SheetForm(None)
    shown = [each.name for part in (held.first, held.more, held.gaps) for each in part]
    assert sorted(shown) == sorted(name for name in held.fields if name != "seen")


@pytest.mark.parametrize(
    ("typed_in", "terms"),
    [
        ({}, Terms()),
        ({"by": "level:municipal"}, Terms(by="level:municipal")),
        ({"ask": "on", "yes_no": "on"}, Terms(ask=True, yes_no=True)),
        ({"due": "2020-02-29"}, Terms(due=date(2020, 2, 29))),
    ],
)
def test_how_sheets_are_made_is_said_in_four_words(typed_in: dict[str, str], terms: Terms) -> None:
    held = LoadForm(typed_in)
    assert (wrong(held), held.terms) == ({}, terms)


@pytest.mark.parametrize(("typed_in", "named"), [({"by": "("}, ["by"]), ({"due": "2019-02-29"}, ["due"])])
def test_sheets_are_not_made_of_what_cannot_be_read(typed_in: dict[str, str], named: list[str]) -> None:
    assert list(wrong(LoadForm(typed_in))) == named
