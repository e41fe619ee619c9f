"""The forms of the reviewer: notes part by part, a decision with them, and a row that answers another line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.domain.submissions.rules import Note, Verdict, row_of
from yupana.interfaces.desk.forms.plan import choices_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from yupana.projections.overviews.checklist import Seen
    from yupana.projections.overviews.plan_rows import Line

LONG = 4000
ACCEPT, RETURN, MISFILE = "accept", "return", "misfile"
OF_ROW = (Verdict.FINE, Verdict.MEND)


class Part(Protocol):
    """Something that is noted about: how a form names it, what it is, and what stands noted."""

    @property
    def key(self) -> str: ...  # noqa: D102 - said above
    @property
    def subject(self) -> str: ...  # noqa: D102 - the same
    @property
    def seen(self) -> Seen: ...  # noqa: D102 - the same


class NotesForm(forms.Form):
    """What was noted part by part: fields named after their parts, look-KEY, remark-KEY and was-KEY.

    Only parts of which something was sent are noted, so a script may send one alone.
    """

    def __init__(self, data: QueryDict | None, *, parts: Iterable[Part]) -> None:
        super().__init__(data)
        self.parts = tuple(parts)
        for part in self.parts:
            known = OF_ROW if row_of(part.subject) is not None else tuple(Verdict)
            self.fields[f"look-{part.key}"] = forms.ChoiceField(
                required=False, choices=[("", ""), *((each.value, each.value) for each in known)]
            )
            self.fields[f"remark-{part.key}"] = forms.CharField(
                label=_("Remark on row %(row)s") % {"row": part.key},
                max_length=LONG,
                required=False,
                widget=forms.Textarea({"rows": 2}),
            )
            self.fields[f"was-{part.key}"] = forms.CharField(max_length=20, required=False)

    def notes(self) -> list[Note]:
        """Return what is to be noted of each part of which something was sent."""
        return [self._note(part) for part in self.parts if self._is_sent(part)]

    def _is_sent(self, part: Part) -> bool:
        return any(f"{name}-{part.key}" in self.data for name in ("look", "remark"))

    def _note(self, part: Part) -> Note:
        said = {name: self.cleaned_data.get(f"{name}-{part.key}", "") for name in ("look", "remark")}
        seen = self.cleaned_data.get(f"was-{part.key}", "") if f"was-{part.key}" in self.data else None
        return Note(part.subject, said["look"], said["remark"].strip(), seen)

    def shown(self, part: Part) -> tuple[str, str]:
        """Return verdict and text of a part as they are to be shown: as they were typed, else as they are noted."""
        if not self.is_bound or not self._is_sent(part):
            return part.seen.verdict, part.seen.text
        return self.data.get(f"look-{part.key}", ""), self.data.get(f"remark-{part.key}", "")


class DecisionForm(NotesForm):
    """One decision about the whole, with the notes that are being made."""

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

    def __init__(self, data: QueryDict | None, *, parts: Iterable[Part], deciding: bool = True) -> None:
        super().__init__(data, parts=parts)
        self.fields["decision"].required = deciding
        self.deciding = deciding

    def clean(self) -> dict[str, Any]:
        """Refuse to accept over what was written: only a return carries remarks."""
        cleaned = super().clean() or self.cleaned_data
        if self.deciding and cleaned.get("decision") == ACCEPT and self.remarks():
            self.add_error(
                "decision", _("You wrote remarks on rows, which only a return carries. Return the plan or clear them.")
            )
        return cleaned

    def remarks(self) -> dict[int, str]:
        """Return what is to be mended, by row; rows without a remark are absent."""
        told: dict[int, str] = {}
        for note in self.notes():
            row = row_of(note.subject)
            if row is not None and (note.verdict == Verdict.MEND or (note.text and not note.verdict)):
                told[row] = note.text
        return told


class ReturnForm(forms.Form):
    """Why several plans are returned at once."""

    reason = forms.CharField(
        label=_("Reasons"),
        max_length=LONG,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Every entity reads the same reason, beside what was noted about its own plan."),
    )


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
