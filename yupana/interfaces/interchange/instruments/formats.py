"""Which format a file has, who reads it, and who writes it."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.instruments import outlines, trees
from yupana.interfaces.interchange.instruments.columns import read_columns, write_columns
from yupana.interfaces.interchange.instruments.folders import read_folder
from yupana.interfaces.interchange.instruments.workbooks import SHEET, table_in
from yupana.interfaces.interchange.spreadsheets import read_ods, read_xlsx, write_ods, write_xlsx
from yupana.interfaces.interchange.strict import read_json
from yupana.interfaces.interchange.tables import Table, read_bytes, read_table, read_text, unescape, write_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yupana.domain.instruments.facts import ItemRole, Manuscript
    from yupana.foundation.kernel.report import Note
    from yupana.interfaces.interchange.spreadsheets import Sheet


class Format(StrEnum):
    """The formats of an instrument."""

    STRATML = "stratml"
    OSCAL = "oscal"
    MARKDOWN = "markdown"
    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"
    JSON = "json"


READABLE = "Markdown, StratML (XML), OSCAL (JSON), CSV, TSV, XLSX, ODS, JSON"
ENDINGS = {
    ".csv": Format.CSV, ".tsv": Format.CSV, ".xlsx": Format.XLSX, ".ods": Format.ODS, ".json": Format.JSON,
    ".xml": Format.STRATML, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN,
}  # fmt: skip
_ZIP, _BLANK = b"PK\x03\x04", b" \t\r\n"


def read_instrument(path: Path, grammar: Path | None = None, roles: Mapping[str, ItemRole] | None = None) -> Manuscript:
    """Read whatever holds an instrument; Refused with ``where`` on whatever cannot be read.

    ``grammar`` says which labels a Markdown document uses, ``roles`` which roles the words of a JSON tree mean.
    """
    if path.is_dir():
        return read_folder(path)
    data = read_bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    held = format_of(path, data)
    if held is Format.CSV:
        return _read_text(path, digest, roles or {})
    if held is Format.XLSX:
        return _read_sheets(read_xlsx(path), path, digest)
    if held is Format.ODS:
        return _read_sheets(read_ods(path), path, digest)
    if held is Format.JSON:
        return _read_json(path, digest, roles or {})
    raise Refused("format-unknown", where=path.name, readable=READABLE)


def write_instrument(manuscript: Manuscript, held: Format, target: Path) -> tuple[Note, ...]:
    """Write an instrument over whatever is at the target; what the format cannot say is told."""
    if held is Format.CSV:
        data = write_table(write_columns(manuscript))
    elif held is Format.XLSX:
        data = write_xlsx(SHEET, write_columns(manuscript))
    elif held is Format.ODS:
        data = write_ods(SHEET, write_columns(manuscript))
    else:
        data = trees.write_tree(manuscript)
    target.write_bytes(data)
    return ()


def format_of(path: Path, data: bytes) -> Format | None:
    """Tell the format of a file by its first bytes, where these say it, else by its ending; None where it has none."""
    if data.startswith(_ZIP):
        return _packed(path)
    ending = ENDINGS.get(path.suffix.lower())
    if ending not in (None, Format.XLSX, Format.ODS):
        return ending
    first = data.lstrip(_BLANK)[:1]
    return {b"<": Format.STRATML, b"{": Format.JSON}.get(first) or (Format.CSV if _is_table(data) else None)


def _packed(path: Path) -> Format | None:
    """Tell one workbook from another, and both from other archives."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return Format.ODS if path.suffix.lower() == ".ods" else Format.XLSX  # whose reader says what is wrong with it
    if "xl/workbook.xml" in names:
        return Format.XLSX
    return Format.ODS if "content.xml" in names and "mimetype" in names else None


def _is_table(data: bytes) -> bool:
    """Whether bytes without a telling name may be a table: text with a separator in the first line."""
    line = data[:4096].splitlines()[:1]
    return bool(line) and b"\0" not in data[:4096] and any(sign in line[0] for sign in (b",", b";", b"\t"))


def _plain(table: Table) -> Table:
    """Take the guards away that keep spreadsheets from running what stands in a cell."""
    rows = (replace(row, cells={header: unescape(cell) for header, cell in row.cells.items()}) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _read_text(path: Path, digest: str, roles: Mapping[str, ItemRole]) -> Manuscript:
    text = read_text(path)
    if outlines.recognises(text):
        return outlines.read_outline(text, path.name, path.stem, digest, roles)
    return read_columns(_plain(read_table(path)), path.stem, digest)


def _read_sheets(sheets: list[Sheet], path: Path, digest: str) -> Manuscript:
    table, notes = table_in(sheets, path.name)
    read = read_columns(table, path.stem, digest)
    return replace(read, unplaced=(*notes, *read.unplaced))


def _read_json(path: Path, digest: str, roles: Mapping[str, ItemRole]) -> Manuscript:
    value = read_json(path)
    if not trees.recognises(value, roles):
        raise Refused("json-no-instrument", where=path.name)
    return trees.read_tree(value, path.name, path.stem, digest, roles)
