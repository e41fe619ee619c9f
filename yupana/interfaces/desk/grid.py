"""The grid of a draft: as a page, as a form for who has no script, and as the door through which the script saves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from yupana.domain.commitments.earlier import earlier_plans
from yupana.domain.commitments.rules import Act, CellEdit, Edit, differences, read_date
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words
from yupana.interfaces.desk.doors import CONFLICT, UNPROCESSABLE, Visit, door, status_of
from yupana.interfaces.desk.drafts import TAKEN_BACK, tell_taken_back, writable
from yupana.interfaces.desk.kept import kept
from yupana.interfaces.desk.writing import Cells, Outcome, Place, plain, seal, unseal, write
from yupana.projections.overviews import plan_form
from yupana.projections.overviews.grid import DATES, VIEWS, Told, closed_until, grid, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yupana.projections.overviews.grid import Names
    from yupana.projections.overviews.plan_form import Sheet

MOST_EDITS = 2_000  # of one request; the script sends more in several


def view_of(visit: Visit) -> str:
    """Return the choice of columns that the address names."""
    asked = visit.request.GET.get("cols", "")
    return asked if asked in VIEWS else VIEWS[0]


def page(visit: Visit, sheet: Sheet, told: Told | None = None, status: int = 200) -> HttpResponse:
    """Show a plan: its grid to who writes it, its rows to who only reads."""
    shown: dict[str, object] = {"sheet": sheet}
    if sheet.plan and sheet.may_write:
        held = grid(sheet, view_of(visit), told)
        shown |= {"grid": held, "base": seal(sheet, held.base), "told": told}
        shown["closed"] = closed_until(sheet, visit.on) if sheet.accepted else None
        shown["earlier"] = not sheet.plan.rows and earlier_plans(sheet.plan.submission)
    return visit.show("desk/plan.html", shown, status)


def save(visit: Visit, obligation: int) -> HttpResponse:
    """Keep what was typed into the grid without a script."""
    sheet = writable(visit, obligation)
    if sheet.plan is None:
        return kept(visit, sheet.obligation, "plan")
    typed, base = typed_cells(visit), unseal(sheet, visit.request.POST.get("base", ""))
    if base is None:
        return _compare(visit, sheet, typed)
    # A cell that did not come back stays as it is; empty rows at the end are none.
    after = {row: {name: typed.get(row, {}).get(name, was) for name, was in base[row].items()} for row in base}
    after |= {row: new for row, new in typed.items() if row not in base and any(map(str.strip, new.values()))}
    names = names_of(sheet)
    outcome = write(visit, sheet, names, differences(base, after))
    if outcome.taken_back:
        tell_taken_back(visit, sheet.draft.submission)
    if outcome.faults or outcome.edited.clashes:
        fresh = plan_form.sheet(visit.actor, obligation)
        status = CONFLICT if outcome.edited.clashes else UNPROCESSABLE
        return page(visit, fresh, _told(outcome, after, names), status)
    messages.success(visit.request, _("Saved."))
    view = view_of(visit)
    return visit.go("plan", obligation, **({"cols": view} if view else {}))


def typed_cells(visit: Visit) -> Cells:
    """Read the cells that were sent, by row: their fields are named like "3.name"."""
    found: Cells = {}
    for key in visit.request.POST:
        row, dot, name = key.partition(".")
        if dot and row.isascii() and row.isdecimal() and len(row) < 10 and int(row):  # noqa: PLR2004 (no row has more digits)
            found.setdefault(int(row), {})[name] = plain(visit.request.POST[key])
    return found


def _told(outcome: Outcome, after: Cells, names: Mapping[str, Names]) -> Told:
    """Say what was not kept, where it stands now, and what was typed there."""
    at = outcome.edited.numbers
    now: dict[Place, str | None] = {}
    typed: dict[Place, str] = {}
    for clash in outcome.edited.clashes:
        row, name = clash.edit.row, clash.edit.field
        here = names.get(name)
        now[row, name] = here.short(clash.now) if here and clash.now is not None else clash.now
        # Of a row that somebody took out all is shown again, so that it can be saved as a new one.
        typed |= {(row, each): text for each, text in after[row].items() if clash.now is None or each == name}
    typed |= {(at.get(row, row), name): after[row][name] for row, name in outcome.faults}
    return Told(typed, now, {(at.get(row, row), name): why for (row, name), why in outcome.faults.items()})


def _compare(visit: Visit, sheet: Sheet, typed: Cells) -> HttpResponse:
    """Show what was typed beside what stands, where nobody knows any more what its writer had seen."""
    held = grid(sheet, view_of(visit))
    base = held.base
    told = {
        (row, name): text
        for row, cells in typed.items()
        for name, text in cells.items()
        if name in held.columns and text != base.get(row, {}).get(name, "")
    }
    now = {(row, name): base[row][name] for row, name in told if row in base}
    return page(visit, sheet, Told(told, now), CONFLICT)


# --- the script ----------------------------------------------------------------------------------------------------
@door(methods=("POST",))
def cells(visit: Visit, obligation: int) -> HttpResponse:
    """Keep edits that the script sends, and say what became of each cell."""
    sheet = writable(visit, obligation)
    draft = sheet.draft
    try:
        edits = list(read_edits(visit.request.POST.get("edits", "")))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        sentence = _("What was sent is not understood. Load the page again.")
        return JsonResponse({"sentence": sentence}, status=UNPROCESSABLE)
    names = names_of(sheet)
    try:
        outcome = write(visit, sheet, names, edits)
    except Refused as refused:
        return JsonResponse({"sentence": words.sentence(refused)}, status=status_of(refused))
    return JsonResponse(_answer(outcome, names, draft.year_one))


def read_edits(text: str) -> Iterator[Edit]:
    """Read [{"act", "row", "cells": {name: [before, after]}}]; ValueError or the like if it is not that."""
    told = json.loads(text)
    if not isinstance(told, list) or len(told) > MOST_EDITS:
        raise ValueError
    for each in told:
        row = each["row"]
        if type(row) is not int or row < 1:
            raise ValueError
        yield Edit(Act(each["act"]), row, tuple(_cell(row, name, pair) for name, pair in each["cells"].items()))


def _cell(row: int, name: str, pair: list[object]) -> CellEdit:
    before, after = pair
    if not (isinstance(before, str) and isinstance(after, str)):
        raise TypeError
    return CellEdit(row, name, before, after)


def _answer(outcome: Outcome, names: Mapping[str, Names], year: int | None) -> dict[str, object]:
    edited = outcome.edited
    clashed = {(each.edit.row, each.edit.field) for each in edited.clashes}
    kept = {place: text for place, text in outcome.kept.items() if place not in clashed}
    return {
        "saved": time_format(timezone.localtime(), "H:i"),
        "cells": {_name(place): _short(names, place, text) for place, text in kept.items()},
        "says": {
            _name(place): _says(names, place, text, year)
            for place, text in kept.items()
            if place[1] in DATES or place[1] in names
        },
        "clashes": [
            {"cell": _name((each.edit.row, each.edit.field)), "now": _now(names, each.edit.field, each.now)}
            for each in edited.clashes
        ],
        "faults": {_name(place): why for place, why in outcome.faults.items()},
        "numbers": {str(wanted): given for wanted, given in edited.numbers.items()},
        "removed": list(edited.removed),
        "back": str(TAKEN_BACK) if outcome.taken_back else "",
    }


def _name(place: Place) -> str:
    return f"{place[0]}.{place[1]}"


def _short(names: Mapping[str, Names], place: Place, text: str) -> str:
    here = names.get(place[1])
    return here.short(text) if here else text


def _now(names: Mapping[str, Names], name: str, now: str | None) -> str | None:
    return None if now is None else _short(names, (0, name), now)


def _says(names: Mapping[str, Names], place: Place, text: str, year: int | None) -> tuple[str, bool]:
    """Say what a short name or a date means, and whether that is a doubt."""
    here = names.get(place[1])
    if here:
        return here.text(text), False
    reading = read_date(text, year_one=year)
    return words.understood(reading, text), words.doubtful(reading)
