"""Tables of plans, one module a task."""

from yupana.domain.commitments.models.moving import (
    Mapping,
    Partnership,
    RowTransfer,
    Unplaced,
    Upload,
    YearOne,
)
from yupana.domain.commitments.models.plans import Activity, Also, BudgetLine, Justification, Programmed
from yupana.domain.commitments.models.reviews import Likeness, Reclassification

__all__ = [
    "Activity",
    "Also",
    "BudgetLine",
    "Justification",
    "Likeness",
    "Mapping",
    "Partnership",
    "Programmed",
    "Reclassification",
    "RowTransfer",
    "Unplaced",
    "Upload",
    "YearOne",
]
