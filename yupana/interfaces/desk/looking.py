"""Notes that reviewers make part by part: of rows beside the decision, of the sections of a checklist one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from yupana.domain.commitments import actions
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress.actions import look_at_report
from yupana.domain.submissions.rules import Verdict, checked, mark
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Conflict, Missing, Refused
from yupana.interfaces import words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import AUTHORITY, CONFLICT, UNPROCESSABLE, Visit, door, status_of
from yupana.interfaces.desk.followup.reviewing import show_report
from yupana.interfaces.desk.forms.review import DecisionForm, NotesForm
from yupana.interfaces.desk.noting import noting
from yupana.projections.overviews import checklist as lists
from yupana.projections.overviews import plan_form
from yupana.projections.overviews import review as overview
from yupana.projections.overviews.report_review import ReportReview, report_review

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from yupana.domain.submissions.models import Look, Submission
    from yupana.domain.submissions.rules import Note

JSON = "application/json"


@door(Role.REVIEWER, methods=("POST",))
def notes(visit: Visit, submission: int) -> HttpResponseBase:
    """Keep notes about rows while one reads."""
    page = _page(visit, submission)
    form, held = DecisionForm(visit.sent, parts=page.rows, deciding=False), page.submission
    if _by_script(visit):
        return _told(visit, form, held)
    status = attempt(form, lambda: _keep(visit, form, held))
    if status == DONE:
        messages.success(visit.request, _("Noted."))
        row = visit.request.POST.get("part", "")
        return _back("review", submission, f"row-{row}" if row.isdigit() else "")
    page = _page(visit, submission)
    if isinstance(page, ReportReview):
        return show_report(visit, page, form, status)
    return visit.show("desk/review.html", review_context(page, form, status), status)


def _page(visit: Visit, submission: int) -> overview.Review | ReportReview:
    try:
        return overview.review(visit.actor, submission)
    except Missing:  # no plan: a report, or nothing that is there
        return report_review(visit.actor, submission)


def review_context(page: overview.Review, form: DecisionForm, status: int) -> dict[str, object]:
    """Return what the page of a review shows."""
    return {
        "page": page,
        "version": page.version,
        "form": form,
        "anew": noting(form, page.anew, status),
        "same": noting(form, page.same, status),
    }


@door(*AUTHORITY)
def checklist(visit: Visit, submission: int) -> HttpResponseBase:
    """Go through the sections that a plan of this kind has to have; each is saved by itself."""
    version, found = _list(visit, submission)
    chosen = _section(visit, found)
    form = NotesForm(visit.sent, parts=chosen.points if chosen else ())
    if _by_script(visit):
        return _told(visit, form, version.plan.submission)
    status = attempt(form, lambda: _keep(visit, form, version.plan.submission))
    if status == DONE and chosen:
        messages.success(visit.request, _("Noted."))
        return _back("review-list", submission, f"s-{chosen.head.item.pk}")
    if visit.writes:
        version, found = _list(visit, submission)
    sections = [(each, noting(form, each.points, status)) for each in found.sections]
    open_one = chosen.head.subject if chosen else found.next.head.subject if found.next else ""
    shown = {"version": version, "list": found, "sections": sections, "form": form, "open_one": open_one}
    return visit.show("desk/checklist.html", shown, status)


def _list(visit: Visit, submission: int) -> tuple[plan_form.Version, lists.Checklist]:
    """Find a version and its checklist; not there where its kind of plan has none."""
    version = plan_form.version(visit.actor, submission)
    held = version.plan.submission
    found = lists.checklist(held, lists.noted(held, version.steps))
    if found is None:
        raise Missing("submission-unknown")
    return version, found


def _section(visit: Visit, found: lists.Checklist) -> lists.Section | None:
    """Find the section of which something was sent, None where nothing was."""
    sent = visit.sent
    if sent is None:
        return None
    named = (each for each in found.sections if any(f"look-{point.key}" in sent for point in each.points))
    chosen = next(named, None)
    if chosen is None:
        raise Refused("part-unknown", subject="")
    return chosen


def _keep(visit: Visit, form: NotesForm, held: Submission) -> None:
    if _look(visit, held, form.notes()):
        raise Conflict("look-moved")


def _look(visit: Visit, held: Submission, notes: list[Note]) -> tuple[Look, ...]:
    if held.obligation.call.expects == Expects.PROGRESS:
        return look_at_report(actor=visit.actor, submission=held, notes=notes)
    return actions.look_at(actor=visit.actor, submission=held, notes=notes)


def _by_script(visit: Visit) -> bool:
    return visit.writes and JSON in visit.request.headers.get("Accept", "")


def _told(visit: Visit, form: NotesForm, held: Submission) -> JsonResponse:
    """Answer a script: the marks of what stands there now, and what another noted meanwhile."""
    if not form.is_valid():
        return JsonResponse({"error": _("This could not be read.")}, status=UNPROCESSABLE)
    sent = form.notes()
    try:
        clashes = _look(visit, held, sent)
    except Refused as refused:
        return JsonResponse({"error": words.sentence(refused)}, status=status_of(refused))
    keys = {part.subject: part.key for part in form.parts}
    marks = {keys[note.subject]: mark(*checked(note)) for note in sent}
    marks |= {keys[each.subject]: mark(each.verdict, each.text) for each in clashes}
    stored = {keys[each.subject]: each.text or words.label(Verdict(each.verdict)) for each in clashes}
    return JsonResponse({"marks": marks, "stored": stored}, status=CONFLICT if stored else 200)


def _back(name: str, submission: int, anchor: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse(f'desk:{name}', args=[submission])}{f'#{anchor}' if anchor else ''}")
