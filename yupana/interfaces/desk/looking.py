"""Notes that reviewers make part by part: of rows beside the decision, of the sections of a checklist one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from yupana.domain.commitments import actions
from yupana.domain.submissions.rules import Verdict, checked, mark, row_of
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Conflict, Missing, Refused
from yupana.interfaces import words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import AUTHORITY, CONFLICT, UNPROCESSABLE, Visit, door, status_of
from yupana.interfaces.desk.forms.review import DecisionForm, NotesForm
from yupana.projections.overviews import checklist as lists
from yupana.projections.overviews import plan_form
from yupana.projections.overviews import review as overview

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrPromise

    from yupana.domain.submissions.models import Submission
    from yupana.interfaces.desk.forms.review import Part
    from yupana.projections.overviews.checklist import Seen

JSON = "application/json"
CHOICES: dict[bool, tuple[tuple[str, StrPromise], ...]] = {
    True: (
        ("", pgettext_lazy("row", "not looked at")),
        (Verdict.FINE.value, pgettext_lazy("row", "fine")),
        (Verdict.MEND.value, pgettext_lazy("row", "to mend")),
    ),
    False: (
        ("", pgettext_lazy("section", "not looked at")),
        (Verdict.FINE.value, pgettext_lazy("section", "present")),
        (Verdict.MEND.value, pgettext_lazy("section", "to mend")),
        (Verdict.NOT_APPLICABLE.value, pgettext_lazy("section", "does not apply")),
    ),
}
"""What can be said of a row, and of a section of a checklist."""


@dataclass(frozen=True, slots=True)
class Noting:
    """A part with what its form shows: as it was typed, and beside it (None: nothing) what another noted meanwhile."""

    part: Part
    verdict: str
    text: str
    stored: Seen | None

    @property
    def choices(self) -> tuple[tuple[str, StrPromise], ...]:
        """What can be said of it."""
        return CHOICES[row_of(self.part.subject) is not None]


def noting(form: NotesForm, parts: Iterable[Part], status: int) -> list[Noting]:
    """Show each part as its form holds it; after a conflict beside what stands there now."""
    shown = ((part, *form.shown(part)) for part in parts)
    return [
        Noting(part, verdict, text, part.seen if status == CONFLICT and _differs(part, verdict, text) else None)
        for part, verdict, text in shown
    ]


def _differs(part: Part, verdict: str, text: str) -> bool:
    return (part.seen.verdict, part.seen.text) != (verdict, text.strip())


@door(Role.REVIEWER, methods=("POST",))
def notes(visit: Visit, submission: int) -> HttpResponseBase:
    """Keep notes about rows while one reads."""
    page = overview.review(visit.actor, submission)
    form = DecisionForm(visit.sent, parts=page.rows, deciding=False)
    held = page.version.plan.submission
    if _by_script(visit):
        return _told(visit, form, held)
    status = attempt(form, lambda: _keep(visit, form, held))
    if status == DONE:
        messages.success(visit.request, _("Noted."))
        row = visit.request.POST.get("part", "")
        return _back("review", submission, f"row-{row}" if row.isdigit() else "")
    page = overview.review(visit.actor, submission)
    return visit.show("desk/review.html", review_context(page, form, status), status)


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
    status = attempt(form, lambda: _keep(visit, form, version.plan.submission)) if visit.writes else 200
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
    if actions.look_at(actor=visit.actor, submission=held, notes=form.notes()):
        raise Conflict("look-moved")


def _by_script(visit: Visit) -> bool:
    return visit.writes and JSON in visit.request.headers.get("Accept", "")


def _told(visit: Visit, form: NotesForm, held: Submission) -> JsonResponse:
    """Answer a script: the marks of what stands there now, and what another noted meanwhile."""
    if not form.is_valid():
        return JsonResponse({"error": _("This could not be read.")}, status=UNPROCESSABLE)
    sent = form.notes()
    try:
        clashes = actions.look_at(actor=visit.actor, submission=held, notes=sent)
    except Refused as refused:
        return JsonResponse({"error": words.sentence(refused)}, status=status_of(refused))
    keys = {part.subject: part.key for part in form.parts}
    marks = {keys[note.subject]: mark(*checked(note)) for note in sent}
    marks |= {keys[each.subject]: mark(each.verdict, each.text) for each in clashes}
    stored = {keys[each.subject]: each.text or words.label(Verdict(each.verdict)) for each in clashes}
    return JsonResponse({"marks": marks, "stored": stored}, status=CONFLICT if stored else 200)


def _back(name: str, submission: int, anchor: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse(f'desk:{name}', args=[submission])}{f'#{anchor}' if anchor else ''}")
