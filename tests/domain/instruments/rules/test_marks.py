from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.rules import marks
from yupana.domain.instruments.rules.marks import Mark, words

WORDING = st.text("ab ,.ñ\u0301\n", max_size=40) | st.lists(st.sampled_from(["uno", " ", "dos", ".", "x"])).map("".join)


def shown(before: str, after: str) -> str:
    brackets = {Mark.KEPT: "{}", Mark.REMOVED: "[-{}]", Mark.ADDED: "[+{}]"}
    return "".join(brackets[piece.mark].format(piece.text) for piece in words(before, after))


@given(WORDING, WORDING)
def test_the_pieces_give_both_wordings_back(before: str, after: str) -> None:
    pieces = words(before, after)
    sides = ["".join(piece.text for piece in pieces if piece.mark != mark) for mark in (Mark.ADDED, Mark.REMOVED)]
    assert sides == [before, after]


@given(WORDING, WORDING)
def test_no_piece_is_empty_and_no_two_of_one_mark_follow_each_other(before: str, after: str) -> None:
    pieces = words(before, after)
    assert (
        all(piece.text for piece in pieces),
        [one for one, other in itertools.pairwise(pieces) if one.mark is other.mark],
    ) == (True, [])


@given(WORDING)
def test_the_same_wording_is_kept_as_a_whole(text: str) -> None:
    assert [(piece.mark, piece.text) for piece in words(text, text)] == ([(Mark.KEPT, text)] if text else [])


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("Publish the data", "Publish all the data", "Publish [+all ]the data"),
        ("Publish all the data.", "Publish the data!", "Publish [-all ]the data[-.][+!]"),
        ("Weave by the river", "Weave by a loom", "Weave by [-the river][+a loom]"),
        ("tejido", "téjido", "[-tejido][+téjido]"),
        ("te\u0301jido", "te\u0301jidos", "[-te\u0301jido][+te\u0301jidos]"),
        ("", "New", "[+New]"),
        ("Old", "", "[-Old]"),
    ],
)
def test_words_are_marked(before: str, after: str, marked: str) -> None:
    assert shown(before, after) == marked


def test_a_word_that_chance_left_standing_is_marked_with_what_surrounds_it() -> None:
    assert shown("knots counted by ancient keepers", "threads woven by diligent masters") == (
        "[-knots counted by ancient keepers][+threads woven by diligent masters]"
    )


def test_words_between_two_small_changes_stay() -> None:
    assert shown("a keeper counts b", "one keeper counts two") == "[-a][+one] keeper counts [-b][+two]"


def test_what_is_too_long_to_look_through_is_replaced_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "MOST_PAIRS", 8)
    assert (shown("a b", "a c"), shown("a b", "a b")) == ("[-a b][+a c]", "a b")


def test_two_books_are_marked_at_once() -> None:
    book = [str(number % 997) for number in range(6_000)]
    started = time.process_time()
    pieces = words(" ".join(book), " ".join(reversed(book)))
    assert (len(pieces) > 1, time.process_time() - started < 60) == (True, True)
