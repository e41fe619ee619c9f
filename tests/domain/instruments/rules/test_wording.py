from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.rules.wording import MOST_SHARING, Shelf, Wording, covered, likeness

WORDINGS = st.text("ab o.Ñ", max_size=12).map(Wording.of)


def alike(one: str, other: str) -> float:
    return likeness(Wording.of(one), Wording.of(other))


@given(WORDINGS, WORDINGS)
def test_likeness_is_a_share_and_the_same_both_ways(one: Wording, other: Wording) -> None:
    assert (0 <= likeness(one, other) <= 1, likeness(one, other)) == (True, likeness(other, one))


@given(WORDINGS, WORDINGS)
def test_only_the_same_words_in_the_same_order_are_wholly_alike(one: Wording, other: Wording) -> None:
    assert (likeness(one, other) == 1) == (one.plain == other.plain)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Los **nudos**, contados.", "los nudos contados"), ("ÁBACO  y\nquipu", "abaco y quipu"), ("...", "...")],
)
def test_marks_case_accents_and_spaces_make_no_difference(one: str, other: str) -> None:
    assert alike(one, other) == 1


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Counting knots", "Weaving cloth", 0, 0.1),
        ("Counting knots", "Counting threads", 0.4, 0.6),
        ("Interweaving", "Interweavings", 0.9, 0.999),
        ("Count the knots of the old rope", "Of the old rope count the knots", 0.99, 0.999),
        ("", "Knots", 0, 0),
    ],
    ids=["nothing", "a word", "an ending", "the order", "no words"],
)
def test_two_wordings_are_as_alike_as_what_they_share(one: str, other: str, least: float, most: float) -> None:
    assert least <= alike(one, other) <= most


def test_little_words_tell_only_where_there_are_no_others() -> None:
    assert (Wording.of("de la red").size, Wording.of("de la").size) == (1, 2)


def test_parts_cover_what_they_have_of_a_whole_taken_together() -> None:
    whole = Wording.of("knots ropes looms cloth")
    parts = [Wording.of("knots ropes"), Wording.of("ropes looms wool")]
    assert (covered(whole, parts), covered(whole, []), covered(Wording.of("..."), parts)) == (0.75, 0, 0)


def test_a_shelf_gives_what_shares_rare_words_first() -> None:
    shelf = Shelf([Wording.of(text) for text in ("plan of knots", "plan of looms", "plan of the quipu", "sand")])
    assert (shelf.near(Wording.of("a plan with a quipu")), shelf.near(Wording.of("stone"))) == ([2, 0, 1], [])


def test_a_shelf_gives_no_more_than_it_is_asked_for() -> None:
    shelf = Shelf([Wording.of(f"knot {number}") for number in range(30)])
    assert shelf.near(Wording.of("knot"), most=3) == [0, 1, 2]


def test_a_word_that_nearly_all_share_leads_nowhere() -> None:
    shelf = Shelf([Wording.of(f"knot {number}") for number in range(MOST_SHARING + 1)])
    assert (shelf.near(Wording.of("knot")), shelf.near(Wording.of("knot 7"))) == ([], [7])
