"""What is brought against what stands there now: shown first, then chosen."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.commitments.rules import ROW, Act, CellEdit, Change, Edit, changes, chosen, differences, grids

Grid = dict[int, dict[str, str]]
cells = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", "y", "z"]), max_size=3)
sheets = st.dictionaries(st.integers(1, 4), cells, max_size=4)


def shown(base: Grid, brought: Grid, now: Grid) -> list[tuple[Act, int, tuple[str, ...]]]:
    return [(each.edit.act, each.edit.row, each.clashing) for each in changes(differences(base, brought), now)]


WAS = {1: {"a": "x", "b": "x"}, 2: {"a": "y"}}


@pytest.mark.parametrize(
    ("brought", "now", "told"),
    [
        (WAS, WAS, []),
        ({1: {"a": "z", "b": "x"}, 2: {"a": "y"}}, WAS, [(Act.CHANGE, 1, ())]),
        ({1: {"a": "z", "b": "x"}, 2: {"a": "y"}}, {**WAS, 1: {"a": "y", "b": "x"}}, [(Act.CHANGE, 1, ("a",))]),
        ({1: {"a": "z", "b": "x"}, 2: {"a": "y"}}, {**WAS, 1: {"a": "x", "b": "z"}}, [(Act.CHANGE, 1, ())]),
        ({1: {"a": "z", "b": "x"}, 2: {"a": "y"}}, {2: {"a": "y"}}, [(Act.CHANGE, 1, (ROW,))]),
        ({1: WAS[1]}, WAS, [(Act.REMOVE, 2, ())]),
        ({1: WAS[1]}, {**WAS, 2: {"a": "z"}}, [(Act.REMOVE, 2, (ROW,))]),
        ({1: WAS[1]}, {1: WAS[1]}, []),
        ({**WAS, 3: {"a": "z"}}, WAS, [(Act.ADD, 3, ())]),
        ({**WAS, 3: {"a": "z"}}, {**WAS, 3: {"a": "y"}}, [(Act.ADD, 3, ())]),
        ({**WAS, 3: {"a": "z"}}, {**WAS, 3: {"a": "y"}, 4: {"a": "z"}}, []),
    ],
    ids=str,
)
def test_what_would_change_is_shown(brought: Grid, now: Grid, told: list[object]) -> None:
    assert shown(WAS, brought, now) == told


def test_a_large_workbook_is_held_against_a_large_plan_in_one_go() -> None:
    brought, now = ({row: {"a": f"{one} {row}"} for row in range(1, 5001)} for one in "xy")
    before = process_time()
    found = shown({}, brought, now)
    assert (len(found), process_time() - before < 2) == (5000, True)


def left(brought: Grid, now: Grid, mine: set[tuple[int, str]]) -> list[Edit]:
    edits = list(differences(WAS, brought))
    seen = {each.edit.row: each.now for each in changes(edits, now) if each.clashing}
    return list(chosen(edits, brought, seen, mine))


def test_what_was_not_chosen_stays_and_the_rest_is_done() -> None:
    brought: Grid = {1: {"a": "z", "b": "z"}, 3: {"a": "z"}}
    now: Grid = {1: {"a": "y", "b": "x"}, 2: {"a": "z"}}
    assert left(brought, now, set()) == [
        Edit(Act.CHANGE, 1, (CellEdit(1, "b", "x", "z"),)),
        Edit(Act.ADD, 3, (CellEdit(3, "a", "", "z"),)),
    ]


def test_what_was_chosen_goes_over_what_was_seen() -> None:
    brought: Grid = {1: {"a": "z", "b": "x"}}
    now: Grid = {1: {"a": "y", "b": "x"}, 2: {"a": "z", "c": "x"}}
    assert left(brought, now, {(1, "a"), (2, ROW)}) == [
        Edit(Act.CHANGE, 1, (CellEdit(1, "a", "y", "z"),)),
        Edit(Act.REMOVE, 2, (CellEdit(2, "a", "z", ""), CellEdit(2, "c", "x", ""))),
    ]


@pytest.mark.parametrize(("mine", "number"), [(set(), 0), ({(1, ROW)}, 1)])
def test_a_row_that_is_gone_comes_back_whole_if_that_is_chosen(mine: set[tuple[int, str]], number: int) -> None:
    back = left({**WAS, 1: {"a": "z", "b": "x"}}, {2: WAS[2]}, mine)
    whole = Edit(Act.ADD, 1, (CellEdit(1, "a", "", "z"), CellEdit(1, "b", "", "x")))
    assert back == [whole][:number]


@given(sheets, sheets)
def test_against_an_untouched_plan_nothing_clashes_and_everything_is_left_to_do(base: Grid, brought: Grid) -> None:
    edits = list(differences(base, brought))
    told = list(changes(edits, base))
    assert ([each.clashing for each in told if each.clashing], list(chosen(edits, brought, {}, set()))) == ([], edits)


@given(sheets, sheets, sheets)
def test_whatever_stands_there_each_edit_is_shown_or_done_already(base: Grid, brought: Grid, now: Grid) -> None:
    edits = list(differences(base, brought))
    told = {each.edit.row: each for each in changes(edits, now)}
    for edit in edits:
        assert edit.row in told or _done(edit, now)


def _done(edit: Edit, now: Grid) -> bool:
    if edit.act is Act.REMOVE:
        return edit.row not in now
    if edit.act is Act.ADD:
        wanted = {cell.field: cell.after for cell in edit.cells}
        return any(wanted.items() <= row.items() for row in now.values())
    return all(now[edit.row].get(cell.field, "") == cell.after for cell in edit.cells)


def test_what_an_upload_keeps_reads_back_with_its_numbers() -> None:
    told = {"base": {"1": {"a": "x"}}, "rows": {"10": {"a": "y"}, "2": {}}}
    assert grids(told) == ({1: {"a": "x"}}, {10: {"a": "y"}, 2: {}})


def test_a_change_says_what_stands_there() -> None:
    [told] = changes([Edit(Act.REMOVE, 2, (CellEdit(2, "a", "y", ""),))], WAS)
    assert told == Change(Edit(Act.REMOVE, 2, (CellEdit(2, "a", "y", ""),)), {"a": "y"})
