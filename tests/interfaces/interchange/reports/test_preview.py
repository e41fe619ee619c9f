"""What bringing something into a draft would change: three texts of a cell, and what of them is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.interfaces.interchange.reports import Change, changes

Cells = dict[int, dict[str, str]]


@pytest.mark.parametrize(
    ("was", "brought", "now", "told", "clashes"),
    [
        ("", "", "", False, False),
        ("1", "1", "1", False, False),
        ("1", "2", "1", True, False),
        ("", "2", "", True, False),
        ("1", "", "1", True, False),
        ("1", "2", "3", True, True),
        ("1", "2", "", True, True),
        ("1", "", "3", True, True),
        ("", "2", "3", True, True),
        ("1", "2", "2", False, False),
        ("", "2", "2", False, False),
        ("1", "", "", False, False),
        ("1", "1", "3", False, False),
        ("", "", "3", False, False),
        ("1", "1", "", False, False),
        ("1", "1 ", "1", True, False),
        ("0", "", "0", True, False),
        ("", "0", "", True, False),
    ],
)
def test_a_cell_is_told_once_its_file_says_a_third_thing(
    was: str, brought: str, now: str, told: bool, clashes: bool
) -> None:
    found = changes({1: {"value": was}}, {1: {"value": brought}}, {1: {"value": now}}, {})
    assert found == [Change(1, "value", was, brought, now)] * told
    assert [each.clashes for each in found] == [clashes] * told


def test_a_row_that_said_nothing_and_one_that_nobody_wrote_are_empty() -> None:
    assert changes({}, {7: {"value": "1", "done": ""}}, {}, {}) == [Change(7, "value", "", "1", "")]


def test_a_row_that_did_not_come_back_is_left_alone() -> None:
    assert changes({1: {"value": "1"}, 2: {"value": "2"}}, {2: {"value": "2"}}, {1: {"value": "9"}}, {}) == []


def test_a_cell_that_did_not_come_back_is_left_alone() -> None:
    assert changes({1: {"value": "1", "done": "x"}}, {1: {"value": "1"}}, {1: {"value": "1", "done": "y"}}, {}) == []


def test_rows_are_told_in_their_order_whatever_the_order_of_the_file() -> None:
    found = changes({}, {12: {"value": "c"}, 2: {"value": "b"}, 1: {"value": "a"}}, {}, {})
    assert [(each.row, each.brought) for each in found] == [(1, "a"), (2, "b"), (12, "c")]


def test_the_place_in_the_file_is_told_where_it_is_known() -> None:
    found = changes({}, {1: {"value": "1", "done": "x"}}, {}, {1: {"value": "Informe!H5"}})
    assert [(each.field, each.where) for each in found] == [("value", "Informe!H5"), ("done", "")]


TEXTS = st.sampled_from(["", "0", "1", "2", "45 / 60"])
SAID = st.dictionaries(
    st.integers(1, 4), st.dictionaries(st.sampled_from(["value", "gap", "done"]), TEXTS, max_size=3), max_size=4
)


def put(cells: Cells, found: list[Change]) -> Cells:
    """The cells of a draft once some changes were written."""
    after = {row: dict(each) for row, each in cells.items()}
    for each in found:
        after.setdefault(each.row, {})[each.field] = each.brought
    return after


@given(SAID, SAID, SAID)
def test_once_it_was_written_there_is_nothing_more_to_bring(base: Cells, rows: Cells, now: Cells) -> None:
    after = put(now, changes(base, rows, now, {}))
    assert changes(base, rows, after, {}) == []


@given(SAID, SAID)
def test_a_file_that_nobody_touched_brings_nothing_whatever_was_written_meanwhile(base: Cells, now: Cells) -> None:
    assert changes(base, base, now, {}) == []


@given(SAID, SAID)
def test_nobody_clashes_with_a_draft_that_nobody_touched(base: Cells, rows: Cells) -> None:
    assert [each for each in changes(base, rows, base, {}) if each.clashes] == []


@given(SAID, SAID, SAID)
def test_what_is_written_is_what_the_file_says_and_nothing_else_moves(base: Cells, rows: Cells, now: Cells) -> None:
    found = changes(base, rows, now, {})
    after, told = put(now, found), {(each.row, each.field) for each in found}
    kept = {(row, name): text for row, cells in now.items() for name, text in cells.items() if (row, name) not in told}
    assert kept == {at: after[at[0]][at[1]] for at in kept}
    assert all(rows[row][name] == after[row][name] for row, name in told)
