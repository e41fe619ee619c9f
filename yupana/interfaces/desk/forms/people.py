"""The forms of people who come and go: the own address, lists, letters, attempts to reach."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.domain.obligations.labels import LABELS
from yupana.domain.obligations.rules import ContactHow
from yupana.foundation.kernel.actor import Role
from yupana.interfaces.desk.forms.authority import day_field

BY_HAND = (ContactHow.CALLED, ContactHow.LETTER, ContactHow.VISIT, ContactHow.MESSAGE)


class EmailForm(forms.Form):
    """Where notices go."""

    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Reminders go there: one sentence and a link. Empty: none are sent. Nobody else sees it."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class InviteForm(forms.Form):
    """Rows as they are pasted from a spreadsheet."""

    rows = forms.CharField(
        label=_("One person a line"),
        max_length=1_000_000,
        strip=False,
        help_text=_(
            "Entity (code, acronym or name), name, e-mail, role (planner or executive), letter, day of the letter."
        ),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )


class AccessForm(forms.Form):
    """Who acts for an entity from now on, and the letter that says so."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(Role.ENTITY_PLANNER.value, _("Planner of the entity")), (Role.EXECUTIVE.value, _("Executive (MAE)"))],
    )
    name = forms.CharField(label=_("Name of the new person"), max_length=120)
    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("It is the user name. Without one, print the link and send it with a letter."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    letter = forms.CharField(label=_("Number of the designation letter"), max_length=120)
    letter_on = day_field(_("Day of the letter"))
    sure = forms.BooleanField(
        label=_("Whoever had this role loses the access now."),
        error_messages={"required": _("Tick the box to change the access.")},
    )


class ContactForm(forms.Form):
    """One attempt to reach an entity."""

    how = forms.ChoiceField(label=_("How"), choices=[(each.value, LABELS[ContactHow][each]) for each in BY_HAND])
    contacted_on = day_field(_("Day"))
    cite = forms.CharField(label=_("Letter number (CITE)"), max_length=120, required=False)
    note = forms.CharField(
        label=_("What came of it"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3})
    )
