"""What follow-up says to people: one sentence a refusal, one word a choice, in English and in Spanish."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from tests.refusals import placeholders, refusals
from yupana.domain.progress import labels, rules
from yupana.domain.progress.labels import LABELS, MESSAGES, ROOMS
from yupana.domain.progress.labels.evaluations import BANDS
from yupana.domain.progress.labels.evidence import LEVELS
from yupana.domain.progress.rules import HOUSE, EvidenceLevel, Flag, Odd

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ROOM = Path(labels.__file__).parents[1]
SHOWN = [each for each in vars(rules).values() if isinstance(each, type) and issubclass(each, StrEnum)]
# Never shown by a word of its own: a page draws it, or says it within another sentence.
UNSHOWN = {"Direction", "EvidenceKind"}


def texts() -> dict[str, StrPromise]:
    """Every sentence and word, by a name of its own."""
    words = {f"{kind.__name__}.{value}": text for kind, told in LABELS.items() for value, text in told.items()}
    more = {f"band.{name}": text for name, text in BANDS.items()} | {
        f"level.{level.name}": text for level, text in LEVELS.items()
    }
    return MESSAGES | words | more


def said(text: StrPromise, language: str) -> str:
    with translation.override(language):
        return str(text)


def test_no_task_takes_the_sentence_of_another() -> None:
    assert (sum(len(room.MESSAGES) for room in ROOMS), sum(len(room.LABELS) for room in ROOMS)) == (
        len(MESSAGES), len(LABELS),
    )  # fmt: skip


@pytest.mark.parametrize(
    "kind", [each for each in SHOWN if each.__name__ not in UNSHOWN], ids=lambda each: each.__name__
)
def test_every_choice_has_its_word_and_no_word_is_said_of_two(kind: type[StrEnum]) -> None:
    told = LABELS[kind]
    assert set(told) == set(kind)
    for language in ("en", "es"):
        words = [said(text, language) for text in told.values()]
        assert len(set(words)) == len(words)


def test_bands_of_the_house_and_levels_of_evidence_have_their_words() -> None:
    assert (set(BANDS), set(LEVELS)) == ({each.name for each in HOUSE.bands}, set(EvidenceLevel))


@pytest.mark.parametrize("name", sorted(texts()))
def test_it_is_said_in_spanish_and_with_the_same_details(name: str) -> None:
    english, spanish = (said(texts()[name], language) for language in ("en", "es"))
    assert spanish != english or english.isupper()
    assert placeholders(spanish) == placeholders(english)
    assert bool(spanish.strip())


@pytest.mark.parametrize("name", sorted(MESSAGES))
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sentence_ends_and_can_be_filled(name: str, language: str) -> None:
    text = said(MESSAGES[name], language)
    filled = text % dict.fromkeys(placeholders(text), "7")
    assert re.fullmatch(r".*[.?:!]", filled, re.DOTALL)
    assert "%(" not in filled
    assert "%%" not in filled


def test_every_refusal_of_this_room_gives_what_its_sentence_asks_for() -> None:
    told = refusals(sorted(ROOM.rglob("*.py")))
    short = [(code, placeholders(str(MESSAGES[code])) - given) for code, given in told if code in MESSAGES]
    assert [each for each in short if each[1]] == []
    assert len(told) > len(MESSAGES) / 2  # there was something to look at


def test_every_sentence_is_said_somewhere() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for path in ROOM.parents[1].rglob("*.py")
        if not path.is_relative_to(ROOM / "labels")
    )
    assert [code for code in MESSAGES if f'"{code}"' not in sources] == []


def test_what_is_odd_is_said_as_what_a_reader_should_know() -> None:
    assert {each.value for each in Flag} <= {each.value for each in Odd}
