"""Writing instruments: drafting from a manuscript or by hand, consulting, publishing and repealing by a legal act."""

from yupana.domain.instruments.actions.consulting import (
    answer,
    answer_together,
    close_consultation,
    comment,
    erase_comment,
    open_consultation,
)
from yupana.domain.instruments.actions.drafting import draft_edition
from yupana.domain.instruments.actions.editing import change_cover, cover_mark, start_edition, start_instrument
from yupana.domain.instruments.actions.items import (
    add_item,
    change_item,
    drop_line,
    place_line,
    remove_item,
    settle_aside,
)
from yupana.domain.instruments.actions.lineages import settle_lineage
from yupana.domain.instruments.actions.moving import move_item, renumber, step_item
from yupana.domain.instruments.actions.publishing import attach, detach, publish
from yupana.domain.instruments.actions.repealing import repeal

__all__ = [
    "add_item",
    "answer",
    "answer_together",
    "attach",
    "change_cover",
    "change_item",
    "close_consultation",
    "comment",
    "cover_mark",
    "detach",
    "draft_edition",
    "drop_line",
    "erase_comment",
    "move_item",
    "open_consultation",
    "place_line",
    "publish",
    "remove_item",
    "renumber",
    "repeal",
    "settle_aside",
    "settle_lineage",
    "start_edition",
    "start_instrument",
    "step_item",
]
