"""The forms of partners: a question, and its answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.interfaces.desk.forms.entities import EntityField

LONG = 4000


class AskForm(forms.Form):
    """Whom to ask, and for what."""

    entity = EntityField(label=_("Entity"))
    part = forms.CharField(
        label=_("What it would do"),
        max_length=LONG,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The activity stays yours and is counted once, in your plan."),
    )


class AnswerForm(forms.Form):
    """Whether one's own entity takes part."""

    confirmed = forms.ChoiceField(
        label=_("Does your entity take part?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes, we take part")), ("no", _("No"))],
    )
    answer = forms.CharField(
        label=_("What you want to say to them"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Needed if you do not take part."),
    )
