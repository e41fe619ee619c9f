"""The form by which a workbook comes back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkbookForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("The file that you downloaded here, filled in. You see what would change before it does."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
        widget=forms.FileInput({"accept": ".xlsx,.ods"}),
    )


class SpendingForm(forms.Form):
    """An export of the budget system."""

    file = forms.FileField(
        label=_("Export of the budget system"),
        help_text=_(
            "With its codes, the current budget and what was accrued. You see what would change before it does."
        ),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
        widget=forms.FileInput({"accept": ".csv,.xlsx,.ods"}),
    )
