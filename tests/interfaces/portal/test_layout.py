"""How an edition is cut into pages: nothing is lost, nothing is twice, no page is too long."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.facts import ItemRole, Transition
from yupana.domain.instruments.public import Node, Told
from yupana.interfaces.portal import layout

if TYPE_CHECKING:
    from collections.abc import Iterator


def node(key: int, *below: Node, text: str = "x", length: int = 0) -> Node:
    return Node(key, ItemRole.TEXT, str(key), text, 0, binds=False, children=below, length=length)


def told(body: str, norms: str = "") -> Told:
    return Told(body, norms, None, "", None, Transition.NOW, None, ())


def tree(roots: int, below: int, length: int = 0) -> list[Node]:
    keys = count(1)
    return [
        node(next(keys), *(node(next(keys), length=length) for _ in range(below)), length=length) for _ in range(roots)
    ]


TREES = st.recursive(
    st.integers(0, layout.MOST),
    lambda inner: st.tuples(st.integers(0, layout.MOST), st.lists(inner, max_size=5)),
    max_leaves=30,
)


def planted(shapes: list[object]) -> list[Node]:
    keys = count(1)

    def grown(shape: object) -> Node:
        length, below = shape if isinstance(shape, tuple) else (shape, [])
        return node(next(keys), *map(grown, below), length=length)

    return [grown(shape) for shape in shapes]


@given(st.lists(TREES, min_size=1, max_size=6))
def test_every_item_stands_once_and_in_its_order(shapes: list[object]) -> None:
    nodes = planted(shapes)
    laid = layout.pages(nodes, {})
    told = [(piece.node.id, piece.depth) for page in laid for piece in page]
    assert told == [(each.id, depth) for each, depth in layout.flat(nodes)]


@given(st.lists(TREES, min_size=1, max_size=6))
def test_no_page_is_longer_than_a_page_unless_it_is_one_item(shapes: list[object]) -> None:
    laid = layout.pages(planted(shapes), {})
    costs = [sum(layout.AROUND + 1 + piece.node.length for piece in page) for page in laid if len(page) > 1]
    assert [cost for cost in costs if cost > layout.MOST] == []


@given(st.lists(TREES, min_size=1, max_size=6))
def test_every_item_is_found_on_its_page(shapes: list[object]) -> None:
    nodes = planted(shapes)
    laid = layout.pages(nodes, {})
    assert all(
        each.id in {piece.node.id for piece in laid[layout.page_number(laid, each.id) - 1]}
        for each, _ in layout.flat(nodes)
    )


def test_a_small_plan_is_one_page() -> None:
    assert [len(page) for page in layout.pages(tree(3, 4), {})] == [15]


def test_a_branch_of_the_root_begins_a_page_once_half_of_one_is_full() -> None:
    laid = layout.pages(tree(4, 3, length=2_000), {})
    assert [[piece.node.id for piece in page if not piece.depth] for page in laid] == [[1, 5], [9, 13]]


def test_a_long_body_goes_on_over_pages_below_its_heading() -> None:
    body = "\n\n".join(f"{n} {'palabra ' * 100}" for n in range(100))
    long = node(1, node(2), length=len(body))
    laid = layout.pages([long], {1: told(body)})
    parts = [piece for page in laid for piece in page if piece.node.id == 1]
    assert (
        "".join(piece.text or "" for piece in parts) == body,
        [piece.first for piece in parts],
        max(len(piece.text or "") for piece in parts) <= layout.MOST,
        laid[-1][-1].node.id,
    ) == (True, [True, *[False] * (len(parts) - 1)], True, 2)


def test_a_long_statement_and_long_norms_are_texts_of_their_own() -> None:
    long = node(1, text="s" * 700, length=3_004)
    pieces = layout.pieces_of(long, 0, told("body", "n" * 3_000))
    assert [(piece.text, piece.plain, piece.first) for piece in pieces] == [
        ("s" * 700, True, True),
        ("body", False, False),
        ("n" * 3_000, True, False),
    ]


MARKDOWN = st.lists(
    st.sampled_from(
        ["- a\n", "- b\n", "\n", "párrafo\n", "| a | b |\n|---|---|\n", "# T\n", "```\nx\n\ny\n```\n", "z" * 60]
    )
    | st.text(max_size=30),
    max_size=30,
).map("".join)


@given(MARKDOWN, st.integers(5, 80))
def test_a_text_is_its_parts_and_no_part_is_too_long(text: str, most: int) -> None:
    parts = layout.cut(text, most)
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    assert ("".join(parts), max(map(len, parts)) <= most) == (whole, True)


def test_a_list_and_a_fence_stay_whole_where_they_fit() -> None:
    text = "uno\n\n- a\n- b\n\n```\nx\n\ny\n```\n"
    assert layout.cut(text, 14) == ["uno\n\n- a\n- b\n\n", "```\nx\n\ny\n```\n"]


@pytest.mark.parametrize(
    ("roots", "below", "shown"),
    [(3, 4, 15), (3, 40, 3), (100, 0, 100), (101, 0, None), (10, 9, 100), (10, 10, 10)],
)
def test_an_outline_shows_as_many_floors_as_there_is_room_for(roots: int, below: int, shown: int | None) -> None:
    found = layout.outline(tree(roots, below), 100)
    assert (None if found is None else sum(1 for _ in layout.flat(found))) == shown


@pytest.mark.parametrize(
    ("depths", "kept"), [([0, 1, 1, 0], 4), ([0, 1, 1, 1, 1, 0], 2), ([0] * 7, 5), ([], 0), ([0, 1, 2, 2, 2, 2], 2)]
)
def test_rows_of_a_tree_lose_their_lower_floors(depths: list[int], kept: int) -> None:
    assert len(layout.shallow(depths, lambda depth: depth, 5)) == kept


def _all_below(nodes: list[Node]) -> Iterator[Node]:
    return (each for each, _ in layout.flat(nodes))


def test_what_is_left_out_of_an_outline_is_only_below() -> None:
    nodes = tree(3, 40)
    found = layout.outline(nodes, 100)
    assert found is not None
    assert [each.id for each in found] == [each.id for each in _all_below(nodes) if each.children]
