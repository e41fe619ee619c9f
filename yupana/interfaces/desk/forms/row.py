"""The form of one activity: every cell that it has, and those of several lines as fields of their own."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yupana.domain.commitments import rules
from yupana.domain.obligations.rules import Money, plan_type
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words
from yupana.interfaces.desk.forms.plan import LONG, choices_of
from yupana.projections.overviews.grid import periods, years

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import QueryDict
    from django_stubs_ext import StrPromise

    from yupana.projections.overviews.grid import Names
    from yupana.projections.overviews.plan_form import Sheet

SPARE = 2  # empty lines at the end of what a row holds several of
ALSO = ("item", "share")
LINE = ("year", "category", "source", "body", "object", "programmed", "current", "accrued")
BAR = " | "
SHORT: dict[str, tuple[int, StrPromise | str]] = {
    "responsible": (300, _("The unit of your entity that answers for it.")),
    "person": (300, _("The post that answers for it, not the name of a person.")),
    "unit": (120, _("What one is: an office, a procedure, per cent.")),
    "baseline": (300, _("Where it stands today, and since when.")),
    "target": (300, _("How much, for example: 3 offices, 80 %.")),
    "starts": (120, _("As you write it: 2026, 07/2026, 1 de julio 2026, Año 1 primer bimestre.")),
    "ends": (120, _("As you write it.")),
    "derives": (200, _("The activity of your strategic plan that it is part of.")),
    "waits": (200, _("The activity of another entity that has to come first, by its code and number: M-05#3.")),
}
NOTHING_TO_DERIVE = _("No strategic plan (PEI) of your entity is accepted here yet: there is nothing to choose from.")
TALL: dict[str, StrPromise | str] = {
    "result": _("What will be different when it is done."),
    "indicator": _("What will be counted to see that it is done."),
    "verification": _("With what it can be shown that it is done."),
    "notes": "",
}
PARTS: dict[str, StrPromise] = {
    "year": _("Year"),
    "category": _("Programmatic category"),
    "source": _("Financing source"),
    "body": _("Financing body"),
    "object": _("Object of expenditure"),
    "programmed": _("Programmed"),
    "current": _("Current budget"),
    "accrued": _("Accrued"),
}


class RowForm(forms.Form):
    """One activity. It has a name; everything else may stay empty, for nothing is refused for being unfinished.

    ``held`` are the cells that it is shown with. A field that was not sent leaves its cell as it is.
    """

    base = forms.CharField(widget=forms.HiddenInput, required=False)
    item = forms.ChoiceField(
        label=_("Line it answers"),
        required=False,
        help_text=_("Choose the line of the national plan that this activity helps to fulfil."),
    )
    medium = forms.ChoiceField(label=_("Means"), required=False)
    name = forms.CharField(
        label=_("Activity"),
        max_length=LONG,
        help_text=_("What will be done, in one sentence."),
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Say at least what will be done.")},
    )
    accumulation = forms.ChoiceField(label=_("How it adds up"), required=False)
    direction = forms.ChoiceField(label=_("Which way it goes"), required=False)
    budget = forms.CharField(
        label=_("Budget in Bs"),
        max_length=40,
        required=False,
        help_text=_("For example 1.234,56. Where you write amounts by year, it is their sum."),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        sheet: Sheet,
        names: Mapping[str, Names],
        held: Mapping[str, str],
        base: str,
        number: int,
    ) -> None:
        self.names, self.held, self.number = names, held, number
        self.years, self.periods = years(sheet), periods(sheet, quarters=True)
        self.cells: dict[str, str] = {}
        self.by_lines = _by_lines(data, plan_type(sheet.obligation.call.plan_type).money, held, self.years)
        super().__init__(data, initial={**held, **self.as_shown(held), "base": base, **dict(self._spread())})
        self._add_cells()
        self._add_lines()
        self._choose(choices_of(sheet.draft.lines, _("None yet")))

    def _choose(self, lines: list[tuple[str, object]]) -> None:
        offered = {name: words.options(name) for name in ("medium", "accumulation", "direction")}
        for name, choices in {"item": lines, **offered}.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined] # a ChoiceField has choices

    def _add_cells(self) -> None:
        for name, (most, hint) in SHORT.items():
            self.fields[name] = _field(words.cell(name), most, hint)
        for name, hint in TALL.items():
            self.fields[name] = _field(words.cell(name), LONG, hint, rows=2)
        for name in self.names.keys() & SHORT.keys():
            self.fields[name].widget.attrs["list"] = f"names-{name}"
        if "derives" in self.names and not self.names["derives"].choices:
            self.fields["derives"].help_text = NOTHING_TO_DERIVE
        for period in self.periods:
            self.fields[f"value:{period}"] = _small(words.period(period), inputmode="decimal")

    def _add_lines(self) -> None:
        for at in range(self.many("also")):
            self.fields[f"also-{at}-item"] = _small(_("Line"), list="names-item")
            self.fields[f"also-{at}-share"] = _small(_("Share in %"), inputmode="decimal")
        for year in () if self.by_lines else self.years:
            self.fields[f"money-{year}"] = _small(str(year), inputmode="decimal")
        for at in range(self.many("money") if self.by_lines else 0):
            for part in LINE:
                self.fields[f"money-{at}-{part}"] = _small(PARTS[part])

    def many(self, name: str) -> int:
        """Count the lines that it shows, or that were sent."""
        sent = [int(found[1]) for each in self.data if (found := re.fullmatch(rf"{name}-(\d{{1,3}})-\w+", each))]
        return max([len(self.held.get(name, "").splitlines()) + SPARE, *(at + 1 for at in sent)])

    def _spread(self) -> Iterator[tuple[str, str]]:
        """Say what stands in the fields of the cells that hold several lines."""
        for at, line in enumerate(self.held.get("also", "").splitlines()):
            item, _bar, share = line.partition(BAR)
            yield f"also-{at}-item", self.names["item"].short(item)
            yield f"also-{at}-share", share.removesuffix("%").strip()
        for at, line in enumerate(self.held.get("money", "").splitlines()):
            parts = line.split(BAR)
            told = parts if len(parts) > 2 else [parts[0], "", "", "", "", parts[1], "", ""]  # noqa: PLR2004 (year and amount)
            for part, text in zip_longest(LINE, told, fillvalue=""):
                yield f"money-{at}-{part}", text.strip()
            yield f"money-{parts[0]}", parts[1]

    def clean(self) -> dict[str, Any]:
        """Read every cell as it will be kept; what cannot be read is told at its field."""
        said = super().clean() or self.cleaned_data
        for name, text in self._written():
            place = self.place(name)
            if place in self.errors:
                continue
            try:
                self.cells[name] = rules.canonical(name, text, row=self.number)
            except Refused as refused:
                self.add_error(*self._fault(name, refused))
        self._refuse_unknown()
        if _programmed(self.cells.get("money", self.held.get("money", ""))):
            self.cells.pop("budget", None)  # it is their sum
        return said

    def _fault(self, cell: str, refused: Refused) -> tuple[str, StrPromise | str]:
        """Say of a cell that cannot be read at which of its fields that is, and what may stand there."""
        if refused.code == "cell-unreadable":
            if cell == "also":
                return self._fault_of_line()
            if cell == "money":
                return self._fault_of_money()
            if cell == "budget" or cell.startswith(rules.VALUE):
                return cell, BUDGET if cell == "budget" else NUMBER
        return self.place(cell), words.sentence(refused)

    def _fault_of_line(self) -> tuple[str, StrPromise | str]:
        for at in range(self.many("also")):
            text, item = self._one_also(at), f"also-{at}-item"
            if text and not _reads("also", text):
                return (f"also-{at}-share", SHARE) if self.cleaned_data[item] else (item, WHICH)
        return self.place("also"), TWICE

    def _fault_of_money(self) -> tuple[str, StrPromise | str]:
        wrong = next((at for at, line in self._money_lines() if line and not _reads("money", line)), None)
        if wrong is None:
            return self.place("money"), BUDGET
        return (f"money-{wrong}-year", LINES) if self.by_lines else (f"money-{wrong}", BUDGET)

    def _written(self) -> Iterator[tuple[str, str]]:
        """Say what was written in each cell of which any field was sent."""
        said = self.cleaned_data
        for name in (*rules.CELLS, *(f"value:{period}" for period in self.periods)):
            if name in said and name in self.data:
                here = self.names.get(name) if name in SHORT else None
                yield name, here.full(said[name]) if here else said[name]
        if any(each.startswith("also-") for each in self.data):
            yield "also", "\n".join(filter(None, map(self._one_also, range(self.many("also")))))
        if any(each.startswith("money-") for each in self.data):
            yield "money", "\n".join(filter(None, self._money()))

    def _one_also(self, at: int) -> str:
        item, share = (self.cleaned_data.get(f"also-{at}-{part}", "") for part in ALSO)
        full = self.names["item"].full(item) if item else ""
        return f"{full}{BAR}{share.removesuffix('%').strip()} %" if share else full

    def _money(self) -> Iterator[str]:
        yield from (line for _at, line in self._money_lines())

    def _money_lines(self) -> Iterator[tuple[int, str]]:
        """Say what was written in each line of money, by the number in the names of its fields."""
        said = self.cleaned_data
        if not self.by_lines:
            for year in self.years:
                yield year, f"{year}{BAR}{said[f'money-{year}']}" if said.get(f"money-{year}") else ""
            return
        for at in range(self.many("money")):
            parts = [said.get(f"money-{at}-{part}", "") for part in LINE]
            yield at, BAR.join(parts) if any(parts) else ""

    def _refuse_unknown(self) -> None:
        known = self.names["item"]
        for line in self.cells.get("also", "").splitlines():
            item = line.partition(BAR)[0]
            if not known.knows(item):
                self.add_error(
                    self.place("also"), words.sentence(Refused("plan-item-unknown", row=self.number, item=item))
                )

    def leaves(self, cell: str, seen: str) -> bool:
        """Whether a cell of one field was sent as it was seen."""
        shown = self.as_shown({cell: seen})[cell]
        return cell in self.data and self.data[cell].split() == shown.split()

    def as_shown(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Write cells as their fields show them."""
        here = {name: each for name, each in self.names.items() if name in SHORT}
        return {name: here[name].short(text) if name in here else text for name, text in cells.items()}

    def place(self, cell: str) -> str:
        """Name the field at which something is said about a cell."""
        first = {"also": "also-0-item", "money": "money-0-year" if self.by_lines else f"money-{self.years[0]}"}
        return first.get(cell, cell)


BUDGET = _("Write the amount in bolivianos with a comma before the cents, for example 1.234,56.")
LINES = _("Write the year with four digits, and the amounts in bolivianos, for example 1.234,56.")
NUMBER = _("Write a number, for example 1.234,5.")
SHARE = _("Write a share above 0 and up to 100 %, for example 12,5.")
WHICH = _("Say of which line this is the share.")
TWICE = _("The same line stands here twice.")


def _reads(cell: str, text: str) -> bool:
    """Whether a text can be read as what belongs in a cell."""
    try:
        rules.canonical(cell, text)
    except Refused:
        return False
    return True


def _field(label: str, most: int, hint: StrPromise | str, *, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, help_text=hint, required=False, widget=widget)


def _small(label: StrPromise | str, **attrs: str) -> forms.CharField:
    """Make a field that stands among others of its kind, without a hint."""
    widget = forms.TextInput({"autocomplete": "off", "size": "10", "aria-label": label, **attrs})
    return forms.CharField(label=label, max_length=120, required=False, widget=widget)


def _by_lines(data: QueryDict | None, kind: Money, held: Mapping[str, str], own: tuple[int, ...]) -> bool:
    """Whether money is told by lines: as it was sent, else as the kind of plan and the row itself say it."""
    if any(each.startswith("money-") for each in data or ()):
        return any(each.endswith("-year") for each in data or ())
    return kind is Money.LINES or not _plain(held, own)


def _plain(held: Mapping[str, str], own: tuple[int, ...]) -> bool:
    """Whether a row's money is one amount a year, of the years of the plan."""
    lines = [line.split(BAR) for line in held.get("money", "").splitlines()]
    told = [line[0] for line in lines]
    return all(len(line) == 2 for line in lines) and len(set(told)) == len(told) and set(told) <= set(map(str, own))  # noqa: PLR2004 (year and amount)


def _programmed(money: str) -> bool:
    """Whether any line says an amount, so that the budget is their sum."""
    return any(line.split(BAR)[1 if line.count(BAR) == 1 else 5].strip() for line in money.splitlines())
