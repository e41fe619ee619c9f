"""A tree in reading order: what moves takes all below it along, and nothing else changes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.rules.outline import Outline, Place, Spot, Step, Swap
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

# 1 ─ 2 ─ 3
#   └ 4
# 5 ─ 6        with gaps in the order, as removals leave them
TREE = Outline([Spot(1, None, 0), Spot(2, 1, 1), Spot(3, 2, 4), Spot(4, 1, 5), Spot(5, None, 9), Spot(6, 5, 12)])


@st.composite
def trees(draw: st.DrawFn) -> Outline:
    """Any tree of up to twelve items, with gaps."""
    parents: list[int | None] = []
    path: list[int] = []
    spots, order = [], 0
    for item in range(draw(st.integers(1, 12))):
        depth = draw(st.integers(0, len(path)))
        path = [*path[:depth], item]
        parents.append(path[depth - 1] if depth else None)
        order += draw(st.integers(1, 3))
        spots.append(Spot(item, parents[-1], order))
    return Outline(spots)


def reordered(outline: Outline, item: int, place: Place) -> Outline:
    """The tree afterwards, by the words of the swap alone."""
    swap = outline.moved(item, place)
    spots = []
    for spot in outline.spots.values():
        parent = place.parent if spot.item == item else spot.parent
        spots.append(Spot(spot.item, parent, _after(spot.order, swap)))
    return Outline(sorted(spots, key=lambda spot: spot.order))


def _after(order: int, swap: Swap | None) -> int:
    if swap is None or not swap.first[0] <= order <= swap.second[1]:
        return order
    if order <= swap.first[1]:
        return order + swap.second[1] - swap.first[1]
    return order - (swap.second[0] - swap.first[0])


def nested(outline: Outline, parent: int | None = None) -> Iterator[object]:
    """A tree as lists of lists, by parents and order only."""
    for item in outline.family(parent):
        yield [item, *nested(outline, item)]


def is_reading_order(outline: Outline) -> bool:
    """Whether every branch stands in one run."""
    found = [item for root in outline.family(None) for item in walk(outline, root)]
    return found == list(outline.spots)


def walk(outline: Outline, item: int) -> Iterator[int]:
    yield item
    for child in outline.family(item):
        yield from walk(outline, child)


def test_a_branch_is_an_item_and_all_below_it() -> None:
    assert ({item: TREE.branch(item) for item in TREE.spots}, TREE.run(1)) == (
        {1: [1, 2, 3, 4], 2: [2, 3], 3: [3], 4: [4], 5: [5, 6], 6: [6]},
        (0, 5),
    )


@pytest.mark.parametrize(
    ("item", "step", "place"),
    [
        (1, Step.UP, None),
        (5, Step.UP, Place(None, None)),
        (4, Step.UP, Place(1, None)),
        (1, Step.DOWN, Place(None, 5)),
        (4, Step.DOWN, None),
        (1, Step.IN, None),
        (5, Step.IN, Place(1, 4)),
        (4, Step.IN, Place(2, 3)),
        (1, Step.OUT, None),
        (2, Step.OUT, Place(None, 1)),
        (3, Step.OUT, Place(1, 2)),
    ],
)
def test_a_step_leads_to_a_place_or_nowhere(item: int, step: Step, place: Place | None) -> None:
    assert TREE.step(item, step) == place


@pytest.mark.parametrize(
    ("item", "place", "tree"),
    [
        (5, Place(None, None), [[5, [6]], [1, [2, [3]], [4]]]),
        (1, Place(None, 5), [[5, [6]], [1, [2, [3]], [4]]]),
        (2, Place(None, 1), [[1, [4]], [2, [3]], [5, [6]]]),
        (2, Place(5, 6), [[1, [4]], [5, [6], [2, [3]]]]),
        (6, Place(1, None), [[1, [6], [2, [3]], [4]], [5]]),
        (4, Place(1, 2), [[1, [2, [3]], [4]], [5, [6]]]),
    ],
)
def test_what_moves_takes_all_below_it_along(item: int, place: Place, tree: list[object]) -> None:
    assert list(nested(reordered(TREE, item, place))) == tree


@pytest.mark.parametrize("place", [Place(2), Place(3), Place(1, 2), Place(2, 3)])
def test_nothing_goes_below_or_behind_itself(place: Place) -> None:
    with pytest.raises(Refused, match="item-below-itself-here"):
        TREE.moved(2, place)


@pytest.mark.parametrize("place", [Place(99), Place(1, 99), Place(None, 2), Place(5, 4)])
def test_a_place_that_is_nowhere_is_refused(place: Place) -> None:
    with pytest.raises(Refused, match="item-place-gone"):
        TREE.moved(6, place)


def test_the_first_of_all_opens_at_the_start() -> None:
    assert (Outline([]).opening(Place(None)), TREE.opening(Place(None)), TREE.opening(Place(5, 6))) == (0, 0, 13)


@given(outline=trees(), data=st.data())
def test_after_any_move_every_branch_stands_together_and_nobody_is_lost(outline: Outline, data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(sorted(outline.spots)))
    branch = set(outline.branch(item))
    parent = data.draw(st.sampled_from([None, *sorted(set(outline.spots) - branch)]))
    behind = data.draw(st.sampled_from([None, *[each for each in outline.family(parent) if each not in branch]]))
    after = reordered(outline, item, Place(parent, behind))
    family = [each for each in outline.family(parent) if each != item]
    at = family.index(behind) + 1 if behind is not None else 0
    assert (is_reading_order(after), after.family(parent), set(after.spots), after.branch(item)) == (
        True,
        [*family[:at], item, *family[at:]],
        set(outline.spots),
        outline.branch(item),
    )


@given(outline=trees(), data=st.data())
def test_up_and_down_undo_each_other(outline: Outline, data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(sorted(outline.spots)))
    place = outline.step(item, Step.UP)
    if place is None:
        return
    after = reordered(outline, item, place)
    back = after.step(item, Step.DOWN)
    assert back
    assert list(nested(reordered(after, item, back))) == list(nested(outline))


@given(outline=trees(), data=st.data())
def test_where_an_item_stands_is_where_it_would_stay(outline: Outline, data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(sorted(outline.spots)))
    assert outline.moved(item, outline.place_of(item)) is None
