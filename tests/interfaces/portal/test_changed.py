"""Marks of a wording, shortened to what stands beside a change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.rules.marks import Mark, Piece, words
from yupana.interfaces.portal import changed

KEPT, REMOVED, ADDED = Mark.KEPT, Mark.REMOVED, Mark.ADDED
TEXTS = st.lists(st.sampled_from(["uno", "dos", "tres", "cuatro", "\n"]), max_size=60).map(" ".join)


def test_what_was_kept_is_left_out_but_beside_a_change() -> None:
    long = "palabra " * 50
    pieces = (Piece(KEPT, long), Piece(ADDED, "nueva "), Piece(KEPT, long), Piece(REMOVED, "vieja"), Piece(KEPT, long))
    assert [piece.text for piece in changed.shortened(pieces, 8)] == [
        " […] palabra ",
        "nueva ",
        "palabra  […] palabra ",
        "vieja",
        "palabra  […] ",
    ]


def test_what_is_short_stays_whole() -> None:
    pieces = (Piece(KEPT, "uno "), Piece(ADDED, "dos"))
    assert tuple(changed.shortened(pieces, 8)) == pieces


@given(TEXTS, TEXTS)
def test_no_change_is_ever_left_out(one: str, other: str) -> None:
    pieces = words(one, other)
    told = list(changed.shortened(pieces, 5))
    assert [piece for piece in told if piece.mark is not KEPT] == [piece for piece in pieces if piece.mark is not KEPT]


@given(TEXTS, TEXTS, st.integers(1, 100))
def test_a_wording_is_no_longer_than_it_may_be(one: str, other: str, most: int) -> None:
    found = changed.wording("text", words(one, other), around=10, most=most)
    assert (sum(len(piece.text) for piece in found.pieces) <= most, found.name) == (True, str(changed.TEXTS["text"]))


def test_a_wording_that_is_cut_says_so() -> None:
    pieces = (Piece(ADDED, "x" * 50),)
    assert [changed.wording("body", pieces, most=most).cut for most in (49, 50)] == [True, False]
