"""A report as a form: each activity, and each indicator asked for, as a card with its cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yupana.domain.progress.rules import Gap, Method, VarianceCause
from yupana.domain.progress.rules.typed import cells_of
from yupana.interfaces import words
from yupana.interfaces.desk.reporting.said import PERCENT, facts, how, indicator_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yupana.projections.overviews.report import Indicator, Report, Row

Place = tuple[int, str]
Cells = dict[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """What could not be kept: what was typed there, what stands there now, and why it was not kept."""

    typed: Mapping[Place, str] = field(default_factory=dict)
    now: Mapping[Place, str] = field(default_factory=dict)
    faults: Mapping[Place, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One field. ``now`` is what stands there where that is not what was typed."""

    name: str
    id: str
    text: str
    label: str
    fault: str = ""
    now: str | None = None
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What is asked of one row, or of one indicator (``row`` None)."""

    number: int
    name: str
    cells: Mapping[str, Cell]
    facts: tuple[tuple[str, str], ...]
    hint: str
    row: Row | None = None
    note: str = ""
    unit: str = ""

    @property
    def how(self) -> list[str]:
        """How far its value makes it."""
        return how(self.row) if self.row else []

    @property
    def worded(self) -> str:
        """What it says in words: its value, or why there is none; empty where neither is said."""
        gap, value = self.cells["gap"], self.cells["value"]
        cell = gap if gap.text else value
        if cell.options:
            return dict(cell.options).get(cell.text, cell.text) if cell.text else ""
        return f"{cell.text} {self.unit}".strip() if cell.text and "/" not in cell.text else cell.text

    @property
    def explains(self) -> bool:
        """Whether it shows the fields for what went otherwise than planned."""
        held = [self.cells[name] for name in ("cause", "variation") if name in self.cells]
        off = self.row is not None and self.row.off_plan
        return off or any(each.text or each.fault or each.now is not None for each in held)


def base_of(report: Report) -> Cells:
    """Return every cell as it stands, by number."""
    held: Cells = {row.number: cells_of(row.said) for row in report.rows}
    return held | {each.number: cells_of(each.said) for each in report.indicators}


def cards(report: Report, told: Told) -> list[Card]:
    """Return the cards of the activities, in the order of the plan."""
    return [_card(row, told, report) for row in report.rows]


def indicator_cards(report: Report, told: Told) -> list[Card]:
    """Return the cards of the indicators."""
    return [_indicator(each, told) for each in report.indicators]


def _card(row: Row, told: Told, report: Report) -> Card:
    promise = row.line.promise
    period = words.period(report.submission.obligation.period)
    labels = {
        "value": _value_label(promise.method, period),
        "gap": _("If there is no value: why"),
        "accrued": _("Accrued since 1 January, in Bs"),
        "current": _("Current budget, in Bs"),
        "cause": _("Cause of the variation"),
        "variation": _("What happened"),
        "done": _("What was done"),
        "next_step": _("Next step"),
    }
    return Card(
        number=row.number,
        name=row.activity.name or row.activity.indicator,
        cells=_cells(row.number, cells_of(row.said), labels, told, promise.method),
        facts=tuple(facts(row)),
        hint=_hint(promise.method, promise.factor == PERCENT, row.activity.unit),
        row=row,
    )


def _value_label(method: Method | None, period: str) -> str:
    if method is Method.MILESTONE:
        return _("Is it done?")
    if method is Method.FLOW:
        return _("Done in %(period)s alone") % {"period": period}
    return _("At the end of %(period)s") % {"period": period}


def _hint(method: Method | None, is_rate: bool, unit: str) -> str:  # noqa: FBT001 (one of three things that decide it)
    if method is None:
        return _("The plan does not say how its values add up: a number is welcome, words are enough.")
    if method is Method.MILESTONE:
        return ""
    if is_rate:
        return _("In per cent, or as a part of the whole: 45/60.")
    return unit


def _indicator(each: Indicator, told: Told) -> Card:
    sheet = each.sheet
    labels = {"value": _("Value"), "gap": _("If there is no value: why"), "note": _("Note")}
    method = Method.MILESTONE if sheet.method == Method.MILESTONE else None
    return Card(
        number=each.number,
        name=sheet.name,
        cells=_cells(each.number, cells_of(each.said), labels, told, method),
        facts=tuple(indicator_facts(each)),
        hint=_indicator_hint(each),
        unit=sheet.unit,
    )


def _indicator_hint(each: Indicator) -> str:
    sheet = each.sheet
    if sheet.denominator:
        rate = {"above": sheet.numerator, "below": sheet.denominator}
        return _("%(above)s / %(below)s, for example 45/60") % rate
    if each.asked.parts:
        return _("The part and the whole, for example 45/60.")
    return _("In per cent, or as a part of the whole: 45/60.") if sheet.unit == "%" else sheet.unit


def _cells(
    number: int, held: Mapping[str, str], labels: Mapping[str, str], told: Told, method: Method | None
) -> dict[str, Cell]:
    return {
        name: Cell(
            name=f"{number}.{name}",
            id=f"c-{number}-{name}",
            text=told.typed.get((number, name), text),
            label=labels[name],
            fault=told.faults.get((number, name), ""),
            now=told.now.get((number, name)),
            options=_options(name, method),
        )
        for name, text in held.items()
    }


def _options(name: str, method: Method | None) -> tuple[tuple[str, str], ...]:
    if name == "gap":
        return (("", _("There is a value")), *((each.value, words.label(each)) for each in Gap))
    if name == "cause":
        return (("", _("Choose one")), *((each.value, words.label(each)) for each in VarianceCause))
    if name == "value" and method is Method.MILESTONE:
        return (("", _("Not said")), ("1", _("yes")), ("0", pgettext("not reached", "not yet")))
    return ()
