"""A version under review: the decision about it, and the row that answers another line than it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yupana.domain.commitments import actions
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import AUTHORITY, CONFLICT, Visit, door
from yupana.interfaces.desk.followup.reviewing import review_report
from yupana.interfaces.desk.forms.review import ACCEPT, MISFILE, RETURN, DecisionForm, ReclassifyForm
from yupana.interfaces.desk.looking import review_context
from yupana.projections.overviews import plan_form
from yupana.projections.overviews import review as overview

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yupana.projections.overviews.plan_form import Version


@door(*AUTHORITY)
def review(visit: Visit, submission: int) -> HttpResponse:
    """Read a version row by row, and decide: accept, return with reasons, or say that it does not belong here."""
    try:
        page = overview.review(visit.actor, submission)
    except Missing:  # no plan: a report, or nothing that is there
        return review_report(visit, submission)
    form = DecisionForm(visit.sent, parts=page.rows)
    status = attempt(form, lambda: _decide(visit, page.version, form))
    if status == DONE:
        return visit.done(_decided(page.version, form), "queue")
    if status == CONFLICT:
        page = overview.review(visit.actor, submission)
    return visit.show("desk/review.html", review_context(page, form, status), status)


def _decide(visit: Visit, version: Version, form: DecisionForm) -> None:
    said, held = form.cleaned_data, version.plan.submission
    common: dict[str, Any] = {"actor": visit.actor, "submission": held, "on": visit.on, "notes": form.notes()}
    if said["decision"] == ACCEPT:
        actions.accept_plan(resolution_due_on=said["resolution_due_on"], **common)
    elif said["decision"] == RETURN:
        actions.return_plan(reason=said["reason"], remarks={}, **common)
    else:
        actions.misfile_plan(reason=said["reason"], **common)


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
    form = ReclassifyForm(visit.sent, lines=version.plan.lines, initial=initial)
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
