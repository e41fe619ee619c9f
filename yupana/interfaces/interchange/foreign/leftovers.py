"""Rows of a form that are no activity: sums, titles between rows, titles said again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from yupana.foundation.kernel.text import fold
from yupana.interfaces.interchange.foreign.pieces import cents_of, decimal_of, is_nothing

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from yupana.interfaces.interchange.foreign.forms import Form
    from yupana.interfaces.interchange.foreign.pieces import Cell

_SUM = re.compile(r"(?:sub ?-? ?)?total(?:es)?\b|suma(?:s|toria)?\b")
_COUNTER = re.compile(r"\(?(\d{1,3}|[a-z])\)?")


@dataclass(slots=True)
class Sums:
    """What the rows of each column of amounts come to so far, group by group, to hold the sums of a form against."""

    groups: dict[int, list[int]] = field(default_factory=dict)

    def add(self, column: int, cents: int) -> None:
        """Count one amount."""
        self.groups.setdefault(column, [0])[-1] += cents

    def close(self, own: Mapping[int, Cell]) -> bool:
        """End a group at a row of sums; say whether each of them is what the last groups come to."""
        fits = True
        for column, groups in self.groups.items():
            try:
                said = cents_of(own[column]) if column in own else None
            except ValueError:
                said = None
            fits = fits and (said is None or said in _suffixes(groups))
            if groups[-1]:
                groups.append(0)
        return fits


def _suffixes(groups: list[int]) -> set[int]:
    """Sum the last group, the last two, and so on; a group that was just ended may stand for the last."""
    found, running = set(), 0
    for group in reversed(groups):
        running += group
        found.add(running)
    return found


def why_left(form: Form, own: Mapping[int, Cell], row: int = 0, named: Collection[int] = ()) -> str:
    """Say why a row is no activity, "" for one that seems to be: ``own`` are its cells, ``named`` columns of names."""
    if _is_heading(form, own):
        return "foreign-heading-again"
    texts = {cell.text for cell in own.values() if not _is_number(cell)}
    if _counts(own):
        return "foreign-title"
    if len(texts) == 1 and _SUM.match(fold(next(iter(texts)))):
        return "foreign-total"
    if len(texts) == 1 and len(own) == 1 and (next(iter(own)) not in named or _is_wide(form, row, own)):
        return "foreign-title"
    return ""


def own_cells(form: Form, row: int, cells: list[str]) -> dict[int, Cell]:
    """Return the cells of a row that say something and do not belong to a merged one from above."""
    held = {at: form.cell(row, cells, at) for at in range(min(len(cells), len(form.titles)))}
    return {at: cell for at, cell in held.items() if not is_nothing(cell.text) and not form.covered(row, at)}


def _is_heading(form: Form, own: Mapping[int, Cell]) -> bool:
    same = sum(bool(form.titles[at]) and fold(form.titles[at]).endswith(fold(cell.text)) for at, cell in own.items())
    return same > 1 and same * 2 > len(own)


def _counts(own: Mapping[int, Cell]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), a b c."""
    found = [_COUNTER.fullmatch(fold(cell.text)) for cell in own.values()]
    marks = [each[1] for each in found if each]
    if len(marks) < max(3, len(own)):
        return False
    ranks = [int(mark) if mark.isdecimal() else ord(mark) for mark in marks]
    return all(later == earlier + 1 for earlier, later in pairwise(ranks))


def _is_wide(form: Form, row: int, own: Mapping[int, Cell]) -> bool:
    spans = [form.span(row, at) for at in own]
    return any(span is not None and span.right > span.left for span in spans)


def _is_number(cell: Cell) -> bool:
    try:
        decimal_of(cell)
    except ValueError:
        return False
    return True
