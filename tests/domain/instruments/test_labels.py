"""Every refusal of this room and of its format has its sentence, and every sentence finds its words."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest
from django.utils.translation import override

import yupana
from tests.refusals import placeholders, refusals
from yupana.domain.instruments import facts
from yupana.domain.instruments.labels import LABELS, MESSAGES
from yupana.foundation.vault.labels import MESSAGES as OF_VAULT
from yupana.interfaces.interchange.labels import MESSAGES as OF_TABLES

PACKAGE = Path(yupana.__file__).parent
SOURCES = [
    *(PACKAGE / "domain" / "instruments").rglob("*.py"),
    *(PACKAGE / "interfaces" / "interchange" / "instruments").rglob("*.py"),
    PACKAGE / "interfaces" / "interchange" / "alignments.py",
    PACKAGE / "interfaces" / "cli" / "align.py",
]

KINDS = [each for each in vars(facts).values() if isinstance(each, type) and issubclass(each, StrEnum) and list(each)]


def test_every_refusal_has_its_sentence() -> None:
    assert sorted({code for code, _ in refusals(SOURCES)} - {*MESSAGES, *OF_TABLES, *OF_VAULT}) == []


def test_every_sentence_is_said_somewhere() -> None:
    said = "\n".join(source.read_text(encoding="utf-8") for source in SOURCES if source.name != "labels.py")
    assert [code for code in MESSAGES if f'"{code}"' not in said] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sentence_asks_for_nothing_that_the_refusal_does_not_give(language: str) -> None:
    with override(language):
        lacking = {
            code: placeholders(str(MESSAGES[code])) - given - {"where", "item"}
            for code, given in refusals(SOURCES)
            if code in MESSAGES and not placeholders(str(MESSAGES[code])) <= given | {"where", "item"}
        }
    assert lacking == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_has_its_word(kind: type[StrEnum]) -> None:
    assert set(LABELS[kind]) == set(kind)
