"""Changing a draft cell by cell: several people, a cut connection and an old workbook lose nothing.

Each edit says what its writer saw. What somebody else changed meanwhile is left as it is and given back as a clash; all
the rest is written. The same edits sent again change nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from yupana.domain.commitments.actions.drafting import put_rows, refuse_other, refuse_too_long
from yupana.domain.commitments.facts import PlanRow
from yupana.domain.commitments.models import Activity, Justification
from yupana.domain.commitments.queries import last_row, names_used, plan_rows
from yupana.domain.commitments.rules import Act, Clash, Edit, Known, cells_of, clashes, refuse_periods, with_cells
from yupana.domain.submissions.actions.holding import locked
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.policy import can_write
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.period import period_or_none

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yupana.foundation.kernel.actor import Actor

AHEAD = 10_000
"""How far beyond the last row a new one may be numbered: a few stray requests never use the numbers up."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of some edits.

    ``clashes`` were not written. ``numbers`` gives, for a new row whose number somebody else had taken, the number that
    it got instead. ``removed`` and ``changed`` are the rows that were really touched, ``added`` by their final numbers.
    """

    added: tuple[int, ...]
    changed: tuple[int, ...]
    removed: tuple[int, ...]
    clashes: tuple[Clash, ...]
    numbers: Mapping[int, int]


def edit_rows(*, actor: Actor, submission: Submission, edits: Sequence[Edit]) -> Edited:
    """Write what can be written of some edits of a draft; Refused, with nothing written, where a cell is unreadable.

    A draft that its planner had put before the executive is again the planner's to finish.
    """
    with transaction.atomic():
        draft = locked(submission.pk)
        if not can_write(actor, draft):
            raise Forbidden("not-entity-planner")
        refuse_other(draft.obligation)
        if draft.state != State.DRAFT:
            raise Conflict("submitted-already")
        work = _Work(draft)
        for edit in edits:
            work.take(edit)
        work.store()
        if work.touched:
            # The moment only tells readers that something changed; no decision hangs on it.
            Submission.objects.filter(pk=draft.pk).update(saved_at=timezone.now(), ready_on=None, ready_by=None)
        return work.edited()


class _Work:
    """The rows of a draft while edits are applied to them one after the other."""

    def __init__(self, draft: Submission) -> None:
        self.draft = draft
        self.period = period_or_none(draft.obligation.call.period)
        self.rows = {row.row: row for row in plan_rows(draft)}
        self.known = Known({number: cells_of(row) for number, row in self.rows.items()})
        self.free = self.fresh = last_row(draft.obligation_id) + 1
        self.added: list[int] = []
        self.changed: list[int] = []
        self.removed: list[int] = []
        self.clashes: list[Clash] = []
        self.numbers: dict[int, int] = {}

    @cached_property
    def used(self) -> Mapping[int, set[str]]:
        """Names that a number had elsewhere: who was asked, or who compared, meant those words and no others."""
        return names_used(self.draft.obligation_id, beside=self.draft.pk)

    @property
    def touched(self) -> set[int]:
        """The rows that have to be written anew, or taken out."""
        return {*self.added, *self.changed, *self.removed}

    def take(self, edit: Edit) -> None:
        """Apply one edit, as far as nobody else was faster."""
        stored = self.rows.get(edit.row)
        if edit.act is Act.ADD:
            self._add(edit)
            return
        found = clashes(edit, cells_of(stored) if stored else None)
        self.clashes += found
        if stored is None:
            return
        if edit.act is Act.REMOVE:
            if not found:
                del self.rows[edit.row]
                self.known.take(edit.row)
                self.removed.append(edit.row)
            return
        taken = {clash.edit.field for clash in found}
        self._put(edit.row, stored, {cell.field: cell.after for cell in edit.cells if cell.field not in taken})

    def _add(self, edit: Edit) -> None:
        """Add a row, under another number where its own is taken by other words."""
        if edit.row > self.free + AHEAD:
            raise Refused("row-number-far", row=edit.row, free=self.free)
        number = edit.row if edit.row > 0 else self.free
        row = self._read(PlanRow(row=number), {cell.field: cell.after for cell in edit.cells})
        if number in self.rows or (number < self.fresh and row.name not in self.used.get(number, {row.name})):
            same = self.known.find(cells_of(row), number)
            if same is not None:
                self._renumbered(edit.row, same)  # sent before, and the answer was lost
                return
            number = self.free
        self._renumbered(edit.row, number)
        self._keep(replace(row, row=number))
        self.free = max(self.free, number + 1)
        self.added.append(number)

    def _keep(self, row: PlanRow) -> None:
        self.rows[row.row] = row
        self.known.put(row.row, cells_of(row))

    def _renumbered(self, wanted: int, given: int) -> None:
        if wanted != given:
            self.numbers[wanted] = given

    def _put(self, number: int, stored: PlanRow, cells: Mapping[str, str]) -> None:
        row = self._read(stored, cells)
        if row != stored:
            self._keep(row)
            self.changed.append(number)

    def _read(self, before: PlanRow, cells: Mapping[str, str]) -> PlanRow:
        row = with_cells(before, cells)
        refuse_periods(row, before, self.period)
        return row

    def store(self) -> None:
        """Write the rows that were touched in place of what stood there."""
        rows = [self.rows[number] for number in sorted(self.touched & self.rows.keys())]
        refuse_too_long(rows)
        Activity.objects.filter(submission=self.draft, row__in=self.touched).delete()
        put_rows(self.draft, rows)
        Justification.objects.filter(submission=self.draft, row__in=self.removed).delete()

    def edited(self) -> Edited:
        """Say what became of the edits."""
        return Edited(
            added=tuple(self.added),
            changed=tuple(dict.fromkeys(self.changed)),
            removed=tuple(self.removed),
            clashes=tuple(self.clashes),
            numbers=self.numbers,
        )
