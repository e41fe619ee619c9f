"""Workbooks that are written row by row into a temporary file: millions of cells need no more memory than few."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, TypeAlias
from xml.sax.saxutils import escape as xml  # which writes; nothing is read with it
from xml.sax.saxutils import quoteattr

from yupana.interfaces.interchange.spreadsheets.sheets import to_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Percent:
    """A part of one, in ten-thousandths."""

    basis_points: int


@dataclass(frozen=True, slots=True)
class Money:
    """Bolivianos, in cents."""

    cents: int


Cell: TypeAlias = "str | int | Percent | Money | None"
Sheet: TypeAlias = "tuple[str, Iterable[Sequence[Cell]]]"

_KEPT = 2**21  # bytes in memory, then in a file
WHOLE = 10_000  # of what a part is one
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>'
    '<xf fontId="1" applyFont="1"/><xf numFmtId="10" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_BOLD, _PERCENT, _MONEY = 1, 2, 3
_TALL = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView>'
    '</sheetViews><cols><col min="1" max="1" width="44" customWidth="1"/><col min="2" max="60" width="18" '
    'customWidth="1"/></cols>'
)
_BROAD = (
    '<sheetViews><sheetView workbookViewId="0"><pane xSplit="2" ySplit="1" topLeftCell="C2" state="frozen"/>'
    "</sheetView></sheetViews>"
)


def streamed_table(rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """Write a single sheet whose first two columns stay in sight, too."""
    return streamed([("1", rows)], _BROAD)


def streamed(sheets: Sequence[Sheet], view: str = _TALL) -> IO[bytes]:
    """Write sheets, the first row of each a head that stays in sight; texts stay texts whatever they look like."""
    file = tempfile.SpooledTemporaryFile(max_size=_KEPT)  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in _parts([title for title, _rows in sheets]).items():
            archive.writestr(name, _HEAD + text)
        for at, (_title, rows) in enumerate(sheets, 1):
            with archive.open(f"xl/worksheets/sheet{at}.xml", "w", force_zip64=True) as sheet:
                sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{view}<sheetData>'.encode())
                for line, row in enumerate(rows):
                    style = 0 if line else _BOLD
                    sheet.write(f"<row>{''.join(_cell(each, style) for each in row)}</row>".encode())
                sheet.write(b"</sheetData></worksheet>")
    file.seek(0)
    return file


def _cell(value: Cell, style: int) -> str:
    if isinstance(value, Percent):
        return f'<c s="{_PERCENT}"><v>{_decimal(value.basis_points, WHOLE)}</v></c>'
    if isinstance(value, Money):
        return f'<c s="{_MONEY}"><v>{_decimal(value.cents, 100)}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    if not value:
        return "<c/>"
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{xml(to_xml(value))}</t></is></c>'


def _decimal(value: int, whole: int) -> str:
    """Write a fraction of a power of ten exactly."""
    sign, rest = ("-" if value < 0 else ""), abs(value)
    return f"{sign}{rest // whole}.{rest % whole:0{len(str(whole)) - 1}d}"


def _parts(titles: Sequence[str]) -> dict[str, str]:
    """Write what holds the sheets together."""
    numbers = range(1, len(titles) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_TYPES}.worksheet+xml"/>' for at in numbers
    )
    named = "".join(
        f'<sheet name={quoteattr(title[:31])} sheetId="{at}" r:id="r{at}"/>' for at, title in enumerate(titles, 1)
    )
    leading = "".join(
        f'<Relationship Id="r{at}" Type="{_RELATION}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at in numbers
    )
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{kinds}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_RELATION}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{leading}'
            f'<Relationship Id="rs" Type="{_RELATION}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": _STYLES,
    }
