"""How a plan is laid out on the sheets of a workbook."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from yupana.domain.commitments.rules import CELLS, VALUE, cells_of
from yupana.domain.obligations.rules import Money
from yupana.foundation.kernel.quantity import SCALE
from yupana.interfaces.interchange.workbooks import words
from yupana.interfaces.interchange.workbooks.book import Book, Cell, Column, Page, Pages
from yupana.interfaces.interchange.workbooks.seal import HIDDEN, seal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yupana.domain.commitments.facts import PlanRow

MOST = 2**53  # beyond it a spreadsheet rounds
AMOUNT, QUANTITY, WHOLE = "#,##0.00", "#,##0.####", "0"
CODES = ("category", "source", "body", "object")
MONEY = ("year", "programmed", *CODES, "current", "accrued")
_WIDE = {"name": 44, "result": 36, "indicator": 30, "item": 36, "notes": 30, "verification": 30, "responsible": 24}
_ELSEWHERE = ("also", "money")  # on sheets of their own
_TOLD = ("plan", "money", "also")


def pages(book: Book) -> Pages:
    """Lay out all sheets, in the reader's language."""
    fields = plan_fields(book)
    told, lines = [_plan(book, fields), _money(book), _also(book)], _lines(book)
    sealed = seal(
        {
            "plan": book.plan,
            "entity": book.entity,
            "version": book.version,
            "base": {str(row): cells for row, cells in book.base.items()},
            "spare": [book.spare.start, book.spare.stop],
            "sheets": {name: words.sheet(name) for name in _TOLD},
            "titles": {
                page: [[column.field, column.title] for column in one.columns]
                for page, one in zip(_TOLD, told, strict=True)
            },
            "choices": {field: words.choices(field) for field in words.CHOICES},
            "lines": [[line.ref, line.code, book.labels[line.ref]] for line in book.lines],
        }
    )
    return Pages(
        [*told, lines, _help()], lines.name, lines.head + 1, lines.head + max(1, len(lines.rows)), HIDDEN, sealed
    )


def plan_fields(book: Book) -> list[str]:
    """Name the columns of the plan in their order: what is seen at first, the rest, what is programmed."""
    told = {value.period for row in book.rows for value in row.programmed}
    fields = [*book.kind.first, *(each for each in CELLS if each not in (*book.kind.first, *_ELSEWHERE))]
    return [*fields, *(f"{VALUE}{period}" for period in sorted({*book.periods, *told}))]


def _plan(book: Book, fields: Sequence[str]) -> Page:
    columns = [
        Column(words.NUMBER, words.title(words.NUMBER), 6, open=False, number=WHOLE),
        *(_column(field, behind=field not in book.kind.first) for field in fields),
    ]
    rows = [[row.row, *_shown(row, fields, book.labels)] for row in book.rows]
    rows += [[number] for number in book.spare]
    return Page(words.sheet("plan"), _lead(book, "plan"), columns, rows)


def _column(field: str, *, behind: bool) -> Column:
    return Column(
        field,
        words.title(field),
        _WIDE.get(field, 18),
        number=AMOUNT if field == "budget" else QUANTITY if field.startswith(VALUE) else "",
        behind=behind,
        listed=field == "item",
        choices=tuple(words.choices(field)) if field in words.CHOICES else (),
    )


def _shown(row: PlanRow, fields: Iterable[str], labels: dict[str, str]) -> list[Cell]:
    """Write a row as its cells are shown."""
    told: dict[str, Cell] = dict(cells_of(row))
    told["item"] = labels.get(row.item, row.item)
    for field in words.CHOICES:
        told[field] = words.chosen_label(field, getattr(row, field))
    told["budget"] = amount(row.budget_cents, 100)
    told |= {f"{VALUE}{each.period}": amount(each.value, SCALE) for each in row.programmed}
    return [told.get(field, "") for field in fields]


def amount(value: int | None, scale: int) -> Cell:
    """Write a whole number of parts as a number, or as text where a spreadsheet would round it."""
    if value is None:
        return ""
    exact = Decimal(value) / scale
    return exact if abs(value) < MOST else f"{exact:f}".replace(".", ",")


def _money(book: Book) -> Page:
    by_line = book.kind.money is Money.LINES or any(
        getattr(line, code) for row in book.rows for line in row.money for code in CODES
    )
    years = tuple(map(str, sorted({*book.years, *(line.year for row in book.rows for line in row.money)})))
    columns = [
        _of_whom(),
        _name(),
        Column("year", words.title("year"), 10, number=WHOLE, choices=years),
        Column("programmed", words.title("programmed"), number=AMOUNT),
        *(Column(code, words.title(code), behind=not by_line) for code in CODES),
        *(Column(each, words.title(each), number=AMOUNT, behind=not by_line) for each in ("current", "accrued")),
    ]
    rows: list[list[Cell]] = [
        [
            row.row,
            row.name,
            line.year,
            amount(line.programmed_cents, 100),
            *(getattr(line, code) for code in CODES),
            amount(line.current_cents, 100),
            amount(line.accrued_cents, 100),
        ]
        for row in book.rows
        for line in row.money
    ]
    return Page(words.sheet("money"), _lead(book, "money"), columns, rows, spare=500)


def _also(book: Book) -> Page:
    columns = [
        _of_whom(),
        _name(),
        Column("item", words.title("item"), 60, listed=True),
        Column(words.SHARE, words.title(words.SHARE), number=QUANTITY),
    ]
    rows: list[list[Cell]] = [
        [row.row, row.name, book.labels.get(each.item, each.item), amount(each.share_bp, 100)]
        for row in book.rows
        for each in row.also
    ]
    return Page(words.sheet("also"), _lead(book, "also"), columns, rows, spare=200)


def _of_whom() -> Column:
    return Column(words.NUMBER, words.title(words.NUMBER), 6, number=WHOLE)


def _name() -> Column:
    return Column("name", words.title("name"), 44, open=False)


def _lines(book: Book) -> Page:
    columns = [
        Column("item", words.title("item"), 60, open=False),
        Column("text", words.title("text"), 100, open=False),
    ]
    rows: list[list[Cell]] = [[book.labels[line.ref], line.text] for line in book.lines]
    return Page(words.sheet("items"), [words.lead("items")], columns, rows, open=False)


def _help() -> Page:
    columns = [Column("help", words.lead("help"), 110, open=False)]
    return Page(words.sheet("help"), [], columns, [[line] for line in words.advice()], open=False)


def _lead(book: Book, name: str) -> list[str]:
    return [book.title, book.entity, words.lead(name)]
