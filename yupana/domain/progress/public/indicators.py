"""Indicators as anybody may know them: what was reported under public calls, and of all others only sums of many.

A value that was reported under a restricted call shows in public as a part of a group of at least five, and nowhere
else: not by body, not by level, not as the highest one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.instruments.models import Edition
from yupana.domain.instruments.policy import readable_by as editions_readable_by
from yupana.domain.obligations.models import Call
from yupana.domain.obligations.policy import readable_by
from yupana.domain.progress.indicators import Reported, fields_of, measured_by_sheet, reported, sheets_of
from yupana.domain.progress.rules import OverBodies
from yupana.foundation.kernel.actor import NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from yupana.domain.instruments.models import Item
    from yupana.domain.progress.models import Sheet
    from yupana.domain.progress.rules.sheets import SheetFields

MANY = 5  # entities without which a restricted value is not even part of a sum
_FOLDED = (OverBodies.SUM, OverBodies.RATE)


@dataclass(frozen=True, slots=True)
class Place:
    """A target in its edition, with the item above it (None at the root, and of an item that is itself above)."""

    id: int
    role: str
    code: str
    text: str
    binds: bool
    above: Place | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A target of a published edition: its sheet (None: nobody said how it is measured), and what was reported of it.

    ``hidden`` is what came under restricted calls, of bodies that were not asked under a public one; empty where such
    values never become part of a sum.
    """

    item: Place
    sheet: SheetFields | None
    told: Reported
    hidden: Reported


def measured(edition_id: int, *, as_of: date) -> tuple[Measured, ...]:
    """List the targets of a published edition in reading order; a constant number of queries but for audiences."""
    edition = editions_readable_by(NOBODY, Edition.objects.filter(pk=edition_id)).get()
    sheets = sheets_of(edition)
    public = readable_by(NOBODY, Call.objects.all())
    told = reported(list(sheets.values()), public, as_of=as_of)
    folded = [each for each in sheets.values() if each.over_bodies in _FOLDED]
    closed = reported(folded, Call.objects.exclude(pk__in=public.values("pk")), as_of=as_of)
    return tuple(_measured(item, sheets.get(item.pk), told, closed) for item in measured_by_sheet(edition))


def _measured(
    item: Item, sheet: Sheet | None, told: Mapping[int, Reported], closed: Mapping[int, Reported]
) -> Measured:
    own, other = told.get(item.pk, Reported()), closed.get(item.pk, Reported())
    hidden = Reported(
        {body: said for body, said in other.said.items() if body not in own.asked},
        {body: asked for body, asked in other.asked.items() if body not in own.asked},
    )
    above = _place(item.parent) if item.parent else None
    return Measured(_place(item, above), fields_of(sheet) if sheet else None, own, hidden)


def _place(item: Item, above: Place | None = None) -> Place:
    return Place(item.pk, item.role, item.code, item.text, item.binds, above)
