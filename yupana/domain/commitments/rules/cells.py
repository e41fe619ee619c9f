"""A row of a plan as cells of text: what a grid and a workbook show, send back, and compare.

A cell is named after its field; `value:2026` and `value:2026-Q1` hold what is programmed for a period, and `also` and
`money` hold several things, one a line. Text is canonical: `with_cells(row, cells_of(row))` is the row again.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from yupana.domain.commitments.facts import AlsoAnswers, Money, PlanRow, Value
from yupana.domain.commitments.rules.rows import Accumulation, Direction, medium_of, too_long
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.money import MOST_CENTS, format_cents, parse_cents
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.quantity import format_quantity, parse_quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")
TEXTS = (
    *("item", "name", "responsible", "person", "result", "indicator", "unit", "baseline", "target"),
    *("starts", "ends", "verification", "derives", "waits", "notes"),
)
CHOICES = ("medium", "accumulation", "direction")
CELLS = (
    *("item", "also", "medium", "name", "responsible", "person", "result", "indicator", "unit", "accumulation"),
    *("direction", "baseline", "target", "budget", "money", "starts", "ends", "verification", "derives", "waits"),
    "notes",
)
"""The cells that every row has, in the order in which people fill them in; those of periods come beside them."""
VALUE = "value:"
SEPARATOR = " | "
_WHOLE = 100  # basis points in a hundredth
_LONGEST_CATEGORY, _LONGEST_CODE = 60, 20


def cells_of(row: PlanRow) -> dict[str, str]:
    """Write a row as cells; those that say nothing are empty, and only periods that are programmed have one."""
    cells = {name: _lines(getattr(row, name)) for name in TEXTS} | {name: getattr(row, name) for name in CHOICES}
    cells["budget"] = "" if row.budget_cents is None else format_cents(row.budget_cents)
    cells["also"] = "\n".join(map(_write_also, row.also))
    cells["money"] = "\n".join(map(_write_money, row.money))
    cells |= {f"{VALUE}{each.period}": format_quantity(each.value) for each in row.programmed}
    return cells


def with_cells(row: PlanRow, cells: Mapping[str, str]) -> PlanRow:
    """Return the row with some cells said anew. Refused with row, field and text where one cannot be read."""
    values = {each.period: each for each in row.programmed}
    told: dict[str, object] = {}
    for name, text in cells.items():
        if name.startswith(VALUE):
            period = name.removeprefix(VALUE)
            values.pop(period, None)
            if text.strip():
                values[period] = _read(row, name, text, partial(_value, period))
        elif name in TEXTS:
            told[name] = _lines(text).strip()
        elif name in _READERS:
            field, reader = _READERS[name]
            told[field] = _read(row, name, text, reader)
        else:
            raise Refused("cell-unknown", row=row.row, field=name)
    told["programmed"] = tuple(values[period] for period in sorted(values))
    changed = replace(row, **told)  # type: ignore[arg-type] # each reader returns what its field holds
    amounts = [each.programmed_cents for each in changed.money if each.programmed_cents is not None]
    return replace(changed, budget_cents=sum(amounts)) if amounts else changed


def canonical(name: str, text: str, *, row: int = 0) -> str:
    """Write one cell as it will be kept and shown. Refused where it cannot be read, or is longer than its column."""
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text):  # what no database keeps
        raise Refused("cell-unreadable", row=row, field=name, text="")
    told = with_cells(PlanRow(row=row), {name: text})
    if too_long(asdict(told)):
        raise Refused("text-too-long", row=row, field=name)
    if (told.budget_cents or 0) > MOST_CENTS or len({each.item for each in told.also}) < len(told.also):
        raise Refused("cell-unreadable", row=row, field=name, text=text.strip())
    return cells_of(told).get(name, "")


def _lines(text: str) -> str:
    """End lines as no browser and no sheet can change it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read(row: PlanRow, name: str, text: str, reader: Callable[[str], T]) -> T:
    try:
        return reader(text.strip())
    except ValueError as unreadable:
        raise Refused("cell-unreadable", row=row.row, field=name, text=text.strip()) from unreadable


def _value(period: str, text: str) -> Value:
    parse_period(period)
    return Value(period, parse_quantity(text))


def _medium(text: str) -> str:
    found = medium_of(text)
    if found is None:
        raise ValueError(text)
    return found


def _accumulation(text: str) -> str:
    return Accumulation(text).value if text else ""


def _direction(text: str) -> str:
    return Direction(text).value if text else ""


def _cents(text: str) -> int | None:
    return parse_cents(text) if text else None


def _write_also(also: AlsoAnswers) -> str:
    return also.item if also.share_bp is None else f"{also.item}{SEPARATOR}{format_quantity(also.share_bp * _WHOLE)} %"


def _read_also(text: str) -> tuple[AlsoAnswers, ...]:
    return tuple(_one_also(line) for line in text.splitlines() if line.strip())


def _one_also(line: str) -> AlsoAnswers:
    item, _, share = (part.strip() for part in line.partition(SEPARATOR.strip()))
    if not item:
        raise ValueError(line)
    if not share:
        return AlsoAnswers(item)
    share_bp, rest = divmod(parse_quantity(share.removesuffix("%").strip()), _WHOLE)
    if rest or not 0 < share_bp <= _WHOLE * _WHOLE:
        raise ValueError(line)
    return AlsoAnswers(item, share_bp)


def _write_money(line: Money) -> str:
    amounts = (line.programmed_cents, line.current_cents, line.accrued_cents)
    parts = (
        str(line.year),
        *(line.category, line.source, line.body, line.object),
        *("" if cents is None else format_cents(cents) for cents in amounts),
    )
    short = not any(parts[1:5]) and not any(parts[6:])
    return SEPARATOR.join((parts[0], parts[5]) if short else parts)


def _read_money(text: str) -> tuple[Money, ...]:
    return tuple(_one_money(line) for line in text.splitlines() if line.strip())


def _one_money(line: str) -> Money:
    """Read "2026 | 1.000,00", or year, category, source, body, object and the three amounts."""
    parts = [part.strip() for part in line.split(SEPARATOR.strip())]
    if len(parts) == 2:  # noqa: PLR2004 (year and amount)
        parts = [parts[0], "", "", "", "", parts[1], "", ""]
    if len(parts) != 8 or not (parts[0].isdecimal() and parts[0].isascii()) or not 1990 <= int(parts[0]) <= 2100:  # noqa: PLR2004 (see above)
        raise ValueError(line)
    year, category, source, body, spent_on, *amounts = parts
    if len(category) > _LONGEST_CATEGORY or max(map(len, (source, body, spent_on))) > _LONGEST_CODE:
        raise ValueError(line)
    programmed, current, accrued = map(_cents, amounts)
    return Money(int(year), programmed, category, source, body, spent_on, current, accrued)


_READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "medium": ("medium", _medium),
    "accumulation": ("accumulation", _accumulation),
    "direction": ("direction", _direction),
    "budget": ("budget_cents", _cents),
    "also": ("also", _read_also),
    "money": ("money", _read_money),
}
