"""The page on which a draft that was begun by mistake is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yupana.domain.commitments import actions
from yupana.domain.commitments.versions import adds_something
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.drafts import writable

if TYPE_CHECKING:
    from django.http import HttpResponse


class DiscardForm(forms.Form):
    """Whether they are sure; asked where something would be lost."""

    sure = forms.BooleanField(
        label=gettext_lazy("I know that what was written in this draft is lost."),
        required=False,
    )


@door()
def discard(visit: Visit, obligation: int) -> HttpResponse:
    """Take the draft away, after asking; what would be lost is said first."""
    sheet = writable(visit, obligation)
    draft = sheet.draft.submission
    form = DiscardForm(visit.sent)
    status = attempt(
        form,
        lambda: actions.discard_draft(actor=visit.actor, submission=draft, sure=form.cleaned_data["sure"]),
    )
    if status == DONE:
        return visit.done(_("The draft was discarded."), "inbox")
    return visit.show("desk/discard.html", {"sheet": sheet, "form": form, "loses": adds_something(draft)}, status)
