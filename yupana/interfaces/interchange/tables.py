"""Tables as people save them from a spreadsheet: CSV in UTF-8, with or without a BOM, separated by ``,`` ``;`` or TAB.

Nothing is guessed in silence. A cell may hold line breaks, so each record knows the line on which it starts. What
cannot be read is refused with file and line.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.labels import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

MOST_BYTES = 64 * 1024 * 1024
MOST_CELL = 128 * 1024  # characters; the limit of Python's own reader, said aloud
LINES = 100  # of a table that is sent go together
SEPARATORS = (",", ";", "\t")
GUARDED = "=+-@'\t\r"  # what a spreadsheet would run, and the guard itself
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the line of the file on which it starts (the headers are line 1), and its cells by header."""

    line: int
    cells: Mapping[str, str]
    where: str


@dataclass(frozen=True, slots=True)
class Table:
    """A file, read. Cells are as they stand; missing cells at the end of a row are empty."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[Record, ...]

    def column(self, header: str) -> Iterator[str]:
        """Yield every cell of one column, from top to bottom."""
        return (row.cells[header] for row in self.rows)


def read_table(path: Path) -> Table:
    """Read a CSV file whole; Refused with ``where`` ("file:line") on whatever makes it unreadable."""
    return parse_table(read_text(path), path.name)


def parse_table(text: str, name: str) -> Table:
    """Read the text of a CSV file."""
    return table_of(name, _records(text, name), lambda line: _place(name, line))


def table_of(name: str, records: Iterable[tuple[int, Sequence[str]]], where: Callable[[int], str]) -> Table:
    """Make a table of numbered records, the first of which holds the headers; ``where`` says the place of a number."""
    rest = iter(records)
    line, first = next(rest, (1, []))
    headers = _headers(first, where(line if first else 1))
    rows = [_record(line, cells, headers, where(line)) for line, cells in rest if any(map(str.strip, cells))]
    return Table(name, tuple(header for header in headers if header), tuple(rows))


def write_table(records: Iterable[Sequence[str]]) -> bytes:
    """Write records as CSV that no spreadsheet takes for formulas; Refused for a cell that nobody would read."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for line, cells in enumerate(records, start=1):
        check_cells(cells, line, MOST_CELL - 1)
        writer.writerow([escape(cell) for cell in cells])
    return text.getvalue().encode()


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Write CSV while it is read, some lines at a time, with the mark without which spreadsheets guess wrongly.

    None is an empty cell, and no spreadsheet takes a text for a formula.
    """
    rest = iter(rows)
    yield _BOM
    while some := list(islice(rest, LINES)):
        text = io.StringIO(newline="")
        csv.writer(text).writerows([escape(cell) if isinstance(cell, str) else cell for cell in row] for row in some)
        yield text.getvalue().encode()


def check_cells(cells: Iterable[str], line: int, most: int) -> None:
    """Refuse a cell that is longer than its format holds: cutting it would lose text."""
    for cell in cells:
        if len(cell) > most:
            raise Refused("cell-too-long", line=line, text=squeeze(cell[:80]), most=most)


def escape(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula, or that begins with one."""
    return f"'{text}" if text[:1] and text[0] in GUARDED else text


def unescape(text: str) -> str:
    """Take away the one apostrophe that `escape` puts."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in GUARDED else text


def read_text(path: Path) -> str:
    """Read a file of bounded size as UTF-8 text, without its BOM; Refused with the line where it is none."""
    return _decode(read_bytes(path), path.name)


def read_map(path: Path) -> dict[str, Any]:
    """Read a TOML file that says which column holds what; Refused if it is none."""
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise Refused("map-unreadable", where=path.name, problem=_("it is nested too deeply")) from error
    except ValueError as error:  # also a number with more digits than Python reads
        raise Refused("map-unreadable", where=path.name, problem=str(error)) from error


def recognise(
    table: Table, synonyms: Mapping[str, Sequence[str]], given: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Find the header of each field: as ``given``, else by its synonyms (folded, first one wins).

    Fields without a header are left out. Refused where a given header is not in the table, or a field is unknown.
    """
    given = given or {}
    for field, header in given.items():
        if field not in synonyms:
            raise Refused("field-unknown", where=table.name, field=field, known=", ".join(sorted(synonyms)))
        if header not in table.headers:
            raise Refused("column-missing", where=table.name, column=header, headers=", ".join(table.headers))
    free = {header_key(header): header for header in table.headers if header not in given.values()}
    found = dict(given)
    for field, names in synonyms.items():
        own = next((free[key] for key in map(header_key, names) if key in free), None)
        if field not in found and own is not None:
            found[field] = own
    return found


def required(
    table: Table,
    names: Mapping[str, Sequence[str]],
    *needed: str,
    given: Mapping[str, str] | None = None,
    code: str = "columns-missing",
) -> dict[str, str]:
    """Recognise columns; Refused, saying what was looked for, where one that is needed is not there."""
    columns = recognise(table, names, given)
    refuse_missing(table, names, [field for field in needed if field not in columns], code)
    return columns


def refuse_missing(
    table: Table, names: Mapping[str, Sequence[str]], missing: Sequence[str], code: str = "columns-missing"
) -> None:
    """Refuse a table without columns that are needed, if any is missing."""
    if missing:
        told = {"missing": ", ".join(missing), "headers": ", ".join(table.headers)}
        raise Refused(code, where=table.name, looked=looked_for(names, missing), **told)


def looked_for(names: Mapping[str, Sequence[str]], fields: Sequence[str]) -> str:
    """Say under which names each field was looked for."""
    return "; ".join(f"{field} ({', '.join(names[field])})" for field in fields)


def header_key(header: str) -> str:
    """Compare headers without regard to case, accents, underscores and hyphens."""
    return squeeze(fold(header).replace("_", " ").replace("-", " "))


def read_bytes(path: Path) -> bytes:
    """Read an ordinary file of bounded size, without its BOM; Refused where it is none."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a pipe without a writer would never answer
            raise Refused("file-unreadable", where=str(path), problem=_("it is no ordinary file"))
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused("file-unreadable", where=str(path), problem=problem(error)) from error
    if len(data) > MOST_BYTES:
        raise Refused("file-too-large", where=path.name, most=MOST_BYTES // 1024 // 1024)
    return data.removeprefix(_BOM)


def _decode(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("file-not-utf8", where=_place(name, _line_at(data[: error.start]))) from error
    if "\0" in text:
        raise Refused("file-has-nul", where=_place(name, _line_at(data[: data.index(b"\0")])))
    return text


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield records with the line on which each starts; the first one holds the headers."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused("table-malformed", where=_place(name, start), problem=str(error)) from error
        yield start, cells


def _separator(text: str) -> str:
    """Choose the separator that divides the headers into more cells; the comma where both do as well."""
    return max(SEPARATORS, key=lambda separator: _header_count(text, separator))


def _header_count(text: str, separator: str) -> int:
    try:
        return len(next(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), []))
    except csv.Error:
        return 0


def _headers(cells: Sequence[str], where: str) -> list[str]:
    headers = [squeeze(cell) for cell in cells]
    if not any(headers):
        raise Refused("headers-missing", where=where)
    repeated = sorted(header for header, times in Counter(headers).items() if header and times > 1)
    if repeated:
        raise Refused("header-repeated", where=where, column=", ".join(repeated))
    return headers


def _record(line: int, cells: Sequence[str], headers: Sequence[str], where: str) -> Record:
    """Pair cells with headers; a filled cell without a header would be lost, so it is refused."""
    stray = [cell for at, cell in enumerate(cells) if cell.strip() and (at >= len(headers) or not headers[at])]
    if stray:
        raise Refused("cell-without-header", where=where, text=squeeze(stray[0])[:80])
    padded = [*cells, *[""] * (len(headers) - len(cells))]
    return Record(line, {header: cell for header, cell in zip(headers, padded, strict=False) if header}, where)


def _line_at(before: bytes) -> int:
    return before.count(b"\n") + 1


def _place(name: str, line: int) -> str:
    return f"{name}:{line}"
