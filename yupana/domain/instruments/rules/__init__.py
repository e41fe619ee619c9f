"""How an instrument is judged: its covers and trees, its weights, its targets, its faults, its changes."""

from yupana.domain.instruments.rules.consultations import (
    MOST_ANSWER,
    MOST_COMMENT,
    MOST_REASON,
    check_window,
    is_within,
    said,
    tidy,
)
from yupana.domain.instruments.rules.editions import (
    BINDING_ROLES,
    MOST_EDITION_CODE,
    MOST_INSTRUMENT_CODE,
    MOST_ITEM_CODE,
    MOST_KIND,
    MOST_TITLE,
    UNPUBLISHED,
    arranged,
    binds,
    check_heading,
    check_row,
    not_after,
)
from yupana.domain.instruments.rules.weights import WHOLE, WHOLE_STAKE, divide, weigh

__all__ = [
    "BINDING_ROLES",
    "MOST_ANSWER",
    "MOST_COMMENT",
    "MOST_EDITION_CODE",
    "MOST_INSTRUMENT_CODE",
    "MOST_ITEM_CODE",
    "MOST_KIND",
    "MOST_REASON",
    "MOST_TITLE",
    "UNPUBLISHED",
    "WHOLE",
    "WHOLE_STAKE",
    "arranged",
    "binds",
    "check_heading",
    "check_row",
    "check_window",
    "divide",
    "is_within",
    "not_after",
    "said",
    "tidy",
    "weigh",
]
