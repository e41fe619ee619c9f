"""What somebody brings against what stands there now: shown before it counts, and chosen where both sides changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments.rules.known import Known
from yupana.domain.commitments.rules.merging import Act, CellEdit, Edit, clashes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    Cells = Mapping[str, str]
    Grid = dict[int, dict[str, str]]

ROW = ""
"""The field by which a whole row is chosen."""


@dataclass(frozen=True, slots=True)
class Change:
    """What would be done to one row. ``now`` None: somebody took the row out; ``clashing`` are the fields to choose.

    For a row that is to be taken out although somebody changed it, `ROW` is to be chosen.
    """

    edit: Edit
    now: Cells | None
    clashing: tuple[str, ...] = ()


def changes(edits: Iterable[Edit], stored: Mapping[int, Cells]) -> Iterator[Change]:
    """Say what some edits would do to what stands there now; those that are done already are left out."""
    known = Known(stored)
    for edit in edits:
        now = stored.get(edit.row)
        if edit.act is Act.ADD:
            if known.find({cell.field: cell.after for cell in edit.cells}, edit.row) is None:
                yield Change(edit, now)
        elif now is None:
            if edit.act is Act.CHANGE:
                yield Change(edit, None, (ROW,))
        elif edit.act is Act.REMOVE:
            yield Change(edit, now, (ROW,) if clashes(edit, now) else ())
        else:
            left = tuple(cell for cell in edit.cells if now.get(cell.field, "") != cell.after)
            if left:
                found = tuple(clash.edit.field for clash in clashes(edit, now))
                yield Change(Edit(edit.act, edit.row, left), now, found)


def chosen(
    edits: Iterable[Edit],
    rows: Mapping[int, Cells],
    seen: Mapping[int, Cells | None],
    mine: Collection[tuple[int, str]],
) -> Iterator[Edit]:
    """Return what is left to do after a choice.

    ``seen`` holds, for each row where something clashed, what stood there when it was chosen (None: no row any more),
    ``mine`` the cells (`ROW`: the whole row) that are to be as they were brought. ``rows`` are all cells as brought.
    What was not chosen stays as it is; what clashes with something newer than what was seen, clashes again.
    """
    for edit in edits:
        if edit.row not in seen:
            yield edit
            continue
        now = seen[edit.row]
        if now is None:
            if (edit.row, ROW) in mine:
                yield Edit(Act.ADD, edit.row, tuple(_cells(edit.row, {}, rows[edit.row])))
        elif edit.act is Act.REMOVE:
            if (edit.row, ROW) in mine:
                yield Edit(Act.REMOVE, edit.row, tuple(_cells(edit.row, now, {})))
        else:
            cells = tuple(_taken(edit, now, mine))
            if cells:
                yield Edit(edit.act, edit.row, cells)


def grids(told: Mapping[str, Mapping[str, Mapping[str, str]]]) -> tuple[Grid, Grid]:
    """Return what each cell was when it was given out and what it is now, from what an upload keeps."""
    base, rows = ({int(row): dict(cells) for row, cells in told[name].items()} for name in ("base", "rows"))
    return base, rows


def _taken(edit: Edit, now: Cells, mine: Collection[tuple[int, str]]) -> Iterator[CellEdit]:
    clashing = {clash.edit.field for clash in clashes(edit, now)}
    for cell in edit.cells:
        if cell.field not in clashing:
            yield cell
        elif (edit.row, cell.field) in mine:
            yield CellEdit(cell.row, cell.field, now.get(cell.field, ""), cell.after)


def _cells(row: int, before: Cells, after: Cells) -> Iterator[CellEdit]:
    for field in sorted(before.keys() | after.keys()):
        yield CellEdit(row, field, before.get(field, ""), after.get(field, ""))
