"""Codes for items whose file gives them none, or none that can stand in an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yupana.domain.instruments.rules import MOST_ITEM_CODE
from yupana.foundation.kernel.text import fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

_USABLE = re.compile(r"\w[\w.()+-]*")
_UNUSABLE = re.compile(r"[^\w.()+-]+")
_WORD = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


def usable(code: str, most: int = MOST_ITEM_CODE) -> bool:
    """Whether a text can be a code as it stands."""
    return len(code) <= most and _USABLE.fullmatch(code) is not None


def code_like(text: str, most: int = MOST_ITEM_CODE) -> str:
    """Make a code that reads like a text; "" where nothing of it can stand in a code."""
    return _UNUSABLE.sub("-", text).lstrip("-.()+").rstrip("-.")[:most]


def title_code(title: str, most: int) -> str:
    """Make a code of the words of a title, as many whole ones as there is room for; "" where it has none."""
    code = ""
    for word in _WORD.findall(fold(title)):
        longer = f"{code}-{word}" if code else word[:most]
        if len(longer) > most:
            break
        code = longer
    return code.upper()


def clipped(title: str, most: int) -> str:
    """Put a title on one line and cut it where it is too long, with a mark that it was."""
    line = squeeze(title)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


class Codes:
    """Codes handed out once each. Those that a file says itself are reserved before any is made up."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = set(reserved)
        self._next: dict[str, int] = {}

    def has(self, code: str) -> bool:
        """Whether a code was handed out or is reserved."""
        return code in self._taken

    def fresh(self, wanted: str) -> str:
        """Return the code wanted, or with the first number behind it that makes it nobody's."""
        base = code_like(wanted) or "item"
        code = base
        while code in self._taken:
            number = self._next.get(base, 2)
            self._next[base] = number + 1
            code = f"{base[: MOST_ITEM_CODE - 1 - len(str(number))]}-{number}"
        self._taken.add(code)
        return code
