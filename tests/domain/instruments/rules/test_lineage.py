from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.facts import ItemRole, ItemRow, item_key
from yupana.domain.instruments.rules.lineage import Known, Matching, Proposal, ProposalKind, match

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE, ACTION = ItemRole.LINE, ItemRole.ACTION
LONG = "Every keeper of knots shows its ropes to whoever asks before the harvest festival and answers within nine days"
UNLIKE = "Looms stand wherever cloth is woven by hand so that travellers find shelter beside a warm fire at night"


def known(code: str, text: str, parent: str = "", role: ItemRole = LINE) -> Known:
    return Known(role, code, text, parent, f"was-{code}")


def row(code: str, text: str, parent: str = "", role: ItemRole = LINE, **more: object) -> ItemRow:
    above, _, below = parent.rpartition(":")
    told: dict[str, Any] = dict(more)
    return ItemRow("t.csv:2", role, code, text, (ItemRole(above), below) if parent else None, **told)


def sure(before: Sequence[Known], rows: Sequence[ItemRow]) -> dict[str, str]:
    return {key.partition(":")[2]: lineage for key, lineage in match(before, rows).sure.items()}


def proposed(before: Sequence[Known], rows: Sequence[ItemRow]) -> list[tuple[ProposalKind, set[str], set[str]]]:
    return [(each.kind, set(each.before), set(each.after)) for each in match(before, rows).proposals]


# --- what is sure ---------------------------------------------------------------------------------------------------
def test_what_the_source_says_comes_first() -> None:
    before = [known("1", "Knots"), known("2", "Ropes")]
    rows = [row("1", "Knots", lineage="was-2"), row("2", "Cloth")]
    assert sure(before, rows) == {"1": "was-2"}


@pytest.mark.parametrize("claims", [("unheard-of", ""), ("was-1", "was-1")], ids=["unknown", "claimed twice"])
def test_a_claim_that_nothing_bears_out_decides_nothing(claims: tuple[str, str]) -> None:
    rows = [row("7", "Sand", lineage=claims[0]), row("8", "Stone", lineage=claims[1])]
    assert sure([known("1", "Knots")], rows) == {}


def test_the_same_words_are_the_same_item_wherever_they_stand() -> None:
    before = [known("1", "Count the knots"), known("2", "Dry the ropes")]
    rows = [row("1", "dry the **ropes**."), row("9", "Count the knots")]
    assert sure(before, rows) == {"1": "was-2", "9": "was-1"}


def test_words_that_stand_twice_are_told_apart_by_code_then_by_what_they_stand_below() -> None:
    before = [
        known("1", "Knots"), known("2", "Ropes"), known("1.a", "Rest", "line:1"), known("2.a", "Rest", "line:2"),
        known("2.b", "Rest", "line:2"),
    ]  # fmt: skip
    rows = [
        row("1", "Knots"), row("3", "Ropes"), row("1.x", "Rest", "line:1"), row("3.a", "Rest", "line:3"),
        row("2.b", "Rest", "line:3"),
    ]  # fmt: skip
    assert sure(before, rows) == {
        "1": "was-1", "3": "was-2", "1.x": "was-1.a", "3.a": "was-2.a", "2.b": "was-2.b",
    }  # fmt: skip


def test_words_that_nothing_tells_apart_are_not_decided() -> None:
    before = [known("1", "Rest"), known("2", "Rest")]
    assert sure(before, [row("7", "Rest"), row("8", "Rest")]) == {}


def test_a_role_of_its_own_is_an_item_of_its_own() -> None:
    assert sure([known("1", "Knots")], [row("1", "Knots", role=ACTION)]) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LONG, LONG.replace("nine days", "a week")),
        (LONG, LONG.partition(" before")[0]),
        ("One counter", "One counter for all"),
        ("Open data", "Open registers"),
        ("Interweaving", "Interweavings"),
    ],
)
def test_the_same_code_worded_anew_is_the_same_item(old: str, new: str) -> None:
    assert sure([known("1", old)], [row("1", new)]) == {"1": "was-1"}


@pytest.mark.parametrize(("old", "new"), [(LONG, UNLIKE), ("Open data", "Warm shelter"), ("Knots", LONG)])
def test_a_code_that_says_something_wholly_different_is_another_item(old: str, new: str) -> None:
    matching = match([known("1", old)], [row("1", new)])
    assert (matching.sure, matching.proposals) == ({}, ())


def test_codes_that_change_places_do_not_take_the_items_with_them() -> None:
    before = [known("1", "Knots of wool"), known("2", "Knots of cotton")]
    rows = [row("1", "Knots of cotton"), row("2", "Knots of wool")]
    assert sure(before, rows) == {"1": "was-2", "2": "was-1"}


def test_a_code_is_no_proof_where_its_words_stand_elsewhere() -> None:
    before = [known("1", "Knots of wool"), known("2", "Knots of wool"), known("3", "Knots of cotton")]
    rows = [row("1", "Knots of silk"), row("8", "Knots of wool"), row("9", "Knots of wool")]
    assert sure(before, rows) == {}


# --- what is proposed -----------------------------------------------------------------------------------------------
def test_what_is_alike_under_another_code_is_proposed_and_not_decided() -> None:
    rows = [row("7", LONG.replace("nine days", "a week"))]
    matching = match([known("1", LONG), known("2", UNLIKE)], rows)
    (proposal,) = matching.proposals
    assert (matching.sure, proposal.kind, proposal.before, proposal.after, 0.8 < proposal.likeness < 1) == (
        {},
        ProposalKind.SAME,
        ("was-1",),
        ("line:7",),
        True,
    )


def test_another_role_is_proposed_only_where_the_words_are_nearly_the_same() -> None:
    half = " ".join(LONG.split()[:10])
    found = [proposed([known("1", LONG)], [row("7", text, role=ACTION)]) for text in (LONG, half)]
    assert found == [[(ProposalKind.SAME, {"was-1"}, {"action:7"})], []]


def test_each_item_is_proposed_once_with_what_is_most_like_it() -> None:
    before = [known("1", LONG), known("2", LONG + " of the year")]
    rows = [row("7", LONG + " of the dry year"), row("8", LONG + " or so")]
    assert proposed(before, rows) == [
        (ProposalKind.SAME, {"was-1"}, {"line:8"}),
        (ProposalKind.SAME, {"was-2"}, {"line:7"}),
    ]


TWO = "Keepers count the knots of every rope at harvest; weavers mend the looms of every village in winter"
HALVES = "Keepers count the knots of every rope at harvest", "Weavers mend the looms of every village in winter"


def test_one_item_whose_words_stand_in_two_new_ones_may_have_been_split() -> None:
    rows = [row("7", HALVES[0]), row("8", HALVES[1]), row("9", UNLIKE)]
    assert proposed([known("1", TWO)], rows) == [(ProposalKind.SPLIT, {"was-1"}, {"line:7", "line:8"})]


def test_two_items_whose_words_stand_in_a_new_one_may_have_been_merged() -> None:
    before = [known("1", HALVES[0]), known("2", HALVES[1]), known("3", UNLIKE)]
    assert proposed(before, [row("7", TWO)]) == [(ProposalKind.MERGE, {"was-1", "was-2"}, {"line:7"})]


def test_an_item_that_kept_its_code_and_lost_half_of_its_words_may_have_been_split() -> None:
    matching = match([known("1", TWO)], [row("1", HALVES[0]), row("8", HALVES[1])])
    assert (matching.sure, [(each.kind, each.after) for each in matching.proposals]) == (
        {"line:1": "was-1"},
        [(ProposalKind.SPLIT, ("line:1", "line:8"))],
    )


def test_an_item_that_kept_all_its_words_was_not_split_however_alike_a_new_one_is() -> None:
    assert proposed([known("1", TWO)], [row("1", TWO), row("8", HALVES[1])]) == []


def test_a_part_of_another_role_is_no_part() -> None:
    rows = [row("7", HALVES[0]), row("8", HALVES[1], role=ACTION)]
    assert ProposalKind.SPLIT not in {kind for kind, *_ in proposed([known("1", TWO)], rows)}


@given(
    st.lists(st.sampled_from(["Knots", "Ropes", LONG, TWO, *HALVES, UNLIKE]), max_size=6),
    st.lists(st.sampled_from(["Knots", "Rope", LONG + "!", TWO, *HALVES, UNLIKE]), max_size=6),
)
def test_no_item_is_surely_two_and_no_proposal_touches_what_is_settled(old: list[str], new: list[str]) -> None:
    matching = match(
        [known(str(at), text) for at, text in enumerate(old)], [row(str(at), text) for at, text in enumerate(new)]
    )
    lineages = set(matching.sure.values())
    same = [each for each in matching.proposals if each.kind is ProposalKind.SAME]
    settled = [each for each in same if lineages & {*each.before} or matching.sure.keys() & {*each.after}]
    assert (len(lineages), settled) == (len(matching.sure), [])


@given(st.lists(st.sampled_from(["Knots", "Ropes", LONG, UNLIKE]), max_size=6, unique=True))
def test_a_text_is_surely_itself(texts: list[str]) -> None:
    before = [known(str(at), text) for at, text in enumerate(texts)]
    assert match(before, [row(str(at), text) for at, text in enumerate(texts)]) == (
        Matching({item_key(LINE, each.code): each.lineage for each in before}, ())
    )


def test_likeness_is_a_share() -> None:
    proposals: tuple[Proposal, ...] = match([known("1", TWO)], [row("7", HALVES[0]), row("8", HALVES[1])]).proposals
    assert [0 < each.likeness <= 1 for each in proposals] == [True]


def test_twelve_hundred_items_all_renumbered_and_reworded_are_looked_through_within_seconds() -> None:
    words = LONG.split() + UNLIKE.split()
    texts = [
        " ".join(f"{words[(at * step) % len(words)]}{(at * step) % 89}" for step in range(3, 33)) for at in range(1200)
    ]
    before = [known(str(at), text) for at, text in enumerate(texts)]
    started = time.process_time()
    matching = match(before, [row(f"n{at}", text.partition(" ")[2] + " anew") for at, text in enumerate(texts)])
    assert (len(matching.proposals) > 100, time.process_time() - started < 60) == (True, True)
