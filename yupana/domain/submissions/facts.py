"""What a step in the life of a submission says, as it is sealed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yupana.foundation.kernel.fact import Fact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from yupana.foundation.kernel.canonical import Plain


@dataclass(frozen=True, slots=True)
class Subject:
    """Which version of which plan: call code, entity as "source:source_id", and the keys that figures follow."""

    call: str
    entity: str
    obligation: int
    submission: int
    version: int
    reserved: bool

    def fact(self, verb: str, on: date, content: Plain, **more: int) -> Fact:
        """Say what happened to this version, or to one thing in it that ``more`` names."""
        codes: dict[str, str | int] = {
            "call": self.call,
            "entity": self.entity,
            "obligation": self.obligation,
            "submission": self.submission,
            **more,
        }
        return Fact(verb, codes, on, content, 1 if more else self.version, self.reserved)

    def named(self) -> dict[str, Plain]:
        """The same in a content: by codes alone, so that it can be checked anywhere."""
        return {"call": self.call, "entity": self.entity, "version": self.version}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the authority decided about one version: ``remarks`` by row, days as on ``models.Step``.

    ``looked`` are the notes behind it, subject, verdict and text each. ``by`` is the key of who decided, None for the
    machine's operator.
    """

    after: str
    on: date
    reason: str = ""
    remarks: Mapping[int, str] = field(default_factory=dict)
    remedy_until: date | None = None
    met_on: date | None = None
    resolution_due_on: date | None = None
    by: int | None = None
    looked: Sequence[tuple[str, str, str]] = ()


def step_content(subject: Subject, decision: Decision) -> dict[str, Plain]:
    """Content behind a step: everything that was decided, with every remark and, where there are any, the notes."""
    noted: dict[str, Plain] = {"looked": [list(each) for each in decision.looked]} if decision.looked else {}
    return {
        **subject.named(),
        "after": decision.after,
        "on": decision.on,
        "reason": decision.reason,
        "remarks": [[row, text] for row, text in sorted(decision.remarks.items())],
        "remedy_until": decision.remedy_until,
        "met_on": decision.met_on,
        "resolution_due_on": decision.resolution_due_on,
        "by": decision.by,
        **noted,
    }
