"""A plan as a workbook: given out, brought back, looked at before anything counts, and applied."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from yupana.domain.commitments import actions, uploads
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.vault import aside
from yupana.foundation.vault.rules import clean_name
from yupana.interfaces import sending
from yupana.interfaces.desk import foreign
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import CONFLICT, Visit, door
from yupana.interfaces.desk.drafts import tell_taken_back, writable
from yupana.interfaces.desk.forms.workbook import WorkbookForm
from yupana.interfaces.desk.previews import picked, preview
from yupana.interfaces.desk.receiving import named, received
from yupana.interfaces.interchange import workbooks
from yupana.projections.overviews import plan_form

if TYPE_CHECKING:
    from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from yupana.interfaces.interchange.workbooks import Brought
    from yupana.projections.overviews.plan_form import Sheet


@door(methods=("GET", "HEAD"))
def workbook(visit: Visit, obligation: int) -> HttpResponse:
    """Offer the plan as a workbook, and the place to bring it back."""
    return _page(visit, plan_form.sheet(visit.actor, obligation), WorkbookForm())


@door(methods=("GET", "HEAD"))
def give(visit: Visit, obligation: int, form: str) -> HttpResponse:
    """Give the newest version as a workbook."""
    owed = plan_form.sheet(visit.actor, obligation).obligation
    if form not in workbooks.KINDS:
        raise Missing("obligation-unknown", obligation=obligation)
    book = workbooks.book_of(owed, workbooks.newest(owed))
    name = clean_name(f"{owed.call.code}-{owed.debtor.code}.{form}")
    return sending.written(name, workbooks.write_workbook(book, form), workbooks.KINDS[form])


@csrf_exempt  # checked below, by whoever came through the door: nobody else's file is read at all
@door()
def bring(visit: Visit, obligation: int) -> HttpResponseBase:
    """Take a workbook back and show what it would change. It goes to the disk and never into the memory."""
    if not visit.writes:  # somebody asks for the answer again
        return visit.go("workbook", obligation)
    sheet = writable(visit, obligation)
    return received(visit, lambda request: _brought(visit, sheet, WorkbookForm(request.POST, request.FILES)))


@door()
def upload(visit: Visit, upload: int) -> HttpResponse:
    """Show, row by row, what a workbook would change; write it when its bringer says so."""
    found = uploads.upload(visit.actor, upload)
    obligation = found.submission.obligation_id
    if found.told.get("asks"):
        return visit.go("foreign-columns", obligation, found.pk)
    if visit.writes:
        seen, mine = picked(visit.request.POST)
        edited = actions.apply_upload(actor=visit.actor, upload=found, seen=seen, mine=mine)
        if edited.added or edited.changed or edited.removed:
            tell_taken_back(visit, found.submission)
        if not edited.clashes:
            n = {"added": len(edited.added), "changed": len(edited.changed), "removed": len(edited.removed)}
            told = _("Written. Activities added: %(added)d, changed: %(changed)d, removed: %(removed)d.") % n
            return visit.done(told, "plan", obligation)
    sheet = plan_form.sheet(visit.actor, obligation)
    shown = preview(found, workbooks.cells_now(found.submission), sheet.draft.lines)
    context = {"sheet": sheet, "upload": found, "preview": shown, "late": visit.writes}
    return visit.show("desk/upload.html", context, CONFLICT if visit.writes else 200)


@door(methods=("POST",))
def drop(visit: Visit, upload: int) -> HttpResponse:
    """Put a workbook away without applying it."""
    found = uploads.upload(visit.actor, upload)
    actions.drop_upload(actor=visit.actor, upload=found)
    told = _("The workbook was put away; the plan is as it was.")
    return visit.done(told, "workbook", found.submission.obligation_id)


def _brought(visit: Visit, sheet: Sheet, form: WorkbookForm) -> HttpResponse:
    went: list[HttpResponse] = []
    status = attempt(form, lambda: went.append(_taken(visit, sheet, form.cleaned_data["file"])))
    return went[0] if status == DONE else _page(visit, sheet, form, status)


def _taken(visit: Visit, sheet: Sheet, sent: TemporaryUploadedFile) -> HttpResponse:
    if sheet.plan is None:
        raise Refused("workbook-needs-draft")
    brought = _read(sent)
    if brought is None:  # a form of the entity's own, of which its columns are asked
        sent.seek(0)
        return foreign.take(visit, sheet, sent)
    if brought.plan != workbooks.plan_name(sheet.obligation):
        raise Refused("workbook-of-another", where=sent.name, entity=brought.entity, plan=brought.plan)
    stored = aside.named(Path(sent.temporary_file_path()), sent.name or "")  # all that it says is told already
    kept = actions.bring_upload(actor=visit.actor, submission=sheet.plan.submission, stored=stored, told=brought.told())
    return visit.go("upload", kept.pk)


def _read(sent: UploadedFile[bytes]) -> Brought | None:
    """Read it under the name that its bringer knows; None for a workbook that was not given out here."""
    with named(sent) as path:
        try:
            return workbooks.read_workbook(path)
        except Refused as refused:
            # A workbook of somebody's own may hold formulas: what they came to is read there.
            own_formulas = refused.code == "cell-formula" and not workbooks.is_ours(path)
            if refused.code == "workbook-not-ours" or own_formulas:
                return None
            raise


def _page(visit: Visit, sheet: Sheet, form: WorkbookForm, status: int = 200) -> HttpResponse:
    waiting = uploads.uploads_of(sheet.plan.submission) if sheet.plan and sheet.may_write else ()
    context = {"sheet": sheet, "form": form, "waiting": waiting, "forms": workbooks.KINDS}
    return visit.show("desk/workbook.html", context, status)
