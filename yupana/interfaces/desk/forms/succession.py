"""The forms by which one body goes on with the work of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.interfaces.desk.forms.authority import day_field
from yupana.interfaces.desk.forms.entities import EntityField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.obligations.models import Obligation


class SuccessionForm(forms.Form):
    """Who succeeds, from which day, by which act."""

    successor = EntityField(label=_("Entity that goes on with its work"))
    on = day_field(_("From which day"))
    act = forms.CharField(label=_("Act that decides it"), max_length=300)


class TransferForm(forms.Form):
    """Where an obligation passes to, and which of its activities go elsewhere; fields of rows are named after them."""

    to = forms.ChoiceField(label=_("Passes to"))
    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea({"rows": 3}))
    act = forms.CharField(label=_("Act that decides it"), max_length=300)

    def __init__(self, data: QueryDict | None, *, receivers: Sequence[Obligation], rows: Sequence[PlanRow]) -> None:
        super().__init__(data)
        choices = [(str(owed.pk), f"{owed.debtor.name} · {owed.call.code}") for owed in receivers]
        self.fields["to"].choices = choices  # type: ignore[attr-defined] # a ChoiceField has choices
        self.rows = tuple(row.row for row in rows)
        for row in self.rows:
            self.fields[f"row-{row}"] = forms.ChoiceField(
                label=_("Row %(row)s passes to") % {"row": row},
                choices=[("", _("as the whole")), *choices],
                required=False,
            )

    def elsewhere(self) -> dict[int, str]:
        """Return the rows that go elsewhere than the whole."""
        told = ((row, self.cleaned_data[f"row-{row}"]) for row in self.rows)
        return {row: key for row, key in told if key and key != self.cleaned_data["to"]}
