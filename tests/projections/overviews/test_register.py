"""Lists cut into pages, and the register seen from above."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import cast as house
from yupana.domain.entities.actions import import_register
from yupana.domain.entities.facts import EntityRow
from yupana.foundation.kernel.actor import OPERATOR
from yupana.projections.overviews.register import Cut, Root, Territory, cut, roots, territories


@given(st.lists(st.integers()), st.integers(1, 7))
def test_the_pages_of_a_list_are_the_list(rows: list[int], size: int) -> None:
    first = cut(rows, 1, size)
    assert first is not None
    pages = [cut(rows, page, size) for page in range(1, first.pages + 1)]
    assert [row for page in pages if page for row in page.rows] == rows


@pytest.mark.parametrize(("page", "there"), [(0, False), (1, True), (2, True), (3, False), (-1, False)])
def test_a_page_beyond_the_list_is_not_there(page: int, there: bool) -> None:
    assert (cut("abc", page, 2) is not None) is there


def test_an_empty_list_has_one_empty_page() -> None:
    assert cut([], 1, 10) == Cut((), 0, 1, 1)


def test_a_page_in_words_keeps_its_place() -> None:
    assert Cut((1, 2), 9, 2, 5).told(str) == Cut(("1", "2"), 9, 2, 5)


def test_territories_carry_the_name_of_their_group(bodies: house.Bodies) -> None:
    row = EntityRow("far.csv:2", "9", "F-1", "Municipio Lejano", level="municipal", territory="XX")
    group = EntityRow("far.csv:3", "10", "F-2", "Islas", territory="YY", bindable=False)
    there = EntityRow("far.csv:4", "11", "F-3", "Municipio Isleño", level="municipal", territory="YY")
    import_register(actor=OPERATOR, source="far", rows=[row, group, there], on=house.FIRST_DAY)
    assert territories() == (Territory("YY", "Islas"), Territory("VA", "Valle Alto"), Territory("XX", "XX"))


def test_the_tree_begins_at_its_groups(bodies: house.Bodies) -> None:
    assert roots() == (Root("cast", "1", "Administración pública territorial"),)


@pytest.mark.django_db
def test_an_empty_register_has_no_tree() -> None:
    assert (roots(), territories()) == ((), ())
