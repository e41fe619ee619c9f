"""What workbooks of both kinds share: sheets of text, archives that cannot hurt, letters that XML cannot hold."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from lxml import etree

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.tables import MOST_BYTES, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST_ROWS, MOST_COLUMNS, MOST_CELLS, MOST_PARTS, MOST_TAGS = 200_000, 1_000, 5_000_000, 1_000, 3_000_000
MOST_UNPACKED = MOST_BYTES
_NO_ARCHIVE = "File is not a zip file"  # what the library says of a PDF
_XML = (".xml", ".rels", ".rdf")
_BEFORE_TAGS = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"  # white space, the mark of an encoding, halves of wide letters
_EBCDIC = b"Lo\xa7\x94"  # "<?xm" of mainframes
_FIRST = 4_096  # bytes that say whether a part is XML
# Workbooks write a letter that XML cannot hold as _x000B_, and so a text that looks like one must say so.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile(r"_x(?!0000|[Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")

_ROWS = re.compile(rb"<(?:\w+:)?row\b")  # of a sheet of XLSX

_CORE, _MOMENT = "docProps/core.xml", re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class Span(NamedTuple):
    """Cells merged into one: columns from 0, rows as numbered, all four included."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(slots=True)
class Sheet:
    """A sheet as numbered rows of text, empty rows left out; cells count from the first column.

    ``numbers`` are the cells, as (row, column from 0), that hold a number: a point in it is a decimal point. ``errors``
    are those that say that something could not be computed, in a sheet that is read as it shows itself.
    """

    name: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    numbers: set[tuple[int, int]] = field(default_factory=set, compare=False, repr=False)
    errors: set[tuple[int, int]] = field(default_factory=set, compare=False, repr=False)
    merged: list[Span] = field(default_factory=list, compare=False, repr=False)


@dataclass(slots=True)
class Budget:
    """How much of a workbook may still be read: a small file can unfold into any number of cells."""

    where: str
    rows: int = MOST_ROWS
    cells: int = MOST_CELLS
    letters: int = MOST_BYTES

    def spend(self, row: Sequence[str]) -> None:
        """Take one row off; Refused where too much was taken."""
        self.rows -= 1
        self.cells -= len(row)
        self.letters -= sum(map(len, row))
        if min(self.rows, self.cells, self.letters) < 0 or len(row) > MOST_COLUMNS:
            raise Refused("workbook-too-large", where=self.where, rows=MOST_ROWS, columns=MOST_COLUMNS)


@contextmanager
def unpacked(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a workbook's archive: of bounded size, in clear, without macros and without entities."""
    read_bytes(path)  # which says what is wrong with a file that is none, or too large
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, path.name)
            yield archive
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, KeyError) as error:
        raise unreadable(path.name, str(error)) from error


def unreadable(where: str, problem: str = "") -> Refused:
    """Say that a workbook is broken; libraries tell why in their own words, of which a line is enough."""
    told = problem.strip().partition("\n")[0][:120] or _("it is damaged")
    if told == _NO_ARCHIVE:
        told = _("it is neither .xlsx nor .ods")
    return Refused("workbook-unreadable", where=where, problem=told)


def _check(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise Refused("workbook-bomb", where=name, most=MOST_UNPACKED // 1024 // 1024)
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise Refused("workbook-macros", where=name)
    read = [part for part in parts if _is_read(archive, part)]
    if sum(part.file_size for part in read) > MOST_UNPACKED:
        raise Refused("workbook-bomb", where=name, most=MOST_UNPACKED // 1024 // 1024)
    _check_texts(archive, read, name)


def _check_texts(archive: zipfile.ZipFile, read: Sequence[zipfile.ZipInfo], name: str) -> None:
    tags = 0
    for part in read:
        if part.flag_bits & 1:
            raise Refused("workbook-locked", where=name)
        text, where = archive.read(part), f"{name}:{part.filename}"
        tags += text.count(b"<")  # each becomes an object many times its size
        if tags > MOST_TAGS:
            raise Refused("workbook-bomb", where=where, most=MOST_UNPACKED // 1024 // 1024)
        _check_rows(text, where)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text or text.startswith(_EBCDIC):
            raise Refused("workbook-entities", where=where)
        if text.strip():  # some parts are there and empty
            _check_form(text, where)


def _is_read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a library might read a part as XML: it finds parts by what the workbook calls them, whatever they end in.

    So a part is left alone only where its first bytes say that it is none.
    """
    if part.filename.lower().endswith(_XML):
        return True
    if part.flag_bits & 1:
        return False  # in secret: nobody can open it
    with archive.open(part) as opened:
        first = opened.read(_FIRST)
    text = first.lstrip(_BEFORE_TAGS)
    blank = not text and len(first) == _FIRST and any(first)  # it may begin further down
    return blank or text.startswith((b"<", _EBCDIC))


def _check_rows(text: bytes, where: str) -> None:
    """Refuse more rows than are read: each costs, also if there is nothing in it."""
    if sum(1 for _row in islice(_ROWS.finditer(text), MOST_ROWS + 1)) > MOST_ROWS:
        raise Refused("workbook-too-large", where=where, rows=MOST_ROWS, columns=MOST_COLUMNS)


def _check_form(text: bytes, where: str) -> None:
    """Refuse a part that is malformed, or nested deeper than libraries survive."""
    try:
        for _event, element in etree.iterparse(io.BytesIO(text), tag="{*}*", resolve_entities=False, no_network=True):
            element.clear()
            above = element.getparent()
            if above is not None:
                del above[0]  # itself: those before it are gone
    except etree.XMLSyntaxError as error:
        raise unreadable(where, str(error)) from error


def fill(rows: Sequence[tuple[int, list[str]]], merged: Sequence[Span]) -> None:
    """Give each row that a merged cell spans the text of the cell."""
    held = dict(rows)
    for column, first, _right, last in merged:
        above = held.get(first, [])
        if column >= len(above):
            continue
        for number in range(first + 1, last + 1):
            row = held.get(number)
            if row is not None:
                row.extend([""] * (column + 1 - len(row)))
                row[column] = row[column] or above[column]


def number(value: float | Decimal | str) -> str:
    """Write a number as people do: 4, not 4.0; 0.1, not 0.1000000000000000055; no powers of ten."""
    exact = Decimal(str(value))
    if not exact.is_finite() or abs(exact.adjusted()) > 100:  # noqa: PLR2004 (nobody writes a hundred digits)
        return str(value)
    plain = format(exact, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def to_xml(text: str) -> str:
    """Write letters that XML cannot hold."""
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def from_xml(text: str) -> str:
    """Read them back; NUL and halves of letters stay as they are written, for no text holds them."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), text)


def trimmed(cells: Sequence[str]) -> list[str]:
    """Leave out the empty cells at the end."""
    last = max((at for at, cell in enumerate(cells) if cell), default=-1)
    return list(cells[: last + 1])


def steady(packed: bytes) -> bytes:
    """Take the moment of writing out of a workbook: the same rows make the same bytes."""
    steadied = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(steadied, "w") as new:
        for member in old.infolist():
            kept = zipfile.ZipInfo(member.filename)  # of the first day that an archive can name
            kept.compress_type, kept.external_attr = member.compress_type, member.external_attr
            data = old.read(member)
            new.writestr(kept, _MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z", data) if member.filename == _CORE else data)
    return steadied.getvalue()
