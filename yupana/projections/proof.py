"""Holding the whole record against what every room keeps behind it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from yupana.domain.commitments import queries as commitments
from yupana.domain.entities import queries as entities
from yupana.domain.instruments import queries as instruments
from yupana.domain.obligations import queries as obligations
from yupana.domain.people import queries as people
from yupana.domain.submissions import queries as submissions
from yupana.foundation.ledger import verify as ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from yupana.foundation.ledger.verify import Verdict

ROOMS = (entities, people, instruments, obligations, submissions, commitments)


def verify(tick: Callable[[int], None] = lambda _: None) -> Verdict:
    """Recompute tree, leaves and the contents of every room; ``tick`` is told how many more entries were checked."""
    return ledger.verify(chain.from_iterable(room.sealed_contents() for room in ROOMS), tick)
