"""What decides in this room, as plain functions: the life of a version, and the days that cannot be trusted."""

from yupana.domain.submissions.rules.letters import (
    Doubt,
    Letter,
    Received,
    doubtful_dates,
    read_letters,
    written_letters,
)
from yupana.domain.submissions.rules.life import (
    MOVES,
    Channel,
    DocumentKind,
    Handed,
    Resolution,
    State,
    Verdict,
    check_reception,
    day_that_counts,
    met_on,
    resolution_state,
)

__all__ = [
    "MOVES",
    "Channel",
    "DocumentKind",
    "Doubt",
    "Handed",
    "Letter",
    "Received",
    "Resolution",
    "State",
    "Verdict",
    "check_reception",
    "day_that_counts",
    "doubtful_dates",
    "met_on",
    "read_letters",
    "resolution_state",
    "written_letters",
]
