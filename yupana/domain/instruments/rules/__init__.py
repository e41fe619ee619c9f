"""How an instrument is judged: its covers and trees, its weights, its targets, its faults, its changes."""

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
    "MOST_EDITION_CODE",
    "MOST_INSTRUMENT_CODE",
    "MOST_ITEM_CODE",
    "MOST_KIND",
    "MOST_TITLE",
    "UNPUBLISHED",
    "WHOLE",
    "WHOLE_STAKE",
    "arranged",
    "binds",
    "check_heading",
    "check_row",
    "divide",
    "not_after",
    "weigh",
]
