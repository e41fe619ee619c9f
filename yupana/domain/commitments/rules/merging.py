"""Several people change one plan: cell by cell, what each of them saw, wants, and finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Act(StrEnum):
    """What is done to a row as a whole, or to its cells."""

    ADD = "add"
    REMOVE = "remove"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell as its writer saw it (``before``) and wants it (``after``)."""

    row: int
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What one writer wants done to one row: ``cells`` of `ADD` were empty, those of `REMOVE` are all that they saw."""

    act: Act
    row: int
    cells: tuple[CellEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """A cell that is neither as its writer saw it nor as they want it. ``now`` None: the whole row is gone."""

    edit: CellEdit
    now: str | None


def differences(before: Mapping[int, Mapping[str, str]], after: Mapping[int, Mapping[str, str]]) -> Iterator[Edit]:
    """Say what turns one grid (cells by row and name; an absent cell is empty) into another, in the order of rows."""
    for row in sorted(before.keys() | after.keys()):
        cells = tuple(_cells(row, before.get(row, {}), after.get(row, {})))
        if row not in before:
            yield Edit(Act.ADD, row, cells)
        elif row not in after:
            yield Edit(Act.REMOVE, row, cells)
        elif cells:
            yield Edit(Act.CHANGE, row, cells)


def _cells(row: int, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[CellEdit]:
    for field in sorted(before.keys() | after.keys()):
        old, new = before.get(field, ""), after.get(field, "")
        if old != new:
            yield CellEdit(row, field, old, new)


def clashes(edit: Edit, stored: Mapping[str, str] | None) -> tuple[Clash, ...]:
    """Say which cells of an edit somebody else changed meanwhile; ``stored`` None: the row is not there.

    A cell that already is as it should be clashes with nothing, so the same edit may be sent twice.
    """
    if stored is None:
        return tuple(Clash(cell, None) for cell in edit.cells) if edit.act is Act.CHANGE else ()
    if edit.act is Act.REMOVE:
        seen = {cell.field: cell.before for cell in edit.cells}
        fields = sorted(at for at in seen.keys() | stored.keys() if seen.get(at, "") != stored.get(at, ""))
        return tuple(
            Clash(CellEdit(edit.row, field, seen.get(field, ""), ""), stored.get(field, "")) for field in fields
        )
    return tuple(
        Clash(cell, stored.get(cell.field, ""))
        for cell in edit.cells
        if stored.get(cell.field, "") not in (cell.before, cell.after)
    )
