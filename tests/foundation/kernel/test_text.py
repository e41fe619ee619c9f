"""Text as people search and sort it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.foundation.kernel.text import MOST_WORDS, fold, sort_key, squeeze, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ábaco", "abaco"),
        ("  La   PAZ\n\tBolivia ", "la paz bolivia"),
        ("Ñuñoa", "nunoa"),
        ("A\u0301baco", "abaco"),
        ("Straße", "strasse"),
        ("℡", "tel"),
        ("ﬁn", "fin"),
        ("\u00a0", ""),
    ],
)
def test_text_is_folded_for_searching(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_capitals_are_found_by_small_letters(text: str) -> None:
    assert fold(text.upper().lower()) == fold(text.upper())


def test_names_sort_as_in_spanish() -> None:
    names = ["Oruro", "Ñuflo", "Nuñez", "Nuz", "Ábaco", "abeja", "Zongo", "Nz"]
    assert sorted(names, key=lambda name: sort_key(name).encode()) == [
        "Ábaco",
        "abeja",
        "Nuñez",
        "Nuz",
        "Nz",
        "Ñuflo",
        "Oruro",
        "Zongo",
    ]


@given(st.text())
def test_squeezed_text_has_single_spaces_and_no_ends(text: str) -> None:
    assert squeeze(text) == " ".join(text.split()) or not text.isprintable()


@given(st.text())
def test_words_are_looked_for_once_each_and_not_without_end(text: str) -> None:
    assert words_of(text) == list(dict.fromkeys(fold(text).split()))[:MOST_WORDS]


def test_of_what_nobody_types_only_the_beginning_is_looked_for() -> None:
    assert [len(words_of(each)) for each in (" ".join(map(str, range(999))), "x" * 9999, " ")] == [MOST_WORDS, 1, 0]
    assert len(words_of("x" * 9999)[0]) < 9999
