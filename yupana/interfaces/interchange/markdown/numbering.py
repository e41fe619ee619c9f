"""Codes for the items of a draft: its own numbers where it gives them, else numbers that people can say.

Axes, lines, objectives, guidelines and requirements count through the whole plan (lineamiento 12); actions, targets and
indicators count inside what they belong to (acción 12.3); texts follow the outline (texto 4.2.1).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import ItemRole
from yupana.domain.instruments.rules import MOST_ITEM_CODE
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.markdown.items import HELD_BY_ITEMS, Draft

if TYPE_CHECKING:
    from collections.abc import Iterable

OUTLINED = frozenset({ItemRole.TEXT, ItemRole.AXIS})


def codes_for(items: Iterable[Draft], mended: list[Note]) -> dict[Draft, str]:
    """Give each item a code that no other item of its role has."""
    items = list(items)
    numbering = _Numbering()
    for item in items:
        if item.number and not numbering.keep(item, item.number):
            item.more["number"] = item.number
            mended.append(Note(item.where, "markdown-code-twice", item.number))
    for item in items:
        numbering.number(item)
    return numbering.codes


class _Numbering:
    """Counts."""

    def __init__(self) -> None:
        self.codes: dict[Draft, str] = {}
        self._taken: set[tuple[ItemRole, str]] = set()
        self._counts: Counter[tuple[Draft | None, ItemRole]] = Counter()
        self._places: dict[Draft, str] = {}

    def keep(self, item: Draft, code: str) -> bool:
        """Keep the number that a text gives an item, unless another item of its role has it."""
        if (item.role, code) in self._taken or len(code) > MOST_ITEM_CODE:
            return False
        self._taken.add((item.role, code))
        self.codes[item] = code
        return True

    def number(self, item: Draft) -> None:
        """Number an item; those above it are numbered already."""
        place = self._place(item) if item.role in OUTLINED else ""
        if item in self.codes:
            return
        if item.role is ItemRole.TEXT and self.keep(item, place):
            return
        inside = item.parent if item.role in HELD_BY_ITEMS and item.parent else None
        above = f"{self.codes[inside]}." if inside and inside.role is not ItemRole.TEXT else ""
        if len(above) > MOST_ITEM_CODE // 2:
            inside, above = None, ""
        while not self.keep(item, f"{above}{self._next(inside if above else None, item.role)}"):
            pass

    def _place(self, item: Draft) -> str:
        """Say where in the outline a text or an axis stands."""
        above = item.parent
        while above is not None and above.role not in OUTLINED:
            above = above.parent
        inside = f"{self._places[above]}." if above is not None else ""
        self._places[item] = f"{inside}{self._next(above, ItemRole.TEXT)}"
        return self._places[item]

    def _next(self, inside: Draft | None, role: ItemRole) -> int:
        self._counts[inside, role] += 1
        return self._counts[inside, role]
