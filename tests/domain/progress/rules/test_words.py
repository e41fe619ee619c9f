"""The words of an evaluation: its four parts, none lost and none beyond what can be kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.progress.rules.words import MOST_WORDS, WORDS, check_words
from yupana.foundation.kernel.errors import Refused

EMPTY = dict.fromkeys(("summary", "method", "findings", "recommendations"), "")


def test_an_evaluation_without_words_has_four_empty_parts() -> None:
    assert check_words({}) == EMPTY


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Avanzamos", "Avanzamos"),
        ("  Avanzamos \n\n", "Avanzamos"),
        ("Uno\r\n\r\nDos", "Uno\n\nDos"),
        (" \r\n\t", ""),
        ("a  b", "a  b"),
        ("x" * 40_000, "x" * 40_000),
        (f" {'x' * 40_000} ", "x" * 40_000),  # what is cut off does not count
        ("\r\n".join("x" * 20_000), "\n".join("x" * 20_000)),  # one end of a line is one character
    ],
    ids=range(8),
)
@pytest.mark.parametrize("name", WORDS)
def test_every_part_is_kept_without_white_space_around_it(name: str, text: str, kept: str) -> None:
    assert check_words({name: text}) == {**EMPTY, name: kept}


def test_parts_are_told_apart() -> None:
    told = {"method": "b", "summary": "a", "recommendations": "d", "findings": "c"}
    assert list(check_words(told).items()) == [("summary", "a"), ("method", "b"), ("findings", "c"),
                                               ("recommendations", "d")]  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_a_part_that_cannot_be_kept_is_named(name: str) -> None:
    with pytest.raises(Refused) as refused:
        check_words({name: "x" * (MOST_WORDS + 1)})
    assert (refused.value.code, refused.value.details) == ("evaluation-too-long", {"part": name, "most": 40_000})


@pytest.mark.parametrize("name", ["", "Summary", "title", "summary "])
def test_a_part_that_nobody_knows_is_named_with_those_that_there_are(name: str) -> None:
    with pytest.raises(Refused) as refused:
        check_words({"summary": "x", name: ""})
    assert (refused.value.code, refused.value.details) == (
        "evaluation-part",
        {"found": name, "known": "summary, method, findings, recommendations"},
    )


@given(st.dictionaries(st.sampled_from(WORDS), st.text(max_size=40)))
def test_words_that_were_checked_stay_as_they_are(words: dict[str, str]) -> None:
    once = check_words(words)
    assert check_words(once) == once
