"""The cells of a report as people type them, and how what several of them typed comes together.

A value is a number (1.234,5) or a rate (45 / 60). Cells that nobody else touched are kept one by one; others clash.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from yupana.domain.commitments.rules.merging import CellEdit, Clash
from yupana.domain.progress.facts import MeasuredValue, ReportRow
from yupana.domain.progress.rules.flags import is_off_plan
from yupana.domain.progress.rules.kinds import Gap, Method, VarianceCause
from yupana.domain.progress.rules.periods import latest
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.money import format_cents, parse_cents
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.quantity import format_quantity, parse_quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yupana.domain.progress.rules.advance import Advance, Promise, Said

Told = TypeVar("Told", ReportRow, MeasuredValue)
CELLS = ("value", "gap", "accrued", "current", "cause", "variation", "done", "next_step")
INDICATOR_CELLS = ("value", "gap", "note")
MOST_TEXT = 5_000
_MONEY = {"accrued": "accrued_cents", "current": "current_cents"}
_CHOSEN: dict[str, tuple[type[Gap | VarianceCause], str]] = {
    "gap": (Gap, "gap-unknown"),
    "cause": (VarianceCause, "cause-unknown"),
}


def value_text(value: int | None, numerator: int | None, denominator: int | None) -> str:
    """Write a value as it is typed: "20", "45 / 60", or nothing."""
    if numerator is not None and denominator is not None:
        return f"{format_quantity(numerator)} / {format_quantity(denominator)}"
    return "" if value is None else format_quantity(value)


def cells_of(said: ReportRow | MeasuredValue) -> dict[str, str]:
    """Write what is said of a row, or of an indicator, as its cells show it."""
    names = CELLS if isinstance(said, ReportRow) else INDICATOR_CELLS
    return {name: _shown(said, name) for name in names}


def _shown(said: ReportRow | MeasuredValue, name: str) -> str:
    if name == "value":
        return value_text(said.value, said.numerator, said.denominator)
    if name in _MONEY:
        cents = getattr(said, _MONEY[name])
        return "" if cents is None else format_cents(cents)
    return str(getattr(said, name))


def read(name: str, text: str, which: str, *, parts: bool = False) -> dict[str, Any]:
    """Read one cell into the fields that it fills; Refused where it cannot be read. ``which`` names its row.

    ``parts``: a value has to be a part of a whole.
    """
    if len(text) > MOST_TEXT:
        raise Refused("report-text-too-long", row=which, most=MOST_TEXT)
    bare = text.strip()
    if name == "value":
        fields = _read_value(bare, which)
        if parts and fields["value"] is not None:
            raise Refused("indicator-bare", item=which)
        return fields
    if name in _MONEY:
        try:
            return {_MONEY[name]: parse_cents(bare) if bare else None}
        except ValueError as error:
            raise Refused("report-amount", row=which) from error
    if name in _CHOSEN:
        kind, code = _CHOSEN[name]
        if bare and bare not in list(kind):
            raise Refused(code, row=which, which=which)
    return {name: bare}


def _read_value(bare: str, which: str) -> dict[str, Any]:
    above, bar, below = bare.partition("/")
    try:
        if not bar:
            return {"value": parse_quantity(bare) if bare else None, "numerator": None, "denominator": None}
        fields = {"value": None, "numerator": parse_quantity(above), "denominator": parse_quantity(below)}
    except ValueError as error:
        raise Refused("report-number", row=which) from error
    if (fields["denominator"] or 0) < 0:
        raise Refused("denominator-negative", row=which, which=which)
    return fields


@dataclass(frozen=True, slots=True)
class Merged(Generic[Told]):
    """What a row says once some edits came in: ``kept`` of each cell, what clashed, and what could not be read."""

    said: Told
    kept: Mapping[str, str] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    faults: Mapping[str, Refused] = field(default_factory=dict)


def merged(said: Told, edits: Iterable[CellEdit], which: str, *, parts: bool = False) -> Merged[Told]:
    """Put edits into what is said now: each says what its writer saw, and what anybody else changed since stays.

    A value and the reason why there is none exclude each other: what would stand beside the other is not kept.
    ``parts``: a value has to say the part and the whole; a bare number is not kept.
    """
    now, faults = said, {}
    kept: dict[str, str] = {}
    clashed: list[Clash] = []
    for edit in edits:
        here = cells_of(said)
        if edit.field not in here:
            continue
        try:
            fields = read(edit.field, edit.after, which, parts=parts)
        except Refused as refused:
            faults[edit.field] = refused
            continue
        after = cells_of(replace(said, **fields))[edit.field]
        if here[edit.field] not in (after, edit.before, _canonical(edit, which, said)):
            clashed.append(Clash(edit, here[edit.field]))
            continue
        now, kept[edit.field] = replace(now, **fields), after
    if now.gap and value_text(now.value, now.numerator, now.denominator):
        for name in {"gap", "value"} & kept.keys():
            faults[name] = Refused("gap-beside-value", which=which)
            now = replace(now, **read(name, cells_of(said)[name], which))
            del kept[name]
    return Merged(now, kept, tuple(clashed), faults)


def _canonical(edit: CellEdit, which: str, said: ReportRow | MeasuredValue) -> str:
    """Write what an edit's writer saw as the cell itself writes it."""
    try:
        return cells_of(replace(said, **read(edit.field, edit.before, which)))[edit.field]
    except Refused:
        return edit.before


def last_of(said: Mapping[str, Said], period: str) -> tuple[str, Said] | None:
    """Find what was said last before a period, and for which one; None where nothing was."""
    first = parse_period(period).first
    known = [name for name, each in said.items() if each.is_known and parse_period(name).last < first]
    if not known:
        return None
    last = latest(tuple(known))
    return last, said[last]


def unchanged(method: Method | None, last: Said | None) -> dict[str, Any] | None:
    """Say what a value is where nothing changed: nothing more of a sum, else what it was; None: that is not known."""
    if method is None:
        return None
    if method is Method.FLOW:
        return None if last and last.is_rate else {"value": 0, "numerator": None, "denominator": None}
    if last is None:
        return None
    return {"value": last.value, "numerator": last.numerator, "denominator": last.denominator}


def unsaid(said: MeasuredValue, *, parts: bool) -> str:
    """Return the code of what an indicator still has to say before its report can be handed in; empty: nothing."""
    if parts and said.value is not None:
        return "indicator-bare"
    return "" if said.gap or value_text(said.value, said.numerator, said.denominator) else "indicator-unsaid"


def lacking(promise: Promise, said: Said | None, row: ReportRow, now: Advance) -> str:
    """Return the code of what a row still has to say before its report can be handed in; empty: nothing."""
    if promise.method is not None and promise.programmed and not (said and (said.is_known or said.gap)):
        return "row-unsaid"
    return "cause-missing" if is_off_plan(now) and not (row.cause and row.variation.strip()) else ""
