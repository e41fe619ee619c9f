"""The forms of evaluations: bands as an act says them, one a line; and what has to be said to begin and to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import Band, Bands
from yupana.domain.progress.rules.words import MOST_WORDS
from yupana.interfaces.desk.forms.evaluation import BandsForm, BeginForm, SureForm, WordsForm

if TYPE_CHECKING:
    from django.forms import Form

SAID = {"instrument": "", "since": "2018-01-01", "floor": "70", "bands": "0 bajo\n70 bueno", "act": "RA 1"}
BEGIN = {"call": "PLAN-2018", "period": "2018-Q1", "as_of": "2018-07-31"}
WORDS = {"title": "Primer trimestre", "summary": "Va bien"}
LOW_GOOD = (Band(0, "bajo"), Band(7000, "bueno"))


def bands(**changed: str) -> BandsForm:
    return BandsForm(SAID | changed, instruments={"PLAN": "Plan"})


def wrong(held: Form) -> dict[str, list[str]]:
    with translation.override("en"):
        return {name: [str(each) for each in told] for name, told in held.errors.items()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0 bajo\n70 bueno", LOW_GOOD),
        ("0 bajo\r\n70 bueno\r\n", LOW_GOOD),
        ("\n  0 bajo  \n\n   70   bueno", LOW_GOOD),
        ("0% bajo\n70%: bueno", LOW_GOOD),
        ("0: bajo\n070 bueno", LOW_GOOD),
        ("0 muy bajo", (Band(0, "muy bajo"),)),
        ("0 50 % o menos", (Band(0, "50 % o menos"),)),
        ("0 bajo\n100 todo", (Band(0, "bajo"), Band(10_000, "todo"))),
        ("0 bajo\n999 x", (Band(0, "bajo"), Band(99_900, "x"))),  # which the rule refuses, not the form
    ],
)
def test_each_line_is_a_band(text: str, found: tuple[Band, ...]) -> None:
    held = bands(bands=text)
    assert (wrong(held), held.cleaned_data["bands"]) == ({}, found)


@pytest.mark.parametrize(
    "line", ["bueno", "70", "70%", "-1 bajo", "7,5 bueno", "1000 x", "\u0667 bueno", "² x", "% x", "0x1 y"]
)
def test_a_line_that_is_no_band_is_told_as_it_was_typed(line: str) -> None:
    told = wrong(bands(bands=f"0 bajo\n{line}"))
    assert told == {"bands": [f"“{line}” is no band. Write it like this: 70 good"]}


@given(st.lists(st.tuples(st.integers(0, 100), st.text("abñ %", min_size=1).map(str.strip).filter(bool)), min_size=1))
def test_whatever_bands_are_typed_are_read_in_their_order(told: list[tuple[int, str]]) -> None:
    held = bands(bands="\n".join(f"{floor} {name}" for floor, name in told)[:1000])
    [*found] = held.cleaned_data["bands"] if held.is_valid() else ()
    assert found[:-1] == [Band(floor * 100, name) for floor, name in told[: len(found) - 1]]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, []),
        ({"instrument": "PLAN"}, []),
        ({"instrument": "OTRO"}, ["instrument"]),
        ({"floor": "0"}, []),
        ({"floor": "100"}, []),
        ({"floor": "-1"}, ["floor"]),
        ({"floor": "101"}, ["floor"]),
        ({"floor": ""}, ["floor"]),
        ({"floor": "7,5"}, ["floor"]),
        ({"since": ""}, ["since"]),
        ({"since": "2019-02-29"}, ["since"]),
        ({"since": "2020-02-29"}, []),
        ({"act": " "}, ["act"]),
        ({"act": "x" * 300}, []),
        ({"act": "x" * 301}, ["act"]),
        ({"bands": "\n \n"}, ["bands"]),
        ({"bands": "0 bajo" + " " * 995}, []),  # what is around a text is not counted
        ({"bands": f"0 {'x' * 999}"}, ["bands"]),
    ],
)
def test_an_act_says_all_of_it(changed: dict[str, str], named: list[str]) -> None:
    assert list(wrong(bands(**changed))) == named


def test_per_cent_become_basis_points_once() -> None:
    held = bands(floor="65")
    assert (held.is_valid(), held.said["bands"]) == (True, Bands(6_500, LOW_GOOD))


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, []),
        ({"call": "OTRA"}, ["call"]),
        ({"call": ""}, ["call"]),
        ({"period": ""}, ["period"]),
        ({"period": "2018-Q2"}, ["period"]),
        ({"as_of": ""}, ["as_of"]),
        ({"as_of": "2018-02-29"}, ["as_of"]),
    ],
)
def test_an_evaluation_begins_with_a_call_a_period_and_a_day(changed: dict[str, str], named: list[str]) -> None:
    assert list(wrong(BeginForm(BEGIN | changed, calls=[("PLAN-2018", "Plan")], periods=["2018-Q1"]))) == named


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, []),
        ({"title": " "}, ["title"]),
        ({"title": "x" * 301}, ["title"]),
        ({"summary": ""}, []),
        ({"summary": "x" * MOST_WORDS}, []),
        ({"summary": "x" * (MOST_WORDS + 1)}, ["summary"]),
        ({"method": "x" * (MOST_WORDS + 1)}, ["method"]),
        ({"saved": "x" * 41}, ["saved"]),
    ],
)
def test_a_draft_needs_a_title_alone(changed: dict[str, str], named: list[str]) -> None:
    assert list(wrong(WordsForm(WORDS | changed))) == named


def test_the_title_is_none_of_the_words() -> None:
    held = WordsForm(WORDS)
    assert (held.is_valid(), held.words) == (
        True,
        {"summary": "Va bien", "findings": "", "recommendations": "", "method": ""},
    )


@pytest.mark.parametrize(("sent", "told"), [({"sure": "on"}, {}), ({}, {"sure": ["Tick the box to publish."]})])
def test_nothing_is_published_that_was_not_meant(sent: dict[str, str], told: dict[str, list[str]]) -> None:
    assert wrong(SureForm(sent)) == told
