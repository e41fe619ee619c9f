"""Every refusal and every doubt of this room and of its format has its sentence, and every value its word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

import yupana
from tests.refusals import placeholders, refusals
from yupana.domain.commitments.labels import LABELS, MESSAGES
from yupana.domain.commitments.rules import Kind, Medium
from yupana.domain.obligations.labels import MESSAGES as OF_OBLIGATIONS
from yupana.domain.submissions.labels import MESSAGES as OF_SUBMISSIONS
from yupana.interfaces.interchange.labels import MESSAGES as OF_TABLES

if TYPE_CHECKING:
    from enum import StrEnum

PACKAGE = Path(yupana.__file__).parent
SOURCES = [
    *(PACKAGE / "domain" / "commitments").rglob("*.py"),
    PACKAGE / "interfaces" / "interchange" / "commitments.py",
    PACKAGE / "interfaces" / "desk" / "writing.py",
]
KNOWN = {*MESSAGES, *OF_OBLIGATIONS, *OF_SUBMISSIONS, *OF_TABLES}


def test_every_refusal_has_its_sentence() -> None:
    assert sorted({code for code, _ in refusals(SOURCES) if "-" in code} - KNOWN) == []


def test_every_sentence_is_said_somewhere() -> None:
    said = "\n".join(source.read_text(encoding="utf-8") for source in SOURCES if source.name != "labels.py")
    assert [code for code in MESSAGES if f'"{code}"' not in said] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sentence_asks_for_nothing_that_the_refusal_does_not_give(language: str) -> None:
    with override(language):
        asked = {
            code: placeholders(str(MESSAGES[code])) - given for code, given in refusals(SOURCES) if code in MESSAGES
        }
    assert {code: names for code, names in asked.items() if names} == {}


@pytest.mark.parametrize("kind", [Kind, Medium])
def test_every_value_has_its_word(kind: type[StrEnum]) -> None:
    assert set(LABELS[kind]) == set(kind)
