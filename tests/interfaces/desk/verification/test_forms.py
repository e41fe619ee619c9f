"""What the forms of verification take: a value as a report writes it, and nothing left out that a finding needs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules import CorrectiveState, Said
from yupana.foundation.kernel.quantity import MOST, SCALE, format_quantity
from yupana.interfaces.desk.verification.forms import (
    AnswerForm,
    CorrectiveForm,
    DisputeForm,
    StepForm,
    VerdictForm,
)

if TYPE_CHECKING:
    from django.forms import Form

VERDICT = {"finding": "other", "value": "18", "basis": "Contamos"}
ANSWER = {"upheld": "yes", "value": "20", "answer": "Estaban"}
STEP = {"after": "answered", "text": "Hecho", "seen": "0"}
MISSING = "This field is required."


def wrong(form: Form) -> dict[str, list[str]]:
    with translation.override("en"):
        return {name: [str(each) for each in told] for name, told in form.errors.items()}


def verdict(**changed: str) -> VerdictForm:
    return VerdictForm(VERDICT | changed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("18", Said(18 * SCALE)),
        ("0", Said(0)),
        ("1.234,5", Said(12345 * SCALE // 10)),
        ("-3", Said(-3 * SCALE)),
        ("0,0001", Said(1)),
        ("45 / 60", Said(numerator=45 * SCALE, denominator=60 * SCALE)),
        ("45/60", Said(numerator=45 * SCALE, denominator=60 * SCALE)),
        ("0/0", Said(numerator=0, denominator=0)),
        ("922.337.203.685.477,5807", Said(MOST)),
    ],
)
def test_a_value_is_read_as_the_cell_of_a_report_is(typed: str, said: Said) -> None:
    form = verdict(value=typed)
    assert (form.is_valid(), form.cleaned_data["value"]) == (True, said)


@given(st.integers(-MOST, MOST))
def test_what_is_written_is_read_again(number: int) -> None:
    form = verdict(value=format_quantity(number))
    assert (form.is_valid(), form.cleaned_data["value"]) == (True, Said(number))


@pytest.mark.parametrize(
    "typed", ["mucho", "1/2/3", "45/", "/60", "1,23456", "1.23.4", "٣", "922.337.203.685.477,5808", "1e3", "50 %"]
)
def test_what_is_no_value_is_told_at_its_field_and_by_that_alone(typed: str) -> None:
    told = wrong(verdict(value=typed))
    assert {name: [each.split(",")[0] for each in said] for name, said in told.items()} == {"value": ["Write a number"]}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, {}),
        ({"finding": "holds", "value": ""}, {}),
        ({"value": ""}, {"value": ["Give the value that you found."]}),
        ({"value": "  "}, {"value": ["Give the value that you found."]}),
        ({"finding": ""}, {"finding": [MISSING]}),
        ({"basis": "\n "}, {"basis": [MISSING]}),
        ({"basis": "x" * 5_000}, {}),
        ({"text": "Corrija"}, {"due_on": ["Say until which day."]}),
        ({"text": "Corrija", "due_on": "2018-02-29"}, {"due_on": ["Enter a valid date."]}),
        ({"text": "Corrija", "due_on": "2020-02-29"}, {}),
        ({"text": "  "}, {}),
        ({"due_on": "2020-02-29"}, {}),
        ({"before": "x"}, {"before": ["Enter a whole number."]}),
        ({"finding": "holds", "value": "", "text": "Suba el acta", "due_on": "2020-03-01"}, {}),
    ],
)
def test_a_finding_says_what_it_needs(changed: dict[str, str], told: dict[str, list[str]]) -> None:
    assert wrong(verdict(**changed)) == told


def test_a_finding_that_was_not_chosen_is_none() -> None:
    told = wrong(verdict(finding="maybe"))
    assert list(told) == ["finding"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, {}),
        ({"upheld": "no", "value": ""}, {}),
        ({"upheld": "no"}, {}),
        ({"value": ""}, {"value": ["Give the value that holds instead."]}),
        ({"upheld": ""}, {"upheld": [MISSING]}),
        ({"answer": ""}, {"answer": [MISSING]}),
        ({"upheld": "no", "answer": " "}, {"answer": [MISSING]}),
    ],
)
def test_who_says_that_the_entity_is_right_says_what_holds_instead(
    changed: dict[str, str], told: dict[str, list[str]]
) -> None:
    assert wrong(AnswerForm(ANSWER | changed)) == told


@pytest.mark.parametrize(
    ("form", "name", "more"),
    [
        (VerdictForm, "basis", VERDICT),
        (VerdictForm, "text", {**VERDICT, "due_on": "2020-01-01"}),
        (DisputeForm, "text", {}),
        (AnswerForm, "answer", ANSWER),
        (CorrectiveForm, "text", {"due_on": "2020-01-01"}),
        (StepForm, "text", STEP),
    ],
)
def test_every_text_takes_five_thousand_characters_and_not_one_more(
    form: type[Form], name: str, more: dict[str, str]
) -> None:
    assert [list(wrong(form({**more, name: "x" * many}))) for many in (5_000, 5_001)] == [[], [name]]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, []),
        ({"seen": "-1"}, ["seen"]),
        ({"seen": ""}, ["seen"]),
        ({"after": "open"}, ["after"]),
        ({"after": ""}, ["after"]),
        ({"text": ""}, ["text"]),
    ],
)
def test_a_step_goes_where_one_can_go_from_what_was_seen(changed: dict[str, str], named: list[str]) -> None:
    assert list(wrong(StepForm(STEP | changed))) == named


def test_a_step_leads_to_every_state_that_there_is() -> None:
    assert [StepForm(STEP | {"after": state}).is_valid() for state in CorrectiveState] == [True] * len(CorrectiveState)


def test_a_corrective_action_has_a_text_and_a_day() -> None:
    form = CorrectiveForm({"text": " Corrija ", "due_on": "2020-02-29"})
    told: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    assert told == {"text": "Corrija", "due_on": date(2020, 2, 29)}
    assert list(wrong(CorrectiveForm({}))) == ["text", "due_on"]
