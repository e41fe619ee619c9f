"""The only list of everything that follows the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from yupana.domain.progress.actions import ask_late, open_due
from yupana.foundation.ledger.actions import seal
from yupana.projections.figures import actions as figures
from yupana.projections.notices import actions as notices

if TYPE_CHECKING:
    from collections.abc import Callable

# Each brings itself up to the head in a transaction of its own and says how many entries it followed.
FOLLOWERS: tuple[Callable[[], int], ...] = (figures.follow,)


@dataclass(frozen=True, slots=True)
class Ticked:
    """Entries that were sealed, and the most that any follower had to follow."""

    sealed: int
    followed: int


def tick() -> Ticked:
    """Seal what was recorded, ask for the reports of today, let everybody follow, and fill the outbox.

    Run it by a timer or after a commit, as often as you like.

    It may be stopped anywhere and run twice at once: what one leaves, the next one takes up.
    """
    today = timezone.localdate()
    sealed = seal()  # first: where that is refused nothing more is recorded
    if [*open_due(on=today), *ask_late(on=today)]:
        sealed += seal()
    try:
        return Ticked(sealed, max(follow() for follow in FOLLOWERS))
    finally:
        notices.fill(on=today)  # nobody goes unreminded because a figure cannot be counted
