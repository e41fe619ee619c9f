"""The tree of the register."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.entities.rules import chain_of, cycle, depth_of


@pytest.mark.parametrize(
    ("parents", "chain"),
    [
        ({}, []),
        ({"a": ""}, []),
        ({"a": "", "b": "a", "c": "b"}, []),
        ({"a": "a"}, ["a", "a"]),
        ({"a": "b", "b": "a"}, ["a", "b", "a"]),
        ({"z": "a", "a": "b", "b": "c", "c": "a"}, ["a", "b", "c", "a"]),
        ({"a": "elsewhere"}, []),
    ],
)
def test_a_cycle_is_named(parents: dict[str, str], chain: list[str]) -> None:
    assert cycle(parents) == chain


def test_ancestors_come_nearest_first() -> None:
    assert chain_of("c", {"a": "", "b": "a", "c": "b"}) == ["b", "a"]


def test_a_root_has_depth_zero() -> None:
    parents = {"a": "", "b": "a", "c": "b"}
    assert [depth_of(node, parents) for node in "abc"] == [0, 1, 2]


NODES = st.integers(1, 12).flatmap(
    lambda size: st.lists(st.integers(0, size), min_size=size, max_size=size).map(
        lambda above: {str(at): str(parent) if parent else "" for at, parent in enumerate(above, 1)}
    )
)


@given(NODES)
def test_either_a_ring_is_found_or_every_chain_ends_at_a_root(parents: dict[str, str]) -> None:
    ring = cycle(parents)
    if ring:
        assert [parents[node] for node in ring[:-1]] == ring[1:]
    else:
        assert all(parents[[node, *chain_of(node, parents)][-1]] == "" for node in parents)


@given(st.integers(1, 30))
def test_a_tree_whose_parents_come_first_has_no_ring(size: int) -> None:
    assert cycle({str(at): str(at // 2) if at // 2 else "" for at in range(1, size)}) == []
