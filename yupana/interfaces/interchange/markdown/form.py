"""The letters of our own form: its words, and how any text stands in it so that it comes back letter by letter."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from yupana.foundation.kernel.text import fold
from yupana.interfaces.interchange.tables import read_map

WORDS = Path(__file__).with_name("own.toml")
FIRST_LANGUAGE = "es"
DEEPEST = 6  # levels of headings that Markdown has
FENCE = "---"
MARK = "yupana"
BINDS, AS_ROLES_DO = "binds", "as its role does, unless an item says otherwise"
ITEM = re.compile(r"(#{1,6})(?: (.*))?")
HEAD = re.compile(r"(?P<role>[^\s:]+)(?: (?P<code>[^\s:]+))?:(?: (?P<text>.*))?")
FIELD = re.compile(r"- \*\*(?P<label>[^*:]+):\*\*(?: (?P<value>.*))?")
CODE = re.compile(r"[^\s:]+")
MARGIN = "  "

_ENTITY = re.compile(r"&((?:amp;)*)#(\d{1,5});")
_EMPTY = re.compile(r"^[^\S\n]+$", re.MULTILINE)
_GUARDED = re.compile(r"\\*(?:#|- \*\*)")


@cache
def words() -> dict[str, dict[str, Any]]:
    """Return the words by language, table and meaning."""
    return read_map(WORDS)


@cache
def meanings(table: str) -> dict[str, str]:
    """Return what each folded word of a table means, in whatever language."""
    return {fold(word): meaning for language in words().values() for meaning, word in language[table].items()}


def in_line(text: str) -> str:
    """Write a text on one line."""
    return in_block(text).replace("\n", "&#10;")


def in_block(text: str) -> str:
    """Write a text so that blanks at its ends and on empty lines survive; line breaks inside it stay."""
    safe = _ENTITY.sub(lambda found: f"&amp;{found[1]}#{found[2]};" if _is_ours(found) else found[0], text)
    inner = safe.strip()
    start = safe.index(inner) if inner else len(safe)
    ends = _entities(safe[:start]), _entities(safe[start + len(inner) :])
    kept = _EMPTY.sub(lambda found: _entities(found[0]), inner).replace("\r", "&#13;")
    return f"{ends[0]}{kept}{ends[1]}"


def plain(text: str) -> str:
    """Read what `in_line` and `in_block` wrote."""
    return _ENTITY.sub(lambda found: _read_entity(found) if _is_ours(found) else found[0], text)


def guarded(line: str) -> str:
    """Put a backslash before a line of text that would be read as a heading or a field."""
    return f"\\{line}" if _GUARDED.match(line) else line


def unguarded(line: str) -> str:
    """Take away the backslash that `guarded` put."""
    return line[1:] if line.startswith("\\") and _GUARDED.match(line) else line


def lines(text: str) -> list[str]:
    """Divide the text of a file into lines, wherever it was saved."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _entities(blanks: str) -> str:
    return "".join(f"&#{ord(char)};" for char in blanks)


def _is_ours(found: re.Match[str]) -> bool:
    return chr(int(found[2])).isspace()


def _read_entity(found: re.Match[str]) -> str:
    return f"&{found[1].removeprefix('amp;')}#{found[2]};" if found[1] else chr(int(found[2]))
