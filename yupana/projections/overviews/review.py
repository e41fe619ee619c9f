"""A version as its reviewer reads it: what changed first, what does not hold together, and what was noted so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yupana.domain.commitments.facts import itemised
from yupana.domain.commitments.rules import CELLS, VALUE, cells_of
from yupana.domain.commitments.versions import amended
from yupana.domain.submissions.rules import Verdict, row_subject
from yupana.projections.overviews import coherence, plan_form
from yupana.projections.overviews.checklist import Checklist, Seen, checklist, noted
from yupana.projections.overviews.side_by_side import SideBySide, readable, side_by_side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yupana.domain.commitments.facts import Money, PlanRow
    from yupana.domain.submissions.models import Document, Submission
    from yupana.foundation.kernel.actor import Actor
    from yupana.projections.overviews.coherence import Coherence, Told
    from yupana.projections.overviews.plan_form import Version
    from yupana.projections.overviews.plan_rows import Row

_ON_THE_CARD = frozenset({"item", "name", "responsible", "result", "indicator", "target", "budget", "starts", "ends"})
MORE = tuple(name for name in CELLS if name not in _ON_THE_CARD | {"notes"})


@dataclass(frozen=True, slots=True)
class RowReview:
    """One row, what was noted about it, its findings (explained or not), and what it says beyond its card.

    ``lines`` are those of its budget, where they say more than amounts by year.
    """

    row: Row
    seen: Seen
    findings: tuple[Told, ...]
    more: tuple[tuple[str, str], ...]
    lines: tuple[Money, ...]

    @property
    def key(self) -> str:
        """How a form names it."""
        return str(self.row.number)

    @property
    def subject(self) -> str:
        """What a note about it is about."""
        return row_subject(self.row.number)


@dataclass(frozen=True, slots=True)
class Review:
    """A version for its reviewer. ``anew`` are the rows to read, ``same`` those that are as they were before.

    ``amends`` is the accepted version that it changes, None where there is none.
    """

    version: Version
    compared: SideBySide | None
    amends: Submission | None
    anew: tuple[RowReview, ...]
    same: tuple[RowReview, ...]
    checklist: Checklist | None
    coherence: Coherence
    documents: tuple[Document, ...]

    @property
    def submission(self) -> Submission:
        """The version itself."""
        return self.version.plan.submission

    @property
    def rows(self) -> tuple[RowReview, ...]:
        """Every row, in the order in which they are read."""
        return self.anew + self.same

    @property
    def to_mend(self) -> int:
        """How many rows were noted as to be mended."""
        return sum(each.seen.verdict == Verdict.MEND for each in self.rows)

    @property
    def noted(self) -> int:
        """How many rows were looked at."""
        return sum(bool(each.seen.verdict) for each in self.rows)

    @property
    def of_the_whole(self) -> tuple[Told, ...]:
        """What was found in the plan as a whole, and is more than a hint."""
        return tuple(each for each in _worth_telling(self.coherence) if not each.finding.row)


def review(actor: Actor, submission: int) -> Review:
    """Find a version that was handed in, for the authority that reviews it; Missing for whoever may not read it."""
    version = plan_form.version(actor, submission)
    held = version.plan.submission
    compared = side_by_side(held, version.others)
    seen, looked = noted(held, version.steps), coherence.of(held)
    rows = _rows(version, seen, looked)
    touched = compared.touched if compared else frozenset(each.row.number for each in rows)
    return Review(
        version=version,
        compared=compared,
        amends=amended(held) if compared else None,
        anew=tuple(each for each in rows if each.row.number in touched),
        same=tuple(each for each in rows if each.row.number not in touched),
        checklist=checklist(held, seen),
        coherence=looked,
        documents=tuple(held.documents.all()),
    )


def _worth_telling(looked: Coherence) -> list[Told]:
    """What is neither a mere hint nor silent: open findings, and those that their writers explained."""
    return [*looked.open, *looked.explained]


def _rows(version: Version, seen: Mapping[str, Seen], looked: Coherence) -> list[RowReview]:
    names = {line.ref: str(line) for line in version.plan.lines}
    held = {row.row: row for row in looked.looked.rows}
    told: dict[int, list[Told]] = {}
    for each in _worth_telling(looked):
        told.setdefault(each.finding.row, []).append(each)
    return [
        RowReview(
            row,
            seen.get(row_subject(row.number), Seen()),
            tuple(told.get(row.number, ())),
            tuple(_more(held[row.number], names)),
            itemised(held[row.number].money),
        )
        for row in version.plan.rows
    ]


def _more(row: PlanRow, names: Mapping[str, str]) -> list[tuple[str, str]]:
    cells = cells_of(replace(row, money=()) if itemised(row.money) else row)
    fields = [*MORE, *sorted(field for field in cells if field.startswith(VALUE))]
    return [(field, readable(field, cells[field], names)) for field in fields if cells.get(field)]
