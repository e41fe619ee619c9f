"""Rows by what they say: whether one of many says all of some cells is found without looking at each of them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Words: TypeAlias = frozenset[tuple[str, str]]
_SILENT: Words = frozenset({("", "")})  # of a row that says nothing, which is like no other


class Known:
    """The rows of a plan; they may change while others are looked for."""

    def __init__(self, rows: Mapping[int, Mapping[str, str]]) -> None:
        self._words: dict[int, Words] = {}
        self._rows: dict[tuple[str, str], set[int]] = defaultdict(set)
        for row, cells in rows.items():
            self.put(row, cells)

    def put(self, row: int, cells: Mapping[str, str]) -> None:
        """Say what a row says now."""
        self.take(row)
        self._words[row] = _words(cells)
        for word in self._words[row]:
            self._rows[word].add(row)

    def take(self, row: int) -> None:
        """Forget a row."""
        for word in self._words.pop(row, ()):
            self._rows[word].discard(row)

    def find(self, cells: Mapping[str, str], least: int) -> int | None:
        """Find the first row from a number on that says all of this; it may say more, but nothing is said by none."""
        rarest, *others = sorted((self._rows.get(word, set()) for word in _words(cells)), key=len)
        return min((row for row in rarest.intersection(*others) if row >= least), default=None)


def _words(cells: Mapping[str, str]) -> Words:
    return frozenset((field, text) for field, text in cells.items() if text) or _SILENT
