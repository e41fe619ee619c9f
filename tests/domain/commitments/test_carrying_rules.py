"""Where an answer belongs in a later edition, by lineage alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.commitments.rules import LOST, PLACED, Fate, Passage, follow, misfit, onward, splits
from yupana.domain.instruments.facts import Origin, OriginKind

Items = dict[str, tuple[Origin, ...]]


def merged(*of: str) -> tuple[Origin, ...]:
    return tuple(Origin(OriginKind.MERGE, each) for each in of)


def split(of: str) -> tuple[Origin, ...]:
    return (Origin(OriginKind.SPLIT, of),)


def items(*plain: str, **others: tuple[Origin, ...]) -> Items:
    return {**dict.fromkeys(plain, ()), **others}


FIRST = items("a", "b", "c", "d", "e")
SECOND = items("a", m=merged("b", "c"), x=split("d"), y=split("d"))
PASSAGE = Passage.between(FIRST, SECOND)


@pytest.mark.parametrize(
    ("lineage", "choices", "now", "fate"),
    [
        ("a", {}, "a", Fate.SAME),
        ("b", {}, "m", Fate.MERGED),
        ("c", {}, "m", Fate.MERGED),
        ("d", {}, "", Fate.SPLIT),
        ("d", {"d": "y"}, "y", Fate.CHOSEN),
        ("d", {"d": "m"}, "", Fate.SPLIT),
        ("d", {"e": "y"}, "", Fate.SPLIT),
        ("e", {}, "", Fate.REMOVED),
        ("e", {"e": "a"}, "", Fate.REMOVED),
    ],
)
def test_an_answer_goes_where_its_item_went(lineage: str, choices: dict[str, str], now: str, fate: Fate) -> None:
    assert follow(lineage, [PASSAGE], choices) == (now, fate)


def test_nothing_happens_without_a_later_edition() -> None:
    assert follow("a", [], {"a": "b"}) == ("a", Fate.SAME)


@pytest.mark.parametrize(
    ("third", "lineage", "choices", "now"),
    [
        (items("a", m=merged("b", "c")), "b", {}, ("m", Fate.MERGED)),
        (items("a", n=merged("m", "a")), "b", {}, ("n", Fate.MERGED)),
        (items("a"), "b", {}, ("", Fate.REMOVED)),
        (items("a", x=split("d"), y=split("d")), "d", {"d": "x"}, ("x", Fate.CHOSEN)),
        (items("a", n=merged("x")), "d", {"d": "x"}, ("n", Fate.MERGED)),
        (items("a"), "d", {"d": "x"}, ("", Fate.REMOVED)),
    ],
)
def test_an_item_is_followed_through_every_edition_on_the_way(
    third: Items, lineage: str, choices: dict[str, str], now: tuple[str, Fate]
) -> None:
    """What an edition repeats of origins that the one before told already happened once."""
    assert follow(lineage, [PASSAGE, Passage.between(SECOND, third)], choices) == now


def test_an_item_that_lives_on_beside_what_was_split_from_it_is_one_of_its_parts() -> None:
    passage = Passage.between(items("a"), items("a", x=split("a")))
    assert [
        follow("a", [passage], {}),
        follow("a", [passage], {"a": "a"}),
        follow("a", [passage], {"a": "x"}),
    ] == [("", Fate.SPLIT), ("a", Fate.CHOSEN), ("x", Fate.CHOSEN)]


def test_an_item_that_takes_others_in_stays_itself() -> None:
    passage = Passage.between(items("a", "b"), items(a=merged("b")))
    assert (follow("a", [passage], {}), follow("b", [passage], {})) == (("a", Fate.SAME), ("a", Fate.MERGED))


def test_an_origin_that_was_never_there_is_no_origin() -> None:
    assert Passage.between(items("a"), items("a", x=split("z"), m=merged("z"))).split == {}


def test_whatever_was_split_is_named_with_its_parts() -> None:
    assert splits([PASSAGE, Passage.between(SECOND, items("p", "q", **{each: split("a") for each in "rs"}))]) == {
        "d": ("x", "y"),
        "a": ("r", "s"),
    }


names = st.sampled_from("abcdefgh")
origins = st.lists(st.builds(Origin, st.sampled_from(OriginKind), names), max_size=2).map(tuple)
texts = st.dictionaries(names, origins, max_size=8)


@given(st.lists(texts, min_size=1, max_size=4), st.dictionaries(names, names))
def test_an_answer_is_placed_in_the_last_edition_or_nowhere(editions: list[Items], choices: dict[str, str]) -> None:
    passages = [Passage.between(one, other) for one, other in pairwise(editions)]
    for lineage in editions[0]:
        now, fate = follow(lineage, passages, choices)
        assert (now in editions[-1]) if fate in PLACED else (now == "" and fate in LOST)


@pytest.mark.parametrize(
    ("kind", "into", "years", "why"),
    [
        ("", "", ("2018", "2020"), ""),
        ("pei", "pei", ("2021-2025", "2026-2030"), ""),
        ("poa", "poa", ("2026", "2026"), ""),
        ("poa", "poa", ("2026", "2027"), "carry-other-year"),
        ("pei", "poa", ("2026", "2026"), "carry-other-kind"),
        ("", "poa", ("2026", "2026"), "carry-other-kind"),
        ("poa", "", ("2026", "2026"), "carry-other-kind"),
    ],
)
def test_a_plan_goes_on_as_what_it_is(kind: str, into: str, years: tuple[str, str], why: str) -> None:
    assert misfit(kind, into, years) == why


@pytest.mark.parametrize(
    ("before", "after", "does"),
    [
        ({1: 10}, {1: 20}, True),
        ({1: 10, 2: 5}, {1: 20, 2: 5}, True),
        ({1: 10}, {1: 10}, False),
        ({1: 20}, {1: 10}, False),
        ({1: 10, 2: 6}, {1: 20, 2: 5}, False),
        ({1: 10}, {2: 20}, False),
        ({}, {1: 20}, False),
    ],
)
def test_plans_go_on_to_a_later_edition_alone(before: dict[int, int], after: dict[int, int], *, does: bool) -> None:
    assert onward(before, after) is does
