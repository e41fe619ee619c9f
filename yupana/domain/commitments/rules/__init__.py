"""What decides in this room, as plain functions: days as people write them, and what a row may hold."""

from yupana.domain.commitments.rules.carrying import LOST, PLACED, Fate, Passage, follow, splits
from yupana.domain.commitments.rules.dates import Kind, Reading, ends_before_start, read_date
from yupana.domain.commitments.rules.notes import plan_notes, row_notes
from yupana.domain.commitments.rules.rows import Medium, belongs_elsewhere, medium_of, too_long

__all__ = [
    "LOST",
    "PLACED",
    "Fate",
    "Kind",
    "Medium",
    "Passage",
    "Reading",
    "belongs_elsewhere",
    "ends_before_start",
    "follow",
    "medium_of",
    "plan_notes",
    "read_date",
    "row_notes",
    "splits",
    "too_long",
]
