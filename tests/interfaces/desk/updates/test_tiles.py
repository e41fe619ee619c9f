"""The map of tiles: nine departments, each once, and nobody lost beside them."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.interfaces.desk.updates.tiles import DEPARTMENTS, GAP, HIGH, WIDE, places

LETTERS = [letters for letters, *_ in DEPARTMENTS.values()]
COUNTS = st.dictionaries(st.sampled_from([*DEPARTMENTS, *LETTERS, "VA", "XX", ""]), st.integers(1, 400))


def test_no_tile_lies_on_another_and_all_lie_on_the_map() -> None:
    drawn = places({"LP": 1})
    apart = [
        abs(one.x - two.x) >= WIDE + GAP or abs(one.y - two.y) >= HIGH + GAP
        for one, two in combinations(drawn.tiles, 2)
    ]
    inside = [tile.x + WIDE <= drawn.width and tile.y + HIGH <= drawn.height for tile in drawn.tiles]
    assert (len(drawn.tiles), all(apart), all(inside)) == (9, True, True)


@pytest.mark.parametrize(
    ("name", "column", "row"), [("Pando", 0, 0), ("Santa Cruz", 2, 1), ("Potosí", 0, 3), ("Tarija", 1, 3)]
)
def test_a_department_lies_about_where_it_lies(name: str, column: int, row: int) -> None:
    tile = next(each for each in places({"LP": 1}).tiles if each.name == name)
    assert (tile.x // WIDE, tile.y // HIGH) == (column, row)


@given(COUNTS)
def test_every_body_is_counted_once_on_the_map_or_beside_it(counts: dict[str, int]) -> None:
    drawn = places(counts)
    assert sum(number for _, number in drawn.rows) + drawn.nowhere == sum(counts.values())


def test_letters_and_numbers_of_a_department_are_the_same_place() -> None:
    assert dict(places({"LP": 2, "02": 3}).rows)["La Paz"] == 5


def test_the_more_the_darker_and_none_is_bare() -> None:
    shades = {tile.name: tile.shade for tile in places({"LP": 10, "CB": 5}).tiles}
    assert (shades["La Paz"], shades["Cochabamba"], shades["Beni"]) == ("0.42", "0.23", "0.00")


@pytest.mark.parametrize("counts", [{"VA": 3, "XX": 1}, {"VA": 3, "": 2}, {"": 4}, {}])
def test_where_no_territory_is_a_department_there_is_no_map(counts: dict[str, int]) -> None:
    drawn = places(counts)
    assert (drawn.tiles, dict(drawn.rows), drawn.nowhere) == (
        (),
        {where: number for where, number in counts.items() if where},
        counts.get("", 0),
    )


def test_a_territory_that_is_no_department_stands_beside_the_map() -> None:
    drawn = places({"VA": 3, "LP": 1}, {"VA": "Valle Alto", "LP": "x"})
    assert (len(drawn.tiles), drawn.rows[-1], dict(drawn.rows)["La Paz"]) == (9, ("Valle Alto", 3), 1)
