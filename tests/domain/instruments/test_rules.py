from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.instruments.plans import AXIS, LINE, SMALL, TARGET, row
from yupana.domain.instruments.facts import Heading, ItemRole
from yupana.domain.instruments.rules import WHOLE, arranged, binds, check_heading, divide, weigh
from yupana.foundation.kernel.errors import Refused


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[int | None], list[bool]]:
    """Parents by position, each before its children, and what binds."""
    size = draw(st.integers(1, 60))
    parents = [draw(st.none() | st.integers(0, at - 1)) if at else None for at in range(size)]
    return parents, draw(st.lists(st.booleans(), min_size=size, max_size=size))


def leaves_of(parents: list[int | None], binding: list[bool]) -> list[int]:
    """Say it anew and slowly: what binds and has nothing below it that binds."""
    above = {at for at, binds_too in enumerate(binding) if binds_too for at in ancestors(parents, at)}
    return [at for at, binds_too in enumerate(binding) if binds_too and at not in above]


def ancestors(parents: list[int | None], at: int) -> list[int]:
    found: list[int] = []
    above = parents[at]
    while above is not None:
        found.append(above)
        above = parents[above]
    return found


# --- weights -------------------------------------------------------------------------------------------------------
@given(trees())
def test_the_weights_of_the_binding_leaves_add_up_to_the_whole(tree: tuple[list[int | None], list[bool]]) -> None:
    leaves = leaves_of(*tree)
    weights = weigh(*tree)
    assert sum(weights[at] for at in leaves) == (WHOLE if leaves else 0)


@given(trees())
def test_a_node_weighs_as_much_as_the_leaves_below_it(tree: tuple[list[int | None], list[bool]]) -> None:
    parents, binding = tree
    weights = weigh(parents, binding)
    sums = [0] * len(parents)
    for leaf in leaves_of(parents, binding):
        for at in (leaf, *ancestors(parents, leaf)):
            sums[at] += weights[leaf]
    assert weights == sums


@given(trees())
def test_leaves_differ_by_no_more_than_their_roundings(tree: tuple[list[int | None], list[bool]]) -> None:
    weights, leaves = weigh(*tree), leaves_of(*tree)
    deepest = max((len(ancestors(tree[0], at)) for at in leaves), default=0) + 1
    assert all(abs(weights[at] * len(leaves) - WHOLE) <= deepest * len(leaves) for at in leaves)


def test_an_axis_of_one_line_and_an_axis_of_two_weigh_by_their_lines() -> None:
    #        axis, its line, axis, its two lines, and a target below the last
    parents = [None, 0, None, 2, 2, 4]
    assert weigh(parents, [False, True, False, True, True, False]) == [
        333_333_333, 333_333_333, 666_666_667, 333_333_334, 333_333_333, 0,
    ]  # fmt: skip


def test_what_binds_above_something_that_binds_is_no_leaf() -> None:
    assert weigh([None, 0, 0], [True, True, True]) == [WHOLE, WHOLE // 2, WHOLE // 2]


def test_a_tree_that_binds_nothing_weighs_nothing() -> None:
    assert weigh([None, 0], [False, False]) == [0, 0]


@given(st.integers(0, WHOLE), st.lists(st.integers(0, 1000), min_size=1, max_size=40).filter(any))
def test_a_division_loses_nothing(whole: int, parts: list[int]) -> None:
    shares = divide(whole, parts)
    assert (
        sum(shares),
        all(abs(s * sum(parts) - whole * p) < sum(parts) for s, p in zip(shares, parts, strict=True)),
    ) == (
        whole,
        True,
    )


def test_equal_remainders_favour_the_earlier_part() -> None:
    assert divide(8, [1, 1, 1]) == [3, 3, 2]


def test_nothing_is_divided_among_nobody() -> None:
    assert divide(10, []) == []


@pytest.mark.parametrize("parts", [[0, 0], [2, -1], [-1]])
def test_parts_that_are_no_parts_are_refused(parts: list[int]) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        divide(10, parts)


# --- who binds -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", list(ItemRole))
def test_lines_guidelines_and_requirements_bind_unless_the_source_says_otherwise(role: ItemRole) -> None:
    usually = role in {ItemRole.LINE, ItemRole.GUIDELINE, ItemRole.REQUIREMENT}
    assert [binds(row(role, "1", binds=said)) for said in (None, True, False)] == [usually, True, False]


# --- reading order -------------------------------------------------------------------------------------------------
def test_rows_are_read_depth_first_and_siblings_as_they_stand() -> None:
    rows = [
        row(TARGET, "a", (LINE, "2")),
        row(LINE, "2", (AXIS, "1")),
        row(LINE, "1", (AXIS, "1")),
        row(AXIS, "1"),
        row(AXIS, "0"),
    ]
    assert [(each.role, each.code) for each in arranged(rows)] == [
        (AXIS, "1"), (LINE, "2"), (TARGET, "a"), (LINE, "1"), (AXIS, "0"),
    ]  # fmt: skip


def test_one_code_may_stand_once_in_each_role() -> None:
    assert len(arranged([row(AXIS, "1"), row(LINE, "1", (AXIS, "1")), row(TARGET, "1", (LINE, "1"))])) == 3


def test_a_thousand_levels_are_only_a_long_table() -> None:
    deep = [row(LINE, "0"), *(row(LINE, str(at), (LINE, str(at - 1))) for at in range(1, 1000))]
    assert arranged(deep[::-1]) == deep


REFUSALS: list[tuple[list[Any], str, str]] = [
    ([row(LINE, "1"), row(LINE, "1")], "item-twice", "t.csv:1"),
    ([row(LINE, "1", (AXIS, "9"))], "item-parent-unknown", "t.csv:1"),
    ([row(LINE, "1"), row(LINE, "2", text="")], "item-text-missing", "t.csv:2"),
    ([row(LINE, "1"), row(LINE, "2", text="a\0b")], "item-text-missing", "t.csv:2"),
    ([row(LINE, "1", (LINE, "1"))], "item-below-itself", "t.csv:1"),
    ([row(AXIS, "0"), row(LINE, "1", (LINE, "2")), row(LINE, "2", (LINE, "1"))], "item-below-itself", "t.csv:1"),
    ([row(LINE, "")], "item-code-unusable", "t.csv:"),
    ([row(LINE, "a b")], "item-code-unusable", "t.csv:a b"),
    ([row(LINE, "a/b")], "item-code-unusable", "t.csv:a/b"),
    ([row(LINE, "a#b")], "item-code-unusable", "t.csv:a#b"),
    ([row(LINE, "a:b")], "item-code-unusable", "t.csv:a:b"),
    ([row(LINE, "..")], "item-code-unusable", "t.csv:.."),
    ([row(LINE, "x" * 81)], "item-code-unusable", f"t.csv:{'x' * 81}"),
]


@pytest.mark.parametrize(("rows", "why", "where"), REFUSALS)
def test_a_row_without_its_place_is_refused_with_its_place(rows: list[Any], why: str, where: str) -> None:
    with pytest.raises(Refused) as refused:
        arranged(rows)
    assert (refused.value.code, refused.value.details["where"]) == (why, where)


def test_a_second_row_of_one_code_names_the_first() -> None:
    with pytest.raises(Refused) as refused:
        arranged([*SMALL, SMALL[0]])
    assert (refused.value.details["first"], refused.value.details["item"]) == ("plan.csv:2", "axis:1")


def test_no_rows_make_no_edition() -> None:
    with pytest.raises(Refused) as refused:
        arranged([])
    assert refused.value.code == "edition-empty"


# --- covers --------------------------------------------------------------------------------------------------------
COVER = {
    "instrument": "QIPU",
    "title": "Knots plan",
    "kind": "plan",
    "edition": "1",
    "edition_title": "Knots",
    "legal_basis": "",
}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"instrument": ""}, "edition-code-unusable"),
        ({"instrument": "A/B"}, "edition-code-unusable"),
        ({"instrument": "A B"}, "edition-code-unusable"),
        ({"instrument": "A" * 41}, "edition-code-unusable"),
        ({"edition": "1#2"}, "edition-code-unusable"),
        ({"edition": "."}, "edition-code-unusable"),
        ({"edition": "1" * 21}, "edition-code-unusable"),
        ({"title": ""}, "edition-title-length"),
        ({"edition_title": "t" * 301}, "edition-title-length"),
        ({"kind": ""}, "edition-kind-length"),
        ({"kind": "k" * 41}, "edition-kind-length"),
    ],
)
def test_a_cover_that_cannot_be_is_refused(changed: dict[str, str], why: str) -> None:
    with pytest.raises(Refused) as refused:
        check_heading(Heading(**(COVER | changed)))
    assert refused.value.code == why


@pytest.mark.parametrize("changed", [{}, {"instrument": "PLAN-É.2"}, {"edition": "2021-2025"}, {"title": "t" * 300}])
def test_a_cover_that_can_be_passes(changed: dict[str, str]) -> None:
    check_heading(Heading(**(COVER | changed)))
