"""The forms of a workbook that is not ours: the file, and what each of its columns holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.domain.commitments.rules import CELLS, VALUE
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words
from yupana.interfaces.interchange.foreign import IGNORED, KEPT, PARTS, Column, Layout
from yupana.interfaces.interchange.foreign.layout import MONEY, PERIODS, SPLIT
from yupana.interfaces.interchange.foreign.pieces import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.http import QueryDict
    from django_stubs_ext import StrPromise

    from yupana.interfaces.interchange.foreign import Guess, Proposal

MONEY_PARTS: dict[str, StrPromise] = {
    "year": pgettext_lazy("budget line", "year"),
    "category": pgettext_lazy("budget line", "programmatic category"),
    "source": pgettext_lazy("budget line", "financing source"),
    "body": pgettext_lazy("budget line", "financing body"),
    "object": pgettext_lazy("budget line", "object of expenditure"),
    "programmed": pgettext_lazy("budget line", "programmed amount"),
    "current": pgettext_lazy("budget line", "current amount"),
    "accrued": pgettext_lazy("budget line", "accrued amount"),
}
_SINGLE = frozenset({"item", "medium", "budget", "accumulation", "direction", "starts", "ends"})
"""What a row says once: two columns of it would contradict each other."""
HOLDS: dict[Told, StrPromise] = {
    Told.EMPTY: _("nothing"),
    Told.CODE: _("codes"),
    Told.GLUED: _("a code before a text"),
    Told.NUMBER: _("numbers"),
    Told.PERCENT: _("percentages"),
    Told.DAY: _("dates"),
    Told.TEXT: _("texts"),
}


class ForeignForm(forms.Form):
    """A file as somebody keeps it."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_(
            "XLSX, ODS or CSV as you have it, up to 15 MB, with the names of the columns above the activities."
        ),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.ods,.csv"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


class LayoutForm(forms.Form):
    """What each column holds, and of which year the form speaks."""

    sheet = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    year = forms.IntegerField(
        label=_("Year of the plan"),
        required=False,
        min_value=1990,
        max_value=2100,
        help_text=_("Four digits. It is asked for quarters, months and amounts that do not say their year."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "size": "6"}),
    )

    def __init__(self, data: QueryDict | None, *, proposal: Proposal, layout: Layout) -> None:
        super().__init__(data, initial={"sheet": proposal.sheet, "year": layout.year})
        self.proposal = proposal
        fields, codes = _fields(layout), _codes()
        for at, (guess, column) in enumerate(zip(proposal.guesses, layout.columns, strict=True)):
            label = guess.title or guess.letter
            self.fields[f"field-{at}"] = forms.ChoiceField(
                label=label, choices=fields, required=False, initial=column.field
            )
            if guess.holds is Told.GLUED:
                self.fields[f"code-{at}"] = forms.ChoiceField(
                    label=_("Its code"), choices=codes, required=False, initial=column.code
                )

    def columns(self) -> Iterator[tuple[Guess, StrPromise, forms.BoundField, forms.BoundField | None]]:
        """Pair each column with what it holds and the fields that say what it means."""
        for at, guess in enumerate(self.proposal.guesses):
            code = self[f"code-{at}"] if f"code-{at}" in self.fields else None
            yield guess, HOLDS[guess.holds], self[f"field-{at}"], code

    def layout(self) -> Layout:
        """Return what was chosen; Refused where it cannot be read by."""
        said = self.cleaned_data
        columns = tuple(
            Column(guess.title, said[f"field-{at}"], said.get(f"code-{at}", ""))
            for at, guess in enumerate(self.proposal.guesses)
        )
        fields = [column.field for column in columns]
        if "name" not in fields:
            raise Refused("layout-nameless")
        for field in fields:
            if fields.count(field) > 1 and (field in _SINGLE or field.startswith((VALUE, MONEY))):
                raise Refused("layout-twice", field=_name(field))
        return Layout(columns, self.proposal.sheet, said["year"])


def _fields(layout: Layout) -> list[tuple[str, object]]:
    """Return what a column may hold, in groups."""
    dated = {column.field for column in layout.columns if column.field.startswith(VALUE)} - {*PERIODS}
    return [
        (KEPT, _("Keep it in the notes")),
        (IGNORED, _("Leave it out")),
        (str(_("The activity")), _named(name for name in CELLS if name != "money")),
        (str(_("What is programmed")), _named([*sorted(dated), *PERIODS])),
        (str(_("The line of its budget")), _named(f"{MONEY}{part}" for part in PARTS)),
    ]


def _codes() -> Sequence[tuple[str, object]]:
    return [("", _("Leave it before the text")), (KEPT, _("Keep it in the notes")), *_named(SPLIT[:-1])]


def _named(fields: Iterable[str]) -> list[tuple[str, str]]:
    return [(field, _name(field)) for field in fields]


def _name(field: str) -> str:
    """Name a field as a reader knows it; of a period, only the part where no year is said."""
    if field.startswith(MONEY):
        return str(MONEY_PARTS[field.removeprefix(MONEY)])
    part = field.removeprefix(VALUE)
    if part == field or part[0].isdecimal():
        return words.cell(field)
    if part == "Y":
        return str(_("the whole year"))
    named = {"Q": _("quarter %(n)s"), "S": _("half %(n)s"), "M": _("month %(n)s")}
    return str(named[part[0]]) % {"n": int(part[1:])}
