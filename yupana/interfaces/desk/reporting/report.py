"""The page of a report: its form for who has no script, the door through which the script saves, and its beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from yupana.domain.commitments.rules import CellEdit
from yupana.domain.progress import actions
from yupana.foundation.kernel.errors import Forbidden, Refused
from yupana.interfaces import words
from yupana.interfaces.desk.doors import CONFLICT, UNPROCESSABLE, Visit, door, status_of
from yupana.interfaces.desk.grid import read_edits, typed_cells
from yupana.interfaces.desk.kept import kept
from yupana.interfaces.desk.reporting.cards import Cells, Told, base_of, cards, indicator_cards
from yupana.projections.overviews import report as overview

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yupana.domain.progress.actions.editing import Edited
    from yupana.projections.overviews.report import Report, Sheet


def writable(visit: Visit, obligation: int) -> Sheet:
    """Find the draft of a report for who writes it."""
    sheet = overview.sheet(visit.actor, obligation)
    if not sheet.may_write:
        raise Forbidden("not-entity-planner")
    return sheet


@door()
def report(visit: Visit, obligation: int) -> HttpResponse:
    """Show what was promised, what was said last and what is asked; keep what was typed."""
    if visit.writes:
        return _save(visit, writable(visit, obligation))
    return _page(visit, overview.sheet(visit.actor, obligation))


@door(methods=("POST",))
def start(visit: Visit, obligation: int) -> HttpResponse:
    """Begin a version; what was handed in before is copied into it."""
    sheet = overview.sheet(visit.actor, obligation)
    if sheet.report is None:
        actions.start_report(actor=visit.actor, obligation=sheet.obligation, on=visit.on)
    return visit.go("report", obligation)


@door(methods=("POST",))
def same(visit: Visit, obligation: int) -> HttpResponse:
    """Say of every row that gives no value yet that nothing changed, and tell which rows those were."""
    sheet = writable(visit, obligation)
    done = actions.say_no_change(actor=visit.actor, submission=sheet.draft.submission)
    if done.rows:
        one, several = _("“No change” stands now in row %(rows)s."), _("“No change” stands now in rows %(rows)s.")
        messages.success(visit.request, _of_rows(one, several, done.rows))
    if done.indicators:
        told = _("“No change” stands now in these indicators: %(names)s.")
        messages.success(visit.request, told % {"names": "; ".join(done.indicators)})
    if not done.rows and not done.indicators:
        messages.info(visit.request, _("No row was filled: none was empty that could be."))
    if done.left:
        one = _("Row %(rows)s has no earlier value: say it yourself.")
        several = _("Rows %(rows)s have no earlier value: say them yourself.")
        messages.warning(visit.request, _of_rows(one, several, done.left))
    if done.unknown:
        told = _("These indicators have no earlier value: say them yourself: %(names)s.")
        messages.warning(visit.request, told % {"names": "; ".join(done.unknown)})
    return visit.go("report", obligation)


def _of_rows(one: str, several: str, rows: Sequence[int]) -> str:
    return (one if len(rows) == 1 else several) % {"rows": ", ".join(map(str, rows))}


def _page(visit: Visit, sheet: Sheet, told: Told | None = None, status: int = 200) -> HttpResponse:
    shown: dict[str, object] = {"sheet": sheet, "told": told, "taken": sheet.is_taken(visit.on)}
    shown["pleads"] = visit.owes and sheet.may_plead(visit.on)
    shown["shut"] = sheet.is_shut(visit.on)
    if sheet.report:
        held = told or Told()
        shown |= {
            "report": sheet.report,
            "cards": cards(sheet.report, held),
            "indicators": indicator_cards(sheet.report, held),
            "base": _seal(sheet.report, base_of(sheet.report)),
        }
    return visit.show("desk/reporting/report.html", shown, status)


# --- without a script ------------------------------------------------------------------------------------------------
def _seal(held: Report, cells: Cells) -> str:
    """Write what is shown so that it comes back as it went, for this draft only."""
    return signing.dumps(cells, salt=_salt(held), compress=True)


def _unseal(held: Report, text: str) -> Cells | None:
    """Read what was shown; None where it is not ours, or of another draft."""
    try:
        told = signing.loads(text, salt=_salt(held))
    except signing.BadSignature:
        return None
    return {int(row): cells for row, cells in told.items()}


def _salt(held: Report) -> str:
    return f"yupana.report:{held.submission.pk}"


def _save(visit: Visit, sheet: Sheet) -> HttpResponse:
    """Keep what was typed; what cannot be kept is shown beside what stands, and nothing that was typed is lost."""
    if sheet.report is None:
        return kept(visit, sheet.obligation, "report")
    typed, base = typed_cells(visit), _unseal(sheet.draft, visit.request.POST.get("base", ""))
    if base is None:
        return _compare(visit, sheet, typed)
    edits = [
        CellEdit(row, name, was, typed[row][name])
        for row, cells in base.items()
        for name, was in cells.items()
        if typed.get(row, {}).get(name, was) != was
    ]
    done = _write(visit, sheet, edits)
    if done.clashes or done.faults:
        clashed = {(each.edit.row, each.edit.field): each.now or "" for each in done.clashes}
        places = {*clashed, *done.faults}
        told = Told(
            {(row, name): typed[row][name] for row, name in places},
            clashed,
            {place: words.sentence(why) for place, why in done.faults.items()},
        )
        fresh = overview.sheet(visit.actor, sheet.obligation.pk)
        return _page(visit, fresh, told, CONFLICT if clashed else UNPROCESSABLE)
    return visit.done(_("Saved."), "report", sheet.obligation.pk)


def _compare(visit: Visit, sheet: Sheet, typed: Cells) -> HttpResponse:
    """Show what was typed beside what stands, where nobody knows any more what its writer had seen."""
    held = base_of(sheet.draft)
    places = {
        (row, name): text
        for row, cells in typed.items()
        for name, text in cells.items()
        if name in held.get(row, {}) and text != held[row][name]
    }
    return _page(visit, sheet, Told(places, {(row, name): held[row][name] for row, name in places}), CONFLICT)


def _write(visit: Visit, sheet: Sheet, edits: Iterable[CellEdit]) -> Edited:
    draft = sheet.draft
    return actions.edit_report(actor=visit.actor, submission=draft.submission, edits=list(edits))


# --- the script ------------------------------------------------------------------------------------------------------
@door(methods=("POST",))
def cells(visit: Visit, obligation: int) -> HttpResponse:
    """Keep edits that the script sends; say what became of each cell, and how far that makes their rows."""
    sheet = writable(visit, obligation)
    try:
        edits = [cell for each in read_edits(visit.request.POST.get("edits", "")) for cell in each.cells]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        sentence = _("What was sent is not understood. Load the page again.")
        return JsonResponse({"sentence": sentence}, status=UNPROCESSABLE)
    try:
        done = _write(visit, sheet, edits)
    except Refused as refused:
        return JsonResponse({"sentence": words.sentence(refused)}, status=status_of(refused))
    fresh = overview.sheet(visit.actor, obligation)
    return JsonResponse(_answer(done) | _shown(fresh, {edit.row for edit in edits}))


def _answer(done: Edited) -> dict[str, object]:
    return {
        "saved": time_format(timezone.localtime(), "H:i"),
        "cells": {f"{row}.{name}": text for (row, name), text in done.kept.items()},
        "says": {},
        "clashes": [{"cell": f"{each.edit.row}.{each.edit.field}", "now": each.now} for each in done.clashes],
        "faults": {f"{row}.{name}": words.sentence(why) for (row, name), why in done.faults.items()},
        "numbers": {},
        "removed": [],
        "back": "",
    }


def _shown(sheet: Sheet, rows: set[int]) -> dict[str, object]:
    """Say what the page shows anew: where the whole stands, how far the rows are, and which ones have to explain."""
    draft = sheet.draft
    touched = [card for card in cards(draft, Told()) if card.number in rows]
    parts = {
        f"how-{card.number}": render_to_string("desk/reporting/parts/how.html", {"card": card}) for card in touched
    }
    lead = render_to_string("desk/reporting/parts/lead.html", {"sheet": sheet, "report": draft})
    return {
        "shown": {"lead": lead, **parts},
        "open": [f"off-{card.number}" for card in touched if card.explains],
        "shut": [f"off-{card.number}" for card in touched if not card.explains],
    }
