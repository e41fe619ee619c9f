"""What decides in this room, as plain functions: how far an activity is, what does not fit, how scores are read."""

from yupana.domain.progress.rules.advance import (
    Advance,
    Flag,
    Promise,
    Ratio,
    Said,
    Unsaid,
    added,
    advance,
    as_found,
    is_verified,
)
from yupana.domain.progress.rules.correctives import moves, waits_for_entity
from yupana.domain.progress.rules.flags import JUMP, OFF_PLAN, Odd, Spent, is_off_plan, looked_over, odd
from yupana.domain.progress.rules.kinds import (
    CorrectiveState,
    Direction,
    EvidenceKind,
    EvidenceLevel,
    Frequency,
    Gap,
    Method,
    OverBodies,
    OverTime,
    SheetSource,
    VarianceCause,
    method_of,
)
from yupana.domain.progress.rules.periods import closed, ended, opening, order, periods
from yupana.domain.progress.rules.promises import promise_of, said_of
from yupana.domain.progress.rules.schemes import HOUSE, Band, Bands, check_bands
from yupana.domain.progress.rules.shares import WHOLE, of_item
from yupana.domain.progress.rules.ways import has_to_fall

__all__ = [
    "HOUSE",
    "JUMP",
    "OFF_PLAN",
    "WHOLE",
    "Advance",
    "Band",
    "Bands",
    "CorrectiveState",
    "Direction",
    "EvidenceKind",
    "EvidenceLevel",
    "Flag",
    "Frequency",
    "Gap",
    "Method",
    "Odd",
    "OverBodies",
    "OverTime",
    "Promise",
    "Ratio",
    "Said",
    "SheetSource",
    "Spent",
    "Unsaid",
    "VarianceCause",
    "added",
    "advance",
    "as_found",
    "check_bands",
    "closed",
    "ended",
    "has_to_fall",
    "is_off_plan",
    "is_verified",
    "looked_over",
    "method_of",
    "moves",
    "odd",
    "of_item",
    "opening",
    "order",
    "periods",
    "promise_of",
    "said_of",
    "waits_for_entity",
]
