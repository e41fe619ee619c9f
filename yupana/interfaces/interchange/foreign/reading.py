"""Reading a form by its layout: a row of the plan for each of its activities, and a note for whatever is none.

The answer has the shape that an upload keeps (`Upload.told`): cells by row, where each row stands, and the notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yupana.domain.commitments.rules import VALUE
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.foreign.activity import Activity
from yupana.interfaces.interchange.foreign.books import load
from yupana.interfaces.interchange.foreign.filling import Filling, Refs
from yupana.interfaces.interchange.foreign.layout import IGNORED, MONEY, Layout
from yupana.interfaces.interchange.foreign.leftovers import Sums, own_cells, why_left
from yupana.interfaces.interchange.foreign.pieces import Cell, cents_of
from yupana.interfaces.interchange.foreign.proposing import form_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from yupana.foundation.kernel.period import Period
    from yupana.interfaces.interchange.foreign.forms import Form
    from yupana.interfaces.interchange.spreadsheets import Sheet

MOST_ACTIVITIES = 5_000  # of one plan; more is no plan that anybody reads
_LONGEST = 300  # characters of a row that are shown where it is listed
_AMOUNTS = ("budget", f"{MONEY}programmed", f"{MONEY}current", f"{MONEY}accrued")


def read(
    path: Path,
    mapping: Mapping[str, Any] | Layout,
    *,
    items: Mapping[str, str] | None = None,
    sources: Mapping[str, str] | None = None,
    sheets: Sequence[Sheet] | None = None,
    period: Period | None = None,
) -> dict[str, Any]:
    """Read a form into rows of cells.

    ``items`` gives the ref of each item that may be answered by its code and its title, ``sources`` that of each
    activity of another plan from which one may derive by its name; all names are folded.
    ``period`` is what the plan is about: what a form programs for other years stays among the notes of its row.
    Refused("form-differs") where the titles are not those of the layout.
    """
    layout = Layout.from_plain(mapping)
    held = load(path) if sheets is None else sheets
    named = layout.sheet if any(sheet.name == layout.sheet for sheet in held) else ""
    form = form_of(held, path.name, named)
    if [fold(title) for title in form.titles] != [fold(column.title) for column in layout.columns]:
        raise Refused("form-differs", where=path.name, titles=", ".join(filter(None, form.titles))[:_LONGEST])
    work = _Work(form, layout, Refs(items or {}, sources or {}, period))
    work.above(held)
    for number, cells in form.rows:
        work.take(number, cells)
    return work.told()


class _Work:
    """The rows of a form while they are read one after the other."""

    def __init__(self, form: Form, layout: Layout, refs: Refs) -> None:
        self.form, self.layout = form, layout
        self.notes: list[tuple[str, str, str]] = []
        self.filling = Filling(form, layout, refs, self.note)
        self.named = [at for at, column in enumerate(layout.columns) if column.field == "name"]
        self.additive = [at for at, column in enumerate(layout.columns) if is_additive(column.field)]
        self.sums, self.shared = Sums(), set[tuple[int, int]]()
        self.activities: list[Activity] = []
        self.errors: dict[int, list[int]] = {}
        for number, at in sorted(form.sheet.errors):
            self.errors.setdefault(number, []).append(at)

    def note(self, where: str, why: str, text: str) -> None:
        """Name something that has no place, or is doubtful."""
        self.notes.append((where, why, squeeze(text)[:_LONGEST]))

    def above(self, sheets: Sequence[Sheet]) -> None:
        """Name what is no row at all: other sheets, what stands above the titles, columns that are left out."""
        for sheet in sheets:
            if sheet is not self.form.sheet and sheet.rows:
                self.note(sheet.name, "foreign-sheet", " ".join(sheet.rows[0][1]))
        for where, text in self.form.above:
            self.note(where, "foreign-title", text)
        for at, column in enumerate(self.layout.columns):
            if column.field == IGNORED and self._filled(at):
                self.note(self.form.place(self.form.last, at), "foreign-column-ignored", column.title)

    def _filled(self, at: int) -> bool:
        return any(len(cells) > at and cells[at].strip() for _number, cells in self.form.rows)

    def take(self, number: int, cells: list[str]) -> None:
        """Read one row: another activity, more of the last one, or none."""
        wrong = self.errors.get(number, ())
        for at in wrong:
            self.note(self.form.place(number, at), "foreign-error", cells[at] if at < len(cells) else "")
        cells = ["" if at in wrong else cell for at, cell in enumerate(cells)]
        own = own_cells(self.form, number, cells)
        if not own:
            return
        goes_on = self._goes_on(number, own)
        why = "" if goes_on else why_left(self.form, own, number, self.named)
        if why == "foreign-total" and not self.sums.close(own):
            why = "foreign-total-differs"
        if not why and not goes_on and not any(at in own for at in self.named):
            why = "foreign-nameless"
        if why:
            self.note(self.form.place(number, min(own)), why, " · ".join(cell.text for cell in own.values()))
        else:
            self._read(number, cells, own, goes_on=goes_on)

    def _goes_on(self, number: int, own: Mapping[int, Cell]) -> bool:
        """Whether a row says more of the activity above: under its merged name, or a line of money without a name."""
        if not self.activities or any(at in own for at in self.named):
            return False
        if any(self.form.covered(number, at) for at in self.named):
            return True
        codes = [at for at in own if self.layout.columns[at].field.startswith(MONEY)]
        return len(codes) > 1 and any(at in own for at in self.additive)

    def _read(self, number: int, cells: list[str], own: Mapping[int, Cell], *, goes_on: bool) -> None:
        if not goes_on:
            if len(self.activities) >= MOST_ACTIVITIES:
                raise Refused("form-too-long", where=self.form.sheet.name, most=MOST_ACTIVITIES)
            at = self.named[0] if self.named else 0
            self.activities.append(Activity({"": self.form.place(number, at)}))
        activity = self.activities[-1]
        told: dict[int, Cell] = {}
        for at in range(len(self.layout.columns)):
            if at in own:
                told[at] = own[at]
            elif not goes_on and self.form.covered(number, at):
                self._repeat(number, cells, at, told)
        self._count(told)
        self.filling.fill(activity, number, told)

    def _repeat(self, number: int, cells: list[str], at: int, told: dict[int, Cell]) -> None:
        """Let a merged cell hold for each of its rows; an amount is not repeated, or it would count several times."""
        cell = self.form.cell(number, cells, at)
        if not cell.text:
            return
        if at not in self.additive:
            told[at] = cell
            return
        span = self.form.span(number, at)
        if span is not None and (span.top, at) not in self.shared:
            self.shared.add((span.top, at))
            self.note(self.form.place(span.top, at), "foreign-shared", cell.text)

    def _count(self, told: Mapping[int, Cell]) -> None:
        for at, cell in told.items():
            if self.layout.columns[at].field in _AMOUNTS:
                try:
                    self.sums.add(at, cents_of(cell))
                except ValueError:
                    continue

    def told(self) -> dict[str, Any]:
        """Say what was read, as an upload keeps it."""
        rows = {str(at): each.cells(self.note) for at, each in enumerate(self.activities, start=1)}
        return {
            "kind": "foreign",
            "form": {"signature": self.form.signature, "sheet": self.form.sheet.name, "year": self.layout.year},
            "base": {},
            "rows": rows,
            "where": {str(at): each.where for at, each in enumerate(self.activities, start=1)},
            "notes": [list(note) for note in self.notes],
        }


def is_additive(field: str) -> bool:
    """Whether the cells of a column add up, so that saying one twice would count it twice."""
    return field in _AMOUNTS or field.startswith(VALUE)
