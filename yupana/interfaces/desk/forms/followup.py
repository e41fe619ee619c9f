"""The forms of follow-up: asking for one report now, and for each as its period ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.domain.progress.actions.calling import MOST_TERM
from yupana.domain.progress.rules import Frequency
from yupana.interfaces import words
from yupana.interfaces.desk.forms.authority import WindowForm, day_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict
    from django_stubs_ext import StrPromise

USUAL_TERM = 20


def _days_field(label: StrPromise, hint: StrPromise, least: int, *, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=hint, required=required, min_value=least, max_value=MOST_TERM)


def _lock_field() -> forms.IntegerField:
    return _days_field(
        _("Taken for so many days more"), _("After the last day. Empty: late reports are always taken."), 0
    )


class AskForm(WindowForm):
    """One period to be reported on, and by when."""

    period = forms.ChoiceField(label=_("Period"))
    opens_on = day_field(_("Opens on"), _("Empty: the day after the period, or today if that is past."), required=False)
    due_on = day_field(_("Due on"), _("The last day on time."), required=False)
    due_in = _days_field(_("or in so many days"), _("Counted from the opening, instead of a day."), 1)
    lock_in = _lock_field()

    def __init__(
        self, data: QueryDict | None, *, periods: Iterable[str], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        named = [(each, words.period(each)) for each in periods]
        self.fields["period"].choices = named  # type: ignore[attr-defined] # a ChoiceField has choices


class RhythmForm(forms.Form):
    """How often is reported, from a day on, and with how much time."""

    frequency = forms.ChoiceField(label=_("How often"), required=False)
    since = day_field(_("Periods that end from this day on"))
    due_in = _days_field(_("Days to report"), _("Counted from the day after the period."), 1, required=True)
    lock_in = _lock_field()

    def __init__(self, data: QueryDict | None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="rhythm_%s")  # beside the other form
        known = [("", _("Only when you ask")), *((each.value, words.label(each)) for each in Frequency)]
        self.fields["frequency"].choices = known  # type: ignore[attr-defined] # a ChoiceField has choices
