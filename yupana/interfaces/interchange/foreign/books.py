"""Opening whatever a person brings as a table: XLSX, ODS or CSV by what they are, not by how they are called."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.spreadsheets import Sheet, read_ods, read_xlsx
from yupana.interfaces.interchange.spreadsheets.sheets import Budget, trimmed
from yupana.interfaces.interchange.tables import SEPARATORS, read_bytes, unescape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED = b"PK"
_LOOKED_AT = 50  # records that say which separator it is


def load(path: Path) -> list[Sheet]:
    """Read every sheet as it shows itself; Refused with the place on whatever cannot be read.

    Formulas are never run: what they came to when the file was saved is what counts.
    """
    data = read_bytes(path)
    if data.startswith(_OLD):  # what spreadsheets wrote before 2007, and what they write under a password
        raise Refused("workbook-old", where=path.name)
    if data.startswith(_PACKED):
        return read_ods(path, as_shown=True) if _is_ods(path) else read_xlsx(path, as_shown=True)
    return [_csv(data, path)]


def _is_ods(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "content.xml" in archive.namelist()
    except zipfile.BadZipFile:  # which the reader says in its own words
        return False


def _csv(data: bytes, path: Path) -> Sheet:
    text = _decoded(data, path.name)
    separator = max(SEPARATORS, key=lambda each: _fit(text, each))
    budget, sheet = Budget(path.name), Sheet(path.stem)
    try:
        for at, record in enumerate(_records(text, separator), start=1):
            cells = trimmed([unescape(cell) for cell in record])
            if cells:
                budget.spend(cells)
                sheet.rows.append((at, cells))
    except csv.Error as error:
        raise Refused("table-malformed", where=path.name, problem=str(error)) from error
    return sheet


def _decoded(data: bytes, name: str) -> str:
    """Decode UTF-8, else what spreadsheets on Windows write here."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Refused("file-has-nul", where=name)
    return text


def _records(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _fit(text: str, separator: str) -> int:
    """Say how well a separator divides: how many cells its most usual number of cells comes to."""
    widths: Counter[int] = Counter()
    try:
        for _at, record in zip(range(_LOOKED_AT), _records(text, separator), strict=False):
            widths[len(record)] += len(record) if len(record) > 1 else 0
    except csv.Error:
        return 0
    return max(widths.values(), default=0)
