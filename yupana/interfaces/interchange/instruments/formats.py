"""Which format a file has, who reads it, and who writes it."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.instruments import folders, outlines, trees
from yupana.interfaces.interchange.instruments.columns import read_columns, write_columns
from yupana.interfaces.interchange.instruments.workbooks import SHEET, table_in
from yupana.interfaces.interchange.markdown import read as markdown
from yupana.interfaces.interchange.markdown.write import write_manuscript as write_markdown
from yupana.interfaces.interchange.oscal import read as oscal
from yupana.interfaces.interchange.oscal.write import write_manuscript as write_oscal
from yupana.interfaces.interchange.spreadsheets import read_ods, read_xlsx, write_ods, write_xlsx, xlsx
from yupana.interfaces.interchange.spreadsheets.sheets import to_xml
from yupana.interfaces.interchange.stratml import read as stratml
from yupana.interfaces.interchange.stratml.write import write_manuscript as write_stratml
from yupana.interfaces.interchange.strict import read_json
from yupana.interfaces.interchange.tables import (
    MOST_CELL,
    SEPARATORS,
    parse_table,
    read_bytes,
    read_text,
    unescape,
    write_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from yupana.domain.instruments.facts import ItemRole, Manuscript
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
ONE_LEFT_OUT = "export-leaves-out-unplaced"  # by which writers tell of each line
_ZIP, _BLANK, _HEAD = b"PK\x03\x04", b" \t\r\n", 4096


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be read, and what its reader was told besides."""

    path: Path
    digest: str
    grammar: Path | None
    roles: Mapping[str, ItemRole]


def read_instrument(path: Path, grammar: Path | None = None, roles: Mapping[str, ItemRole] | None = None) -> Manuscript:
    """Read whatever holds an instrument; Refused with ``where`` on whatever cannot be read.

    ``grammar`` says which labels a Markdown document uses, ``roles`` which roles the words of JSON or of an outline
    mean.
    """
    if path.is_dir():
        return _read_folder(path, grammar)
    head, digest = _head(path)
    held = format_of(path, head)
    if held is None:
        raise Refused("format-unknown", where=path.name, readable=READABLE)
    return READERS[held](Source(path, digest, grammar, roles or {}))


def write_instrument(manuscript: Manuscript, held: Format, target: Path) -> tuple[Note, ...]:
    """Write an instrument over whatever is at the target; what the format cannot say is told."""
    notes = WRITERS[held](manuscript, target)
    if not manuscript.unplaced or any(note.why == ONE_LEFT_OUT for note in notes):
        return notes
    return (*notes, Note(target.name, "export-leaves-out-lines", str(len(manuscript.unplaced))))


def _read_folder(folder: Path, grammar: Path | None) -> Manuscript:
    """Read the tables of a folder, else its Markdown: parts that a README lists, or the only document there is."""
    if not folders.recognises(folder):
        documents = [folder] if markdown.recognises(folder) else sorted(folder.glob("*.md"))
        if len(documents) == 1:
            return markdown.read_manuscript(documents[0], grammar)
    return folders.read_folder(folder)


def _head(path: Path) -> tuple[bytes, str]:
    """Read the first bytes of a file, and the digest of it all."""
    data = read_bytes(path)
    return data[:_HEAD], hashlib.sha256(data).hexdigest()


def format_of(path: Path, head: bytes) -> Format | None:
    """Tell the format of a file by its first bytes, where these say it, else by its ending; None where it has none."""
    if head.startswith(_ZIP):
        return _packed(path)
    ending = ENDINGS.get(path.suffix.lower())
    if ending not in (None, Format.XLSX, Format.ODS):
        return ending
    first = head.lstrip(_BLANK)[:1]
    return {b"<": Format.STRATML, b"{": Format.JSON}.get(first) or (Format.CSV if _is_table(head) else None)


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


def _is_table(head: bytes) -> bool:
    """Whether bytes without a telling name may be a table: text with a separator in the first line."""
    line = head.splitlines()[:1]
    return bool(line) and b"\0" not in head and any(sign.encode() in line[0] for sign in SEPARATORS)


def _read_table(source: Source) -> Manuscript:
    path, text = source.path, read_text(source.path)
    if outlines.recognises(text):
        return outlines.read_outline(text, path.name, path.stem, source.digest, source.roles)
    table = parse_table(text, path.name)
    # Without the guards that keep spreadsheets from running what stands in a cell.
    rows = (replace(row, cells={header: unescape(cell) for header, cell in row.cells.items()}) for row in table.rows)
    return read_columns(replace(table, rows=tuple(rows)), path.stem, source.digest)


def _read_xlsx(source: Source) -> Manuscript:
    return _read_sheets(read_xlsx(source.path), source)


def _read_ods(source: Source) -> Manuscript:
    return _read_sheets(read_ods(source.path), source)


def _read_sheets(sheets: list[Sheet], source: Source) -> Manuscript:
    table, notes = table_in(sheets, source.path.name)
    read = read_columns(table, source.path.stem, source.digest)
    return replace(read, unplaced=(*notes, *read.unplaced))


def _read_json(source: Source) -> Manuscript:
    path = source.path
    if oscal.recognises(path):
        return oscal.read_manuscript(path)
    value = read_json(path)
    if not trees.recognises(value, source.roles):
        raise Refused("json-no-instrument", where=path.name)
    return trees.read_tree(value, path.name, path.stem, source.digest, source.roles)


def _read_stratml(source: Source) -> Manuscript:
    return stratml.read_manuscript(source.path)


def _read_markdown(source: Source) -> Manuscript:
    return markdown.read_manuscript(source.path, source.grammar)


def _write_csv(manuscript: Manuscript, target: Path) -> tuple[Note, ...]:
    return _put(write_table(write_columns(manuscript, MOST_CELL - 2)), target)


def _write_xlsx(manuscript: Manuscript, target: Path) -> tuple[Note, ...]:
    return _put(write_xlsx(SHEET, write_columns(manuscript, xlsx.MOST_CELL, lambda text: len(to_xml(text)))), target)


def _write_ods(manuscript: Manuscript, target: Path) -> tuple[Note, ...]:
    return _put(write_ods(SHEET, write_columns(manuscript, MOST_CELL)), target)


def _write_json(manuscript: Manuscript, target: Path) -> tuple[Note, ...]:
    return _put(trees.write_tree(manuscript), target)


def _put(data: bytes, target: Path) -> tuple[Note, ...]:
    """Write the bytes of a format that says everything of a tree."""
    target.write_bytes(data)
    return ()


READERS: dict[Format, Callable[[Source], Manuscript]] = {
    Format.STRATML: _read_stratml,
    Format.MARKDOWN: _read_markdown,
    Format.CSV: _read_table,
    Format.XLSX: _read_xlsx,
    Format.ODS: _read_ods,
    Format.JSON: _read_json,
}
WRITERS: dict[Format, Callable[[Manuscript, Path], tuple[Note, ...]]] = {
    Format.STRATML: write_stratml,
    Format.OSCAL: write_oscal,
    Format.MARKDOWN: write_markdown,
    Format.CSV: _write_csv,
    Format.XLSX: _write_xlsx,
    Format.ODS: _write_ods,
    Format.JSON: _write_json,
}
