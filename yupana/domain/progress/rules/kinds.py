"""What may be chosen in follow-up, as it is stored."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from yupana.domain.commitments.rules.rows import Accumulation, Direction

__all__ = [
    "CorrectiveState",
    "Direction",
    "EvidenceKind",
    "EvidenceLevel",
    "Frequency",
    "Gap",
    "Method",
    "OverBodies",
    "OverTime",
    "SheetSource",
    "VarianceCause",
    "method_of",
]


class Frequency(StrEnum):
    """How often something is reported, by the letter of its periods."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Gap(StrEnum):
    """Why there is no value: there are no data, no method, nobody who can, no money for it."""

    DATA = "data"
    METHOD = "method"
    CAPACITY = "capacity"
    MONEY = "money"


class VarianceCause(StrEnum):
    """Why something is off plan."""

    MONEY = "money"
    PROCUREMENT = "procurement"
    STAFF = "staff"
    TECHNOLOGY = "technology"
    LEGAL = "legal"
    THIRD_PARTY = "third_party"
    AWAITED = "awaited"  # the activity of another body that it waits for
    EMERGENCY = "emergency"
    PLANNING = "planning"
    OTHER = "other"


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    FILE = "file"
    LINK = "link"


class EvidenceLevel(IntEnum):
    """How much a piece proves."""

    SAID = 1  # the entity's own word: a note, a photograph
    INTERNAL = 2  # a document of the entity
    OFFICIAL = 3  # an act, a contract, a signed record
    OPEN = 4  # anybody can check it


class CorrectiveState(StrEnum):
    """Where a corrective action stands: open from the start, answered by the entity, closed or reopened."""

    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"


class Method(StrEnum):
    """How the values of an indicator make up the whole.

    FLOW: what happened in each period; values add. CUMULATIVE: the running total since the start. STOCK: the level at
    the end. CAPACITY: the level at the end, what there was before counted in. REDUCTION: a level that has to fall from
    its baseline. MILESTONE: reached or not.
    """

    FLOW = "flow"
    CUMULATIVE = "cumulative"
    STOCK = "stock"
    CAPACITY = "capacity"
    REDUCTION = "reduction"
    MILESTONE = "milestone"


class OverTime(StrEnum):
    """What becomes of one body's values over time."""

    SUM = "sum"
    LAST = "last"
    MEAN = "mean"
    MOST = "most"


class OverBodies(StrEnum):
    """What becomes of the values of many bodies: added, one rate of all numerators and denominators, or kept apart."""

    SUM = "sum"
    RATE = "rate"
    MOST = "most"
    APART = "apart"


class SheetSource(StrEnum):
    """Where an indicator's values come from: counted by the system, or told by entities in their reports."""

    COUNT = "count"
    REPORT = "report"


_METHODS = {
    Accumulation.SUM: Method.FLOW,
    Accumulation.LAST: Method.STOCK,
    Accumulation.YES_NO: Method.MILESTONE,
}


def method_of(accumulation: str, direction: str) -> Method | None:
    """Return the method behind a planner's three words; None where the plan does not say."""
    if not accumulation:
        return None
    if accumulation == Accumulation.LAST and direction == Direction.DOWN:
        return Method.REDUCTION
    return _METHODS[Accumulation(accumulation)]
