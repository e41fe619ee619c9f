from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.instruments.rules.texts import fact, texts
from yupana.domain.instruments.facts import NOBODY, ItemFact, ItemRole, Origin, OriginKind, Target, Transition
from yupana.domain.instruments.rules.changes import Change, ChangeKind
from yupana.domain.instruments.rules.compare import apply, bare, compare, rising, summary

TextOf = tuple[ItemFact, ...]

BASE = (
    fact("axis:1"),
    fact("1.1", parent="axis:1"),
    fact("1.2", parent="axis:1"),
    fact("1.3", parent="axis:1"),
    fact("axis:2"),
    fact("2.1", parent="axis:2"),
)


def kinds(before: TextOf, after: TextOf) -> dict[str, set[ChangeKind]]:
    return {change.lineage: set(change.kinds) for change in compare(before, after)}


def but(lineage: str, base: TextOf = BASE, /, **said: object) -> TextOf:
    """Say one item of a text differently."""
    row: dict[str, Any] = dict(said)
    facts = {name: row.pop(name) for name in ("weight", "binds") if name in row}
    return tuple(
        replace(item, row=replace(item.row, **row), **facts) if item.lineage == lineage else item for item in base
    )


def placed(*order: str) -> TextOf:
    """Put the base in another order, by lineage."""
    return tuple(next(item for item in BASE if item.lineage == lineage) for lineage in order)


# --- the two laws ---------------------------------------------------------------------------------------------------
@given(texts())
def test_a_text_does_not_differ_from_itself(text: TextOf) -> None:
    assert compare(text, text) == ()


@given(texts(), texts())
def test_what_was_found_to_differ_makes_one_text_into_the_other(before: TextOf, after: TextOf) -> None:
    assert bare(apply(before, compare(before, after))) == bare(after)


@given(texts(), texts())
def test_a_change_is_told_once_of_each_item_in_reading_order_and_of_no_item_that_is_as_it_was(
    before: TextOf, after: TextOf
) -> None:
    changes = compare(before, after)
    order = [item.lineage for item in after] + [item.lineage for item in before]
    told = [change.lineage for change in changes]
    assert (told, len(told)) == (sorted(told, key=order.index), len(set(told)))


@given(texts(), texts())
def test_items_that_are_not_told_of_say_the_same(before: TextOf, after: TextOf) -> None:
    told = {change.lineage for change in compare(before, after)}
    old = {item.lineage: item.row.text for item in before if item.lineage not in told}
    assert old == {item.lineage: item.row.text for item in after if item.lineage not in told}


# --- each kind ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"text": "Other"}, ChangeKind.REWORDED),
        ({"body": "Other"}, ChangeKind.REWORDED),
        ({"legal_basis": "Law 1"}, ChangeKind.REWORDED),
        ({"code": "7"}, ChangeKind.RENUMBERED),
        ({"role": ItemRole.REQUIREMENT}, ChangeKind.RENUMBERED),
        ({"stake": 100}, ChangeKind.REWEIGHTED),
        ({"stake": 100, "weight": 9}, ChangeKind.REWEIGHTED),
        ({"weight": 9}, ChangeKind.SHIFTED),
        ({"due_on": date(2025, 1, 1)}, ChangeKind.REDATED),
        ({"audience": NOBODY}, ChangeKind.READDRESSED),
        ({"binds": False}, ChangeKind.READDRESSED),
        ({"target": Target(number=Decimal(5))}, ChangeKind.RETARGETED),
        ({"transition": Transition.NEXT_PLAN}, ChangeKind.OTHER),
        ({"more": {"a": "b"}}, ChangeKind.OTHER),
        ({"parent": (ItemRole.AXIS, "2")}, ChangeKind.MOVED),
        ({"origins": (Origin(OriginKind.SPLIT, "unknown"),)}, ChangeKind.OTHER),
    ],
)
def test_an_item_is_told_of_by_what_happened_to_it(said: dict[str, Any], kind: ChangeKind) -> None:
    assert kinds(BASE, but("L1.3", **said)) == {"L1.3": {kind}}


@pytest.mark.parametrize("said", [{"where": "other.csv:9"}, {"lineage": "L1.3"}])
def test_where_a_text_stood_and_what_goes_without_saying_is_no_change(said: dict[str, Any]) -> None:
    assert kinds(BASE, but("L1.3", **said)) == {}


def test_several_things_may_happen_to_one_item() -> None:
    after = but("L1.3", text="Other", code="9", due_on=date(2025, 1, 1))
    assert kinds(BASE, after) == {"L1.3": {ChangeKind.REWORDED, ChangeKind.RENUMBERED, ChangeKind.REDATED}}


@pytest.mark.parametrize(
    ("said", "done"), [({"weight": 9}, set()), ({"weight": 9, "text": "Other"}, {ChangeKind.REWORDED})]
)
def test_that_a_weight_only_follows_is_not_said_of_the_item_itself(said: dict[str, Any], done: set[ChangeKind]) -> None:
    (change,) = compare(BASE, but("L1.3", **said))
    assert (set(change.said), set(change.kinds - change.said)) == (done, {ChangeKind.SHIFTED})


def test_what_came_and_what_left_touches_nobody_else() -> None:
    after = (BASE[0], fact("1.0", parent="axis:1"), *BASE[2:])
    assert kinds(BASE, after) == {"L1.0": {ChangeKind.ADDED}, "L1.1": {ChangeKind.REMOVED}}


def test_a_renumbered_item_does_not_touch_what_stands_below_it() -> None:
    below = tuple(replace(item, row=replace(item.row, parent=(ItemRole.AXIS, "9"))) for item in BASE[1:4])
    after = (replace(BASE[0], row=replace(BASE[0].row, code="9")), *below, *BASE[4:])
    assert kinds(BASE, after) == {"L1": {ChangeKind.RENUMBERED}}


@pytest.mark.parametrize(
    ("order", "moved"),
    [
        (("L1", "L1.3", "L1.1", "L1.2", "L2", "L2.1"), {"L1.3"}),
        (("L1", "L1.2", "L1.3", "L1.1", "L2", "L2.1"), {"L1.1"}),
        (("L2", "L2.1", "L1", "L1.1", "L1.2", "L1.3"), {"L2"}),
    ],
    ids=["the last comes first", "the first comes last", "two axes change places: one of them did"],
)
def test_the_fewest_items_that_explain_an_order_have_moved(order: tuple[str, ...], moved: set[str]) -> None:
    assert kinds(BASE, placed(*order)) == {lineage: {ChangeKind.MOVED} for lineage in moved}


def test_a_child_of_what_left_has_moved() -> None:
    after = (*BASE[:4], but("L2.1", parent=None)[5])
    assert kinds(BASE, after) == {"L2.1": {ChangeKind.MOVED}, "L2": {ChangeKind.REMOVED}}


def test_a_change_says_where_an_item_stands_now() -> None:
    (change,) = compare(BASE, (*BASE[:3], BASE[4], BASE[5], but("L1.3", parent=(ItemRole.AXIS, "2"))[3]))
    assert (change.under, change.follows) == ("L2", "L2.1")


# --- splits and merges ----------------------------------------------------------------------------------------------
def test_a_split_item_is_not_removed_and_its_parts_are_not_added() -> None:
    parts = [
        fact(code, parent="axis:2", lineage=code, origins=(Origin(OriginKind.SPLIT, "L2.1"),))
        for code in ("2.a", "2.b")
    ]
    changes = compare(BASE, (*BASE[:5], *parts))
    assert [(change.lineage, set(change.kinds), change.heirs) for change in changes] == [
        ("2.a", {ChangeKind.SPLIT}, ()),
        ("2.b", {ChangeKind.SPLIT}, ()),
        ("L2.1", {ChangeKind.SPLIT}, ("2.a", "2.b")),
    ]


def test_items_merged_into_a_new_one_are_counted_not_the_new_one() -> None:
    merged = fact("1.9", parent="axis:1", origins=(Origin(OriginKind.MERGE, "L1.1"), Origin(OriginKind.MERGE, "L1.2")))
    changes = compare(BASE, (BASE[0], merged, *BASE[3:]))
    assert (Counter(len(change.heirs) for change in changes), summary(changes)) == (
        Counter({0: 1, 1: 2}),
        {ChangeKind.MERGED: 2},
    )


def test_an_item_that_stays_beside_what_was_split_from_it_is_told_of_too() -> None:
    part = fact("1.4", parent="axis:1", origins=(Origin(OriginKind.SPLIT, "L1.3"),))
    assert kinds(BASE, (*BASE[:4], part, *BASE[4:])) == {"L1.3": {ChangeKind.SPLIT}, "L1.4": {ChangeKind.SPLIT}}


def test_an_item_that_takes_another_in_keeps_its_own_story() -> None:
    after = tuple(
        item for item in but("L1.1", text="Both", origins=(Origin(OriginKind.MERGE, "L1.2"),)) if item is not BASE[2]
    )
    assert kinds(BASE, after) == {"L1.1": {ChangeKind.REWORDED, ChangeKind.MERGED}, "L1.2": {ChangeKind.MERGED}}


def test_an_origin_that_was_told_before_is_no_news() -> None:
    told = but("L1.1", origins=(Origin(OriginKind.SPLIT, "L1.2"),))
    assert kinds(told, but("L1.3", told, text="Other")) == {"L1.3": {ChangeKind.REWORDED}}


# --- figures --------------------------------------------------------------------------------------------------------
def test_a_summary_counts_each_kind_of_each_item() -> None:
    after = (*but("L1.1", text="Other", code="8")[:5], fact("2.7", parent="axis:2"))
    assert summary(compare(BASE, after)) == {
        ChangeKind.ADDED: 1,
        ChangeKind.REMOVED: 1,
        ChangeKind.REWORDED: 1,
        ChangeKind.RENUMBERED: 1,
    }


def test_nothing_is_summed_up_as_nothing() -> None:
    assert summary(()) == {}


@given(st.lists(st.integers(0, 30), unique=True, max_size=9))
def test_a_rising_run_rises_and_none_is_longer(numbers: list[int]) -> None:
    lengths: list[int] = []
    for at, number in enumerate(numbers):
        lengths.append(1 + max((lengths[before] for before in range(at) if numbers[before] < number), default=0))
    found = [numbers[at] for at in sorted(rising(numbers))]
    assert (found, len(found)) == (sorted(found), max(lengths, default=0))


def test_a_thousand_and_two_hundred_items_turned_around_are_compared_and_made_anew_at_once() -> None:
    text = tuple(fact(str(number)) for number in range(1200))
    started = time.process_time()
    changes: tuple[Change, ...] = compare(text, text[::-1])
    again = apply(text, changes)
    assert (len(changes), again == text[::-1], time.process_time() - started < 60) == (1199, True, True)
