"""The forms of the reviewer: a decision with its remarks, and a row that answers another line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.interfaces.desk.forms.plan import choices_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from yupana.projections.overviews.plan_rows import Line

LONG = 4000
ACCEPT, RETURN, MISFILE = "accept", "return", "misfile"


class DecisionForm(forms.Form):
    """One decision. The remarks are fields named after their rows; only a return carries them."""

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=forms.RadioSelect,
        choices=[
            (ACCEPT, _("Accept: it is complete and in form")),
            (RETURN, _("Return: something has to be mended")),
            (MISFILE, _("It does not belong to this call (no corresponde)")),
        ],
    )
    reason = forms.CharField(
        label=_("Reasons"),
        max_length=LONG,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What the entity has to know or do next. Needed unless you accept, or remark on rows."),
    )
    resolution_due_on = forms.DateField(
        label=_("Resolution pending until"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only when you accept a plan whose resolution is still pending: the day by which it must arrive."),
    )

    def __init__(self, data: QueryDict | None, *, rows: Iterable[int]) -> None:
        super().__init__(data)
        self.rows = tuple(rows)
        for row in self.rows:
            self.fields[f"remark-{row}"] = forms.CharField(
                label=_("Remark on row %(row)s") % {"row": row},
                max_length=LONG,
                required=False,
                widget=forms.Textarea({"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse to lose what was written: only a return carries remarks."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") in {ACCEPT, MISFILE} and self.remarks():
            self.add_error(
                "decision", _("You wrote remarks on rows, which only a return carries. Return the plan or clear them.")
            )
        return cleaned

    def remarks(self) -> dict[int, str]:
        """Return what was said about rows, by row; rows without a remark are absent."""
        said = ((row, self.cleaned_data.get(f"remark-{row}", "").strip()) for row in self.rows)
        return {row: text for row, text in said if text}


class ReclassifyForm(forms.Form):
    """The line that a row really answers, and why."""

    item = forms.ChoiceField(
        label=_("Line it really answers"), required=False, help_text=_("The entity's own choice stays beside it.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: QueryDict | None, *, lines: Iterable[Line], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        choices = choices_of(lines, _("None of the lines"))
        self.fields["item"].choices = choices  # type: ignore[attr-defined] # a ChoiceField has choices
