"""How a body stands with one thing that it owes, in words: what waits for the authority is not held against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yupana.domain.obligations.rules import Standing
from yupana.interfaces.portal.page import colour
from yupana.interfaces.words import label

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.commitments.public import StandingCard
    from yupana.projections.overviews.pending import Pending


def told(row: StandingCard, handed: Pending | None) -> tuple[str, str]:
    """Say where it stands, and in which tone; of what is not accepted yet, since when it is handed in."""
    if handed is None or row.standing not in (Standing.OPEN, Standing.LATE):
        return label(row.standing), colour(row.standing)
    return _words(row, handed), "warn" if handed.returned_on or handed.is_late(row.due_on) else ""


def _words(row: StandingCard, handed: Pending) -> str:
    if handed.returned_on:
        told = {"day": _day(handed.returned_on), "until": _day(handed.remedy_until)}
        return _("returned on %(day)s, to be mended by %(until)s") % told
    if handed.on is None:
        return _("handed in, under review")
    if handed.is_late(row.due_on):
        return _("handed in late on %(day)s, under review") % {"day": _day(handed.on)}
    return _("handed in on %(day)s, under review") % {"day": _day(handed.on)}


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
