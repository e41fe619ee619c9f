"""Saying how an indicator is measured: its sheet, one by one or for all targets of an edition at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction

from yupana.domain.entities.rules import parse_audience
from yupana.domain.instruments.models import Item
from yupana.domain.progress.facts import sheet_content
from yupana.domain.progress.indicators import draft_of, fields_of, measured_by_sheet, name_of, sheet_of
from yupana.domain.progress.models import Sheet
from yupana.domain.progress.policy import can_set_terms
from yupana.domain.progress.rules.sheets import SheetFields, Terms, check_sheet
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.fact import Fact
from yupana.foundation.ledger.actions import record

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.instruments.models import Edition
    from yupana.domain.instruments.rules.targets import Unread
    from yupana.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of the targets of an edition: sheets made, items that had one, and items that no number was read of.

    ``unread`` gives each with the reason.
    """

    made: tuple[Sheet, ...]
    kept: tuple[Item, ...]
    unread: tuple[tuple[Item, Unread], ...]


def set_sheet(*, actor: Actor, item: Item, fields: SheetFields, on: date, seen: int | None = None) -> Sheet:
    """Say how an indicator is measured from now on; the same said again changes nothing.

    ``seen`` is the key of the sheet that its writer had read (0: there was none): where another one holds by now,
    Conflict("sheet-moved"). None: whatever holds.
    """
    if not can_set_terms(actor):
        raise Forbidden("call-planners-only")
    _refuse_item(item)
    said = _tidied(fields)
    check_sheet(said)
    if said.audience:
        parse_audience(said.audience)
    with transaction.atomic():
        Item.objects.select_for_update(no_key=True).get(pk=item.pk)
        last = sheet_of(item)
        if seen is not None and seen != (last.pk if last else 0):
            raise Conflict("sheet-moved")
        if last is not None and fields_of(last) == said:
            return last
        return _recorded(item, said, on)


def load_sheets(*, actor: Actor, edition: Edition, terms: Terms, on: date) -> Loaded:
    """Make the sheets of all targets of an edition whose statements say enough; those that there are stay."""
    if not can_set_terms(actor):
        raise Forbidden("call-planners-only")
    if terms.by:
        parse_audience(terms.by)
    with transaction.atomic():
        items = list(measured_by_sheet(edition))
        had = {sheet.item_id for sheet in Sheet.objects.filter(item__in=items)}
        made, unread = [], []
        for item in items:
            if item.pk in had:
                continue
            draft = draft_of(item, terms)
            if draft.fields:
                made.append(set_sheet(actor=actor, item=item, fields=draft.fields, on=on, seen=0))
            elif draft.reason:
                unread.append((item, draft.reason))
        return Loaded(tuple(made), tuple(item for item in items if item.pk in had), tuple(unread))


def _refuse_item(item: Item) -> None:
    if item.edition.entry_id is None:
        raise Refused("sheet-edition-draft", edition=item.edition.code)
    if not measured_by_sheet(item.edition).filter(pk=item.pk).exists():
        raise Refused("sheet-item", item=item.code)


def _tidied(fields: SheetFields) -> SheetFields:
    gaps = tuple((kind, " ".join(text.split())) for kind, text in fields.gaps)
    name, unit = " ".join(fields.name.split()), fields.unit.strip()
    return replace(fields, name=name, unit=unit, audience=fields.audience.strip(), gaps=gaps)


def _recorded(item: Item, fields: SheetFields, on: date) -> Sheet:
    name, codes = name_of(item), {"instrument": item.edition.instrument.code, "edition": item.edition.code}
    told = fields.plain()
    entry = record(Fact("sheet.set", {**codes, "item": f"{item.role}:{item.code}"}, on, sheet_content(name, told)))
    return Sheet.objects.create(item=item, **told, entry=entry)
