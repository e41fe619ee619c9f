"""The page of one row of a draft: add it, change all of it, take it out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _

from yupana.domain.commitments.rules import Act, CellEdit, Edit, Kind, cells_of, differences, read_date
from yupana.foundation.kernel.errors import Conflict, Missing
from yupana.interfaces import words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import CONFLICT, UNPROCESSABLE, Visit, door
from yupana.interfaces.desk.drafts import Pair, beside, tell_taken_back, writable
from yupana.interfaces.desk.forms.row import RowForm
from yupana.interfaces.desk.kept import kept
from yupana.interfaces.desk.sections import sections
from yupana.interfaces.desk.writing import seal, unseal, write
from yupana.projections.overviews import plan_form
from yupana.projections.overviews.grid import DATES, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpResponse, QueryDict

    from yupana.interfaces.desk.writing import Outcome
    from yupana.projections.overviews.plan_form import Sheet
    from yupana.projections.overviews.plan_rows import Row


class SureForm(forms.Form):
    """What is sent to take a row out: all that was seen of it."""

    base = forms.CharField(widget=forms.HiddenInput, required=False)


@door()
def add(visit: Visit, obligation: int) -> HttpResponse:
    """Write a new row; its number is one that no version has used, so that a remark always means the same row."""
    sheet = writable(visit, obligation)
    if visit.writes and sheet.plan is None:
        return kept(visit, sheet.obligation, "plan")
    # An address may name the line that is to be answered: the list of unanswered lines links here.
    held = {"item": visit.request.GET.get("line", "")}
    form = _form(visit, sheet, held, seal(sheet, {sheet.free_row: {}}), sheet.free_row)
    if not visit.writes:
        return _page(visit, sheet, form)
    # The number comes back with the form, so that a row which is sent twice is one.
    given = unseal(sheet, visit.request.POST.get("base", "")) or {}
    return _write(visit, sheet, form, next((row for row, seen in given.items() if not seen), sheet.free_row), {})


@door()
def edit(visit: Visit, obligation: int, number: int) -> HttpResponse:
    """Change a row. One that somebody else took out meanwhile is offered as a new one, with what was typed."""
    sheet = writable(visit, obligation)
    if visit.writes and sheet.plan is None:
        return kept(visit, sheet.obligation, "plan")
    row = _row(sheet, number)
    if row is None:
        if not visit.writes:
            raise Missing("row-unknown", row=number)
        return _gone(visit, sheet)
    form = _form(visit, sheet, cells_of(row.stored), seal(sheet, {number: cells_of(row.stored)}), number)
    if not visit.writes:
        return _page(visit, sheet, form, row)
    base = unseal(sheet, visit.request.POST.get("base", "")) or {}
    if number not in base:
        form.add_error(None, words.sentence(Conflict("draft-moved")))
        _refresh(form, sheet, row)
        return _page(visit, sheet, form, row, CONFLICT)
    return _write(visit, sheet, form, number, base)


@door()
def remove(visit: Visit, obligation: int, number: int) -> HttpResponse:
    """Take a row out of the draft, after asking."""
    sheet = writable(visit, obligation)
    row = sheet.draft.row(number)
    form = SureForm(visit.sent, initial={"base": seal(sheet, {number: cells_of(row.stored)})})
    status = attempt(form, lambda: _take_out(visit, sheet, number))
    if status == DONE:
        return visit.done(_("Row %(row)s was taken out.") % {"row": number}, "plan", obligation)
    if form.is_bound:
        _refresh(form, sheet, row)
    return visit.show("desk/row_remove.html", {"sheet": sheet, "row": row, "form": form}, status)


def _take_out(visit: Visit, sheet: Sheet, number: int) -> None:
    seen = (unseal(sheet, visit.request.POST.get("base", "")) or {}).get(number)
    if seen is None:
        raise Conflict("draft-moved")
    cells = tuple(CellEdit(number, name, text, "") for name, text in seen.items())
    outcome = write(visit, sheet, {}, [Edit(Act.REMOVE, number, cells)])
    if outcome.edited.clashes:
        raise Conflict("draft-moved")
    if outcome.taken_back:
        tell_taken_back(visit, sheet.draft.submission)


def _row(sheet: Sheet, number: int) -> Row | None:
    return next((row for row in sheet.draft.rows if row.number == number), None)


def _form(visit: Visit, sheet: Sheet, held: Mapping[str, str], base: str, number: int) -> RowForm:
    return RowForm(visit.sent, sheet=sheet, names=names_of(sheet), held=held, base=base, number=number)


def _write(visit: Visit, sheet: Sheet, form: RowForm, number: int, base: dict[int, dict[str, str]]) -> HttpResponse:
    """Store what was typed as that row, or show the form."""
    row = _row(sheet, number)
    outcome: list[Outcome] = []

    def store() -> None:
        before = {number: base[number]} if base else {}
        edits = differences(before, {number: base.get(number, {}) | form.cells})
        outcome.append(write(visit, sheet, {}, edits))
        if outcome[0].taken_back:
            tell_taken_back(visit, sheet.draft.submission)

    status = attempt(form, store)
    if status != DONE:
        _hold(form, sheet, row, base.get(number))
        return _page(visit, sheet, form, row, status)
    done = outcome[0]
    for (_number, name), fault in done.faults.items():
        form.add_error(form.place(name), fault)
    number = done.edited.numbers.get(number, number)
    if not (done.edited.clashes or done.faults):
        return _done(visit, sheet, form, number)
    return _again(visit, plan_form.sheet(visit.actor, sheet.obligation.pk), form, done, (number, base.get(number, {})))


def _done(visit: Visit, sheet: Sheet, form: RowForm, number: int) -> HttpResponse:
    messages.success(visit.request, _("Row %(row)s is saved.") % {"row": number})
    for doubt in _doubts(form, sheet.draft.year_one):
        messages.warning(visit.request, doubt)
    if "another" in visit.request.POST:
        return visit.go("row-add", sheet.obligation.pk)
    response = visit.go("plan", sheet.obligation.pk)
    response["Location"] += f"#row-{number}"
    return response


def _again(
    visit: Visit, sheet: Sheet, form: RowForm, done: Outcome, base: tuple[int, Mapping[str, str]]
) -> HttpResponse:
    """Show what was typed beside what somebody else wrote in the same cells; all other cells are kept."""
    row = _row(sheet, base[0])
    if row is None:
        return _gone(visit, sheet)
    clashed = {each.edit.field: each.now or "" for each in done.edited.clashes}
    written = {name: text for (_number, name), text in done.kept.items()}
    _hold(form, sheet, row, {**base[1], **written, **clashed})
    if not clashed:
        return _page(visit, sheet, form, row, UNPROCESSABLE)
    form.add_error(None, words.sentence(Conflict("draft-moved")))
    return _page(visit, sheet, form, row, CONFLICT, {form.place(name): now for name, now in clashed.items()})


def _gone(visit: Visit, sheet: Sheet) -> HttpResponse:
    form = _form(visit, sheet, {}, "", sheet.free_row)
    form.add_error(None, _("Somebody took this row out while you were writing. Nothing is lost: save it as a new row."))
    _refresh(form, sheet, None)
    return _page(visit, sheet, form, None, CONFLICT)


def _refresh(form: forms.Form, sheet: Sheet, row: Row | None) -> None:
    """Let the form be sent again over what is stored now, which its reader has then seen."""
    _send(form, {"base": seal(sheet, {row.number: cells_of(row.stored)} if row else {sheet.free_row: {}})})


def _hold(form: RowForm, sheet: Sheet, row: Row | None, seen: Mapping[str, str] | None) -> None:
    """Let the form be sent again over what its reader has seen; a cell left alone follows what others wrote there."""
    if row is None or seen is None:
        _refresh(form, sheet, row)
        return
    now = cells_of(row.stored)
    left = {name: now.get(name, "") for name in seen.keys() | now.keys() if form.leaves(name, seen.get(name, ""))}
    _send(form, {**form.as_shown(left), "base": seal(sheet, {row.number: {**seen, **left}})})


def _send(form: forms.Form, told: Mapping[str, str]) -> None:
    """Write some fields of a form anew, as if they had been sent so."""
    sent = cast("QueryDict", form.data).copy()
    for name, text in told.items():
        sent[name] = text
    form.data = sent


def _page(
    visit: Visit,
    sheet: Sheet,
    form: RowForm,
    row: Row | None = None,
    status: int = 200,
    now: Mapping[str, str] | None = None,
) -> HttpResponse:
    stored = _stored(form, row, now) if status == CONFLICT else {}
    pairs = {pair.field.name: _understood(pair, sheet.draft.year_one) for pair in beside(form, stored, status)}
    if now is not None:
        pairs = {name: pair if name in now else replace(pair, stored=None) for name, pair in pairs.items()}
    shown = {"sheet": sheet, "row": row, "form": form, "names": form.names, "sections": list(sections(form, pairs))}
    return visit.show("desk/row.html", shown, status)


def _stored(form: RowForm, row: Row | None, now: Mapping[str, str] | None) -> dict[str, str]:
    """Say what stands in each field now."""
    if now is not None:
        return dict(now)
    return {form.place(name): text for name, text in cells_of(row.stored).items()} if row else {}


def _understood(pair: Pair, year_one: int | None) -> Pair:
    """Put beside a date how it is understood, so that its writer can mend it at once."""
    text = str(pair.field.value() or "")
    if pair.field.name not in DATES or not text:
        return pair
    return replace(pair, reading=read_date(text, year_one=year_one))


def _doubts(form: RowForm, year_one: int | None) -> Iterator[str]:
    """Say which dates were kept as they were written without being understood."""
    for name in DATES:
        text = form.cells.get(name, "")
        told = {"field": form.fields[name].label, "text": text}
        kind = read_date(text, year_one=year_one).kind
        if kind is Kind.AMBIGUOUS:
            yield _("%(field)s “%(text)s” could be two days: write the month as a word.") % told
        elif kind is Kind.UNREADABLE:
            yield _("%(field)s “%(text)s” is not understood. It was kept; write it for example as 03/2027.") % told
