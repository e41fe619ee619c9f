"""A report as a workbook, and the money of a budget system: looked at cell by cell before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core import signing
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt

from yupana.domain.commitments.rules import CellEdit
from yupana.domain.progress import actions
from yupana.foundation.kernel.errors import Missing, Refused
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.vault.rules import clean_name
from yupana.interfaces import sending, words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import CONFLICT, UNPROCESSABLE, Visit, door
from yupana.interfaces.desk.forms.workbook import SpendingForm, WorkbookForm
from yupana.interfaces.desk.receiving import named, received
from yupana.interfaces.desk.reporting.cards import base_of
from yupana.interfaces.desk.reporting.report import writable
from yupana.interfaces.interchange import reports, workbooks
from yupana.projections.overviews import report as overview

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from django.forms import Form
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from yupana.interfaces.interchange.reports import Change
    from yupana.projections.overviews.report import Report, Sheet


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell that would change, as its page shows it: ``choice`` names the choice where somebody was faster."""

    change: Change
    name: str
    title: str
    choice: str

    @property
    def was(self) -> str:
        """What it was when it was given out, in words."""
        return reports.worded(self.change.field, self.change.was)

    @property
    def brought(self) -> str:
        """What was brought, in words."""
        return reports.worded(self.change.field, self.change.brought)

    @property
    def now(self) -> str:
        """What the draft says, in words."""
        return reports.worded(self.change.field, self.change.now)


@door(methods=("GET", "HEAD"))
def book(visit: Visit, obligation: int) -> HttpResponse:
    """Offer the report as a workbook, and the places to bring it back, or an export of the budget system."""
    return _page(visit, overview.sheet(visit.actor, obligation), WorkbookForm(), SpendingForm())


@door(methods=("GET", "HEAD"))
def give(visit: Visit, obligation: int, form: str) -> HttpResponse:
    """Give the draft as a workbook, or the last version where there is no draft."""
    sheet = overview.sheet(visit.actor, obligation)
    if form not in workbooks.KINDS:
        raise Missing("obligation-unknown", obligation=obligation)
    last = sheet.report.submission if sheet.report else sheet.waiting or sheet.accepted
    owed = sheet.obligation
    name = clean_name(f"{owed.call.code}-{owed.debtor.code}.{form}")
    made = workbooks.write_pages(reports.pages(reports.book_of(owed, last)), form)
    return sending.written(name, made, workbooks.KINDS[form])


@csrf_exempt  # checked inside, by whoever came through the door: nobody else's file is read at all
@door()
def bring(visit: Visit, obligation: int) -> HttpResponseBase:
    """Take a workbook back and show what it would change."""
    if not visit.writes:
        return visit.go("report-book", obligation)
    sheet = writable(visit, obligation)

    def read(path: Path) -> HttpResponse:
        brought = reports.read_report(path)
        if brought.report != f"{sheet.obligation.call.code}@{sheet.obligation.debtor.ref}":
            raise Refused("report-of-another", where=path.name, entity=brought.entity, report=brought.report)
        found = reports.changes(brought.base, brought.rows, base_of(sheet.draft), brought.where)
        return _preview(visit, sheet, found, brought.notes)

    return received(visit, lambda request: _taken(visit, sheet, WorkbookForm(request.POST, request.FILES), read))


@csrf_exempt  # checked inside, by whoever came through the door: nobody else's file is read at all
@door()
def spending(visit: Visit, obligation: int) -> HttpResponseBase:
    """Take an export of the budget system and show which amounts it would put into the report."""
    if not visit.writes:
        return visit.go("report-book", obligation)
    sheet = writable(visit, obligation)

    def read(path: Path) -> HttpResponse:
        year = parse_period(sheet.obligation.period).last.year
        found = reports.read_spending(path, map(reports.codes_of, overview.budget_lines(sheet)), year)
        now = base_of(sheet.draft)
        told = reports.changes(now, found.cells, now, {})
        return _preview(visit, sheet, told, found.left)

    return received(visit, lambda request: _taken(visit, sheet, SpendingForm(request.POST, request.FILES), read))


@door(methods=("POST",))
def apply(visit: Visit, obligation: int) -> HttpResponse:
    """Write what was looked at. Where somebody was faster even now, what clashes is shown anew."""
    sheet = writable(visit, obligation)
    try:
        told = signing.loads(visit.request.POST.get("told", ""), salt=_salt(sheet.draft))
    except signing.BadSignature:
        return visit.go("report-book", obligation)
    chosen = [
        CellEdit(row, field, now, brought)
        for row, field, was, brought, now, _where in told
        if now == was or visit.request.POST.get(f"{row}.{field}") == "mine"
    ]
    draft = sheet.draft
    done = actions.edit_report(actor=visit.actor, submission=draft.submission, edits=chosen)
    if done.kept:
        told = ngettext("%(n)s cell was written.", "%(n)s cells were written.", len(done.kept))
        messages.success(visit.request, told % {"n": len(done.kept)})
    if not done.clashes and not done.faults:
        return visit.go("report", obligation)
    named = {each.number: each.sheet.name for each in draft.indicators}
    notes = [
        (named.get(row, str(row)), "cell-not-kept", words.sentence(why)) for (row, _field), why in done.faults.items()
    ]
    again = [
        reports.Change(each.edit.row, each.edit.field, each.edit.before, each.edit.after, each.now or "")
        for each in done.clashes
    ]
    return _preview(visit, overview.sheet(visit.actor, obligation), again, notes, CONFLICT if again else UNPROCESSABLE)


def _taken(visit: Visit, sheet: Sheet, form: Form, read: Callable[[Path], HttpResponse]) -> HttpResponse:
    went: list[HttpResponse] = []

    def take() -> None:
        with named(form.cleaned_data["file"]) as path:
            went.append(read(path))

    status = attempt(form, take)
    if status == DONE:
        return went[0]
    mine = (form, SpendingForm()) if isinstance(form, WorkbookForm) else (WorkbookForm(), form)
    return _page(visit, sheet, *mine, status)


def _preview(
    visit: Visit, sheet: Sheet, found: Sequence[Change], notes: Sequence[tuple[str, str, str]], status: int = 200
) -> HttpResponse:
    names = {row.number: f"{row.number}. {row.line.name}" for row in sheet.draft.rows}
    names |= {each.number: each.sheet.name for each in sheet.draft.indicators}
    shown = [
        Shown(
            each, names.get(each.row, ""), reports.title(each.field), f"{each.row}.{each.field}" if each.clashes else ""
        )
        for each in found
    ]
    told = [[each.row, each.field, each.was, each.brought, each.now, each.where] for each in found]
    context = {
        "sheet": sheet,
        "shown": shown,
        "notes": [(where, words.why(why) if why != "cell-not-kept" else text, text) for where, why, text in notes],
        "told": signing.dumps(told, salt=_salt(sheet.draft), compress=True),
        "late": status == CONFLICT,
    }
    return visit.show("desk/reporting/preview.html", context, status)


def _salt(held: Report) -> str:
    return f"yupana.report-book:{held.submission.pk}"


def _page(visit: Visit, sheet: Sheet, form: Form, spent: Form, status: int = 200) -> HttpResponse:
    return visit.show("desk/reporting/book.html", {"sheet": sheet, "form": form, "spent": spent}, status)
