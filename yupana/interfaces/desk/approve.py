"""The executive's table: a finished plan is put there, read on one page, approved, or given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.commitments import actions
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.drafts import moment
from yupana.interfaces.desk.forms.approval import ApproveForm, FileForm, NoteForm
from yupana.projections.overviews import approval, plan_form

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse


@door(methods=("POST",))
def ready(visit: Visit, obligation: int) -> HttpResponse:
    """Put a finished plan before the executive."""
    sheet = plan_form.sheet(visit.actor, obligation)
    actions.put_before_executive(actor=visit.actor, submission=sheet.draft.submission, on=visit.on)
    told = _("Your executive finds the plan in their inbox and approves it or gives it back.")
    return visit.done(told, "plan", obligation)


@door()
def approve(visit: Visit, obligation: int) -> HttpResponse:
    """Show the plan on one page to who approves it, and hand it in with their approval."""
    desk = approval.signed_by(visit.actor, obligation, on=visit.on)
    draft = desk.sheet.draft.submission
    seen = draft.saved_at.isoformat()
    initial = {"resolution": draft.resolution, "resolution_on": draft.resolution_on, "seen": seen}
    form = ApproveForm(visit.sent, initial=initial)
    status = attempt(
        form,
        lambda: actions.approve_plan(
            actor=visit.actor,
            submission=draft,
            resolution=form.cleaned_data["resolution"],
            resolution_on=form.cleaned_data["resolution_on"],
            seen=moment(form.cleaned_data["seen"]),
            on=visit.on,
        ),
    )
    if status == DONE:
        told = _("You approved the plan and it was handed in. This page is your receipt.")
        return visit.done(told, "version", draft.pk)
    if form.is_bound:
        form.data = {**{name: form.data.get(name) for name in form.fields}, "seen": seen}
    return _show(visit, desk, form, NoteForm(), status)


@door()
def give_back(visit: Visit, obligation: int) -> HttpResponse:
    """Give the plan back to its planner with a note."""
    desk = approval.signed_by(visit.actor, obligation, on=visit.on)
    draft = desk.sheet.draft.submission
    form = NoteForm(visit.sent)
    status = attempt(
        form,
        lambda: actions.give_back(actor=visit.actor, submission=draft, note=form.cleaned_data["note"]),
    )
    if status == DONE:
        return visit.done(_("The planner has the plan again, with your note."), "inbox")
    approving = ApproveForm(initial={"seen": draft.saved_at.isoformat(), "resolution": draft.resolution})
    return _show(visit, desk, approving, form, status)


def _show(visit: Visit, desk: approval.Desk, form: Form, note: Form, status: int) -> HttpResponse:
    shown = {"desk": desk, "sheet": desk.sheet, "coherence": desk.coherence, "form": form, "note": note}
    return visit.show("desk/approve.html", shown | {"file_form": FileForm(auto_id="file_%s")}, status)
