"""Decisions about the register, as pure functions: levels, the tree, what a register's rows mean, audiences."""

from yupana.domain.entities.rules.audience import (
    All,
    And,
    Audience,
    AudienceError,
    Match,
    Not,
    Or,
    matches_of,
    parse_audience,
    spoken,
    spoken_levels,
)
from yupana.domain.entities.rules.levels import LEVELS, branch_of, level_code, level_of, level_of_type
from yupana.domain.entities.rules.parts import Part, holds, parts_of
from yupana.domain.entities.rules.placing import Placed, check_row, check_source, place
from yupana.domain.entities.rules.tree import MOST_DEPTH, chain_of, cycle, depth_of

__all__ = [
    "LEVELS",
    "MOST_DEPTH",
    "All",
    "And",
    "Audience",
    "AudienceError",
    "Match",
    "Not",
    "Or",
    "Part",
    "Placed",
    "branch_of",
    "chain_of",
    "check_row",
    "check_source",
    "cycle",
    "depth_of",
    "holds",
    "level_code",
    "level_of",
    "level_of_type",
    "matches_of",
    "parse_audience",
    "parts_of",
    "place",
    "spoken",
    "spoken_levels",
]
