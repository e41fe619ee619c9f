"""The forms of evaluations: what is evaluated, what is said of it, and the bands by which scores are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.domain.progress.rules import Band, Bands
from yupana.domain.progress.rules.words import MOST_WORDS
from yupana.interfaces.desk.forms.authority import day_field
from yupana.interfaces.words import period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PER_CENT = 100  # basis points


def _text(label: Any, hint: Any = "", *, rows: int = 6) -> forms.CharField:  # noqa: ANN401 (lazy sentences)
    area = forms.Textarea({"rows": rows, "class": "wide"})
    return forms.CharField(label=label, max_length=MOST_WORDS, help_text=hint, required=False, widget=area)


class BeginForm(forms.Form):
    """Which plans, which period, read on which day."""

    call = forms.ChoiceField(label=_("Plans of which call"))
    period = forms.ChoiceField(label=_("Period"))
    as_of = day_field(_("As of"), _("The day up to which it is read; it has passed."))

    def __init__(self, *args: Any, calls: Iterable[tuple[str, str]], periods: Iterable[str], **more: Any) -> None:  # noqa: ANN401 (as Django has it)
        super().__init__(*args, **more)
        self.fields["call"].choices = list(calls)  # type: ignore[attr-defined] # a ChoiceField has choices
        by_year: dict[str, list[tuple[str, str]]] = {}
        for each in periods:
            by_year.setdefault(each[:4], []).append((each, period(each)))
        self.fields["period"].choices = list(by_year.items())  # type: ignore[attr-defined] # the same


class WordsForm(forms.Form):
    """What is said beside the figures, in Markdown; ``was`` keeps what the writer saw."""

    title = forms.CharField(label=_("Title"), max_length=300)
    summary = _text(_("Summary"), _("What it comes to. It stands first, before any figure."))
    findings = _text(_("Findings"))
    recommendations = _text(_("Recommendations"))
    method = _text(_("How it was done"), _("How the figures are counted stands there by itself."), rows=3)
    saved = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    @property
    def words(self) -> dict[str, str]:
        """The parts, as the action takes them."""
        return {name: self.cleaned_data[name] for name in ("summary", "findings", "recommendations", "method")}


class SureForm(forms.Form):
    """That it is meant; ``seen`` keeps which words stood above it."""

    sure = forms.BooleanField(
        label=_("I understand that words and figures cannot be changed afterwards."),
        error_messages={"required": _("Tick the box to publish.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


class BandsForm(forms.Form):
    """By which act, from when on, for which instrument, with which bands."""

    instrument = forms.ChoiceField(label=_("For which instrument"), required=False)
    since = day_field(_("From which day on"))
    floor = forms.IntegerField(
        label=_("Least that has to be known, in per cent"),
        min_value=0,
        max_value=100,
        initial=70,
        help_text=_("Whoever is known less of is not ranked."),
    )
    bands = forms.CharField(
        label=_("Bands, one a line"),
        max_length=1_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Where it begins in per cent, and its name. The first begins at 0. For example: 70 good"),
    )
    act = forms.CharField(label=_("Act that says so"), max_length=300)

    def __init__(self, *args: Any, instruments: Mapping[str, str], **more: Any) -> None:  # noqa: ANN401 (as Django has it)
        super().__init__(*args, **more)
        self.fields["instrument"].choices = [("", _("All instruments")), *instruments.items()]  # type: ignore[attr-defined] # a ChoiceField has choices

    def clean_bands(self) -> tuple[Band, ...]:
        """Read one band a line: a whole number, and a name."""
        found = []
        for line in self.cleaned_data["bands"].splitlines():
            floor, _space, name = line.strip().partition(" ")
            if not line.strip():
                continue
            bare = floor.rstrip("%:")
            if not (bare.isascii() and bare.isdigit() and len(bare) <= 3 and name.strip()):  # noqa: PLR2004 - up to 100
                raise forms.ValidationError(
                    _("“%(line)s” is no band. Write it like this: 70 good"), params={"line": line}
                )
            found.append(Band(int(bare) * PER_CENT, name.strip()))
        return tuple(found)

    @property
    def said(self) -> dict[str, Any]:
        """What the act says, as the action takes it."""
        told = self.cleaned_data
        bands = Bands(told["floor"] * PER_CENT, told["bands"])
        return {"instrument": told["instrument"], "since": told["since"], "act": told["act"], "bands": bands}
