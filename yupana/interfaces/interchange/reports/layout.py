"""How a report is laid out on the sheets of a workbook, and what they say to who fills it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from yupana.domain.progress.labels import LABELS
from yupana.domain.progress.rules import Gap, VarianceCause
from yupana.domain.progress.rules.typed import CELLS, INDICATOR_CELLS
from yupana.foundation.kernel.money import parse_cents
from yupana.foundation.kernel.quantity import SCALE, parse_quantity
from yupana.interfaces.interchange.workbooks.book import Cell, Column, Page, Pages
from yupana.interfaces.interchange.workbooks.cells import CENTS
from yupana.interfaces.interchange.workbooks.layout import AMOUNT, QUANTITY, WHOLE, amount
from yupana.interfaces.interchange.workbooks.seal import HIDDEN, seal
from yupana.interfaces.interchange.workbooks.words import NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from enum import StrEnum

    from django_stubs_ext import StrPromise

    from yupana.interfaces.interchange.reports.book import Book, BookIndicator, BookRow

SHEET, INDICATORS_SHEET = "report", "indicators"
READ_INDICATOR = ("measure", "unit", "target", "due_on", "last")
READ = ("name", "indicator", "unit", "due", "whole", "last")
TITLES: dict[str, StrPromise] = {
    NUMBER: pgettext_lazy("workbook", "No."),
    "name": gettext_lazy("Activity"),
    "indicator": gettext_lazy("Indicator"),
    "unit": gettext_lazy("Unit of measure"),
    "due": gettext_lazy("To be reached by the end of the period"),
    "whole": gettext_lazy("To be reached in the end"),
    "last": gettext_lazy("Last value"),
    "measure": gettext_lazy("Indicator"),
    "target": gettext_lazy("To be reached"),
    "due_on": gettext_lazy("By when"),
    "value": gettext_lazy("Value now"),
    "gap": gettext_lazy("Why there is no value"),
    "accrued": gettext_lazy("Accrued this year in Bs"),
    "current": gettext_lazy("Current budget in Bs"),
    "cause": gettext_lazy("Why it is off plan"),
    "variation": gettext_lazy("What happened"),
    "done": gettext_lazy("What was done"),
    "next_step": gettext_lazy("Next step"),
    "note": gettext_lazy("Note"),
}
CHOICES: dict[str, type[StrEnum]] = {"gap": Gap, "cause": VarianceCause}
_NUMBERS = {
    "due": QUANTITY,
    "whole": QUANTITY,
    "target": QUANTITY,
    "value": QUANTITY,
    "accrued": AMOUNT,
    "current": AMOUNT,
}
_WIDE = {"name": 40, "measure": 60, "note": 40, "indicator": 26, "variation": 36, "done": 36, "next_step": 30}


def title(field: str) -> str:
    """Return the title of a column."""
    return str(TITLES[field])


def choices(field: str) -> dict[str, str]:
    """Return what may be chosen in a column: code by label."""
    return {str(LABELS[CHOICES[field]][each.value]): each.value for each in CHOICES[field]}


def worded(field: str, text: str) -> str:
    """Return what may be chosen in a column by its label; any other text is its own."""
    return next((label for label, code in choices(field).items() if code == text), text) if field in CHOICES else text


def pages(book: Book) -> Pages:
    """Lay out all sheets, in the reader's language."""
    lead = [book.title, book.entity, _("One line is one activity. Write in the white cells.")]
    filled = {SHEET: Page(_("Report"), lead, _columns(READ, CELLS), [_shown(row) for row in book.rows])}
    if book.indicators:
        lead = [book.title, book.entity, _("One line is one indicator. Write in the white cells.")]
        lines = [_measured(each) for each in book.indicators]
        filled[INDICATORS_SHEET] = Page(_("Indicators"), lead, _columns(READ_INDICATOR, INDICATOR_CELLS), lines)
    about = Page(_("Help"), [], [Column("help", _("How to fill this in"), 110, open=False)], _advice(), open=False)
    sealed = seal(
        {
            "report": book.report,
            "entity": book.entity,
            "version": book.version,
            "base": {str(row): dict(cells) for row, cells in book.base.items()},
            "sheets": {name: page.name for name, page in filled.items()},
            "titles": {name: [[each.field, each.title] for each in page.columns] for name, page in filled.items()},
            "indicators": {str(each.line): [each.number, each.parts] for each in book.indicators},
            "choices": {field: choices(field) for field in CHOICES},
        }
    )
    return Pages([*filled.values(), about], about.name, 1, 1, HIDDEN, sealed)


def _columns(read: Sequence[str], written: Sequence[str]) -> list[Column]:
    return [
        Column(NUMBER, title(NUMBER), 6, open=False, number=WHOLE),
        *(
            Column(field, title(field), _WIDE.get(field, 18), open=False, number=_NUMBERS.get(field, ""))
            for field in read
        ),
        *(
            Column(
                field, title(field), _WIDE.get(field, 18), number=_NUMBERS.get(field, ""),
                choices=tuple(choices(field)) if field in CHOICES else (),
            )
            for field in written
        ),
    ]  # fmt: skip


def _shown(row: BookRow) -> list[Cell]:
    read: list[Cell] = [row.name, row.indicator, row.unit, amount(row.due, SCALE), amount(row.whole, SCALE), row.last]
    return [row.number, *read, *(_cell(field, row.cells.get(field, "")) for field in CELLS)]


def _measured(each: BookIndicator) -> list[Cell]:
    due = date_format(each.due_on) if each.due_on else ""
    read: list[Cell] = [each.name, each.unit, amount(each.target, SCALE), due, each.last]
    return [each.line, *read, *(_cell(field, each.cells.get(field, "")) for field in INDICATOR_CELLS)]


def _cell(field: str, text: str) -> Cell:
    return worded(field, text) if field in CHOICES else _number(field, text)


def _number(field: str, text: str) -> Cell:
    """Write a number as one, so that a spreadsheet can add it up; a rate stays text."""
    if field not in _NUMBERS or not text or "/" in text:
        return text
    if field == "value":
        return amount(parse_quantity(text), SCALE)
    return amount(parse_cents(text), CENTS)


def _advice() -> list[list[Cell]]:
    return [
        [_("1. Give each activity its value: what happened in the period where values add up, else how it stands.")],
        [_("2. A rate is written as 45 / 60. Yes is 1, no is 0.")],
        [_("3. Where there is no value, leave it empty and choose why.")],
        [_("4. Money is what was accrued from the first of January on, and the budget as it is now.")],
        [_("5. Where an activity is off plan, choose why and say what happened.")],
        [_("6. Save the file as it is, in the same format, and bring it back. Before anything changes you see what.")],
    ]  # fmt: skip
