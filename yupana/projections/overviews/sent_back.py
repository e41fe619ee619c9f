"""What the authority sent back last, and why: the same for the inbox and for the plan that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.submissions.rules import ITEM, State, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
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
    """A version that came back: when, why, until when it can be mended, row by row."""

    submission: int
    version: int
    on: date
    reason: str
    remedy_until: date | None
    misfiled: bool
    remarks: tuple[RowRemark, ...]
    sections: tuple[SectionRemark, ...] = ()


def handed(versions: Iterable[Submission]) -> list[Submission]:
    """Return those that were handed in, in the same order."""
    return [one for one in versions if one.state != State.DRAFT]


def came_back(versions: Iterable[Submission]) -> bool:
    """Whether the last version that was handed in was sent back. The newest comes first."""
    return any(one.state in SENT_BACK for one in handed(versions)[:1])


def sent_back(versions: Iterable[Submission], names: Mapping[tuple[int, int], str]) -> SentBack | None:
    """Return what came back last; None when something newer was handed in. The newest version comes first.

    ``names`` tells the activity of a row by version and row; the steps and their remarks should be at hand.
    """
    if not came_back(versions):
        return None
    last = handed(versions)[0]
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
    )


def _sections(step: Step) -> Iterator[SectionRemark]:
    for subject, verdict, text in step.looked or ():
        if subject.startswith(ITEM) and verdict == Verdict.MEND:
            yield SectionRemark(subject.rpartition("#")[2].partition(":")[2], text)
