"""Writing cells of a draft as they were typed: what can be kept is kept, and what cannot is told with its place.

The grid, its script and the page of a row all write through `write`, and carry what they showed as a sealed `base`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.core import signing

from yupana.domain.commitments import actions
from yupana.domain.commitments.facts import PlanRow
from yupana.domain.commitments.rules import Act, CellEdit, Edit, canonical, cells_of, with_cells
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yupana.domain.commitments.actions import Edited
    from yupana.interfaces.desk.doors import Visit
    from yupana.projections.overviews.grid import Names
    from yupana.projections.overviews.plan_form import Sheet

Cells = dict[int, dict[str, str]]
Place = tuple[int, str]
MOST_TEXT = 10_000  # characters of one cell


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of some edits: what was kept of each cell, and for each that cannot be read a sentence.

    ``taken_back``: the draft waited for its executive, and does so no longer.
    """

    edited: Edited
    kept: Mapping[Place, str]
    faults: Mapping[Place, str] = field(default_factory=dict)
    taken_back: bool = False


def seal(sheet: Sheet, cells: Cells) -> str:
    """Write what is shown so that it comes back as it went, for this draft only."""
    return signing.dumps(cells, salt=_salt(sheet), compress=True)


def unseal(sheet: Sheet, text: str) -> Cells | None:
    """Read what was shown; None where it is not ours, or of another draft."""
    try:
        told = signing.loads(text, salt=_salt(sheet))
    except signing.BadSignature:
        return None
    return {int(row): cells for row, cells in told.items()}


def _salt(sheet: Sheet) -> str:
    return f"yupana.plan:{sheet.draft.submission.pk}"


def plain(text: str) -> str:
    """Return a text as a cell holds it, whatever way its lines end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def write(visit: Visit, sheet: Sheet, names: Mapping[str, Names], edits: Iterable[Edit]) -> Outcome:
    """Write edits whose cells are as they were shown and typed; Refused where the draft cannot be written at all."""
    faults: dict[Place, str] = {}
    rows = {row.row: row for row in sheet.draft.stored}
    read = [each for edit in edits for each in _read(rows, names, edit, faults)]
    kept = {(edit.row, cell.field): cell.after for edit in read for cell in edit.cells}
    edited = actions.edit_rows(actor=visit.actor, submission=sheet.draft.submission, edits=read)
    waited = sheet.draft.submission.ready_on is not None
    return Outcome(edited, kept, faults, waited and bool(edited.added or edited.changed or edited.removed))


def _read(
    rows: Mapping[int, PlanRow], names: Mapping[str, Names], edit: Edit, faults: dict[Place, str]
) -> Iterable[Edit]:
    """Turn what was typed into what is kept; cells that cannot be read are left out and told."""
    if edit.act is Act.REMOVE:
        yield _seen_whole(rows, names, edit)
        return
    cells = []
    for cell in edit.cells:
        try:
            read = _cell(names.get(cell.field), cell)
            if cell.field == "budget":
                _refuse_sum(rows, edit, read)
            cells.append(read)
        except Refused as refused:
            faults[cell.row, cell.field] = words.sentence(refused)
    if cells:
        yield replace(edit, cells=tuple(cells))


def _cell(here: Names | None, cell: CellEdit) -> CellEdit:
    before, after = plain(cell.before), plain(cell.after)
    if here:
        before, after = here.full(before), here.full(after)
    if len(after) > MOST_TEXT:
        raise Refused("text-too-long", row=cell.row, field=cell.field)
    after = canonical(cell.field, after, row=cell.row)
    if cell.field == "item" and here and after and not here.knows(after):
        raise Refused("plan-item-unknown", row=cell.row, item=after)
    return CellEdit(cell.row, cell.field, before, after)


def _refuse_sum(rows: Mapping[int, PlanRow], edit: Edit, budget: CellEdit) -> None:
    """Refuse a budget where the amounts by year make it; who saw another one is shown theirs as a clash instead."""
    row = PlanRow(row=edit.row) if edit.act is Act.ADD else rows.get(edit.row, PlanRow(row=edit.row))
    money = {cell.field: plain(cell.after) for cell in edit.cells if cell.field == "money"}
    try:
        total = cells_of(with_cells(replace(row, budget_cents=None), money))["budget"]
    except Refused:
        return  # the money is told at its own cell
    if total and budget.after != total and (edit.act is Act.ADD or budget.before == total):
        raise Refused("budget-is-sum", row=edit.row)


def _seen_whole(rows: Mapping[int, PlanRow], names: Mapping[str, Names], edit: Edit) -> Edit:
    """Take for seen, of a row that is taken out, also what the grid did not show of it."""
    row = rows.get(edit.row)
    seen = cells_of(row) if row else {}
    for cell in edit.cells:
        here = names.get(cell.field)
        seen[cell.field] = here.full(plain(cell.before)) if here else plain(cell.before)
    return Edit(Act.REMOVE, edit.row, tuple(CellEdit(edit.row, name, text, "") for name, text in seen.items()))
