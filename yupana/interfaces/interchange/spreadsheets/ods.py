"""ODS, the open form that the State's own list of standards names. Formulas are refused."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, cast
from xml.sax.saxutils import escape, quoteattr  # which writes; nothing is read with it

from lxml import etree
from odfdo import Document

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.spreadsheets.sheets import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED,
    Budget,
    Sheet,
    Span,
    fill,
    from_xml,
    number,
    steady,
    to_xml,
    trimmed,
    unpacked,
    unreadable,
)
from yupana.interfaces.interchange.tables import MOST_CELL, check_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from odfdo.container import Container

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _TEXT, _OFFICE = (f"{{{_NAMES}{name}:1.0}}" for name in ("table", "text", "office"))
_ROW, _SHEET = f"{_TABLE}table-row", f"{_TABLE}table"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_ASIDE = {f"{_OFFICE}annotation", f"{_TEXT}note"}
_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3"'
    + "".join(f' xmlns:{name}="{_NAMES}{name}:1.0"' for name in ("office", "table", "text"))
    + "><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
)
_NUMBERS = ("float", "currency", "percentage")
_ERRORS = ("#", "Err:")
_VALUES = ("date", "time", "boolean", "string")
_BLANKS = re.compile(r"[ \t\r\n]+")
_SPACES = re.compile(r"^ +|(?<=[^ ]) {2,}| +$|\t")


def read_ods(path: Path, *, as_shown: bool = False) -> list[Sheet]:
    """Read every sheet; Refused with the place on whatever cannot be read.

    ``as_shown`` takes of a formula what it came to when the workbook was saved, and runs none.
    """
    with unpacked(path) as archive, archive.open("content.xml") as source:
        events = etree.iterparse(
            source, events=("start", "end"), tag=(_SHEET, _ROW), resolve_entities=False, no_network=True
        )
        try:
            return list(_sheets(events, path.name, as_shown=as_shown))
        except (etree.XMLSyntaxError, ValueError, ArithmeticError) as error:
            raise unreadable(path.name, str(error)) from error


def write_ods(name: str, records: Iterable[Sequence[str]]) -> bytes:
    """Write one sheet of text cells; Refused for a text that nobody would read."""
    rows, width = [], 1
    for line, cells in enumerate(records, start=1):
        check_cells(cells, line, MOST_CELL)
        rows.append(f"<table:table-row>{''.join(map(_cell, trimmed(cells)))}</table:table-row>")
        width = max(width, len(cells))
    columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
    body = f"<table:table table:name={quoteattr(name)}>{columns}{''.join(rows)}</table:table>"
    document = Document("spreadsheet")
    # Whole, and not node by node through the library's tree, which takes seconds for a thousand rows.
    cast("Container", document.container).set_part("content.xml", _CONTENT.format(body=body).encode())
    packed = io.BytesIO()
    document.save(packed)
    return steady(packed.getvalue())


def _cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string">{paragraphs(text)}</table:table-cell>'


def paragraphs(text: str) -> str:
    """Write a text as what stands inside of a cell, line by line."""
    return "".join(f"<text:p>{_paragraph(line)}</text:p>" for line in to_xml(text).split("\n"))


def _paragraph(line: str) -> str:
    """Write one line; blanks that would collapse are written as elements."""

    def blanks(found: re.Match[str]) -> str:
        return "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>'

    return _SPACES.sub(blanks, escape(line))


def _sheets(events: Iterable[tuple[str, etree._Element]], name: str, *, as_shown: bool) -> Iterator[Sheet]:
    budget, sheet, last = Budget(name), Sheet(""), 0
    for event, element in events:
        if element.tag == _SHEET and event == "start":
            sheet, last = Sheet(element.get(f"{_TABLE}name", "")), 0
        elif element.tag == _SHEET:
            fill(sheet.rows, sheet.merged)
            yield sheet
        elif event == "end":
            times = _times(element, f"{_TABLE}number-rows-repeated")
            row = _row(element, f"{name}:{sheet.name}!{last + 1}", as_shown=as_shown)
            texts = row.texts
            sheet.merged += [Span(left, last + 1, right, last + rows) for left, right, rows in row.spans]
            for at in range(last + 1, last + 1 + (times if texts else 0)):
                budget.spend(texts)
                sheet.rows.append((at, list(texts)))
                sheet.numbers.update((at, column) for column in row.numbers)
                sheet.errors.update((at, column) for column in row.errors)
            last += times
            element.clear()


@dataclass(slots=True)
class _Row:
    """A row's texts; which of its cells span others, as (first column, last column, rows); which are what."""

    texts: list[str] = field(default_factory=list)
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)

    def take(self, cell: etree._Element, before: list[str], texts: list[str]) -> None:
        """Add a cell, as often as it is repeated, behind the empty ones before it."""
        self.texts += before
        at = range(len(self.texts), len(self.texts) + len(texts))
        width = min(MOST_COLUMNS, _times(cell, f"{_TABLE}number-columns-spanned"))
        height = min(MOST_ROWS, _times(cell, f"{_TABLE}number-rows-spanned"))
        if max(width, height) > 1:
            self.spans.append((at.start, at.start + width - 1, height))
        self.texts += texts
        if cell.get(f"{_OFFICE}value-type") in _NUMBERS:
            self.numbers += at
        elif cell.get(f"{_TABLE}formula") and texts[0].startswith(_ERRORS):
            self.errors += at


def _row(element: etree._Element, where: str, *, as_shown: bool) -> _Row:
    row, skipped = _Row(), 0
    for cell in element:
        if cell.tag not in _CELLS:
            continue
        if cell.get(f"{_TABLE}formula") and not as_shown:
            raise Refused("cell-formula", where=where, text=cell.get(f"{_TABLE}formula", "")[:80])
        text, times = _text(cell, where, as_shown=as_shown), _times(cell, f"{_TABLE}number-columns-repeated")
        if not text:
            skipped += times
            continue
        if skipped + times + len(row.texts) > MOST_COLUMNS:
            raise Refused("workbook-too-large", where=where, rows=MOST_ROWS, columns=MOST_COLUMNS)
        row.take(cell, [""] * skipped, [text] * times)
        skipped = 0
    return row


def _text(cell: etree._Element, where: str, *, as_shown: bool) -> str:
    value = cell.get(f"{_OFFICE}value")
    if value is not None:
        percent = as_shown and cell.get(f"{_OFFICE}value-type") == "percentage"
        return f"{number(Decimal(value) * 100)} %" if percent else number(value)
    said = next((cell.get(f"{_OFFICE}{name}-value") for name in _VALUES if cell.get(f"{_OFFICE}{name}-value")), None)
    if said is not None:
        return said.removesuffix("T00:00:00")
    lines = ("".join(_letters(line, where)) for line in cell if line.tag == f"{_TEXT}p")
    return from_xml("\n".join(lines))


def _letters(element: etree._Element, where: str) -> Iterator[str]:
    """Read a paragraph: its text, the blanks that are written as elements, and what is set apart inside it."""
    yield _BLANKS.sub(" ", element.text or "")
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = int(child.get(f"{_TEXT}c", "1"))
            if count > MOST_CELL:
                raise Refused("workbook-bomb", where=where, most=MOST_UNPACKED // 1024 // 1024)
            yield " " * count
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in _ASIDE and isinstance(child.tag, str):
            yield from _letters(child, where)
        yield _BLANKS.sub(" ", child.tail or "")


def _times(element: etree._Element, attribute: str) -> int:
    """How often something is repeated: once, where it does not say."""
    return max(1, int(element.get(attribute, "1")))
