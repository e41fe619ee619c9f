"""The review queue, a decision, and the row that answers another line than it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yupana.domain.commitments import actions
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Conflict, Forbidden
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import AUTHORITY, Visit, door
from yupana.interfaces.desk.forms.review import ACCEPT, MISFILE, RETURN, DecisionForm, ReclassifyForm
from yupana.projections.overviews import plan_form
from yupana.projections.overviews import queue as overview

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yupana.projections.overviews.plan_form import Version


@door(*AUTHORITY, methods=("GET", "HEAD"))
def queue(visit: Visit) -> HttpResponse:
    """List what waits for a decision, the longest waiting first."""
    call = visit.request.GET.get("call", "")
    shown = overview.pending(visit.actor, on=visit.on, call=call, page=visit.page)
    return visit.show(
        "desk/queue.html",
        {"page": shown, "call": call, "calls": overview.calls_waiting(visit.actor), "query": visit.query("call")},
    )


@door(*AUTHORITY)
def review(visit: Visit, submission: int) -> HttpResponse:
    """Read a version row by row, and decide: accept, return with reasons, or say that it does not belong here."""
    version = plan_form.version(visit.actor, submission)
    form = DecisionForm(visit.sent, rows=[row.number for row in version.plan.rows])
    status = attempt(form, lambda: _decide(visit, version, form)) if visit.writes else 200
    if status == DONE:
        messages.success(visit.request, _decided(version, form))
        return visit.go("queue")
    rows = [(row, form[f"remark-{row.number}"]) for row in version.plan.rows]
    return visit.show("desk/review.html", {"version": version, "form": form, "rows": rows}, status)


def _decide(visit: Visit, version: Version, form: DecisionForm) -> None:
    said = form.cleaned_data
    actor, submission, on = visit.actor, version.plan.submission, visit.on
    if said["decision"] == ACCEPT:
        due = said["resolution_due_on"]
        actions.accept_plan(actor=actor, submission=submission, on=on, resolution_due_on=due)
    elif said["decision"] == RETURN:
        remarks = form.remarks()
        actions.return_plan(actor=actor, submission=submission, on=on, reason=said["reason"], remarks=remarks)
    else:
        actions.misfile_plan(actor=actor, submission=submission, on=on, reason=said["reason"])


def _decided(version: Version, form: DecisionForm) -> str:
    """Say what was decided, about whose plan."""
    remarks = len(form.remarks())
    told = {"entity": version.obligation.debtor.name, "remarks": remarks}
    decision = form.cleaned_data["decision"]
    if decision == ACCEPT:
        return _("The plan of %(entity)s was accepted.") % told
    if decision == MISFILE:
        return _("The plan of %(entity)s was sent back: it does not belong to this call.") % told
    if not remarks:
        return _("The plan of %(entity)s was returned.") % told
    return (
        ngettext(
            "The plan of %(entity)s was returned with %(remarks)s remark.",
            "The plan of %(entity)s was returned with %(remarks)s remarks.",
            remarks,
        )
        % told
    )


@door(Role.REVIEWER, Role.PLANNER)
def reclassify(visit: Visit, submission: int, number: int) -> HttpResponse:
    """Say which line a row really answers."""
    version = plan_form.version(visit.actor, submission)
    refusal = version.move_refusal
    if refusal:
        raise Forbidden(refusal)
    if not version.may_move_rows:
        raise Conflict("decided-already")
    row = version.plan.row(number)
    initial = {"item": row.line.ref if row.line else ""}
    form, status = ReclassifyForm(visit.sent, lines=version.plan.lines, initial=initial), 200
    if visit.writes:
        status = attempt(
            form,
            lambda: actions.reclassify(
                actor=visit.actor,
                activity=row.activity,
                item=version.item(form.cleaned_data["item"]),
                reason=form.cleaned_data["reason"],
                on=visit.on,
                moves=len(row.activity.reclassifications.all()),
            ),
        )
    if status == DONE:
        messages.success(visit.request, _("Row %(row)s now counts for the line that you chose.") % {"row": number})
        response = visit.go("review", submission)
        response["Location"] += f"#row-{number}"
        return response
    return visit.show("desk/reclassify.html", {"version": version, "row": row, "form": form}, status)
