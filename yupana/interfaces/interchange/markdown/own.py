"""From our own form of Markdown to a manuscript: what `write` wrote, and what people changed in it since."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow, Manuscript
from yupana.domain.instruments.rules import BINDING_ROLES
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.foundation.kernel.text import fold
from yupana.interfaces.interchange.codes import Codes, title_code
from yupana.interfaces.interchange.markdown import fields, form
from yupana.interfaces.interchange.markdown.files import is_file

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.interfaces.interchange.markdown.fields import Key
    from yupana.interfaces.interchange.markdown.files import Files

COVER = ("instrument", "title", "kind", "edition", "edition_title", "legal_basis")
MOST_MADE_CODE = 40
_PART = re.compile(r"[*+-] \[[^\]]*\]\(([^()\s]+)\)")


class Stack:
    """The headings that are open, outermost first: what stands below which follows from their levels."""

    def __init__(self) -> None:
        self._open: list[tuple[int, Key]] = []

    def level_below(self, parent: Key | None, top: int) -> int:
        """Say at which level what belongs to an item stands; at the top where that is not open."""
        return next((level + 1 for level, key in reversed(self._open) if key == parent), top)

    def above(self, level: int) -> Key | None:
        """Close what a heading of this level closes, and say below what it stands."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        return self._open[-1][1] if self._open else None

    def push(self, level: int, key: Key) -> None:
        """Open a heading."""
        self._open.append((level, key))


def is_own(text: str) -> bool:
    """Whether a text is written in our own form."""
    return re.match(rf"{form.FENCE}\s*\n{form.MARK}:", text) is not None


def part_names(readme: str, title: str = "") -> list[str]:
    """List the files that a README in our own form names; below the first item everything is text."""
    lines = form.lines(readme)
    index = lines[: _first_item(lines, title)]
    return [found[1] for line in index for found in [_PART.fullmatch(line.strip())] if found]


def read(path: Path, files: Files) -> Manuscript:
    """Read a README with its parts, or one file; Refused where the cover cannot be read or a part is missing."""
    text = files.text(path)
    name, lines = files.name(path), form.lines(text)
    cover = _cover(lines, name)
    sheets = _Sheets()
    first = _first_item(lines, cover.heading.title)
    sheets.before(name, lines, cover.ends, first)
    sheets.take(name, lines, first)
    for way in part_names(text, cover.heading.title):
        part = files.inside(files.root, way)
        if part is None or not is_file(part):
            raise Refused("markdown-part-lost", where=name, part=way)
        sheets.take(files.name(part), form.lines(files.text(part)))
    rows = tuple(_bound(row) for row in sheets.rows) if cover.binds_said else tuple(sheets.rows)
    told = tuple(sheets.unplaced), tuple(sheets.mended)
    return Manuscript(cover.heading, rows, files.digest(), cover.more, *told)


class Cover(NamedTuple):
    """What stands between the two fences, and on which line they end."""

    heading: Heading
    more: dict[str, Any]
    binds_said: bool
    ends: int


def _cover(lines: list[str], name: str) -> Cover:
    """Read the cover, each line of it a name and a value in JSON."""
    told: dict[str, Any] = {}
    for at, line in enumerate(lines[1:], start=1):
        if line.strip() == form.FENCE:
            more = told.get("more", {})
            if not isinstance(more, dict) or not all(isinstance(told.get(key, ""), str) for key in COVER):
                raise Refused("markdown-cover-unreadable", where=f"{name}:1")
            heading = Heading(**{key: told.get(key, "") for key in COVER})
            return Cover(heading, more, bool(told.get(form.BINDS)), at + 1)
        key, _, value = line.partition(":")
        try:
            told[key.strip()] = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise Refused("markdown-cover-unreadable", where=f"{name}:{at + 1}") from error
    raise Refused("markdown-cover-unreadable", where=f"{name}:1")


def _first_item(lines: list[str], title: str) -> int:
    """Say on which line the first item stands: at the first heading, unless that is the title of the whole."""
    heads = [(at, found[2] or "") for at, line in enumerate(lines) for found in [form.ITEM.fullmatch(line)] if found]
    if heads and (heads[0][1] == form.in_line(title) or _role(heads[0][1]) is None):
        heads = heads[1:]
    return heads[0][0] if heads else len(lines)


def _role(said: str) -> ItemRole | None:
    """Return the role that a heading says."""
    found = form.HEAD.fullmatch(said)
    role = form.meanings("roles").get(fold(found["role"])) if found else None
    return ItemRole(role) if role else None


def _bound(row: ItemRow) -> ItemRow:
    return row if row.binds is not None else replace(row, binds=row.role in BINDING_ROLES)


class _Sheets:
    """Reads the items of one file after another."""

    def __init__(self) -> None:
        self.rows: list[ItemRow] = []
        self.unplaced: list[Note] = []
        self.mended: list[Note] = []
        self._codes = Codes()

    def before(self, name: str, lines: list[str], start: int, end: int) -> None:
        """List what stands on the cover besides the title and the parts."""
        for at, line in enumerate(lines[start:end], start=start + 1):
            if line.strip() and not form.ITEM.fullmatch(line) and not _PART.fullmatch(line.strip()):
                self.unplaced.append(Note(f"{name}:{at}", "markdown-before-items", line.strip()))

    def take(self, name: str, lines: list[str], start: int = 0) -> None:
        """Read the items of a file from a line on."""
        heads = [at for at, line in enumerate(lines) if at >= start and form.ITEM.fullmatch(line)]
        for at, line in enumerate(lines[start : heads[0] if heads else None], start=start + 1):
            if line.strip():
                self.unplaced.append(Note(f"{name}:{at}", "markdown-before-items", line.strip()))
        stack = Stack()
        for head, after in pairwise([*heads, len(lines)]):
            self._item(f"{name}:{head + 1}", lines[head], lines[head + 1 : after], stack)

    def _item(self, where: str, head: str, below: list[str], stack: Stack) -> None:
        found = form.ITEM.fullmatch(head)
        level, said = (len(found[1]), found[2] or "") if found else (1, head)
        role, code, text = self._head(where, said)
        told, body = fields.divide(below)
        read, misread = fields.read(told)
        for label, value in misread:
            self.mended.append(Note(where, "markdown-field-unreadable", f"{label}: {value}"))
            body = "\n\n".join(filter(None, [body, f"- **{label}:** {value}"]))
        key = (role, read.pop("code", code))
        row: dict[str, Any] = {"parent": stack.above(level), "body": body, **read}
        stack.push(level, key)
        self.rows.append(ItemRow(where=where, role=key[0], code=key[1], text=text, **row))

    def _head(self, where: str, said: str) -> tuple[ItemRole, str, str]:
        role, found = _role(said), form.HEAD.fullmatch(said)
        if role and found:
            return role, found["code"] or "", form.plain(found["text"] or "")
        self.mended.append(Note(where, "markdown-heading-unlabelled", said))
        return ItemRole.TEXT, self._codes.fresh(title_code(said, MOST_MADE_CODE).lower()), form.plain(said.strip())
