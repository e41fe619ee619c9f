"""What the forms of follow-up take: every bound with one less and one more, windows with one end, and no other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.http import QueryDict
from django.utils import translation

from yupana.domain.progress.rules import Frequency
from yupana.interfaces.desk.forms.followup import AskForm, RhythmForm

if TYPE_CHECKING:
    from django.forms import Form

PERIODS = ("2018", "2018-Q1", "2018-M2")
ASK = {"period": "2018-Q1", "due_in": "20"}
RHYTHM = {"frequency": "quarter", "since": "2018-07-01", "due_in": "15"}
ONE_END = "Say the last day, or in how many days: one of the two."


def sent(fields: dict[str, str]) -> QueryDict:
    told = QueryDict(mutable=True)
    told.update(fields)
    return told


def ask(**changed: str) -> AskForm:
    return AskForm(sent(ASK | changed), periods=PERIODS)


def rhythm(**changed: str) -> RhythmForm:
    return RhythmForm(sent(RHYTHM | changed))


def wrong(form: Form) -> dict[str, list[str]]:
    with translation.override("en"):
        return {name: [str(each) for each in told] for name, told in form.errors.items()}


@pytest.mark.parametrize(
    ("name", "text", "is_taken"),
    [
        ("due_in", "1", True),
        ("due_in", "365", True),
        ("due_in", "0", False),
        ("due_in", "-1", False),
        ("due_in", "366", False),
        ("due_in", "1,5", False),
        ("due_in", "9" * 5000, False),
        ("lock_in", "", True),
        ("lock_in", "0", True),
        ("lock_in", "365", True),
        ("lock_in", "-1", False),
        ("lock_in", "366", False),
        ("lock_in", "x", False),
    ],
)
def test_terms_are_days_of_one_year_in_both_forms(name: str, text: str, is_taken: bool) -> None:
    assert [name not in wrong(form) for form in (ask(**{name: text}), rhythm(**{name: text}))] == [is_taken] * 2


def test_a_lock_of_no_days_is_not_the_same_as_none() -> None:
    forms = [ask(lock_in=text) for text in ("0", "")]
    assert [(form.is_valid(), form.cleaned_data["lock_in"]) for form in forms] == [(True, 0), (True, None)]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, {}),
        ({"due_in": "", "due_on": "2018-05-01"}, {}),
        ({"due_in": ""}, {"due_on": [ONE_END]}),
        ({"due_on": "2018-05-01"}, {"due_on": [ONE_END]}),
        ({"due_in": "", "due_on": "2018-05-01", "opens_on": "2018-05-01"}, {}),
        (
            {"due_in": "", "due_on": "2018-05-01", "opens_on": "2018-05-02"},
            {"due_on": ["The due day is before the opening day."]},
        ),
        ({"opens_on": "2020-02-29"}, {}),
        ({"opens_on": "2018-02-29"}, {"opens_on": ["Enter a valid date."]}),
        ({"due_in": "", "due_on": "2018-02-30"}, {"due_on": ["Enter a valid date."]}),
        ({"due_in": "x", "due_on": "2018-05-01"}, {"due_in": ["Enter a whole number."]}),
        ({"due_in": "x"}, {"due_in": ["Enter a whole number."]}),
        ({"period": ""}, {"period": ["This field is required."]}),
    ],
)
def test_a_window_has_one_end_which_is_not_before_it_begins(
    changed: dict[str, str], told: dict[str, list[str]]
) -> None:
    assert wrong(ask(**changed)) == told


@pytest.mark.parametrize("period", ["2018-Q2", "2018-q1", "2018-M1", "x"])
def test_only_a_period_that_is_offered_is_asked_for(period: str) -> None:
    assert list(wrong(ask(period=period))) == ["period"]


def test_every_period_is_offered_in_words_and_sent_by_its_name() -> None:
    with translation.override("en"):
        shown = str(AskForm(None, periods=PERIODS)["period"])
    assert [f'<option value="{each}"' in shown for each in PERIODS] == [True] * 3
    assert [words in shown for words in ("Q1 2018", "2018")] == [True, True]


@pytest.mark.parametrize("frequency", ["", *Frequency])
def test_every_frequency_is_taken_and_so_is_none(frequency: str) -> None:
    form = rhythm(frequency=frequency)
    assert (form.is_valid(), form.cleaned_data["frequency"]) == (True, frequency)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"frequency": "week"}, ["frequency"]),
        ({"since": ""}, ["since"]),
        ({"since": "2018-02-29"}, ["since"]),
        ({"due_in": ""}, ["due_in"]),
        ({"frequency": "", "due_in": ""}, ["due_in"]),
    ],
)
def test_a_rhythm_says_from_when_on_and_with_how_much_time(changed: dict[str, str], named: list[str]) -> None:
    assert list(wrong(rhythm(**changed))) == named


def test_the_last_day_of_a_leap_february_begins_a_rhythm() -> None:
    form = rhythm(since="2020-02-29", lock_in="5")
    assert (form.is_valid(), form.cleaned_data) == (
        True,
        {"frequency": "quarter", "since": date(2020, 2, 29), "due_in": 15, "lock_in": 5},
    )


def test_no_field_of_the_two_forms_shares_its_id_with_the_other() -> None:
    one, two = ({field.id_for_label for field in form} for form in (AskForm(None, periods=()), RhythmForm(None)))
    assert one & two == set()
