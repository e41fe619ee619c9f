"""The files of a plan: chosen while it is a draft, given afterwards to whoever may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from yupana.domain.submissions import actions
from yupana.domain.submissions.queries import document_of
from yupana.domain.submissions.rules import DocumentKind
from yupana.foundation.kernel.errors import Forbidden
from yupana.foundation.vault import store as vault
from yupana.interfaces import sending
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.forms.approval import FileForm
from yupana.interfaces.desk.receiving import MOST, received
from yupana.projections.overviews import plan_form

if TYPE_CHECKING:
    from django.http import FileResponse, HttpResponse
    from django.http.response import HttpResponseBase

    from yupana.projections.overviews.plan_form import Sheet


@csrf_exempt  # checked below, by whoever came through the door: nobody else's file is read at all
@door(methods=("POST",))
def attach(visit: Visit, obligation: int) -> HttpResponseBase:
    """Keep a file in the vault and hand it in with a draft. It goes to the disk and never into the memory."""
    sheet = plan_form.sheet(visit.actor, obligation)
    draft = sheet.draft.submission.pk
    if not sheet.may_hand_in:
        raise Forbidden("not-entity-planner")
    return received(visit, lambda request: _kept(visit, sheet, draft, FileForm(request.POST, request.FILES)))


def _kept(visit: Visit, sheet: Sheet, draft: int, form: FileForm) -> HttpResponse:
    if not form.is_valid():
        messages.error(visit.request, str(next(iter(form.errors.values()))[0]))
        return _back(visit, sheet)
    sent = form.cleaned_data["file"]
    stored = vault.put(sent, sent.name, MOST)
    kind = DocumentKind(form.cleaned_data["kind"])
    actions.attach_document(actor=visit.actor, submission=draft, stored=stored, kind=kind)
    messages.success(visit.request, _("%(name)s was added.") % {"name": stored.name})
    return _back(visit, sheet)


@door(methods=("POST",))
def detach(visit: Visit, obligation: int, digest: str) -> HttpResponse:
    """Take a file away from a draft."""
    sheet = plan_form.sheet(visit.actor, obligation)
    actions.detach_document(actor=visit.actor, submission=sheet.draft.submission.pk, digest=digest)
    messages.success(visit.request, _("The document was removed."))
    return _back(visit, sheet)


def _back(visit: Visit, sheet: Sheet) -> HttpResponse:
    """Go back to where the reader hands in or approves."""
    return visit.go("plan-submit" if sheet.may_write else "plan-approve", sheet.obligation.pk)


@door(methods=("GET", "HEAD"))
def document(visit: Visit, submission: int, digest: str) -> FileResponse:
    """Give a file of a version to whoever may read that version."""
    found = document_of(visit.actor, submission, digest)
    return sending.kept(found.digest, found.name, found.media_type)
