"""The forms of verification. A value is typed as people write it: 1.234,5, or 45 / 60 where it is a rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.domain.progress.rules import CorrectiveState, Said
from yupana.domain.progress.rules.typed import read
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words
from yupana.interfaces.desk.forms.authority import day_field

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LONG = 5_000


def _text(label: StrPromise, hint: StrPromise | str = "", *, required: bool = True) -> forms.CharField:
    area = forms.Textarea({"rows": 3})
    return forms.CharField(label=label, max_length=LONG, help_text=hint, required=required, widget=area)


class ValueForm(forms.Form):
    """A form with a value in it, read as a report's cell is."""

    value = forms.CharField(
        label=_("Value that you found"),
        max_length=60,
        required=False,
        help_text=_("As in the report: 1.234,5; a rate as 45 / 60; 1 where it was reached, 0 where it was not."),
    )

    def clean_value(self) -> Said | None:
        """Read it; None where nothing was typed."""
        text = self.cleaned_data["value"]
        try:
            fields = read("value", text, "")
        except Refused as refused:
            raise forms.ValidationError(words.sentence(refused)) from refused
        said = Said(**fields)
        return said if said.is_known else None


class VerdictForm(ValueForm):
    """Whether the declared value holds, how that was checked, and what has to be put right."""

    HOLDS, OTHER = "holds", "other"
    finding = forms.ChoiceField(
        label=_("What you found"),
        choices=[(HOLDS, _("The declared value holds")), (OTHER, _("Another value holds"))],
        widget=forms.RadioSelect,
    )
    basis = _text(_("How you checked it"), _("Everybody can read this if the call is public. Name no persons."))
    text = _text(_("What the entity has to put right"), _("Only if there is anything."), required=False)
    due_on = day_field(_("Until which day"), required=False)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ("finding", "value", "basis", "text", "due_on", "before")

    def clean(self) -> dict[str, Any]:
        """Ask for a value where the declared one does not hold, and for a day where something has to be put right."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("finding") == self.OTHER and "value" in cleaned and cleaned["value"] is None:
            self.add_error("value", _("Give the value that you found."))
        if cleaned.get("text") and "due_on" in cleaned and not cleaned["due_on"]:
            self.add_error("due_on", _("Say until which day."))
        return cleaned


class DisputeForm(forms.Form):
    """Why an entity says that a verdict is wrong."""

    text = _text(_("Why you do not agree"), _("Another verifier reads it and answers."))


class AnswerForm(ValueForm):
    """What is answered to an entity that disputes a verdict."""

    YES, NO = "yes", "no"
    upheld = forms.ChoiceField(
        label=_("Who is right"),
        choices=[(NO, _("The verdict stands")), (YES, _("The entity is right, in whole or in part"))],
        widget=forms.RadioSelect,
    )
    answer = _text(_("Answer to the entity"))

    field_order = ("upheld", "value", "answer")

    def clean(self) -> dict[str, Any]:
        """Ask for the value that holds instead."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("upheld") == self.YES and "value" in cleaned and cleaned["value"] is None:
            self.add_error("value", _("Give the value that holds instead."))
        return cleaned


class CorrectiveForm(forms.Form):
    """What an entity has to put right, and by when."""

    text = _text(_("What the entity has to put right"))
    due_on = day_field(_("Until which day"))


class StepForm(forms.Form):
    """A move of a corrective action; ``seen`` is how many there were when the page was shown."""

    after = forms.ChoiceField(choices=[(each.value, each.value) for each in CorrectiveState])
    text = _text(_("What was done, or is still missing"))
    seen = forms.IntegerField(min_value=0)
