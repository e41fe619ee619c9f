"""A report as its reviewer reads it: what changed since it was returned, what does not fit together, what was noted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.instruments.rules.marks import words
from yupana.domain.progress.models import Evidence
from yupana.domain.progress.queries import report_rows
from yupana.domain.progress.rules.typed import cells_of
from yupana.domain.submissions import policy
from yupana.domain.submissions.rules import State, Verdict, row_subject
from yupana.projections.overviews import report as reports
from yupana.projections.overviews.checklist import Seen, noted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yupana.domain.instruments.rules.marks import Piece
    from yupana.domain.progress.facts import ReportRow
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor
    from yupana.projections.overviews.report import Row, Version

EVIDENCE = "evidence"  # beside the names of cells


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that says something else than in the version before, marked word by word."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class RowReview:
    """One row, what was noted about it, what it said otherwise before, and what was remarked on that."""

    row: Row
    seen: Seen
    changed: tuple[Changed, ...]
    remarked: str = ""

    @property
    def key(self) -> str:
        """How a form names it."""
        return str(self.row.number)

    @property
    def subject(self) -> str:
        """What a note about it is about."""
        return row_subject(self.row.number)


@dataclass(frozen=True, slots=True)
class ReportReview:
    """A report for its reviewer. ``before`` is the version that it is compared with, None where it is the first one.

    ``refusal`` says why the reader may not decide about it: empty where they may.
    """

    version: Version
    before: Submission | None
    rows: tuple[RowReview, ...]
    refusal: str

    @property
    def submission(self) -> Submission:
        """The version."""
        return self.version.report.submission

    @property
    def is_undecided(self) -> bool:
        """Whether it waits for a decision."""
        return self.submission.state == State.SUBMITTED

    @property
    def anew(self) -> tuple[RowReview, ...]:
        """The rows to read: all of a first version, else those that changed."""
        return self.rows if self.before is None else tuple(each for each in self.rows if each.changed)

    @property
    def same(self) -> tuple[RowReview, ...]:
        """The rows that say what they said before."""
        return () if self.before is None else tuple(each for each in self.rows if not each.changed)

    @property
    def flagged(self) -> tuple[RowReview, ...]:
        """The rows in which something does not fit together, or that are off plan."""
        return tuple(each for each in self.rows if each.row.odd or each.row.off_plan)

    @property
    def to_mend(self) -> int:
        """How many rows were noted as to be mended."""
        return sum(each.seen.verdict == Verdict.MEND for each in self.rows)

    @property
    def noted(self) -> int:
        """How many rows were looked at."""
        return sum(bool(each.seen.verdict) for each in self.rows)


def report_review(actor: Actor, submission: int) -> ReportReview:
    """Find a report that was handed in, for the authority that reviews it; Missing for whoever may not read it."""
    found = reports.version(actor, submission)
    held = found.report.submission
    seen = noted(held, found.steps)
    older = [each for each in found.others if each.version < held.version]
    before = max(older, key=lambda each: each.version, default=None)
    was = {each.row: each for each in report_rows(before)} if before else {}
    changed = _changes([row.said for row in found.report.rows], was) if before else {}
    remarked = _remarks(before) if before else {}
    rows = tuple(
        RowReview(
            row,
            seen.get(row_subject(row.number), Seen()),
            changed.get(row.number, ()),
            remarked.get(row.number, ""),
        )
        for row in found.report.rows
    )
    return ReportReview(found, before, rows, policy.review_refusal(actor, held))


def _remarks(version: Submission) -> dict[int, str]:
    return {remark.row: remark.text for step in version.steps.all() for remark in step.remarks.all()}


def is_remarkable(actor: Actor, version: Submission) -> bool:
    """Whether something in a report does not fit together, or is off plan, so that somebody should look at it."""
    found = reports.version(actor, version.pk).report
    return any(row.odd or row.off_plan or row.lacks for row in found.rows)


def _changes(now: Sequence[ReportRow], was: Mapping[int, ReportRow]) -> dict[int, tuple[Changed, ...]]:
    cited = {piece for row in [*now, *was.values()] for piece in row.evidence}
    names = dict(Evidence.objects.filter(pk__in=cited).values_list("pk", "name")) if cited else {}
    return {row.row: tuple(_differing(_cells(was.get(row.row), names), _cells(row, names))) for row in now}


def _differing(was: Mapping[str, str], now: Mapping[str, str]) -> list[Changed]:
    told = ((name, was.get(name, ""), text) for name, text in now.items())
    return [Changed(name, words(before, after)) for name, before, after in told if before != after]


def _cells(said: ReportRow | None, names: Mapping[int, str]) -> dict[str, str]:
    if said is None:
        return {}
    return {**cells_of(said), EVIDENCE: "\n".join(names[piece] for piece in said.evidence)}
