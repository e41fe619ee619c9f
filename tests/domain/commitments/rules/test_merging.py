"""Several people change one plan, cell by cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.commitments.rules import Act, CellEdit, Clash, Edit, clashes, differences

CELLS = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "x", "y"]), max_size=3)
GRIDS = st.dictionaries(st.integers(1, 4), CELLS, max_size=4)


def applied(grid: dict[int, dict[str, str]], edits: list[Edit]) -> dict[int, dict[str, str]]:
    """What stands after edits that nobody disturbs, without cells that say nothing."""
    result = {row: dict(cells) for row, cells in grid.items()}
    for edit in edits:
        if edit.act is Act.REMOVE:
            del result[edit.row]
        else:
            result.setdefault(edit.row, {}).update({cell.field: cell.after for cell in edit.cells})
    return said(result)


def said(grid: dict[int, dict[str, str]]) -> dict[int, dict[str, str]]:
    return {row: {field: text for field, text in cells.items() if text} for row, cells in grid.items()}


@given(GRIDS)
def test_a_grid_does_not_differ_from_itself(grid: dict[int, dict[str, str]]) -> None:
    assert list(differences(grid, grid)) == []


@given(GRIDS, GRIDS)
def test_the_differences_make_one_grid_the_other(
    before: dict[int, dict[str, str]], after: dict[int, dict[str, str]]
) -> None:
    assert applied(before, list(differences(before, after))) == said(after)


@given(GRIDS, GRIDS)
def test_nothing_clashes_with_what_its_writer_saw(
    before: dict[int, dict[str, str]], after: dict[int, dict[str, str]]
) -> None:
    assert [clashes(edit, before.get(edit.row)) for edit in differences(before, after) if edit.row in before] == [
        () for row in before if said({0: before[row]}) != said({0: after[row]} if row in after else {})
    ]


@given(GRIDS, GRIDS)
def test_what_was_sent_twice_clashes_with_nothing(
    before: dict[int, dict[str, str]], after: dict[int, dict[str, str]]
) -> None:
    assert not any(clashes(edit, after.get(edit.row)) for edit in differences(before, after))


CHANGE = CellEdit(1, "a", "x", "y")


@pytest.mark.parametrize(
    ("edit", "stored", "found"),
    [
        (Edit(Act.CHANGE, 1, (CHANGE,)), {"a": "x", "b": "other"}, ()),
        (Edit(Act.CHANGE, 1, (CHANGE,)), {"a": "z"}, (Clash(CHANGE, "z"),)),
        (Edit(Act.CHANGE, 1, (CHANGE,)), {}, (Clash(CHANGE, ""),)),
        (Edit(Act.CHANGE, 1, (CHANGE,)), None, (Clash(CHANGE, None),)),
        (Edit(Act.REMOVE, 1, (CellEdit(1, "a", "x", ""),)), None, ()),
        (Edit(Act.REMOVE, 1, (CellEdit(1, "a", "x", ""),)), {"a": "x", "b": ""}, ()),
        (
            Edit(Act.REMOVE, 1, (CellEdit(1, "a", "x", ""),)),
            {"a": "x", "b": "new"},
            (Clash(CellEdit(1, "b", "", ""), "new"),),
        ),
    ],
)
def test_whoever_was_slower_is_told(edit: Edit, stored: dict[str, str] | None, found: tuple[Clash, ...]) -> None:
    assert clashes(edit, stored) == found
