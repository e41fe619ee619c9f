"""What decides in this room, as plain functions: days as people write them, and what a row may hold."""

from yupana.domain.commitments.rules.amending import MONEY, Moved, closed_changes, is_closed, moved, period_of
from yupana.domain.commitments.rules.carrying import LOST, PLACED, Fate, Passage, follow, misfit, onward, splits
from yupana.domain.commitments.rules.cells import CELLS, VALUE, canonical, cells_of, with_cells
from yupana.domain.commitments.rules.choosing import ROW, Change, changes, chosen, grids
from yupana.domain.commitments.rules.dates import Kind, Reading, ends_before_start, in_calendar_years, read_date
from yupana.domain.commitments.rules.known import Known
from yupana.domain.commitments.rules.merging import Act, CellEdit, Clash, Edit, clashes, differences
from yupana.domain.commitments.rules.notes import plan_notes, row_notes
from yupana.domain.commitments.rules.periods import MOST_PERIODS, is_beyond, refuse_periods
from yupana.domain.commitments.rules.rows import (
    Accumulation,
    Direction,
    Likeness,
    Medium,
    belongs_elsewhere,
    measures,
    medium_of,
    number_in,
    too_long,
)
from yupana.domain.commitments.rules.sharing import parts_of, split

__all__ = [
    "CELLS",
    "LOST",
    "MONEY",
    "MOST_PERIODS",
    "PLACED",
    "ROW",
    "VALUE",
    "Accumulation",
    "Act",
    "CellEdit",
    "Change",
    "Clash",
    "Direction",
    "Edit",
    "Fate",
    "Kind",
    "Known",
    "Likeness",
    "Medium",
    "Moved",
    "Passage",
    "Reading",
    "belongs_elsewhere",
    "canonical",
    "cells_of",
    "changes",
    "chosen",
    "clashes",
    "closed_changes",
    "differences",
    "ends_before_start",
    "follow",
    "grids",
    "in_calendar_years",
    "is_beyond",
    "is_closed",
    "measures",
    "medium_of",
    "misfit",
    "moved",
    "number_in",
    "onward",
    "parts_of",
    "period_of",
    "plan_notes",
    "read_date",
    "refuse_periods",
    "row_notes",
    "split",
    "splits",
    "too_long",
    "with_cells",
]
