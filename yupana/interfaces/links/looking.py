"""Which links are looked at on a day, and what becomes of what was found. Off unless the operator wants it."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings

from yupana.domain.progress.actions import note_fetch
from yupana.domain.progress.evidence import links_due
from yupana.domain.progress.facts import Found
from yupana.domain.progress.rules.evidence import FetchRefusal
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.links.fetcher import PUBLIC, fetch

if TYPE_CHECKING:
    from datetime import date

    from yupana.interfaces.links.fetcher import Gate

log = logging.getLogger(__name__)
MOST = 20  # in one run: no longer than three minutes and a half, whatever hangs


def look(*, on: date, most: int = MOST, gate: Gate = PUBLIC) -> int:
    """Look at the links whose turn it is; return how many. Nothing is open in the database meanwhile."""
    if not settings.FETCH_LINKS:
        return 0
    due = links_due(on=on, most=most)
    for piece in due:
        found = _found(piece.url, gate)
        with suppress(Missing):  # erased by an act while it was looked at
            note_fetch(piece=piece, found=found, on=on)
    return len(due)


def _found(url: str, gate: Gate) -> Found:
    try:
        return fetch(url, gate=gate)
    except Exception:  # whatever a stranger's server brings about, the record goes on being sealed
        log.exception("a link could not be looked at")
        return Found(refusal=FetchRefusal.FAILED.value)
