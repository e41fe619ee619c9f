"""Forms of the last steps before a plan leaves the entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.domain.commitments.actions.justifying import MOST
from yupana.domain.submissions.rules import DocumentKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.http import QueryDict

REASON = "reason-"
MOST_FINDINGS = 2_000  # more than any plan has


def resolution_field(*, required: bool) -> forms.CharField:
    """Ask for the number of the act that approves the plan."""
    return forms.CharField(
        label=_("Resolution that approves the plan"),
        max_length=300,
        required=required,
        help_text=_("For example RA 015/2026."),
    )


def day_of_resolution(*, required: bool) -> forms.DateField:
    """Ask for its day."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=_("Day of the resolution"), required=required, widget=widget)


class HandInForm(forms.Form):
    """The confirmation with which a plan is handed in, and the resolution where there is one."""

    resolution = resolution_field(required=False)
    resolution_on = day_of_resolution(required=False)
    sure = forms.BooleanField(
        label=_("I have read the plan and hand it in on behalf of my entity."),
        error_messages={"required": _("Tick the box to hand in the plan.")},
    )

    def resolved(self, stored: tuple[str, date | None]) -> tuple[str, date | None]:
        """Return number and day; what was not asked for stays as it is stored."""
        text, day = stored
        said = self.cleaned_data
        return (
            said["resolution"] if "resolution" in self.data else text,
            said["resolution_on"] if "resolution_on" in self.data else day,
        )


class ApproveForm(forms.Form):
    """What the executive signs with. ``seen`` is the moment of the draft that they read."""

    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    resolution = resolution_field(required=True)
    resolution_on = day_of_resolution(required=True)
    sure = forms.BooleanField(
        label=_("I have read the plan and approve it as the highest executive authority of my entity."),
        error_messages={"required": _("Tick the box to approve the plan.")},
    )


class NoteForm(forms.Form):
    """What the executive says when they give a plan back."""

    note = forms.CharField(label=_("What has to be changed"), max_length=5_000, widget=forms.Textarea({"rows": 3}))


class FileForm(forms.Form):
    """A file that goes with the plan."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[
            (DocumentKind.RESOLUTION.value, pgettext_lazy("document", "the resolution")),
            (DocumentKind.PLAN.value, pgettext_lazy("document", "the signed plan")),
        ],
    )
    file = forms.FileField(label=_("File"), max_length=1_000)


def reasons_of(sent: QueryDict) -> Mapping[tuple[str, int], str]:
    """Read the reasons that were typed, by rule and row; what is no such field says nothing."""
    found = {}
    for name in list(sent)[:MOST_FINDINGS]:
        rule, _sep, row = name.removeprefix(REASON).rpartition(":")
        if name.startswith(REASON) and row.isascii() and row.isdigit() and len(row) < 9:  # noqa: PLR2004 - no plan has so many rows
            found[rule, int(row)] = sent.get(name, "").replace("\0", "")[: MOST + 1]
    return found
