"""What a later version may change: what is past stays as it was accepted, and what was promised first is not lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from yupana.domain.commitments.rules.cells import VALUE, cells_of
from yupana.domain.commitments.rules.merging import CellEdit, differences
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.kernel.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from yupana.domain.commitments.facts import PlanRow

MONEY = "money:"
"""Before a year: the cell of all that a row spends in it."""
LASTING = ("unit", "accumulation", "direction", "baseline")
"""How the values of a row are read: these hold for every period, and so for those that have passed."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A promise that was changed: as it was accepted first, as it holds now, and by which act it was changed last."""

    field: str
    original: str
    current: str
    act: str


def is_closed(period: str, on: date) -> bool:
    """Whether a period has passed; what is no period never does."""
    try:
        return parse_period(period).last < on
    except ValueError:
        return False


def period_of(field: str) -> str:
    """Return the period that a cell belongs to: empty for one that belongs to none."""
    for kind in (VALUE, MONEY):
        if field.startswith(kind):
            return field.removeprefix(kind)
    return ""


def dated(row: PlanRow) -> dict[str, str]:
    """Write the cells of a row that belong to a period: what is programmed, and what is spent by year."""
    cells = {field: text for field, text in cells_of(row).items() if field.startswith(VALUE)}
    for year in sorted({line.year for line in row.money}):
        lines = tuple(line for line in row.money if line.year == year)
        cells[f"{MONEY}{year}"] = cells_of(replace(row, money=lines))["money"]
    return cells


def closed_changes(
    before: Sequence[PlanRow], after: Sequence[PlanRow], on: date, *, reported: Collection[int] = ()
) -> tuple[CellEdit, ...]:
    """Say what a version changes, adds or leaves out in periods that have passed: nothing of it is allowed.

    A row for which something was programmed up to then, or that was ``reported`` on, is not left out, and its values
    are read as they were.
    """
    old, new = {row.row: row for row in before}, {row.row: row for row in after}
    begun = {row.row for row in (*before, *after) if _is_begun(row, on)} | set(reported)
    lasting = [cell for row in sorted(begun & old.keys()) for cell in _lasting(old[row], new.get(row))]
    edits = differences(
        {row: dated(each) for row, each in old.items()}, {row: dated(each) for row, each in new.items()}
    )
    past = [cell for edit in edits for cell in edit.cells if is_closed(period_of(cell.field), on)]
    return tuple(sorted((*lasting, *past), key=lambda cell: cell.row))


def _is_begun(row: PlanRow, on: date) -> bool:
    return any(is_closed(each.period, on) for each in row.programmed)


def _lasting(old: PlanRow, new: PlanRow | None) -> Iterator[CellEdit]:
    """Say what changes of how a row is read; of one that is left out, its name."""
    if new is None:
        yield CellEdit(old.row, "name", old.name, "")
        return
    # A target is still to come; whether it is in per cent is not.
    fields = (*LASTING, "target") if ("%" in old.target) != ("%" in new.target) else LASTING
    for field in fields:
        before, after = getattr(old, field), getattr(new, field)
        if before not in (after, BLACKED_OUT):
            yield CellEdit(old.row, field, before, after)


def moved(versions: Sequence[tuple[str, Sequence[PlanRow]]]) -> dict[int, tuple[Moved, ...]]:
    """Say by row which promises of the last version are not those that were accepted first.

    ``versions`` are the accepted ones, oldest first, each with its act. What was first is what the row said when it was
    accepted for the first time.
    """
    told = [(act, {row.row: _promises(row) for row in rows}) for act, rows in versions]
    last = told[-1][1] if told else {}
    found = {row: tuple(_moved([(act, rows[row]) for act, rows in told if row in rows])) for row in last}
    return {row: changes for row, changes in found.items() if changes}


def _promises(row: PlanRow) -> dict[str, str]:
    cells = cells_of(row)
    plain = {"target": cells["target"]} | ({} if row.money else {"budget": cells["budget"]})
    return plain | dated(row)


def _moved(story: Sequence[tuple[str, Mapping[str, str]]]) -> Iterator[Moved]:
    first, last = story[0][1], story[-1][1]
    for field in dict.fromkeys((*first, *last)):
        original, current = first.get(field, ""), last.get(field, "")
        if original == current:
            continue
        acts = [act for (_, old), (act, new) in pairwise(story) if old.get(field, "") != new.get(field, "")]
        yield Moved(field, original, current, acts[-1])
