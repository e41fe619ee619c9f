"""What a workbook would change, as its page shows it, and what was chosen there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core import signing

from yupana.domain.commitments.rules import ROW, Act, changes, clashes, differences, grids
from yupana.interfaces import words
from yupana.interfaces.interchange import workbooks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.http import QueryDict

    from yupana.domain.commitments.models import Upload
    from yupana.domain.commitments.rules import CellEdit, Change
    from yupana.projections.overviews.plan_rows import Line

    Cells = Mapping[str, str]
    Seen = dict[int, Cells | None]

_SALT, _PREFIX, _MINE = "yupana.upload", "cell", "mine"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what stands in the plan, what the workbook says, and what it was when the workbook was given out.

    ``choice`` is the name under which its reader chooses, empty where nobody else changed it.
    """

    title: str
    now: str
    brought: str
    was: str
    where: str
    choice: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row that would change. ``choice`` is the name under which all of it is chosen; ``gone``: it was removed."""

    number: int
    act: str
    name: str
    where: str
    cells: tuple[Cell, ...]
    choice: str
    gone: bool

    @property
    def clashes(self) -> bool:
        """Whether there is something to choose."""
        return bool(self.choice) or any(cell.choice for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Preview:
    """All that would change, what was not taken, and a sealed note of what stood where something clashes."""

    rows: tuple[Row, ...]
    notes: tuple[tuple[str, str, str], ...]
    seen: str

    @property
    def counts(self) -> dict[str, int]:
        """How many rows would be added, changed and removed."""
        return {act.value: sum(row.act == act for row in self.rows) for act in (Act.ADD, Act.CHANGE, Act.REMOVE)}

    @property
    def clashes(self) -> int:
        """How many rows have something to choose."""
        return sum(row.clashes for row in self.rows)


def preview(upload: Upload, stored: Mapping[int, Cells], lines: Iterable[Line]) -> Preview:
    """Hold a workbook against what stands in its draft now."""
    base, brought = grids(upload.told)
    found = list(changes(differences(base, brought), stored))
    labels = {line.ref: str(line) for line in lines}
    places = upload.told.get("where", {})
    rows = tuple(_row(change, base, brought, places.get(str(change.edit.row), {}), labels) for change in found)
    seen = {str(change.edit.row): change.now for change in found if change.clashing}
    notes = tuple((where, words.why(why), text) for where, why, text in upload.told.get("notes", ()))
    return Preview(rows, notes, signing.Signer(salt=_SALT).sign_object(seen, compress=True))


def picked(sent: QueryDict) -> tuple[Seen, set[tuple[int, str]]]:
    """Read what was chosen, and what its chooser had seen; who seals nothing has seen nothing."""
    try:
        told = signing.Signer(salt=_SALT).unsign_object(sent.get("seen", ""))
    except signing.BadSignature:
        return {}, set()
    seen: Seen = {int(row): cells for row, cells in told.items()}
    return seen, {(row, field) for row, field in map(_named, sent) if row in seen and sent[_name(row, field)] == _MINE}


def _name(row: int, field: str) -> str:
    return f"{_PREFIX}-{row}-{field}"


def _named(name: str) -> tuple[int, str]:
    prefix, _dash, rest = name.partition("-")
    row, _dash, field = rest.partition("-")
    known = prefix == _PREFIX and row.isascii() and row.isdecimal() and len(row) < 9  # noqa: PLR2004 (no plan has so many)
    return (int(row), field) if known else (0, "")


def _row(
    change: Change,
    base: Mapping[int, Cells],
    brought: Mapping[int, Cells],
    place: str | Cells,
    labels: Cells,
) -> Row:
    row = change.edit.row
    where = {"": place} if isinstance(place, str) else place
    cells = {**base.get(row, {}), **(change.now or {}), **brought.get(row, {})}
    return Row(
        number=row,
        act=change.edit.act.value,
        name=cells.get("name", ""),
        where=where.get("", ""),
        cells=tuple(_cells(change, base.get(row, {}), where, labels)),
        choice=_name(row, ROW) if ROW in change.clashing else "",
        gone=change.now is None and change.edit.act is Act.CHANGE,
    )


def _cells(change: Change, was: Cells, where: Cells, labels: Cells) -> Iterator[Cell]:
    for cell in sorted(_worth_showing(change), key=lambda cell: workbooks.place_of(cell.field)):
        now = (change.now or {}).get(cell.field, "") if change.edit.act is not Act.ADD else ""
        yield Cell(
            title=workbooks.title(cell.field),
            now=_shown(cell.field, now, labels),
            brought=_shown(cell.field, cell.after, labels),
            was=_shown(cell.field, was.get(cell.field, ""), labels),
            where=where.get(cell.field, ""),
            choice=_name(cell.row, cell.field) if cell.field in change.clashing else "",
        )


def _worth_showing(change: Change) -> Iterator[CellEdit]:
    """All that is added or changed; of an activity that is taken out, only what somebody else changed."""
    if change.edit.act is not Act.REMOVE:
        yield from change.edit.cells
    elif change.now is not None:
        yield from (clash.edit for clash in clashes(change.edit, change.now))


def _shown(field: str, text: str, labels: Cells) -> str:
    if field in ("item", "also"):
        return "\n".join(labels.get(line, line) for line in text.splitlines())
    return workbooks.chosen_label(field, text)
