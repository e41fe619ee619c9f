"""Which pieces of evidence of the entity stand for one row of its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yupana.domain.progress import actions
from yupana.domain.progress.evidence import pieces_of
from yupana.foundation.kernel.errors import Missing
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.reporting.report import writable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse, QueryDict

    from yupana.domain.progress.models import Evidence

MOST = 500  # pieces on one page; of more, the newest
MOST_DIGITS = 19  # of a key


class PiecesForm(forms.Form):
    """The pieces to tick. ``seen`` are those that were ticked when the form was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10_000)
    pieces = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Evidence for this row"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: QueryDict | None, *, offered: Iterable[Evidence], cited: Iterable[int]) -> None:
        held = list(cited)
        super().__init__(data, initial={"pieces": held, "seen": " ".join(map(str, held))})
        self.fields["pieces"].choices = [(each.pk, each.name) for each in offered]  # type: ignore[attr-defined] # a ChoiceField has choices

    @property
    def before(self) -> list[int]:
        """What was ticked when it was shown; what can be no key is left out."""
        told = self.cleaned_data["seen"].split()
        return [int(each) for each in told if each.isascii() and each.isdecimal() and len(each) <= MOST_DIGITS]


@door()
def choose(visit: Visit, obligation: int, number: int) -> HttpResponse:
    """Show the entity's pieces, and keep which of them stand for the row."""
    sheet = writable(visit, obligation)
    row = next((each for each in sheet.draft.rows if each.number == number), None)
    if row is None:
        raise Missing("row-unknown", row=number)
    offered = list(pieces_of(visit.actor, sheet.obligation.debtor_id)[:MOST])
    form = PiecesForm(visit.sent, offered=offered, cited=row.said.evidence)
    status = attempt(
        form,
        lambda: actions.cite(
            actor=visit.actor,
            submission=sheet.draft.submission,
            row=number,
            seen=form.before,
            pieces=form.cleaned_data["pieces"],
        ),
    )
    if status == DONE:
        messages.success(visit.request, _("Row %(row)s is saved.") % {"row": number})
        response = visit.go("report", obligation)
        response["Location"] += f"#row-{number}"
        return response
    shown = {"sheet": sheet, "row": row, "form": form, "offered": offered}
    return visit.show("desk/reporting/pieces.html", shown, status)
