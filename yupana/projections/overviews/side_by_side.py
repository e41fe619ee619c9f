"""Two versions of one plan beside each other: cell by cell what changed, word by word; and what was promised first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments.labels import LABELS
from yupana.domain.commitments.rules import Accumulation, Act, Direction, Medium, cells_of, differences, moved
from yupana.domain.commitments.versions import amended, changes_of_the_past, rows_by_version
from yupana.domain.instruments.facts import item_ref
from yupana.domain.instruments.models import Item
from yupana.domain.instruments.rules.marks import words
from yupana.domain.obligations.rules import Visibility
from yupana.domain.submissions.models import Step
from yupana.domain.submissions.rules import State
from yupana.foundation.kernel.errors import Missing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.commitments.rules import CellEdit, Edit, Moved
    from yupana.domain.instruments.rules.marks import Piece
    from yupana.domain.submissions.models import Submission

CHOICES = {"medium": Medium, "accumulation": Accumulation, "direction": Direction}
SEPARATOR = " | "  # between what a line of a cell says


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that changed, its texts as people read them and marked word by word."""

    field: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that was added, left out or changed; ``name`` is its activity. Of a row that is new no cells are told."""

    row: int
    act: Act
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What turns one version into another; ``same`` rows say just the same in both."""

    before: Submission
    after: Submission
    rows: tuple[Changed, ...]
    same: int

    @property
    def touched(self) -> frozenset[int]:
        """Numbers of the rows that changed or are new."""
        return frozenset(each.row for each in self.rows if each.act is not Act.REMOVE)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a draft that follows an accepted version still has to say or put back before it can be handed in."""

    accepted: Submission
    unexplained: bool
    past: tuple[CellEdit, ...]


@dataclass(frozen=True, slots=True)
class Reprogrammed:
    """What became of an accepted plan by its last amendment, and by row what was promised first and holds no more."""

    version: int
    accepted_on: date
    reason: str
    act: str
    rows: tuple[Changed, ...]
    promises: Mapping[int, tuple[Moved, ...]]


def side_by_side(after: Submission, others: Iterable[Submission], against: int | None = None) -> SideBySide | None:
    """Compare a version with an earlier one (its number; None: the one before it); None where there is no earlier one.

    ``others`` are the versions that the reader may read besides; Missing where ``against`` is none of them.
    """
    older = {each.version: each for each in others if each.version < after.version}
    if against is not None and against not in older:
        raise Missing("submission-unknown")
    if not older:
        return None
    before = older[max(older) if against is None else against]
    rows = rows_by_version([before.pk, after.pk])
    names = _names([after.obligation.scope_id])
    found = tuple(changes(rows[before.pk], rows[after.pk], names))
    return SideBySide(before, after, found, len(rows[after.pk]) - sum(each.act is not Act.REMOVE for each in found))


def changes(before: Sequence[PlanRow], after: Sequence[PlanRow], names: Mapping[str, str]) -> Iterator[Changed]:
    """Say row by row what changed; ``names`` say what an item is called."""
    old, new = {row.row: row for row in before}, {row.row: row for row in after}
    grids = [{number: cells_of(row) for number, row in rows.items()} for rows in (old, new)]
    for edit in differences(*grids):
        row = new.get(edit.row) or old[edit.row]
        yield Changed(edit.row, edit.act, row.name, tuple(_cells(edit, names)))


def _cells(edit: Edit, names: Mapping[str, str]) -> Iterator[Cell]:
    """The cells worth reading: a sum is told by its lines, a new row by itself."""
    if edit.act is Act.ADD:
        return
    fields = {cell.field for cell in edit.cells}
    for cell in edit.cells:
        if cell.field != "budget" or "money" not in fields:
            told = (readable(cell.field, text, names) for text in (cell.before, cell.after))
            yield Cell(cell.field, words(*told))


def readable(field: str, text: str, names: Mapping[str, str]) -> str:
    """Write what a cell holds as people read it; ``names`` say what an item is called."""
    if field in CHOICES and text:
        kind = CHOICES[field]
        return str(LABELS[kind][kind(text)])
    if field in {"item", "also"}:
        return "\n".join(_named(line, names) for line in text.splitlines())
    if field == "money":
        return "\n".join(" · ".join(part or "\u2013" for part in line.split(SEPARATOR)) for line in text.splitlines())
    return text


def _named(line: str, names: Mapping[str, str]) -> str:
    ref, bar, share = line.partition(SEPARATOR)
    return names.get(ref, ref) + (f" · {share}" if bar else "")


def _names(scopes: Iterable[int]) -> dict[str, str]:
    """What each item of some scopes is called, by the name that rows use."""
    parts = ("edition__instrument__code", "edition__code", "role", "code", "text")
    items = Item.objects.filter(scopes__in=set(scopes)).distinct().order_by("pk").values_list(*parts)
    return {item_ref(f"{one}/{other}", role, code): f"{code} · {text}" for one, other, role, code, text in items}


def amendment(draft: Submission, on: date) -> Amendment | None:
    """Say what an amendment still lacks; None for a draft that follows no accepted version."""
    accepted = amended(draft)
    if accepted is None:
        return None
    unexplained = not (draft.reason.strip() and draft.act.strip())
    return Amendment(accepted, unexplained, changes_of_the_past(accepted, draft, on))


def reprogrammed(obligations: Collection[int]) -> dict[int, Reprogrammed]:
    """Say what amendments did to the plans of public calls, by obligation; those never amended are absent."""
    public = Step.objects.filter(after=State.ACCEPTED, submission__obligation__call__visibility=Visibility.PUBLIC)
    steps = public.filter(submission__obligation__in=obligations).select_related("submission__obligation")
    stories: dict[int, list[Step]] = {}
    for step in steps.order_by("entry_id"):
        stories.setdefault(step.submission.obligation_id, []).append(step)
    told = {owed: story for owed, story in stories.items() if len(story) > 1}
    if not told:
        return {}
    rows = rows_by_version([step.submission_id for story in told.values() for step in story])
    names = _names(story[0].submission.obligation.scope_id for story in told.values())
    return {owed: _reprogrammed(story, rows, names) for owed, story in told.items()}


def _reprogrammed(
    story: Sequence[Step], rows: Mapping[int, Sequence[PlanRow]], names: Mapping[str, str]
) -> Reprogrammed:
    before, last = story[-2], story[-1]
    return Reprogrammed(
        version=last.submission.version,
        accepted_on=last.on,
        reason=last.submission.reason,
        act=last.submission.act,
        rows=tuple(changes(rows[before.submission_id], rows[last.submission_id], names)),
        promises=moved([(step.submission.act, rows[step.submission_id]) for step in story]),
    )
