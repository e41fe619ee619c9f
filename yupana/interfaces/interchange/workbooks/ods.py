"""A plan as ODS, the open form: the same sheets, lists and numbers as in XLSX, and no formula either."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast
from xml.sax.saxutils import escape, quoteattr  # which writes; nothing is read with it

from django.utils.translation import gettext as _
from odfdo import Document
from openpyxl.utils import get_column_letter

from yupana.interfaces.interchange.spreadsheets.ods import paragraphs
from yupana.interfaces.interchange.spreadsheets.sheets import steady
from yupana.interfaces.interchange.tables import MOST_CELL, check_cells
from yupana.interfaces.interchange.workbooks.layout import AMOUNT, QUANTITY, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from odfdo.container import Container

    from yupana.interfaces.interchange.workbooks.book import Cell, Column, Page, Pages

_NAMES = (
    "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for name, full in (
            *((each, each) for each in ("office", "table", "text", "style", "config")),
            ("number", "datastyle"),
            ("fo", "xsl-fo-compatible"),
            ("of", "of"),
        )
    )
    + ' office:version="1.3"'
)
_FORMS = {"": "t", AMOUNT: "a", QUANTITY: "q", WHOLE: "w"}
_NUMBERS = (
    '<number:text-style style:name="t"><number:text-content/></number:text-style>'
    '<number:number-style style:name="a"><number:number number:decimal-places="2" number:min-decimal-places="2"'
    ' number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
    '<number:number-style style:name="q"><number:number number:decimal-places="4" number:min-decimal-places="0"'
    ' number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
    '<number:number-style style:name="w"><number:number number:decimal-places="0" number:min-integer-digits="1"/>'
    "</number:number-style>"
)
_INCH = 0.09  # of a column, for one of its letters


def write_ods_plan(pages: Pages) -> bytes:
    """Write all sheets; the same plan makes the same bytes."""
    rules: list[str] = []
    tables = [_table(page, at, rules, pages) for at, page in enumerate(pages.shown)]
    hidden = "".join(f"<table:table-row>{_cell(piece)}</table:table-row>" for piece in pages.sealed)
    tables.append(
        f'<table:table table:name="{pages.hidden}" table:style-name="hidden" table:protected="true">'
        f"<table:table-column/>{hidden}</table:table>"
    )
    validations = f"<table:content-validations>{''.join(rules)}</table:content-validations>"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{_NAMES}>'
        f"<office:automatic-styles>{_styles(pages)}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{validations}{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    document = Document("spreadsheet")
    container = cast("Container", document.container)
    container.set_part("content.xml", content.encode())
    container.set_part("settings.xml", _settings(pages).encode())
    packed = io.BytesIO()
    document.save(packed)
    return steady(packed.getvalue())


def _styles(pages: Pages) -> str:
    widths = sorted({column.width for page in pages.shown for column in page.columns})
    columns = "".join(
        f'<style:style style:name="c{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * _INCH:.2f}in"/></style:style>'
        for width in widths
    )
    cells = "".join(_style(f"{mark}{form}", form, mark == "o") for mark in "ol" for form in _FORMS.values())
    bold = '<style:text-properties fo:font-weight="bold"/>'
    return (
        f"{_NUMBERS}{columns}{cells}"
        '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/>'
        "</style:style>"
        f'<style:style style:name="top" style:family="table-cell">{bold}</style:style>'
        '<style:style style:name="head" style:family="table-cell"><style:table-cell-properties fo:wrap-option="wrap"'
        f' fo:background-color="#e8e4da"/>{bold}</style:style>'
    )


def _style(name: str, form: str, open_: bool) -> str:  # noqa: FBT001 (a style is one or the other)
    guard = 'style:cell-protect="none"' if open_ else 'style:cell-protect="protected" fo:background-color="#f4f2ec"'
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:data-style-name="{form}">'
        f'<style:table-cell-properties {guard} fo:wrap-option="wrap" style:vertical-align="top"/></style:style>'
    )


def _table(page: Page, at: int, rules: list[str], pages: Pages) -> str:
    named = [_rule(page, column, f"v{at}-{where}", rules, pages) for where, column in enumerate(page.columns)]
    looks = [_look(column) for column in page.columns]
    lead = (
        _row([_cell(line, ' table:style-name="top"' if not number else "")]) for number, line in enumerate(page.lead)
    )
    head = _row(_cell(column.title, ' table:style-name="head"') for column in page.columns)
    attributes = [f' table:style-name="{look}"{rule}' for look, rule in zip(looks, named, strict=True)]
    body = (_body(page, number, row, attributes) for number, row in enumerate(page.rows, start=page.head + 1))
    empty = _row([_cell("", each) for each in attributes], page.spare) if page.spare else ""
    return (
        f'<table:table table:name={quoteattr(page.name)} table:protected="true">{_columns(page, looks)}'
        f"{''.join(lead)}{head}{''.join(body)}{empty}</table:table>"
    )


def _columns(page: Page, looks: Sequence[str]) -> str:
    """Write the columns; those behind the first ones stand in a group that can be folded."""
    told, inside = [], False
    for column, look in zip(page.columns, looks, strict=True):
        if column.behind != inside:
            told.append("<table:table-column-group>" if column.behind else "</table:table-column-group>")
            inside = column.behind
        told.append(f'<table:table-column table:style-name="c{column.width}" table:default-cell-style-name="{look}"/>')
    return "".join(told) + ("</table:table-column-group>" if inside else "")


def _body(page: Page, number: int, row: Sequence[Cell], attributes: Sequence[str]) -> str:
    check_cells(map(str, row), number, MOST_CELL)
    filled = [*row, *[""] * (len(page.columns) - len(row))]
    return _row(_cell(value, each) for value, each in zip(filled, attributes, strict=True))


def _row(cells: Iterable[str], times: int = 1) -> str:
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def _cell(value: Cell, attributes: str = "") -> str:
    if value == "":
        return f"<table:table-cell{attributes}/>"
    if isinstance(value, str):
        return f'<table:table-cell{attributes} office:value-type="string">{paragraphs(value)}</table:table-cell>'
    return (
        f'<table:table-cell{attributes} office:value-type="float" office:value="{value}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def _look(column: Column) -> str:
    return ("o" if column.open else "l") + _FORMS[column.number]


def _rule(page: Page, column: Column, name: str, rules: list[str], pages: Pages) -> str:
    """Add a list to choose from, where there is one; return the attribute by which a cell names it."""
    if column.listed:
        source = f"[{_named(pages.lines)}.$A${pages.first}:.$A${pages.last}]"
    elif column.choices:
        source = ";".join(f'"{each}"' for each in column.choices)
    else:
        return ""
    at = f"{_named(page.name)}.{get_column_letter(1 + list(page.columns).index(column))}{page.head + 1}"
    told = escape(_("Choose from the list, or leave the cell empty."))
    rules.append(
        f'<table:content-validation table:name="{name}" table:allow-empty-cell="true"'
        f" table:condition={quoteattr(f'of:cell-content-is-in-list({source})')}"
        f" table:base-cell-address={quoteattr(at)}>"
        f'<table:error-message table:display="true" table:message-type="stop" table:title={quoteattr(column.title)}>'
        f"<text:p>{told}</text:p></table:error-message></table:content-validation>"
    )
    return f' table:content-validation-name="{name}"'


def _named(sheet: str) -> str:
    return "$'{}'".format(sheet.replace("'", "''"))


def _settings(pages: Pages) -> str:
    """Keep titles and numbers in sight."""

    def frozen(page: Page) -> Iterator[str]:
        for way, at in (("Horizontal", 1), ("Vertical", page.head)):
            yield f'<config:config-item config:name="{way}SplitMode" config:type="short">2</config:config-item>'
            for item in (f"{way}SplitPosition", "PositionRight" if way == "Horizontal" else "PositionBottom"):
                yield f'<config:config-item config:name="{item}" config:type="int">{at}</config:config-item>'

    tables = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(page.name)}>{''.join(frozen(page))}"
        "</config:config-item-map-entry>"
        for page in pages.shown
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-settings{_NAMES}><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item-map-named config:name="Tables">'
        f"{tables}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )
