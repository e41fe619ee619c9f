"""A report that leaves its entity: looked at once more, handed in, read with its receipt; or taken away as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yupana.domain.progress import actions
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.reporting.cards import Told, cards, indicator_cards
from yupana.interfaces.desk.reporting.report import writable
from yupana.projections.overviews import receipt
from yupana.projections.overviews import report as overview

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse


class HandInForm(forms.Form):
    """That it is what happened; and, of a letter, the day on which it was received."""

    sure = forms.BooleanField(label=gettext_lazy("This is what was done and spent, as far as we know."))
    received_on = forms.DateField(
        label=gettext_lazy("Day it was received"), required=False, widget=forms.DateInput({"type": "date"})
    )


class DiscardForm(forms.Form):
    """Whether they are sure; asked where something would be lost."""

    sure = forms.BooleanField(label=gettext_lazy("I know that what was written in this draft is lost."))


@door()
def hand_in(visit: Visit, obligation: int) -> HttpResponse:
    """Show what is missing, else what will be handed in, and hand it in once that is confirmed."""
    sheet = overview.sheet(visit.actor, obligation)
    draft = sheet.draft.submission
    form = HandInForm(visit.sent)
    if not draft.transcribed:
        del form.fields["received_on"]
    status = attempt(
        form,
        lambda: actions.submit_report(
            actor=visit.actor,
            submission=draft,
            received_on=form.cleaned_data.get("received_on"),
            on=visit.on,
        ),
    )
    if status == DONE:
        return visit.done(_("The report was handed in. This page is your receipt."), "report-version", draft.pk)
    shown = {
        "sheet": sheet,
        "report": sheet.draft,
        "form": form,
        "taken": sheet.is_taken(visit.on),
        "late": _is_late(sheet.due_on, visit.on),
        "cards": cards(sheet.draft, Told()),
        "indicators": indicator_cards(sheet.draft, Told()),
    }
    return visit.show("desk/reporting/hand_in.html", shown, status)


def _is_late(due_on: date | None, on: date) -> bool:
    return due_on is not None and due_on < on


@door()
def discard(visit: Visit, obligation: int) -> HttpResponse:
    """Take the draft away, after asking."""
    sheet = writable(visit, obligation)
    draft = sheet.draft
    form = DiscardForm(visit.sent)
    form.fields["sure"].required = loses = draft.is_begun
    status = attempt(form, lambda: actions.discard_report(actor=visit.actor, submission=draft.submission))
    if status == DONE:
        return visit.done(_("The draft was discarded."), "inbox")
    return visit.show("desk/reporting/discard.html", {"sheet": sheet, "form": form, "loses": loses}, status)


@door(methods=("GET", "HEAD"))
def version(visit: Visit, submission: int) -> HttpResponse:
    """Show one version as it was handed in, with the proof of it and every decision about it."""
    found = overview.version(visit.actor, submission)
    shown = {
        "version": found,
        "submission": found.report.submission,
        "proof": receipt.proof_of(found.report.submission),
        "cards": cards(found.report, Told()),
        "indicators": indicator_cards(found.report, Told()),
    }
    return visit.show("desk/reporting/version.html", shown)
