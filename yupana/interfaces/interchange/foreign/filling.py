"""Putting the cells of one row of a form into the fields that its columns mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from yupana.domain.commitments.rules import VALUE, Accumulation, Direction, Kind, is_beyond, medium_of, read_date
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.foreign.layout import IGNORED, KEPT, MONEY, Column, period_in
from yupana.interfaces.interchange.foreign.pieces import (
    amount,
    day,
    decimal_of,
    is_code,
    pieces,
    quantity,
    says_day,
    tidy,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from yupana.foundation.kernel.period import Period
    from yupana.interfaces.interchange.foreign.activity import Activity
    from yupana.interfaces.interchange.foreign.forms import Form
    from yupana.interfaces.interchange.foreign.layout import Layout
    from yupana.interfaces.interchange.foreign.pieces import Cell

_CHOICES: dict[str, dict[str, str]] = {
    "accumulation": {
        **{each.value: each.value for each in Accumulation},
        **dict.fromkeys(("suma", "se suma", "sumatoria", "acumulado", "acumulativo"), Accumulation.SUM.value),
        **dict.fromkeys(("ultimo", "ultimo valor", "no acumulado", "constante"), Accumulation.LAST.value),
        **dict.fromkeys(("si o no", "si/no", "hito"), Accumulation.YES_NO.value),
    },
    "direction": {
        **{each.value: each.value for each in Direction},
        **dict.fromkeys(("ascendente", "creciente", "aumentar", "sube", "incremento"), Direction.UP.value),
        **dict.fromkeys(("descendente", "decreciente", "reducir", "baja", "disminucion"), Direction.DOWN.value),
    },
}
_AMOUNTS = ("programmed", "current", "accrued")
_LONG = 20  # characters of a code of the budget
_DOUBTS = {Kind.UNREADABLE: "date-unreadable", Kind.AMBIGUOUS: "date-ambiguous"}


class Refs(NamedTuple):
    """The refs of what a row may name, by folded names: items that it answers, activities that it is part of.

    ``plan`` is what the plan is about: nothing can be programmed beyond its years. None where that is not known.
    """

    items: Mapping[str, str]
    sources: Mapping[str, str]
    plan: Period | None = None


class Filling:
    """Fills activities by a layout, and names through ``note`` what does not fit where it should go."""

    def __init__(self, form: Form, layout: Layout, refs: Refs, note: Callable[[str, str, str], None]) -> None:
        self.form, self.layout, self.refs, self.note = form, layout, refs, note

    def fill(self, activity: Activity, number: int, cells: Mapping[int, Cell]) -> None:
        """Put the cells of one row into an activity."""
        money: dict[str, str] = {}
        for at, cell in cells.items():
            column = self.layout.columns[at]
            if column.field == IGNORED and not column.code:
                continue
            where = self.form.place(number, at)
            if column.field.startswith(MONEY):
                self._part(activity, column, cell, where, money)
            else:
                self._put(activity, column, cell, where, money)
        if money:
            self._spend(activity, money, self.form.place(number, min(cells)))

    def _put(self, activity: Activity, column: Column, cell: Cell, where: str, money: dict[str, str]) -> None:
        text = tidy(cell.text)
        if column.code and not column.field == column.code == KEPT:  # what is kept is taken apart in any case
            found = pieces(text)
            if found:
                self._codes(activity, column, [each.code for each in found], where, money)
                text = "\n".join(each.text for each in found)
            else:
                self.note(where, "foreign-code-missing", text)
        if column.field == KEPT:
            activity.keep(column.title, _kept(column.title, text, cell))
        elif column.field in ("item", "also"):
            self._answer(activity, column, [each.code for each in pieces(text)] or [text], where)
        elif column.field == "derives":
            self._derive(activity, column, text, where)
        elif column.field != IGNORED:
            self._set(activity, column, text, cell, where)

    def _set(self, activity: Activity, column: Column, text: str, cell: Cell, where: str) -> None:
        """Put a text into its cell, as that holds it; what cannot be read there is kept among the notes."""
        name, why = column.field, ""
        try:
            if name == "budget":
                text, why = amount(cell), "foreign-amount"
            elif name.startswith(VALUE):
                (name, why), text = self._period(name), quantity(cell)
            elif name in ("starts", "ends"):
                text = day(cell)
                self._doubt(text, where)
            elif name in ("target", "baseline") and cell.number:
                text = quantity(cell) + (" %" if "%" in cell.text else "")
            elif name in ("medium", *_CHOICES):
                text = _choice(name, text)
        except ValueError:
            self._misfit(activity, column, text, where)
            return
        if not name or activity.put(name, text, where):
            self._misfit(activity, column, text, where, why)

    def _period(self, field: str) -> tuple[str, str]:
        """Name the cell of a period, empty where there is none, and why then."""
        name = period_in(field, self.layout.year)
        if name and self.refs.plan and is_beyond(name.removeprefix(VALUE), self.refs.plan):
            return "", "foreign-outside"
        return name, "foreign-year"

    def _misfit(self, activity: Activity, column: Column, text: str, where: str, why: str = "") -> None:
        kinds = {"budget": "foreign-amount", "medium": "foreign-choice", **dict.fromkeys(_CHOICES, "foreign-choice")}
        otherwise = "foreign-quantity" if column.field.startswith(VALUE) else "foreign-too-long"
        self.note(where, why or kinds.get(column.field, otherwise), text)
        activity.keep(column.title, text)

    def _doubt(self, text: str, where: str) -> None:
        why = _DOUBTS.get(read_date(text, year_one=None).kind)
        if why:
            self.note(where, why, text)

    def _codes(
        self, activity: Activity, column: Column, codes: Sequence[str], where: str, money: dict[str, str]
    ) -> None:
        """Put the codes that stood before texts where the layout says."""
        if column.code == KEPT:
            activity.keep(column.title, "; ".join(codes))
        elif column.code in ("item", "also"):
            self._answer(activity, column, codes, where)
        elif column.code.startswith(MONEY):
            money[column.code.removeprefix(MONEY)] = codes[0]

    def _answer(self, activity: Activity, column: Column, codes: Sequence[str], where: str) -> None:
        """Name the items that a row answers: the first one its own, the others beside it."""
        for code in codes:
            ref = self.refs.items.get(fold(code))
            if ref is None:
                self.note(where, "foreign-item", code)
                activity.keep(column.title, code)
            elif column.field == "also" or activity.said.get("item", ref) != ref:
                activity.put("also", ref, where)
            else:
                activity.put("item", ref, where)

    def _derive(self, activity: Activity, column: Column, text: str, where: str) -> None:
        """Name the activity of another plan that a row is part of: the first that is known; all are kept as written."""
        found = pieces(text)
        names = [name for each in found for name in (each.text, each.code)] or [text]
        ref = next((self.refs.sources[fold(name)] for name in names if fold(name) in self.refs.sources), "")
        activity.keep(column.title, "; ".join(f"{each.code} | {each.text}" for each in found) or text)
        if not ref:
            self.note(where, "foreign-source", text)
        elif "derives" not in activity.said:
            activity.put("derives", ref, where)

    def _part(self, activity: Activity, column: Column, cell: Cell, where: str, money: dict[str, str]) -> None:
        """Read one part of a line of money."""
        part, text = column.field.removeprefix(MONEY), squeeze(cell.text)
        if part in _AMOUNTS:
            try:
                money[part] = amount(cell)
            except ValueError:
                self.note(where, "foreign-amount", text)
                activity.keep(column.title, text)
            return
        found = pieces(text)
        if len(found) == 1:
            activity.keep(column.title, f"{found[0].code} | {found[0].text}")
            text = found[0].code
        if len(text) <= _LONG or part == "category" or is_code(text):
            money[part] = text
        else:
            self.note(where, "foreign-too-long", text)
            activity.keep(column.title, text)

    def _spend(self, activity: Activity, money: dict[str, str], where: str) -> None:
        if not money.keys() - {"year"}:
            return
        year = int(money["year"]) if money.get("year", "").isdecimal() else self.layout.year
        if year is None or activity.spend(money, year):
            text = " | ".join(money.values())
            self.note(where, "foreign-year" if year is None else "foreign-amount", text)
            activity.keep("", text)


def _kept(title: str, text: str, cell: Cell) -> str:
    """Write a cell that is kept among the notes: a code apart from its text, a day as a day."""
    found = pieces(text)
    if found:
        return "; ".join(f"{each.code} | {each.text}" for each in found)
    if says_day(cell) or "fecha" in fold(title):
        reading = read_date(day(cell), year_one=None)
        return reading.first.isoformat() if reading.kind is Kind.DAY and reading.first else text
    return quantity(cell) if cell.number and "%" not in text and decimal_of(cell) % 1 else text


def _choice(name: str, text: str) -> str:
    found = medium_of(text) if name == "medium" else _CHOICES[name].get(fold(text))
    if found is None:
        raise ValueError(text)
    return found
