"""Every refusal of this room has its sentence, and every sentence finds its words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

import yupana
from tests.refusals import placeholders, refusals
from yupana.domain.obligations.labels import CALENDAR_NAMES, LABELS, MESSAGES, PLAN_TYPE_NAMES
from yupana.domain.obligations.rules import CALENDARS, PLAN_TYPES, CallState, Expects, Feast, Standing, Visibility

if TYPE_CHECKING:
    from enum import StrEnum

PACKAGE = Path(yupana.__file__).parent
SOURCES = sorted((PACKAGE / "domain" / "obligations").rglob("*.py"))


def test_every_refusal_has_its_sentence() -> None:
    assert sorted({code for code, _ in refusals(SOURCES)} - set(MESSAGES)) == []


def test_every_sentence_is_said_somewhere() -> None:
    said = "\n".join(source.read_text(encoding="utf-8") for source in SOURCES if source.name != "labels.py")
    assert [code for code in MESSAGES if f'"{code}"' not in said] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sentence_asks_for_nothing_that_the_refusal_does_not_give(language: str) -> None:
    with override(language):
        lacking = {
            code: placeholders(str(MESSAGES[code])) - given
            for code, given in refusals(SOURCES)
            if code in MESSAGES and not placeholders(str(MESSAGES[code])) <= given
        }
    assert lacking == {}


@pytest.mark.parametrize("kind", [CallState, Expects, Feast, Standing, Visibility])
def test_every_value_has_its_word(kind: type[StrEnum]) -> None:
    assert set(LABELS[kind]) == set(kind)


def test_every_kind_of_plan_and_every_calendar_has_its_name() -> None:
    assert (set(PLAN_TYPE_NAMES), set(CALENDAR_NAMES)) == ({"", *PLAN_TYPES}, {"", *CALENDARS})
