"""What each line of a Markdown text is, without yet knowing what hangs on what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from yupana.foundation.kernel.report import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TAB = 4
DEEPEST = 6  # levels of headings
_BROKEN = re.compile(r"(?:[^\w\s#\\`>*+()\[\]|-]{1,3}(#{1,6})\s|(#{2,6})(?=\w))(.*)")
_BULLET = re.compile(r"([*+-]|\d{1,9}[.)])(?:\s+(.*)|)")
_GLUED = re.compile(r"[*+-](\w.*)")
_RULE = re.compile(r"([*_-])(?:\s*\1){2,}")
_UNDERLINE = re.compile(r"=+|-{2,}")
_FENCE = re.compile(r"(`{3,}|~{3,})")


class Kind(Enum):
    """What a line is."""

    BLANK = auto()
    HEADING = auto()
    BULLET = auto()
    PROSE = auto()
    CODE = auto()
    UNDERLINE = auto()
    RULE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the level of a heading or the indentation in columns, the bullet or number, and the text."""

    kind: Kind
    where: str
    level: int
    mark: str
    text: str


def lines_of(text: str, name: str, is_label: Callable[[str], bool], mended: list[Note]) -> Iterator[Line]:
    """Tell what each line of a text is; what had to be guessed is added to ``mended``."""
    raws = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    last_fence = {mark: at for at, raw in enumerate(raws) for mark in (_fence(raw),) if mark}
    fence = ""
    for at, raw in enumerate(raws):
        where = f"{name}:{at + 1}"
        if fence or (_fence(raw) and last_fence[_fence(raw)] > at):
            fence = "" if fence and fence == _fence(raw) else fence or _fence(raw)
            yield Line(Kind.CODE, where, 0, "", raw)
        else:
            if _fence(raw):
                mended.append(Note(where, "markdown-fence-open", raw.strip()))
            yield _line(raw, where, is_label, mended)


def _fence(raw: str) -> str:
    """Return which fence a line opens or closes."""
    found = _FENCE.match(raw.lstrip())
    return found[1][:3] if found else ""


def _line(raw: str, where: str, is_label: Callable[[str], bool], mended: list[Note]) -> Line:
    text = raw.strip()
    indent = len(raw[: len(raw) - len(raw.lstrip())].expandtabs(TAB))
    if not text:
        return Line(Kind.BLANK, where, indent, "", "")
    if _UNDERLINE.fullmatch(text):
        return Line(Kind.UNDERLINE, where, 1 if text[0] == "=" else 2, "", text)
    heading = _heading(text, where, mended) if indent < TAB else None
    return heading or _marked(text, where, indent, is_label, mended) or Line(Kind.PROSE, where, indent, "", text)


def _heading(text: str, where: str, mended: list[Note]) -> Line | None:
    """Read a heading, also one that lacks its blank or has a stray sign before it."""
    hashes = len(text) - len(text.lstrip("#"))
    if 0 < hashes <= DEEPEST and text[hashes : hashes + 1].strip() == "":
        title = text[hashes:].strip()
        open_end = title.rstrip("#")
        return Line(Kind.HEADING, where, hashes, "", title if open_end[-1:].strip() else open_end.rstrip())
    broken = _BROKEN.fullmatch(text)
    if broken is None:
        return None
    mended.append(Note(where, "markdown-heading-broken", text))
    return Line(Kind.HEADING, where, len(broken[1] or broken[2]), "", broken[3].strip())


def _marked(text: str, where: str, indent: int, is_label: Callable[[str], bool], mended: list[Note]) -> Line | None:
    """Read a bullet or a number, also a bullet that lacks its blank before a label."""
    if _RULE.fullmatch(text):
        return Line(Kind.RULE, where, indent, "", text)
    bullet = _BULLET.fullmatch(text)
    if bullet:
        return Line(Kind.BULLET, where, indent, bullet[1], bullet[2] or "")
    glued = _GLUED.fullmatch(text)
    if glued is None or not is_label(glued[1]):
        return None
    mended.append(Note(where, "markdown-bullet-glued", text))
    return Line(Kind.BULLET, where, indent, text[0], glued[1])
