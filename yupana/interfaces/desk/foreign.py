"""A plan in a workbook that is not ours: brought, its columns explained once, and then looked at as any other.

What was said of a form is remembered for the entity; the next workbook of the same form goes straight to the preview.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from yupana.domain.commitments import mappings, uploads
from yupana.domain.commitments.actions.mapping import remember_mapping
from yupana.domain.commitments.actions.uploading import bring_upload
from yupana.domain.commitments.rules import cells_of
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.kernel.period import period_or_none
from yupana.foundation.kernel.text import fold
from yupana.foundation.vault import aside
from yupana.foundation.vault.rules import clean_name
from yupana.foundation.vault.store import Stored
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.drafts import writable
from yupana.interfaces.desk.forms.foreign import ForeignForm, LayoutForm
from yupana.interfaces.desk.receiving import MOST, received
from yupana.interfaces.interchange import foreign
from yupana.projections.overviews import grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from yupana.domain.commitments.models import Upload
    from yupana.interfaces.interchange.foreign import Layout, Proposal
    from yupana.interfaces.interchange.spreadsheets import Sheet as Page
    from yupana.projections.overviews.plan_form import Sheet


@csrf_exempt  # checked below, by whoever came through the door: nobody else's file is read at all
@door()
def bring(visit: Visit, obligation: int) -> HttpResponseBase:
    """Take a workbook in. It goes to the disk and never into the memory."""
    sheet = _draft(visit, obligation)

    def taken(request: HttpRequest) -> HttpResponse:
        form = ForeignForm(request.POST, request.FILES) if visit.writes else ForeignForm()
        went: list[HttpResponse] = []
        status = attempt(form, lambda: went.append(take(visit, sheet, form.cleaned_data["file"])))
        return went[0] if status == DONE else visit.show("desk/foreign.html", {"sheet": sheet, "form": form}, status)

    return received(visit, taken)


def _draft(visit: Visit, obligation: int) -> Sheet:
    """Find the plan, of which there is a draft, for who writes it."""
    sheet = writable(visit, obligation)
    if sheet.plan is None:
        raise Missing("submission-unknown")
    return sheet


def take(visit: Visit, sheet: Sheet, sent: UploadedFile[bytes]) -> HttpResponse:
    """Lead a workbook on: to the preview where its form is known here, else to the page that asks about its columns.

    It is kept, for as long as it waits to be written, once it was found to be one.
    """
    draft = sheet.draft.submission
    with _named(clean_name(sent.name or "", "planilla")) as path:
        path.symlink_to(sent.temporary_file_path())  # type: ignore[attr-defined] # what its handler makes lies on the disk
        pages = foreign.load(path)
        proposal = foreign.propose(path, sheets=pages, linked=bool(_sources(sheet)))
        known = mappings.remembered(visit.actor, draft, proposal.signature)
        sent.seek(0)
        stored = aside.put(sent, sent.name or "", MOST)
        if known is None:
            told: dict[str, Any] = {"kind": "foreign", "base": {}, "rows": {}, "where": {}, "notes": [], "asks": True}
            brought = bring_upload(actor=visit.actor, submission=draft, stored=stored, told=told)
            return visit.go("foreign-columns", sheet.obligation.pk, brought.pk)
        layout = foreign.Layout.from_plain(known)
        layout = replace(layout, sheet=proposal.sheet, year=proposal.year or layout.year)
        return _read(visit, sheet, stored, layout, path, pages)


@door()
def columns(visit: Visit, obligation: int, upload: int) -> HttpResponse:
    """Ask what each column holds, and remember it."""
    sheet = _draft(visit, obligation)
    brought = _brought(visit, sheet, upload)
    stored = _stored(brought)
    asked = str((visit.sent or visit.request.GET).get("sheet", ""))
    with _named(stored.name) as path:
        with aside.open_(stored.digest) as kept, path.open("wb") as copy:
            shutil.copyfileobj(kept, copy)
        pages = foreign.load(path)
        proposal = foreign.propose(
            path, sheet=asked if _has(pages, asked) else "", sheets=pages, linked=bool(_sources(sheet))
        )
        form = LayoutForm(visit.sent, proposal=proposal, layout=_known(visit, sheet, proposal))
        went: list[HttpResponse] = []
        status = attempt(form, lambda: went.append(_said(visit, sheet, stored, form, path, pages)))
    shown = {"sheet": sheet, "upload": brought, "proposal": proposal, "form": form}
    return went[0] if status == DONE else visit.show("desk/foreign_columns.html", shown, status)


def _said(visit: Visit, sheet: Sheet, stored: Stored, form: LayoutForm, path: Path, pages: list[Page]) -> HttpResponse:
    layout, proposal = form.layout(), form.proposal
    answer = _read(visit, sheet, stored, layout, path, pages)
    remember_mapping(
        actor=visit.actor,
        submission=sheet.draft.submission,
        signature=proposal.signature,
        name=proposal.name,
        columns=layout.plain(),
    )
    messages.success(visit.request, _("Remembered: the next workbook with these columns is read the same way."))
    return answer


def _read(visit: Visit, sheet: Sheet, stored: Stored, layout: Layout, path: Path, pages: list[Page]) -> HttpResponse:
    """Read the rows, lay them over those of the draft, and show what would change."""
    period = period_or_none(sheet.obligation.call.period)
    told = foreign.read(path, layout, items=_items(sheet), sources=_sources(sheet), sheets=pages, period=period)
    if not told["rows"]:
        raise Refused("form-empty", where=stored.name)
    held = {row.row: cells_of(row) for row in sheet.draft.stored}
    told = foreign.align(told, held, free=sheet.free_row)
    brought = bring_upload(actor=visit.actor, submission=sheet.draft.submission, stored=stored, told=told)
    return visit.go("upload", brought.pk)


def _known(visit: Visit, sheet: Sheet, proposal: Proposal) -> Layout:
    """Return what was said of a form before, else what it seems to say."""
    known = mappings.remembered(visit.actor, sheet.draft.submission, proposal.signature)
    if known is None:
        return proposal.layout
    return replace(foreign.Layout.from_plain(known), year=proposal.year or known.get("year"))


def _brought(visit: Visit, sheet: Sheet, pk: int) -> Upload:
    found = uploads.upload(visit.actor, pk)
    if found.submission_id != sheet.draft.submission.pk or found.told.get("kind") != "foreign":
        raise Missing("upload-unknown")
    return found


def _stored(brought: Upload) -> Stored:
    return Stored(brought.digest, 0, "", brought.name)


def _has(pages: list[Page], name: str) -> bool:
    return any(page.name == name for page in pages)


@contextmanager
def _named(name: str) -> Iterator[Path]:
    """Give a place for a file under the name that its bringer knows, so that what is said of it names that."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / name


def _sources(sheet: Sheet) -> dict[str, str]:
    """Return the accepted activities from which those of this plan derive, by the name that only one of them has."""
    names = grid.names_of(sheet).get("derives")
    told = [(fold(choice.text), choice.value) for choice in names.choices] if names else []
    often = Counter(name for name, _ref in told)
    return {name: ref for name, ref in told if often[name] == 1}


def _items(sheet: Sheet) -> dict[str, str]:
    """Return the lines that the plan answers by whatever names exactly one of them: its ref, its code, its text."""
    found: dict[str, set[str]] = {}
    for line in sheet.draft.lines:
        for name in (line.ref, line.item.code, line.item.text, str(line), f"{line.item.role}:{line.item.code}"):
            found.setdefault(fold(name), set()).add(line.ref)
    return {name: next(iter(refs)) for name, refs in found.items() if len(refs) == 1}
