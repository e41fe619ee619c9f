"""A draft as a grid of cells: its columns, what stands in each, and what the short words in it mean.

A cell shows the text of `commitments.rules.cells_of`, save that items and activities go by a short name ("2" for
"PLAN/1#line:2"), which `Names` turns into the long one and back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from yupana.domain.commitments.elsewhere import answering, named
from yupana.domain.commitments.facts import row_ref
from yupana.domain.commitments.models import Activity
from yupana.domain.commitments.rules import CELLS, VALUE, cells_of, is_closed, read_date
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import plan_type
from yupana.domain.submissions.queries import with_accepted
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from yupana.domain.commitments.rules import Reading
    from yupana.projections.overviews.plan_form import Sheet
    from yupana.projections.overviews.plan_rows import Line, Row

FIRST, ALL, PERIODS = "", "all", "periods"
VIEWS = (FIRST, ALL, PERIODS)
DATES = ("starts", "ends")
BY_NAME = ("item", "derives", "waits")
CHOICES = ("medium", "accumulation", "direction")
ASIDE = ("also", "money")  # cells of several lines, which only the page of a row shows
QUARTERS = 4
BLANK = 2  # empty rows at the end, for who has no script


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a cell may name: as it is kept, by its short name, and what it says."""

    value: str
    code: str
    text: str


class Names:
    """Short names of what the cells of one column may name."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        """Take them in the order in which they are offered."""
        self.choices = tuple(choices)
        self._by_value = {each.value: each for each in self.choices}
        told = [(fold(name), each.value) for each in self.choices for name in _ways_to_say(each)]
        often = Counter(name for name, _value in set(told))
        self._values = {name: value for name, value in told if often[name] == 1}

    def short(self, value: str) -> str:
        """Write what is kept as the grid shows it."""
        found = self._by_value.get(value)
        return found.code if found else value

    def text(self, value: str) -> str:
        """Say what is meant; empty where it is not known."""
        found = self._by_value.get(value)
        return found.text if found else ""

    def full(self, typed: str) -> str:
        """Read a code, a name or a text as what is kept; what is none of them stays as it was typed."""
        bare = typed.strip()
        if bare in self._by_value:
            return bare
        first = bare.partition("·")[0]
        return next((self._values[each] for each in (fold(bare), fold(first)) if each in self._values), bare)

    def knows(self, value: str) -> bool:
        """Whether it is one of them."""
        return value in self._by_value


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``kind`` is "list", "choice", "number", "day" or "text"; ``shut``: it follows from other cells.

    ``says`` is what a short name means and ``reading`` what a date does. After a clash ``now`` is what stands there;
    ``fault`` is why what was typed was not kept.
    """

    name: str
    kind: str
    text: str
    says: str = ""
    reading: Reading | None = None
    shut: bool = False
    now: str | None = None
    fault: str = ""

    @property
    def lines(self) -> bool:
        """Whether it needs a field that keeps its lines apart."""
        return self.kind == "text" or "\n" in self.text


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of the grid; ``row`` is None where it is not stored."""

    number: int
    row: Row | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody typed and was not kept, by row and cell: the text, what stands there now, and why."""

    typed: Mapping[tuple[int, str], str] = field(default_factory=dict)
    now: Mapping[tuple[int, str], str | None] = field(default_factory=dict)
    faults: Mapping[tuple[int, str], str] = field(default_factory=dict)

    @property
    def rows(self) -> set[int]:
        """The rows that it speaks of."""
        return {row for row, _name in (*self.typed, *self.now, *self.faults)}


@dataclass(frozen=True, slots=True)
class Grid:
    """The draft as a grid in one view."""

    sheet: Sheet
    view: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    names: Mapping[str, Names]
    blank: GridRow

    @property
    def base(self) -> dict[int, dict[str, str]]:
        """What is kept in the cells that are shown, for who sends them back."""
        stored = [each.row for each in self.rows if each.row]
        return {row.number: shown(self.names, cells_of(row.stored), self.columns) for row in stored}


def shown(names: Mapping[str, Names], cells: Mapping[str, str], columns: Iterable[str]) -> dict[str, str]:
    """Write cells as the grid shows them."""
    found = {name: cells.get(name, "") for name in columns}
    return found | {name: each.short(found[name]) for name, each in names.items() if name in found}


def grid(sheet: Sheet, view: str = FIRST, told: Told | None = None) -> Grid:
    """Show a draft, with what somebody typed and could not be kept in its place."""
    told = told or Told()
    columns = columns_of(sheet, view)
    names = names_of(sheet, columns)
    stored = {row.number: row for row in sheet.draft.rows}
    free = max([sheet.free_row, *(number + 1 for number in told.rows)])
    numbers = [*stored, *sorted(told.rows - stored.keys()), *range(free, free + BLANK)]
    year = sheet.draft.year_one
    return Grid(
        sheet=sheet,
        view=view,
        columns=columns,
        rows=tuple(
            GridRow(number, stored.get(number), tuple(_cells(number, stored.get(number), columns, names, told, year)))
            for number in numbers
        ),
        names=names,
        blank=GridRow(0, None, tuple(_cells(0, None, columns, names, told, year))),
    )


def _cells(
    number: int, row: Row | None, columns: Iterable[str], names: Mapping[str, Names], told: Told, year: int | None
) -> Iterator[Cell]:
    kept = cells_of(row.stored) if row else {}
    for name in columns:
        here = names.get(name)
        own = kept.get(name, "")
        shut = name == "budget" and bool(kept.get("money"))
        text = own if shut else told.typed.get((number, name), here.short(own) if here else own)
        yield Cell(
            name=name,
            kind=kind_of(name),
            text=text,
            says=here.text(here.full(text)) if here else "",
            reading=read_date(text, year_one=year) if name in DATES and text else None,
            shut=shut,
            now=told.now.get((number, name)),
            fault=told.faults.get((number, name), ""),
        )


def kind_of(name: str) -> str:
    """Say how a cell is filled in."""
    if name in BY_NAME:
        return "list"
    if name in CHOICES:
        return "choice"
    if name == "budget" or name.startswith(VALUE):
        return "number"
    return "day" if name in DATES else "text"


def columns_of(sheet: Sheet, view: str) -> tuple[str, ...]:
    """Name the columns of a view: the six that a kind of plan shows first, all, or those of the periods."""
    if view == ALL:
        return tuple(name for name in CELLS if name not in ASIDE)
    if view == PERIODS:
        return ("name", "unit", "target", *(f"{VALUE}{period}" for period in periods(sheet)))
    return plan_type(sheet.obligation.call.plan_type).first


def years(sheet: Sheet) -> tuple[int, ...]:
    """The years (gestiones) of the plan."""
    span = parse_period(sheet.obligation.call.period)
    return tuple(range(span.first.year, span.last.year + 1))


def periods(sheet: Sheet, *, quarters: bool = False) -> tuple[str, ...]:
    """The periods for which values are programmed: each year, and each quarter where there is one year or if asked."""
    held = years(sheet)
    told = {value.period for row in sheet.draft.stored for value in row.programmed}
    parts = range(1, QUARTERS + 1) if quarters or len(held) == 1 else ()
    usual = [each for year in held for each in (str(year), *(f"{year}-Q{n}" for n in parts))]
    return (*usual, *sorted(told - set(usual)))


def closed_until(sheet: Sheet, on: date) -> date | None:
    """The last day of the plan's periods that have passed: an amendment leaves what is programmed up to it."""
    passed = [each for each in periods(sheet, quarters=True) if is_closed(each, on)]
    return max((parse_period(each).last for each in passed), default=None)


def names_of(sheet: Sheet, columns: Container[str] = CELLS) -> dict[str, Names]:
    """Short names of the items and of the activities that a row may name; of others only where a column shows them."""
    found = {"item": Names(_items(sheet.draft.lines))}
    if "waits" in columns:
        found["waits"] = Names(_elsewhere(sheet))
    kind = plan_type(sheet.obligation.call.plan_type).derives
    if kind:
        found["derives"] = Names(_activities(sheet.obligation, kind))
    return found


def _items(lines: Iterable[Line]) -> Iterator[Choice]:
    told = list(lines)
    codes, keys = Counter(each.item.code for each in told), Counter(each.ref.partition("#")[2] for each in told)
    for each in told:
        key = each.ref.partition("#")[2]
        code = each.item.code if codes[each.item.code] == 1 else key if keys[key] == 1 else each.ref
        yield Choice(each.ref, code, each.item.text)


def _activities(owed: Obligation, kind: str) -> Iterator[Choice]:
    """The activities of the plans of another kind that the same body had accepted."""
    others: QuerySet[Any] = with_accepted(Obligation.objects.filter(debtor=owed.debtor_id, call__plan_type=kind))
    held = others.filter(accepted_id__isnull=False)
    accepted: dict[int, str] = dict(held.order_by().values_list("accepted_id", "call__code"))
    rows = list(Activity.objects.filter(submission__in=accepted).order_by("submission", "row"))
    often = Counter(each.row for each in rows)
    for each in rows:
        ref = row_ref(accepted[each.submission_id], owed.debtor.ref, each.row)
        yield Choice(ref, str(each.row) if often[each.row] == 1 else ref, each.name)


def _elsewhere(sheet: Sheet) -> Iterator[Choice]:
    """What its rows may come after: what they name already, and what others do about the lines that they answer."""
    debtor, rows = sheet.obligation.debtor_id, sheet.draft.rows
    items = {line.item.pk for row in rows for line in (row.own, row.line) if line}
    found = named({row.stored.waits for row in rows if row.stored.waits}, debtor)
    found |= {each.ref: each for each in answering(items, debtor)}
    often = Counter(each.short for each in found.values())
    for ref, each in found.items():
        yield Choice(ref, each.short if often[each.short] == 1 else ref, f"{each.name} · {each.entity}")


def _ways_to_say(choice: Choice) -> tuple[str, ...]:
    return choice.value, choice.value.partition("#")[2], choice.code, choice.text
