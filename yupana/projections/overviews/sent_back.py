"""What the authority sent back last, and why: the same for the inbox and for the plan that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from yupana.domain.submissions.rules import ITEM, Handed, State, Verdict, met_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from yupana.domain.submissions.models import Step, Submission

SENT_BACK = frozenset({State.RETURNED, State.MISFILED})


@dataclass(frozen=True, slots=True)
class RowRemark:
    """What the reviewer said about one row; ``name`` is the activity as it was handed in, where it was asked for."""

    row: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SectionRemark:
    """What the reviewer noted about a section that has to be mended: its code, and words if there are any."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """A version that came back: when, why, until when it can be mended, row by row.

    ``counts_on`` is the day that counts if it is mended by then: the first one (None: it is in doubt).
    """

    submission: int
    version: int
    on: date
    reason: str
    remedy_until: date | None
    misfiled: bool
    remarks: tuple[RowRemark, ...]
    sections: tuple[SectionRemark, ...] = ()
    counts_on: date | None = None


def handed(versions: Iterable[Submission]) -> list[Submission]:
    """Return those that were handed in, in the same order."""
    return [one for one in versions if one.state != State.DRAFT]


def came_back(versions: Iterable[Submission]) -> bool:
    """Whether the last version that was handed in was sent back. The newest comes first."""
    return any(one.state in SENT_BACK for one in handed(versions)[:1])


def sent_back(versions: Sequence[Submission], names: Mapping[tuple[int, int], str]) -> SentBack | None:
    """Return what came back last; None when something newer was handed in. The newest version comes first.

    ``names`` tells the activity of a row by version and row; the steps and their remarks should be at hand.
    """
    if not came_back(versions):
        return None
    known = handed(versions)
    last = known[0]
    step = next(step for step in last.steps.all() if step.after == last.state)
    remarks = sorted(step.remarks.all(), key=lambda remark: remark.row)
    return SentBack(
        submission=last.pk,
        version=last.version,
        on=step.on,
        reason=step.reason,
        remedy_until=step.remedy_until,
        misfiled=last.state == State.MISFILED,
        remarks=tuple(RowRemark(one.row, names.get((last.pk, one.row), ""), one.text) for one in remarks),
        sections=tuple(_sections(step)),
        counts_on=met_on(
            [_as_counted(one) for one in reversed(list(takewhile(_was_returned, known)))] or [Handed(None)]
        ),
    )


def _was_returned(version: Submission) -> bool:
    return version.state == State.RETURNED


def _as_counted(version: Submission) -> Handed:
    day = None if version.date_doubt else version.received_on
    return Handed(day, next((step.remedy_until for step in version.steps.all()), None))


def _sections(step: Step) -> Iterator[SectionRemark]:
    for subject, verdict, text in step.looked or ():
        if subject.startswith(ITEM) and verdict == Verdict.MEND:
            yield SectionRemark(subject.rpartition("#")[2].partition(":")[2], text)
