"""The plan of one obligation: its page, its beginning, its heading, its first year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.commitments import actions
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.desk import grid
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.drafts import beside, refresh, save, writable
from yupana.interfaces.desk.forms.plan import HeaderForm, LetterForm, YearForm
from yupana.projections.overviews import plan_form, report

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yupana.projections.overviews.plan_rows import Plan


@door()
def plan(visit: Visit, obligation: int) -> HttpResponse:
    """Show the rows, what they answer and what the reviewer said; keep what was typed into them."""
    if visit.writes:
        return grid.save(visit, obligation)
    try:
        sheet = plan_form.sheet(visit.actor, obligation)
    except Missing:
        report.sheet(visit.actor, obligation)  # Missing too where that is not what is owed
        return visit.go("report", obligation)
    return grid.page(visit, sheet)


@door(methods=("POST",))
def start(visit: Visit, obligation: int) -> HttpResponse:
    """Begin a version; what was handed in before is copied into it."""
    sheet = plan_form.sheet(visit.actor, obligation)
    if sheet.plan is None:
        actions.start_plan(actor=visit.actor, obligation=sheet.obligation, on=visit.on)
    return visit.go("plan", obligation)


@door()
def header(visit: Visit, obligation: int) -> HttpResponse:
    """Write what accompanies the plan: letter, resolution, document."""
    sheet = writable(visit, obligation)
    draft = sheet.draft
    kind = LetterForm if draft.by_letter else HeaderForm
    stored = heading(draft)
    form = kind(visit.sent, initial={**stored, "seen": draft.seen}, amends=sheet.accepted is not None)
    status = attempt(form, lambda: save(visit, draft, form.cleaned_data["seen"], header=form.heading(draft.header)))
    if status == DONE:
        return visit.done(_("Saved."), "plan", obligation)
    if form.is_bound:
        refresh(form, draft.seen)
    shown = {"sheet": sheet, "form": form, "pairs": beside(form, stored, status)}
    return visit.show("desk/header.html", shown, status)


@door()
def year_one(visit: Visit, obligation: int) -> HttpResponse:
    """Ask, once, which year "Año 1" is in this plan."""
    sheet = plan_form.sheet(visit.actor, obligation)
    form = YearForm(visit.sent)
    status = attempt(
        form,
        lambda: actions.confirm_year_one(
            actor=visit.actor, obligation=sheet.obligation, year=form.cleaned_data["year"], on=visit.on
        ),
    )
    if status == DONE:
        return visit.done(_("Confirmed. The dates of the plan can now be read."), "plan", obligation)
    return visit.show("desk/year_one.html", {"sheet": sheet, "form": form}, status)


def heading(draft: Plan) -> dict[str, str]:
    """Return the stored heading as its form holds it."""
    held = draft.header
    return {
        "received_on": held.received_on.isoformat() if held.received_on else "",
        "cites": held.cites,
        "resolution": held.resolution,
        "document_url": held.document_url,
        "notes": held.notes,
        "reason": held.reason,
        "act": held.act,
    }
