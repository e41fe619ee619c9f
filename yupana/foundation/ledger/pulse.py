"""A quick look at the record, for a watchman: three questions to indexes, where `verify` reads everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max, Min

from yupana.foundation.ledger.models import Checkpoint, Entry
from yupana.foundation.ledger.rules import unpack_frontier

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pulse:
    """How many entries wait to be sealed and since when; the latest moment in the record; whether its end is whole."""

    waiting: int
    waiting_since: datetime | None
    latest: datetime | None
    size: int
    whole: bool


def pulse() -> Pulse:
    """Look at the entries that wait, the newest entry, and the last checkpoint."""
    unsealed = Entry.objects.filter(position__isnull=True)
    newest = Entry.objects.order_by("-pk").first()
    last = Checkpoint.objects.order_by("-size").first()
    moments = [newest.recorded_at if newest else None, last.sealed_at if last else None]
    return Pulse(
        waiting=unsealed.count(),
        waiting_since=unsealed.aggregate(first=Min("recorded_at"))["first"],
        latest=max((moment for moment in moments if moment), default=None),
        size=last.size if last else 0,
        whole=_whole(last),
    )


def _whole(last: Checkpoint | None) -> bool:
    """Whether the last checkpoint agrees with itself, and ends where the sealed entries end."""
    end: int | None = Entry.objects.aggregate(end=Max("position"))["end"]
    if last is None:
        return end is None
    try:
        frontier = unpack_frontier(last.size, bytes(last.peaks))
    except ValueError:
        return False
    return frontier.root == bytes(last.root) and end == last.size - 1
