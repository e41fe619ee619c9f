"""The forms of a plan as a whole: its heading, and the year that "Año 1" means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict
    from django_stubs_ext import StrPromise

    from yupana.domain.commitments.facts import PlanHeader
    from yupana.projections.overviews.plan_rows import Line

LONG = 4000


def _text(label: StrPromise, most: int, hint: StrPromise | str = "", *, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=most, help_text=hint, required=False, widget=widget)


class Seen(forms.Form):
    """What every form of a draft carries: the moment at which the draft was last saved when it was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


def choices_of(lines: Iterable[Line], none: StrPromise) -> list[tuple[str, object]]:
    """Return the lines as the choices of a select; under the title of their edition where there are several."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        groups.setdefault(line.edition, []).append((line.ref, str(line)))
    flat = [choice for group in groups.values() for choice in group]
    return [("", none), *(groups.items() if len(groups) > 1 else flat)]


class HeaderForm(Seen):
    """What accompanies the plan: its letter, its resolution, where its document is."""

    cites = _text(_("Letter numbers (CITE)"), LONG, _("One per line. Leave it empty if there is none."), rows=2)
    resolution = _text(
        _("Resolution that approves the plan"),
        300,
        _("For example RA 015/2026. Leave it empty if it is still pending."),
    )
    document_url = forms.URLField(
        label=_("Address of the document"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Where the signed plan can be read, if it is published: https://…"),
    )
    reason = _text(
        _("Why the plan changes"), LONG, _("A plan that was accepted before is changed for a reason."), rows=2
    )
    act = _text(_("Act that approves the change"), 300, _("For example RA 12/2026."))
    notes = _text(_("Notes for the reviewer"), LONG, rows=2)

    def __init__(self, data: QueryDict | None, *, initial: dict[str, Any], amends: bool = False) -> None:
        super().__init__(data, initial=initial)
        if not amends:
            del self.fields["reason"], self.fields["act"]

    def heading(self, kept: PlanHeader) -> PlanHeader:
        """Return what was typed as a heading; what this form does not show stays as it was."""
        said = self.cleaned_data
        return replace(
            kept,
            received_on=said.get("received_on", kept.received_on),
            cites=said["cites"],
            resolution=said["resolution"],
            document_url=said["document_url"],
            notes=said["notes"],
            reason=said.get("reason", kept.reason),
            act=said.get("act", kept.act),
        )


class LetterForm(HeaderForm):
    """The heading of a plan that came on paper and is typed in by the authority."""

    received_on = forms.DateField(
        label=_("Day it was received"),
        help_text=_("The day of the reception stamp."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("received_on", "cites", "resolution", "document_url", "reason", "act", "notes")


class YearForm(forms.Form):
    """The year that "Año 1" means in this plan."""

    year = forms.IntegerField(
        label=_("Which year is Año 1 of your plan?"),
        min_value=1990,
        max_value=2100,
        help_text=_("Four digits, for example 2026. It is confirmed once for the whole plan, and recorded."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": "6"}),
    )
