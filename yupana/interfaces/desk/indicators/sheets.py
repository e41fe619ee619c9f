"""The sheets of an edition's targets: which there are, one of them to be filled in, and all that statements allow."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yupana.domain.instruments import queries
from yupana.domain.instruments.rules.targets import NOTES
from yupana.domain.progress import actions, indicators
from yupana.domain.progress.rules import SheetSource
from yupana.domain.progress.rules.sheets import SheetFields
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces import gauges, words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.indicators.forms import LoadForm, SheetForm, initial

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from yupana.domain.instruments.models import Edition, Item


@dataclass(frozen=True, slots=True)
class Row:
    """One target: its sheet in words, or what its statement does not say."""

    item: Item
    has_sheet: bool
    target: str = ""
    source: str = ""
    why: str = ""
    todo: str = ""


@door(Role.PLANNER)
def sheets(visit: Visit, instrument: str, edition: str) -> HttpResponse:
    """List the targets; make the sheets of those that have none."""
    held = _published(visit, instrument, edition)
    form = LoadForm(visit.sent)
    made: list[actions.Loaded] = []
    status = attempt(
        form,
        lambda: made.append(actions.load_sheets(actor=visit.actor, edition=held, terms=form.terms, on=visit.on)),
    )
    if status == DONE:
        many = len(made[0].made)
        told = ngettext("%(n)d sheet was made.", "%(n)d sheets were made.", many) % {"n": many}
        return visit.done(told, "sheets", instrument, edition)
    there = {key: indicators.fields_of(each) for key, each in indicators.sheets_of(held).items()}
    rows = [_row(item, there) for item in indicators.measured_by_sheet(held)]
    shown = {"edition": held, "rows": rows, "form": form, "without": sum(not row.has_sheet for row in rows)}
    return visit.show("desk/indicators/sheets.html", shown, status)


@door(Role.PLANNER)
def sheet(visit: Visit, instrument: str, edition: str, role: str, item: str) -> HttpResponse:
    """Show the sheet of one target as a form, filled in from its statement where it has none yet."""
    held = _published(visit, instrument, edition)
    found = indicators.measured_by_sheet(held).filter(role=role, code=item).first()
    if found is None:
        raise Missing("item-unknown", item=item)
    last, draft = indicators.sheet_of(found), indicators.draft_of(found)
    fields = indicators.fields_of(last) if last else draft.fields or SheetFields(found.text[:300])
    form = SheetForm(visit.sent, initial=initial(fields, last.pk if last else 0))
    status = attempt(
        form,
        lambda: actions.set_sheet(
            actor=visit.actor, item=found, fields=form.said, on=visit.on, seen=form.cleaned_data["seen"]
        ),
    )
    if status == DONE:
        return visit.done(_("Recorded. It holds for what is shown from now on."), "sheets", instrument, edition)
    why = words.why(NOTES[draft.reason]) if draft.reason and not last else ""
    shown = {"edition": held, "item": found, "form": form, "is_new": last is None, "why": why}
    return visit.show("desk/indicators/sheet.html", shown, status)


def _published(visit: Visit, instrument: str, code: str) -> Edition:
    """Find a published edition: a draft has no indicators yet, which is said as if it were not there."""
    held = queries.readable_edition(visit.actor, f"{instrument}/{code}")
    if held.entry_id is None:
        raise Missing("edition-unknown", edition=f"{instrument}/{code}")
    return held


def _row(item: Item, there: Mapping[int, SheetFields]) -> Row:
    fields = there.get(item.pk)
    if fields is None:
        reason = indicators.draft_of(item).reason
        return Row(item, has_sheet=False, why=words.why(NOTES[reason]) if reason else "")
    target = "" if fields.target is None else gauges.said(fields, Fraction(fields.target))
    todo = _("nobody reports it yet") if fields.source == SheetSource.REPORT and not fields.audience else ""
    return Row(item, has_sheet=True, target=target, source=words.label(SheetSource(fields.source)), todo=todo)
