"""The forms of a draft as a whole: its beginning, its cover, the places and numbers of its items, its lineages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.domain.instruments.facts import Heading
from yupana.domain.instruments.rules import MOST_EDITION_CODE, MOST_INSTRUMENT_CODE, MOST_KIND, MOST_TITLE
from yupana.domain.instruments.rules.outline import Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

LONG = 20_000


class Tree(forms.Form):
    """What every form that changes places carries: the version of the tree that its sender saw."""

    tree = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class StepForm(Tree):
    """One step of an item."""

    step = forms.ChoiceField(choices=[(step.value, step.value) for step in Step])


class PlaceForm(Tree):
    """A place for an item: behind another, or below it."""

    how = forms.ChoiceField(
        label=_("Where"),
        widget=forms.RadioSelect,
        initial="behind",
        choices=[("behind", _("right behind it")), ("under", _("below it, as the last one"))],
    )
    place = forms.ChoiceField(label=_("Item"))

    def __init__(self, data: QueryDict | None, *, choices: Iterable[tuple[str, str]], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["place"].choices = list(choices)  # type: ignore[attr-defined] # a ChoiceField has choices

    def clean_place(self) -> UUID:
        """Return the item as its id."""
        return UUID(self.cleaned_data["place"])


class NumberForm(Tree):
    """Numbers behind a prefix."""

    before = forms.CharField(
        label=_("What stands before each number"),
        max_length=60,
        required=False,
        help_text=_("“1.” gives 1.1, 1.2, 1.3. Empty: 1, 2, 3. Each role counts on its own."),
    )


class RemoveForm(forms.Form):
    """What is removed, as it was seen."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)


class StartForm(forms.Form):
    """The next edition of an instrument."""

    code = forms.CharField(
        label=_("Code of the new edition"), max_length=MOST_EDITION_CODE, help_text=_("For example 2, or 2026.")
    )
    title = forms.CharField(label=_("Title of the new edition"), max_length=MOST_TITLE)


class CoverForm(forms.Form):
    """What stands on the cover of a draft. Who was not shown a title or a kind cannot change it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    title = forms.CharField(label=_("Title of the instrument"), max_length=MOST_TITLE)
    kind = forms.CharField(
        label=_("Kind"), max_length=MOST_KIND, help_text=_("For readers: plan, guideline, regulation.")
    )
    edition_title = forms.CharField(label=_("Title of this edition"), max_length=MOST_TITLE)
    legal_basis = forms.CharField(
        label=_("Legal basis"), required=False, max_length=LONG, strip=True, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: QueryDict | None, *, initial: dict[str, Any], is_settled: bool = False) -> None:
        super().__init__(data, initial=initial)
        if is_settled:
            del self.fields["title"], self.fields["kind"]

    def cover(self, held: Heading) -> Heading:
        """Return what was typed as a cover; what is not asked for stays."""
        said = self.cleaned_data
        basis = said["legal_basis"].replace("\r\n", "\n").replace("\r", "\n")
        return Heading(
            said.get("instrument", held.instrument),
            said.get("title", held.title),
            said.get("kind", held.kind),
            said.get("edition", held.edition),
            said["edition_title"],
            basis,
        )


class BeginForm(CoverForm):
    """An instrument that was never written before."""

    instrument = forms.CharField(
        label=_("Code of the instrument"),
        max_length=MOST_INSTRUMENT_CODE,
        help_text=_("Short, and for ever: it stands in addresses and references, such as PIGE."),
    )
    edition = forms.CharField(label=_("Code of its first edition"), max_length=MOST_EDITION_CODE, initial="1")
    field_order = ("instrument", "title", "kind", "edition", "edition_title", "legal_basis")


class LineForm(forms.Form):
    """A line of the source, and the item that it goes to."""

    line = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)
    item = forms.CharField(label=_("Item"), required=False, max_length=100)


class DescentForm(forms.Form):
    """What an item is to items of the edition in force, named as "role:code", separated by spaces."""

    lineage = forms.UUIDField(widget=forms.HiddenInput)
    descent = forms.ChoiceField(
        label=_("It"),
        choices=[
            ("same", _("is the same as")),
            ("split", _("was split from")),
            ("merge", _("was merged from")),
            ("new", _("is new")),
        ],
    )
    formers = forms.CharField(label=_("Items of the edition in force"), required=False, max_length=4000)

    def clean_formers(self) -> list[str]:
        """Return each name."""
        text: str = self.cleaned_data["formers"]
        return text.replace(",", " ").split()
