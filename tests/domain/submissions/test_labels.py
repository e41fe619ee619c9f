"""Every refusal and every doubt of this room has its sentence, and every value its word."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

import yupana
from yupana.domain.submissions.labels import LABELS, MESSAGES
from yupana.domain.submissions.rules import Channel, Doubt, Resolution, State

if TYPE_CHECKING:
    from enum import StrEnum

PACKAGE = Path(yupana.__file__).parent
SOURCES = [
    *(PACKAGE / "domain" / "submissions").rglob("*.py"),
]
REFUSALS = {"Refused", "Forbidden", "Conflict", "Missing"}
KNOWN = {*MESSAGES}


def refusals() -> list[tuple[str, set[str]]]:
    """Find each refusal that the code raises by a literal id, with the details that it gives."""
    return [
        (word.value, {str(keyword.arg) for keyword in call.keywords})
        for source in SOURCES
        for call in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in REFUSALS
        for word in ast.walk(call.args[0])
        if isinstance(word, ast.Constant) and isinstance(word.value, str)
    ]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


def test_every_refusal_has_its_sentence() -> None:
    assert sorted({code for code, _ in refusals() if "-" in code} - KNOWN) == []


def test_every_sentence_is_said_somewhere() -> None:
    said = "\n".join(source.read_text(encoding="utf-8") for source in SOURCES if source.name != "labels.py")
    assert [code for code in MESSAGES if f'"{code}"' not in said] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sentence_asks_for_nothing_that_the_refusal_does_not_give(language: str) -> None:
    with override(language):
        asked = {code: placeholders(str(MESSAGES[code])) - given for code, given in refusals() if code in MESSAGES}
    assert {code: names for code, names in asked.items() if names} == {}


@pytest.mark.parametrize("kind", [Channel, Doubt, Resolution, State])
def test_every_value_has_its_word(kind: type[StrEnum]) -> None:
    assert set(LABELS[kind]) == set(kind)
