"""The checklist with which a reviewer goes through a plan: section by section, what was noted and how far one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments.checklists import ref_of, sections
from yupana.domain.submissions.rules import ITEM, State, Verdict, item_subject, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from yupana.domain.instruments.models import Item
    from yupana.domain.submissions.models import Step, Submission
    from yupana.domain.submissions.rules import Looked


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands noted about one part; ``mark`` tells whether it is still the same. Nothing is noted: all is empty."""

    verdict: str = ""
    text: str = ""

    @property
    def mark(self) -> str:
        """Tell this note from any other."""
        return mark(self.verdict, self.text)


@dataclass(frozen=True, slots=True)
class Point:
    """One item of a checklist, ``depth`` below its section, and what was noted about it."""

    item: Item
    subject: str
    depth: int
    seen: Seen

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"i{self.item.pk}"


@dataclass(frozen=True, slots=True)
class Section:
    """An item at the top of a checklist, with all that lies below it."""

    points: tuple[Point, ...]

    @property
    def head(self) -> Point:
        """The section itself."""
        return self.points[0]

    @property
    def done(self) -> int:
        """How many of its items were looked at."""
        return sum(bool(point.seen.verdict) for point in self.points)

    @property
    def to_mend(self) -> tuple[Point, ...]:
        """Those of its items that have to be mended."""
        return tuple(point for point in self.points if point.seen.verdict == Verdict.MEND)

    @property
    def is_done(self) -> bool:
        """Whether every item was looked at."""
        return self.done == len(self.points)


@dataclass(frozen=True, slots=True)
class Checklist:
    """All sections, in reading order."""

    sections: tuple[Section, ...]

    @property
    def total(self) -> int:
        """How many items there are to look at."""
        return sum(len(section.points) for section in self.sections)

    @property
    def done(self) -> int:
        """How many were looked at."""
        return sum(section.done for section in self.sections)

    @property
    def to_mend(self) -> tuple[Point, ...]:
        """Everything that has to be mended."""
        return tuple(point for section in self.sections for point in section.to_mend)

    @property
    def next(self) -> Section | None:
        """The first section that is not done."""
        return next((section for section in self.sections if not section.is_done), None)


def noted(version: Submission, steps: Iterable[Step]) -> dict[str, Seen]:
    """Return what was noted about a version, by part: what stands there now, or was taken into what was decided.

    For readers of the authority while it is under review; its steps should be at hand.
    """
    told: Iterable[Looked]
    if version.state == State.SUBMITTED:
        told = version.looks.values_list("subject", "verdict", "text")
    else:
        told = [(subject, verdict, text) for step in steps for subject, verdict, text in step.looked or ()]
    return {subject: Seen(verdict, text) for subject, verdict, text in told}


def to_mend(version: Submission, steps: Sequence[Step]) -> tuple[Point, ...]:
    """Return the sections that a decision found to be mended; no query where there are none."""
    told = {subject: Seen(verdict, text) for step in steps for subject, verdict, text in step.looked or ()}
    if not any(each.verdict == Verdict.MEND and subject.startswith(ITEM) for subject, each in told.items()):
        return ()
    found = checklist(version, told)
    return found.to_mend if found else ()


def checklist(version: Submission, seen: Mapping[str, Seen]) -> Checklist | None:
    """Return the checklist of a version's call with what was noted; None where there is none."""
    items = list(sections(version.obligation.call))
    return Checklist(tuple(_sections(items, seen))) if items else None


def _sections(items: Sequence[Item], seen: Mapping[str, Seen]) -> list[Section]:
    """Group items under the one at the top that they belong to."""
    depths: dict[int, int] = {}
    groups: list[list[Point]] = []
    for item in items:
        depth = depths[item.pk] = depths[item.parent_id] + 1 if item.parent_id in depths else 0
        subject = item_subject(ref_of(item))
        if not depth:
            groups.append([])
        groups[-1].append(Point(item, subject, depth, seen.get(subject, Seen())))
    return [Section(tuple(group)) for group in groups]
