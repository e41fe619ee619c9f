"""Handing in: a last look, reasons for what stays as it is, a confirmation; and what was handed in, to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.domain.commitments import actions
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.drafts import tell_taken_back
from yupana.interfaces.desk.forms.approval import FileForm, HandInForm, reasons_of
from yupana.projections.overviews import approval, coherence, plan_form, receipt, report

if TYPE_CHECKING:
    from django.http import HttpResponse


@door()
def hand_in(visit: Visit, obligation: int) -> HttpResponse:
    """Show what does not hold together, and hand the plan in once that is confirmed."""
    desk = approval.desk(visit.actor, obligation, on=visit.on)
    draft = desk.sheet.draft.submission
    stored = (draft.resolution, draft.resolution_on)
    form = HandInForm(visit.sent, initial={"resolution": stored[0], "resolution_on": stored[1]})
    status = attempt(form, lambda: _hand_in(visit, form, desk))
    if status == DONE:
        return visit.done(_("The plan was handed in. This page is your receipt."), "version", draft.pk)
    return visit.show("desk/hand_in.html", _shown(desk) | {"form": form}, status)


def _hand_in(visit: Visit, form: HandInForm, desk: approval.Desk) -> None:
    draft = desk.sheet.draft.submission
    resolution, day = form.resolved((draft.resolution, draft.resolution_on))
    actions.hand_in_plan(
        actor=visit.actor, submission=draft, resolution=resolution, resolution_on=day, on=visit.on
    )  # fmt: skip


def _shown(desk: approval.Desk) -> dict[str, object]:
    return {"desk": desk, "sheet": desk.sheet, "coherence": desk.coherence, "file_form": FileForm(auto_id="file_%s")}


@door(methods=("POST",))
def justify(visit: Visit, obligation: int) -> HttpResponse:
    """Keep why some findings may stand."""
    sheet = plan_form.sheet(visit.actor, obligation)
    reasons = reasons_of(visit.request.POST)
    seen = sheet.draft.seen
    actions.justify(actor=visit.actor, submission=sheet.draft.submission, reasons=reasons)
    if plan_form.sheet(visit.actor, obligation).draft.seen != seen:
        tell_taken_back(visit, sheet.draft.submission)
    return visit.done(_("Your reasons were saved."), "plan-submit", obligation)


@door(methods=("GET", "HEAD"))
def version(visit: Visit, submission: int) -> HttpResponse:
    """Show one version as it was handed in, with the proof of it and every decision about it."""
    try:
        found = plan_form.version(visit.actor, submission)
    except Missing:
        report.version(visit.actor, submission)  # Missing too where that is not what was handed in
        return visit.go("report-version", submission)
    held = found.plan.submission
    shown = {
        "version": found,
        "proof": receipt.proof_of(held),
        "coherence": coherence.of(held),
        "documents": held.documents.all(),
    }
    return visit.show("desk/version.html", shown)
