"""Beginning an empty draft with the words of an earlier plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yupana.domain.commitments import actions
from yupana.domain.commitments.earlier import earlier_plans
from yupana.interfaces import words
from yupana.interfaces.desk.answers import DONE, attempt
from yupana.interfaces.desk.doors import Visit, door
from yupana.interfaces.desk.drafts import writable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse, QueryDict

    from yupana.domain.commitments.actions import Copied
    from yupana.domain.submissions.models import Submission


class CopyForm(forms.Form):
    """Which plan to begin from."""

    source = forms.ChoiceField(label=gettext_lazy("Which plan do you begin from?"), widget=forms.RadioSelect)

    def __init__(self, data: QueryDict | None, plans: Iterable[Submission]) -> None:
        offered = [
            (str(each.pk), f"{words.titled(each.obligation.call.title)} ({words.period(each.obligation.period)})")
            for each in plans
        ]
        super().__init__(data, initial={"source": offered[0][0] if offered else ""})
        self.fields["source"].choices = offered  # type: ignore[attr-defined] # a ChoiceField has choices


@door()
def copy(visit: Visit, obligation: int) -> HttpResponse:
    """Copy the words of an accepted plan into the draft, after saying what is not copied."""
    sheet = writable(visit, obligation)
    draft = sheet.draft.submission
    form = CopyForm(visit.sent, earlier_plans(draft))
    done: list[Copied] = []

    def store() -> None:
        source = int(form.cleaned_data["source"])
        done.append(actions.copy_plan(actor=visit.actor, submission=draft, source=source))

    status = attempt(form, store)
    if status == DONE:
        return visit.done(_copied(done[0]), "plan", obligation)
    return visit.show("desk/copy.html", {"sheet": sheet, "form": form}, status)


def _copied(done: Copied) -> str:
    told = ngettext("%(n)s activity was copied.", "%(n)s activities were copied.", done.rows) % {"n": done.rows}
    said = _("Now write this year's targets, money and days.")
    if done.homeless:
        lost = ngettext("%(n)s needs a line.", "%(n)s need a line.", done.homeless) % {"n": done.homeless}
        return f"{told} {lost} {said}"
    return f"{told} {said}"
