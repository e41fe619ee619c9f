"""The rows of a draft: add, edit, take out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _

from yupana.domain.commitments.rules import Kind, read_date
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import CONFLICT, Visit, door
from yupana.interfaces.desk.drafts import beside, refresh, save, writable
from yupana.interfaces.desk.forms.plan import RowForm, Seen, typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from yupana.interfaces.desk.drafts import Pair
    from yupana.projections.overviews.plan_form import Sheet
    from yupana.projections.overviews.plan_rows import Row

DATES = ("starts", "ends")


@door()
def add(visit: Visit, obligation: int) -> HttpResponse:
    """Write a new row; its number is one that no version has used, so that a remark always means the same row."""
    sheet = writable(visit, obligation)
    # An address may name the line that is to be answered: the list of unanswered lines links here.
    initial = {"item": visit.request.GET.get("line", "")}
    form = RowForm(visit.sent, lines=sheet.draft.lines, initial={**initial, "seen": sheet.draft.seen})
    return _write(visit, sheet, form, sheet.free_row, None)


@door()
def edit(visit: Visit, obligation: int, number: int) -> HttpResponse:
    """Change a row. One that somebody else took out meanwhile is offered as a new one, with what was typed."""
    sheet = writable(visit, obligation)
    draft = sheet.draft
    row = next((row for row in draft.rows if row.number == number), None)
    if row is None and not visit.writes:
        raise Missing("row-unknown", row=number)
    initial = {**(typed(row) if row else {}), "seen": draft.seen}
    form = RowForm(visit.sent, lines=draft.lines, initial=initial)
    if row is None:
        form.add_error(
            None, _("Somebody took this row out while you were writing. Nothing is lost: save it as a new row.")
        )
        return _again(visit, sheet, form, None, CONFLICT)
    return _write(visit, sheet, form, number, row)


@door()
def remove(visit: Visit, obligation: int, number: int) -> HttpResponse:
    """Take a row out of the draft, after asking."""
    sheet = writable(visit, obligation)
    draft, status = sheet.draft, 200
    row = draft.row(number)
    form = Seen(visit.sent, initial={"seen": draft.seen})
    if visit.writes:
        rest = [one for one in draft.stored if one.row != number]
        status = attempt(form, lambda: save(visit, draft, form.cleaned_data["seen"], rows=rest))
    if status == DONE:
        messages.success(visit.request, _("Row %(row)s was taken out.") % {"row": number})
        return visit.go("plan", obligation)
    if form.is_bound:
        refresh(form, draft.seen)
    return visit.show("desk/row_remove.html", {"sheet": sheet, "row": row, "form": form}, status)


def _write(visit: Visit, sheet: Sheet, form: RowForm, number: int, row: Row | None) -> HttpResponse:
    """Store what was typed as that row, or show the form."""
    draft, status = sheet.draft, 200
    if visit.writes:
        others = [one for one in draft.stored if one.row != number]
        kept = next((one for one in draft.stored if one.row == number), None)

        def store() -> None:
            rows = sorted([*others, form.row(number, kept)], key=lambda one: one.row)
            save(visit, draft, form.cleaned_data["seen"], rows=rows)

        status = attempt(form, store)
    if status != DONE:
        return _again(visit, sheet, form, row, status)
    messages.success(visit.request, _("Row %(row)s is saved.") % {"row": number})
    for doubt in _doubts(form, draft.year_one):
        messages.warning(visit.request, doubt)
    if "another" in visit.request.POST:
        return visit.go("row-add", sheet.obligation.pk)
    response = visit.go("plan", sheet.obligation.pk)
    response["Location"] += f"#row-{number}"
    return response


def _again(visit: Visit, sheet: Sheet, form: RowForm, row: Row | None, status: int) -> HttpResponse:
    if form.is_bound:
        refresh(form, sheet.draft.seen)
    pairs = [_understood(pair, sheet.draft.year_one) for pair in beside(form, typed(row) if row else {}, status)]
    shown = {"sheet": sheet, "row": row, "form": form, "pairs": pairs}
    return visit.show("desk/row.html", shown, status)


def _understood(pair: Pair, year_one: int | None) -> Pair:
    """Put beside a date how it is understood, so that its writer can mend it at once."""
    text = str(pair.field.value() or "")
    if pair.field.name not in DATES or not text:
        return pair
    return replace(pair, reading=read_date(text, year_one=year_one))


def _doubts(form: RowForm, year_one: int | None) -> Iterator[str]:
    """Say which dates were kept as they were written without being understood."""
    for name in DATES:
        told = {"field": form.fields[name].label, "text": form.cleaned_data[name]}
        kind = read_date(told["text"], year_one=year_one).kind
        if kind is Kind.AMBIGUOUS:
            yield _("%(field)s “%(text)s” could be two days: write the month as a word.") % told
        elif kind is Kind.UNREADABLE:
            yield _("%(field)s “%(text)s” is not understood. It was kept; write it for example as 03/2027.") % told
