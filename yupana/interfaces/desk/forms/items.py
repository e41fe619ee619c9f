"""The form of one item of a draft, and how what was typed becomes the values of its fields."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yupana.domain.entities.rules import parse_audience, spoken
from yupana.domain.instruments.facts import NOBODY, ItemRole, Target, TargetSource, Transition
from yupana.domain.instruments.rules import MOST_ITEM_CODE, WHOLE_STAKE
from yupana.domain.instruments.rules.editions import check_code
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from django.http import QueryDict
    from django_stubs_ext import StrPromise

    from yupana.foundation.kernel.canonical import Plain

LONG, LONGEST, MOST_CHARACTERS = 20_000, 200_000, 20_000
ABOVE, SAID = "above", "said"
_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
# Which controls of the form make up a field of the item, where it is not the one of its name.
PARTS: Mapping[str, tuple[str, ...]] = {
    "audience": ("whom", "audience"),
    "target": ("number", "unit", "target_due_on", "source", "counted", "baseline"),
}
_MOST_DIGITS = 20


def _long(label: StrPromise, hint: StrPromise | str = "", *, rows: int, most: int = LONG) -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=most, help_text=hint, required=False, widget=widget, strip=False)


def _line(label: StrPromise, hint: StrPromise | str = "", *, most: int = 300) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, help_text=hint, required=False)


def _day(label: StrPromise, hint: StrPromise | str = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=False, widget=widget)


class ItemForm(forms.Form):
    """All that an item says. ``only`` names the fields of the item that are asked for; without it all."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)
    role = forms.ChoiceField(label=_("What it is"))
    code = forms.CharField(label=_("Code"), max_length=MOST_ITEM_CODE, help_text=_("Letters, digits and . _ - ( ) +"))
    text = forms.CharField(
        label=_("Statement"),
        max_length=LONG,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What is ordered, in one sentence."),
        error_messages={"required": _("An item needs its statement.")},
    )
    body = _long(_("Explanation"), _("In Markdown: **bold**, lists with -, [links](https://…)."), rows=8, most=LONGEST)
    legal_basis = _long(_("Legal basis"), _("The norms it stands on, or that it needs."), rows=2)
    due_on = _day(_("Deadline"))
    binds = forms.BooleanField(label=_("It binds: whoever it is for has to answer it"), required=False, label_suffix="")
    whom = forms.ChoiceField(
        label=_("Who is bound"),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            (ABOVE, _("As the item above says")),
            (NOBODY, _("Nobody yet: nobody was made responsible")),
            (SAID, _("Those whom this says:")),
        ],
    )
    audience = _line(
        _("Those bound, as an expression"),
        _('all · level:municipal · under:CODE · code:CODE · territory:LP · kind:"…", with and, or, not, parentheses.'),
        most=MOST_CHARACTERS,
    )
    stake = _line(_("Share of the item above, in %"), _("Empty: shared equally with its neighbours."), most=12)
    transition = forms.ChoiceField(label=_("If it changed: to be followed from"), required=False)
    number = _line(_("How much"), _("80, 1.200, 12,5"), most=40)
    unit = _line(_("Of what"), _("%, offices, registers"), most=80)
    target_due_on = _day(_("Reached by"))
    source = forms.ChoiceField(label=_("Who says how far it is"), required=False)
    counted = _line(_("Counted over"), _("An expression, as above; only where it is counted."), most=MOST_CHARACTERS)
    baseline = _line(_("Baseline"), _("Where it began."), most=40)

    def __init__(
        self, data: QueryDict | None = None, *, initial: dict[str, Any], only: Collection[str] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.only = only
        self._choose("role", ItemRole, [])
        self._choose("transition", Transition, [])
        self._choose("source", TargetSource, [("", _("Not said"))])
        if only is not None:
            kept = {part for name in only for part in PARTS.get(name, (name,))} | {"seen"}
            for name in [name for name in self.fields if name not in kept]:
                del self.fields[name]

    def _some(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def words(self) -> list[forms.BoundField]:
        """The fields of what it says."""
        return self._some("text", "body", "legal_basis")

    @property
    def terms(self) -> list[forms.BoundField]:
        """The fields of until when, how much of the whole, and from when."""
        return self._some("due_on", "stake", "transition")

    @property
    def aims(self) -> list[forms.BoundField]:
        """The fields of a target."""
        return self._some(*PARTS["target"])

    @property
    def has_target(self) -> bool:
        """Whether any of the fields of a target says something."""
        return any(field.value() or field.errors for field in self.aims)

    def _choose(
        self, name: str, kind: type[ItemRole | Transition | TargetSource], first: list[tuple[str, Any]]
    ) -> None:
        self.fields[name].choices = [*first, *((each.value, words.label(each)) for each in kind)]  # type: ignore[attr-defined] # a ChoiceField has choices

    def clean_code(self) -> str:
        """Refuse what cannot stand in an address."""
        code: str = self.cleaned_data["code"]
        return _checked(code, check_code)

    def clean_stake(self) -> int | None:
        """Read a percentage with at most two decimals as basis points."""
        share = _number(self.cleaned_data["stake"].strip().removesuffix("%").strip())
        if share is None:
            return None
        points = share * 100
        if points != int(points) or not 0 <= points <= WHOLE_STAKE:
            raise forms.ValidationError(_("Write a share between 0 and 100, with two decimals at most."))
        return int(points)

    def clean_number(self) -> Decimal | None:
        """Read a number as people write it."""
        return _number(self.cleaned_data["number"])

    def clean_baseline(self) -> Decimal | None:
        """Read a number as people write it."""
        return _number(self.cleaned_data["baseline"])

    def clean_counted(self) -> str:
        """Refuse an expression that nobody can read."""
        text: str = self.cleaned_data["counted"]
        return _kept(_checked(text, parse_audience), self.initial.get("held_counted", "")) if text else ""

    def clean(self) -> dict[str, Any]:
        """Read who is bound from its two controls."""
        said = super().clean() or self.cleaned_data
        whom, text = said.get("whom") or ABOVE, said.get("audience", "")
        if "whom" in self.fields and whom == SAID:
            try:
                _checked(text, parse_audience)
            except forms.ValidationError as unreadable:
                self.add_error("audience", unreadable)
        return said

    def said(self) -> dict[str, Plain]:
        """Return what was typed as values of the item's fields."""
        typed = self.cleaned_data
        plain: dict[str, Plain] = {
            name: typed[name]
            for name in ("role", "code", "text", "body", "legal_basis", "binds", "stake")
            if name in typed
        }
        if "transition" in typed:
            plain["transition"] = typed["transition"] or Transition.NOW.value
        if "due_on" in typed:
            plain["due_on"] = _iso(typed["due_on"])
        if "whom" in typed:
            whom = typed["whom"] or ABOVE
            held = self.initial.get("held_audience", "")
            plain["audience"] = (
                {ABOVE: "", NOBODY: NOBODY}.get(whom) if whom != SAID else _kept(typed["audience"], held)
            )
        if "number" in typed:
            plain["target"] = self._target()
        return plain

    def _target(self) -> dict[str, Plain] | None:
        typed = self.cleaned_data
        target = Target(
            number=typed["number"],
            unit=typed["unit"],
            due_on=typed["target_due_on"],
            source=TargetSource(typed["source"]) if typed["source"] else None,
            counted=typed["counted"],
            baseline=typed["baseline"],
        )
        return target.plain() or None


def initial_of(values: Mapping[str, Any], seen: str = "") -> dict[str, Any]:
    """Return the values of an item's fields as its form would hold them."""
    told = {name: value for name, value in values.items() if name not in {"audience", "target", "stake"}}
    audience = values.get("audience") or ""
    target = Target.read(values.get("target") or {})
    return told | {
        "seen": seen,
        "whom": {"": ABOVE, NOBODY: NOBODY}.get(audience, SAID),
        "audience": "" if audience == NOBODY else read_aloud(audience),
        "held_audience": audience,
        "stake": "" if values.get("stake") is None else written(Decimal(values["stake"]) / 100),
        "number": written(target.number),
        "unit": target.unit,
        "target_due_on": target.due_on,
        "source": target.source or "",
        "counted": read_aloud(target.counted),
        "held_counted": target.counted,
        "baseline": written(target.baseline),
    }


def read_aloud(expression: str) -> str:
    """Say an audience in the words of the reader; as it is written where nobody can read it."""
    try:
        return spoken(parse_audience(expression), (get_language() or "")[:2]) if expression else ""
    except Refused:
        return expression


def _kept(typed: str, held: str) -> str:
    """Say in English what was typed; as it is held already where it means the same."""
    return held if read_aloud(typed) == read_aloud(held) else spoken(parse_audience(typed), "en")


def written(number: Decimal | None) -> str:
    """Write a number as people here do, without grouping."""
    return "" if number is None else f"{number:f}".replace(".", ",")


def _number(text: str) -> Decimal | None:
    plain = re.sub(r"\s", "", text)
    if not plain:
        return None
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    elif _GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", plain, re.ASCII) or len(plain) > _MOST_DIGITS:
        raise forms.ValidationError(_("Write a number, with a comma before decimals: 12,5."))
    return Decimal(plain)


def _checked(text: str, check: Any) -> str:  # noqa: ANN401 - any rule that refuses a text
    try:
        check(text)
    except Refused as refused:
        raise forms.ValidationError(words.sentence(refused)) from refused
    return text


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
