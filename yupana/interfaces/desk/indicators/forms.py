"""The forms of indicators: the sheet of one, and how those of a whole edition are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.domain.commitments.rules import Accumulation
from yupana.domain.entities.rules import parse_audience
from yupana.domain.progress.rules import (
    Direction,
    Frequency,
    Gap,
    Method,
    OverBodies,
    OverTime,
    SheetSource,
    method_of,
)
from yupana.domain.progress.rules.sheets import MOST_NAME, MOST_TEXT, MOST_UNIT, OVER_TIME, SheetFields, Terms
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.quantity import SCALE, format_quantity, parse_quantity
from yupana.interfaces import words
from yupana.interfaces.desk.forms.authority import day_field

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

AUDIENCE = _(
    'all · level:municipal · under:CODE · code:CODE · territory:LP · kind:"…", with and, or, not, parentheses.'
)
_SAME = ("name", "definition", "unit", "numerator", "denominator", "direction", "baseline_year", "due_on",
         "over_bodies", "source", "frequency", "responsible")  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2999


def _line(label: StrPromise, hint: StrPromise | str = "", most: int = MOST_NAME) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=most, required=False)


def _choice(label: StrPromise, hint: StrPromise | str = "", *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, required=required)


class AudienceField(forms.CharField):
    """An audience that can be read, or nothing."""

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 (as Django has it)
        super().__init__(max_length=MOST_TEXT, required=False, help_text=AUDIENCE, **more)

    def clean(self, value: object) -> str:
        """Keep it as the language of audiences writes it."""
        text: str = super().clean(value)
        try:
            return str(parse_audience(text)) if text else ""
        except Refused as refused:
            raise forms.ValidationError(words.sentence(refused)) from refused


class QuantityField(forms.CharField):
    """A number as people here write it, kept in ten-thousandths; None where nothing stands."""

    def __init__(self, label: StrPromise, hint: StrPromise | str = "") -> None:
        super().__init__(label=label, help_text=hint, max_length=40, required=False)

    def clean(self, value: object) -> Any:  # noqa: ANN401 (as Django has it)
        """Read it."""
        text = super().clean(value)
        try:
            return parse_quantity(text.replace("%", "")) if text else None
        except ValueError as error:
            raise forms.ValidationError(_("Write a number, such as 1.234,5.")) from error


class SheetForm(forms.Form):
    """All that a sheet says. How values add up is asked in three words; who knows more may name one of six methods."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = forms.CharField(label=_("Indicator"), max_length=MOST_NAME)
    unit = _line(_("Unit"), _("%, offices, registers"), MOST_UNIT)
    target = QuantityField(_("How much is to be reached"))
    due_on = day_field(_("Reached by"), required=False)
    baseline = QuantityField(_("Baseline"), _("Where it began."))
    baseline_year = forms.IntegerField(
        label=_("Year of the baseline"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    accumulation = forms.ChoiceField(label=_("What becomes of its values over time"), widget=forms.RadioSelect)
    direction = _choice(_("Which way"))
    source = _choice(_("Source"), required=True)
    audience = AudienceField(label=_("Who reports it"))
    numerator = _line(_("Numerator"), _("What is counted: entities that are connected"))
    denominator = _line(_("Denominator"), _("Of all that there are: entities of the central level"))
    over_bodies = _choice(_("Values of many entities"), required=True)
    frequency = _choice(_("How often"))
    responsible = _line(_("Responsible"))
    definition = forms.CharField(
        label=_("What it measures"), max_length=MOST_TEXT, required=False, widget=forms.Textarea({"rows": 3})
    )
    method = _choice(_("Method"), _("Empty: as the three words above say."))
    over_time = _choice(_("Values over time"), _("Empty: as the method has it."))
    factor = QuantityField(_("Factor"), _("What a rate is multiplied by: 100 for %."))

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 (as Django has it)
        super().__init__(*args, **more)
        self._choose("accumulation", Accumulation)
        self._choose("direction", Direction, _("Not said"))
        self._choose("source", SheetSource)
        self._choose("over_bodies", OverBodies)
        self._choose("frequency", Frequency, _("As reports come in"))
        self._choose("method", Method, "–")  # noqa: RUF001 - a dash: nothing chosen
        self._choose("over_time", OverTime, "–")  # noqa: RUF001 - the same
        for kind in Gap:
            self.fields[f"gap_{kind}"] = _line(words.label(kind))  # type: ignore[arg-type] # in the reader's language already

    def _choose(self, name: str, kind: type[StrEnum], nothing: StrPromise | str = "") -> None:
        first = [("", nothing)] if nothing else []
        field = self.fields[name]
        field.choices = [*first, *((each.value, words.label(each)) for each in kind)]  # type: ignore[attr-defined] # all that are chosen from have it

    @property
    def gaps(self) -> list[forms.BoundField]:
        """The fields of what stands in the way."""
        return [self[f"gap_{kind}"] for kind in Gap]

    @property
    def first(self) -> list[forms.BoundField]:
        """What every sheet says."""
        return [self[name] for name in ("name", "unit", "target", "due_on", "accumulation", "source", "audience")]

    @property
    def more(self) -> list[forms.BoundField]:
        """What a full sheet says besides."""
        names = ("definition", "numerator", "denominator", "over_bodies", "baseline", "baseline_year", "direction",
                 "frequency", "responsible", "method", "over_time", "factor")  # fmt: skip
        return [self[name] for name in names]

    @property
    def said(self) -> SheetFields:
        """The sheet, as the action takes it."""
        told = self.cleaned_data
        accumulation, direction = told["accumulation"], told["direction"]
        method = Method(told["method"]) if told["method"] else method_of(accumulation, direction) or Method.STOCK
        gaps = tuple((kind.value, told[f"gap_{kind}"]) for kind in Gap if told[f"gap_{kind}"])
        return SheetFields(
            **{name: told[name] for name in _SAME},
            method=method,
            over_time=told["over_time"] or OVER_TIME[method],
            factor=SCALE if told["factor"] is None else told["factor"],
            baseline=told["baseline"],
            target=told["target"],
            audience=told["audience"],
            gaps=gaps,
        )


def initial(sheet: SheetFields, seen: int) -> dict[str, object]:
    """Say a sheet as its form begins: in three words where they say the same, else by its method too."""
    method = Method(sheet.method)
    simple = next((each for each in Accumulation if method_of(each, sheet.direction) == method), None)
    nearest = {
        Method.CAPACITY: Accumulation.LAST,
        Method.CUMULATIVE: Accumulation.LAST,
        Method.REDUCTION: Accumulation.LAST,
    }
    numbers = {name: getattr(sheet, name) for name in ("baseline", "target", "factor")}
    return {
        **{name: getattr(sheet, name) for name in _SAME},
        **{name: "" if value is None else format_quantity(value) for name, value in numbers.items()},
        **{f"gap_{kind}": text for kind, text in sheet.gaps},
        "audience": sheet.audience,
        "accumulation": (simple or nearest.get(method, Accumulation.SUM)).value,
        "method": "" if simple else method.value,
        "over_time": "" if OVER_TIME[method] == sheet.over_time else sheet.over_time,
        "seen": seen,
    }


class LoadForm(forms.Form):
    """How the sheets of all targets are made from their statements."""

    by = AudienceField(label=_("Who reports what is not a share of public entities"))
    due = day_field(_("Reached by, where a target does not say it"), required=False)
    ask = forms.BooleanField(
        label=_("Ask the entities themselves for what is a share of them"), required=False, label_suffix=""
    )
    yes_no = forms.BooleanField(
        label=_("Take targets without a number as reached or not"), required=False, label_suffix=""
    )

    @property
    def terms(self) -> Terms:
        """As the action takes it."""
        return Terms(**self.cleaned_data)
