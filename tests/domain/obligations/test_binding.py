"""Who owes which item, as plain functions."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.facts import NOBODY, ItemFact, ItemRole, ItemRow, Origin, OriginKind, Target, Transition
from yupana.domain.obligations.rules import (
    CALLED,
    Reach,
    audiences,
    bound,
    check_since,
    owed_items,
    resolve,
    scope_digest,
)
from yupana.domain.obligations.rules.changed import difference
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

EXPRESSIONS = ("level:municipal", "territory:LP", "code:A")
AUDIENCES = (CALLED, NOBODY, *EXPRESSIONS)
debtors = st.lists(st.integers(1, 60), unique=True, max_size=30)
reaches = st.builds(Reach, st.sampled_from(AUDIENCES), st.sampled_from(AUDIENCES))
bindings = st.dictionaries(st.text(min_size=1, max_size=3), reaches, max_size=12)
registers = st.fixed_dictionaries({each: st.frozensets(st.integers(1, 80)) for each in EXPRESSIONS})


# --- which audience holds ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("tree", "held"),
    [
        ([(1, None, "")], {1: ("", None)}),
        ([(1, None, "all"), (2, 1, ""), (3, 2, "")], {1: ("all", 1), 2: ("all", 1), 3: ("all", 1)}),
        ([(1, None, "all"), (2, 1, NOBODY), (3, 2, "")], {1: ("all", 1), 2: (NOBODY, 2), 3: (NOBODY, 2)}),
        ([(1, None, NOBODY), (2, 1, "code:A"), (3, None, "")], {1: (NOBODY, 1), 2: ("code:A", 2), 3: ("", None)}),
    ],
)
def test_an_audience_holds_for_all_below_until_one_says_another(
    tree: list[tuple[int, int | None, str]], held: dict[int, tuple[str, int | None]]
) -> None:
    assert {key: (each.audience, each.said_by) for key, each in audiences(tree).items()} == held


# --- who owes what -------------------------------------------------------------------------------------------------
@given(debtors, bindings, registers)
def test_every_debtor_is_in_the_group_of_what_it_owes(
    debtors: list[int], binding: dict[str, Reach], reached: Mapping[str, frozenset[int]]
) -> None:
    groups = resolve(debtors, binding, reached)
    told = {debtor: items for items, group in groups.items() for debtor in group}
    owed = {debtor: owed_items(debtor, binding, reached) for debtor in debtors}
    assert told == {debtor: items for debtor, items in owed.items() if items}


@given(debtors, bindings, registers)
def test_whoever_owes_the_same_shares_one_scope(
    debtors: list[int], binding: dict[str, Reach], reached: Mapping[str, frozenset[int]]
) -> None:
    groups = resolve(debtors, binding, reached)
    placed = [debtor for group in groups.values() for debtor in group]
    assert (len(placed), frozenset() in groups) == (len(set(placed)), False)


@given(debtors, st.sets(st.text(min_size=1), min_size=1), registers)
def test_what_names_no_audience_binds_everybody_who_is_called(
    debtors: list[int], names: set[str], reached: Mapping[str, frozenset[int]]
) -> None:
    binding = dict.fromkeys(names, Reach(CALLED))
    assert resolve(debtors, binding, reached) == ({frozenset(names): debtors} if debtors else {})


@given(st.frozensets(st.integers(1, 60)), reaches, registers)
def test_an_item_binds_those_whom_it_is_said_to_bind(
    called: frozenset[int], reach: Reach, reached: Mapping[str, frozenset[int]]
) -> None:
    assert bound(reach, called, reached) == {each for each in called if reach.has(each, reached)}


@pytest.mark.parametrize(
    ("reach", "whom"),
    [
        (Reach(CALLED), {1, 2, 3}),
        (Reach(NOBODY), set()),
        (Reach("code:A"), {1}),
        (Reach(CALLED, "code:A"), {2, 3}),
        (Reach("code:A", CALLED), set()),
        (Reach("code:Z"), set()),
    ],
)
def test_whom_an_item_binds(reach: Reach, whom: set[int]) -> None:
    assert bound(reach, frozenset({1, 2, 3}), {"code:A": frozenset({1, 9}), "code:Z": frozenset()}) == whom


@given(st.lists(st.text(min_size=1), unique=True, min_size=1))
def test_a_scope_is_named_by_its_items_in_any_order(names: list[str]) -> None:
    shuffled = names[::-1]
    assert (scope_digest(names), len(scope_digest(names))) == (scope_digest(shuffled), 64)


def test_other_items_make_another_scope() -> None:
    assert len({scope_digest(names) for names in (["a", "b"], ["ab"], ["a"], ["a,b"], [])}) == 5


# --- what a complementary call puts --------------------------------------------------------------------------------
LINE, ACTION, AXIS = ItemRole.LINE, ItemRole.ACTION, ItemRole.AXIS


def item(lineage: str, code: str = "", *, role: ItemRole = LINE, weight: int = 1, **more: object) -> ItemFact:
    told: dict[str, Any] = {"parent": (AXIS, "1"), "text": f"Text of {lineage}", "binds": role is LINE} | more
    row = ItemRow("t:1", role, code or lineage, **told)
    return ItemFact(row, bool(row.binds), weight, lineage, "")


def text(*items: ItemFact, audience: str = "") -> list[ItemFact]:
    return [item("axis", "1", role=AXIS, parent=None, audience=audience), *items]


BELOW: dict[str, Any] = {"role": ACTION, "parent": (LINE, "a")}
BEFORE = text(item("a"), item("b"), item("act", **BELOW))


@pytest.mark.parametrize(
    ("after", "binds"),
    [
        (BEFORE, {}),
        (text(item("a", "9"), item("b"), item("act", **BELOW | {"parent": (LINE, "9")})), {}),
        (text(item("b"), item("a"), item("act", **BELOW)), {}),
        (text(item("a", weight=7), item("b"), item("act", **BELOW)), {}),
        (text(item("a", transition=Transition.NEXT_PLAN), item("b"), item("act", **BELOW)), {}),
        (text(item("a", text="Other"), item("b"), item("act", **BELOW)), {"a": Reach(CALLED)}),
        (text(item("a", target=Target(unit="%")), item("b"), item("act", **BELOW)), {"a": Reach(CALLED)}),
        (text(item("a", more={"x": 1}), item("b"), item("act", **BELOW)), {"a": Reach(CALLED)}),
        (text(item("a"), item("b"), item("c"), item("act", **BELOW)), {"c": Reach(CALLED)}),
        (text(item("b"), item("act", **BELOW | {"parent": (LINE, "b")})), {"b": Reach(CALLED)}),
        (text(item("a"), item("b"), item("act", **BELOW | {"text": "Do"})), {"a": Reach(CALLED)}),
        (text(item("a"), item("b")), {"a": Reach(CALLED)}),
        (
            text(item("a"), item("b"), item("act", **BELOW | {"parent": (LINE, "b")})),
            {"a": Reach(CALLED), "b": Reach(CALLED)},
        ),
        (
            text(item("a"), item("c", origins=(Origin(OriginKind.MERGE, "b"),)), item("act", **BELOW)),
            {"c": Reach(CALLED)},
        ),
        (text(item("a", audience="code:A"), item("b"), item("act", **BELOW)), {"a": Reach("code:A", CALLED)}),
        (
            text(item("a"), item("b"), item("act", **BELOW), audience=NOBODY),
            {"a": Reach(NOBODY, CALLED), "b": Reach(NOBODY, CALLED)},
        ),
        (
            text(item("a"), item("b"), item("act", **BELOW | {"binds": True})),
            {"a": Reach(CALLED), "act": Reach(CALLED)},
        ),
    ],
    ids=[
        "the same", "renumbered", "moved", "reweighted", "another transition", "reworded", "retargeted",
        "more of its format", "added", "removed", "a part reworded", "a part removed", "a part moved", "merged",
        "readdressed", "readdressed above", "a part that binds now",
    ],
)  # fmt: skip
def test_only_what_says_something_else_is_put_again(after: list[ItemFact], binds: dict[str, Reach]) -> None:
    assert difference(BEFORE, after) == binds


def test_whoever_is_named_anew_is_bound_and_nobody_else() -> None:
    reach = difference(text(item("a", audience="level:municipal")), text(item("a")))["a"]
    assert bound(reach, frozenset({1, 2}), {"level:municipal": frozenset({1})}) == {2}


@pytest.mark.parametrize(
    ("since", "edition", "instruments", "why"),
    [
        (("P/1", 1), ("P/2", 2), ["P"], ""),
        (("P/1", 2), ("P/2", 2), ["P"], ""),
        (("P/1", 1), ("P/2", 2), ["P", "G"], "call-since-other"),
        (("P/1", 1), ("G/1", 2), ["G"], "call-since-other"),
        (("P/1", 1), ("P/1", 1), ["P"], "call-since-other"),
        (("P/2", 2), ("P/1", 1), ["P"], "call-since-not-before"),
        (("P/2", None), ("P/1", 1), ["P"], "call-since-not-before"),
    ],
)
def test_a_complementary_call_goes_on_from_an_earlier_edition_of_the_same_instrument(
    since: tuple[str, Any], edition: tuple[str, Any], instruments: list[str], why: str
) -> None:
    refused = pytest.raises(Refused, match=why) if why else nullcontext()
    with refused:
        check_since(since, edition, instruments)
