"""The forms about deadlines: what an entity asks, what the authority answers, and days that an act makes free."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.interfaces.desk.forms.authority import day_field

if TYPE_CHECKING:
    from collections.abc import Mapping

LONG = 4000


def _text(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:  # noqa: ANN401 (lazy sentences)
    area = forms.Textarea({"rows": 3})
    return forms.CharField(label=label, max_length=LONG, help_text=hint, required=required, widget=area)


class PleaForm(forms.Form):
    """What an entity asks: more time, until a day, or to be exempted."""

    what = forms.ChoiceField(
        label=_("What you ask for"),
        choices=[("time", _("More time")), ("waiver", _("To be exempted from this call"))],
        initial="time",
    )
    until = day_field(_("Until which day"), _("Only if you ask for more time."), required=False)
    reason = _text(_("Reason"), _("If it is granted, the reason and the act are public."))

    def clean(self) -> dict[str, Any]:
        """Ask for the day where time is asked for, and leave it out where it is not."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("what") == "time" and "until" in cleaned and not cleaned["until"]:
            self.add_error("until", _("Say until which day."))
        return cleaned

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked, as the action takes it."""
        said = self.cleaned_data
        return {"until": said["until"] if said["what"] == "time" else None, "reason": said["reason"]}


class GrantForm(forms.Form):
    """What is granted, by which act."""

    due_on = day_field(_("New due day"))
    reason = _text(_("Reason, as everybody reads it"))
    act = forms.CharField(label=_("Act that grants it"), max_length=300)
    answer = _text(_("Answer to the entity"), required=False)

    def __init__(self, *args: Any, lifts: bool, **more: Any) -> None:  # noqa: ANN401 (as Django has it)
        super().__init__(*args, **more)
        if lifts:
            del self.fields["due_on"]


class DenyForm(forms.Form):
    """Why it is denied."""

    answer = _text(_("Why it is denied"), _("The entity reads it."))


class HolidayForm(forms.Form):
    """A day that an act makes free, or a working day after all."""

    day = day_field(_("Day"))
    works = forms.ChoiceField(
        label=_("What the act says"),
        choices=[("", _("Nobody works on it")), ("1", _("It is a working day after all"))],
        required=False,
    )
    territory = forms.ChoiceField(label=_("Where"), required=False)
    name = forms.CharField(label=_("Name of the day"), max_length=200)
    act = forms.CharField(
        label=_("Act that says so"), max_length=300, help_text=_("For example: Decreto Supremo 5521, artículo 2.")
    )

    def __init__(self, *args: Any, places: Mapping[str, str], **more: Any) -> None:  # noqa: ANN401 (as Django has it)
        super().__init__(*args, **more)
        self.fields["territory"].choices = [("", _("Everywhere")), *places.items()]  # type: ignore[attr-defined] # a ChoiceField has choices

    @property
    def said(self) -> dict[str, Any]:
        """What the act says, as the action takes it."""
        return {**self.cleaned_data, "works": bool(self.cleaned_data["works"])}
