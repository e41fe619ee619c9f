"""Where in a sheet the table is: its titles in one row or several, what stands above them, its rows."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.foreign.pieces import Cell
from yupana.interfaces.interchange.foreign.words import BETWEEN, knows, words_of
from yupana.interfaces.interchange.spreadsheets.sheets import MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yupana.interfaces.interchange.spreadsheets import Sheet, Span

MOST_ABOVE = 40  # rows in which titles are sought
MOST_HEADER = 4  # rows of titles
MOST_COLUMNS = 120
MOST_SPANS = 2_000  # merged cells among the titles
MOST_MERGED = 2_000_000  # cells that are part of merged ones
_LONGEST_TITLE = 120
_KNOWN, _UNKNOWN = 1.0, 0.2
ENOUGH = 3 * _UNKNOWN  # as much as three names say that nobody knows
_YEAR = re.compile(r"(?<!\d)(?:19[9]\d|20\d\d)(?!\d)")


@dataclass(frozen=True)
class Form:
    """A table in a sheet. ``first`` and ``last`` are the rows of its titles, as they are numbered."""

    sheet: Sheet
    first: int
    last: int
    titles: tuple[str, ...]

    @property
    def signature(self) -> str:
        """Name the form: the same titles in the same order are the same form, whatever is filled in."""
        return hashlib.sha256("\n".join(map(fold, self.titles)).encode()).hexdigest()

    @property
    def above(self) -> Iterator[tuple[str, str]]:
        """The rows above the titles: where each begins, and its text."""
        for number, cells in self.sheet.rows:
            if number < self.first:
                column = next(at for at, cell in enumerate(cells) if cell)
                yield self.place(number, column), squeeze(" ".join(dict.fromkeys(filter(None, cells))))

    @property
    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the titles."""
        return ((number, cells) for number, cells in self.sheet.rows if number > self.last)

    def cell(self, row: int, cells: Sequence[str], column: int) -> Cell:
        """A cell, and whether the file holds it as a number."""
        span = self.span(row, column)
        top = span.top if span else row
        return Cell(cells[column] if column < len(cells) else "", (top, column) in self.sheet.numbers)

    def covered(self, row: int, column: int) -> bool:
        """Whether a cell belongs to a merged one that begins in a row above."""
        span = self.span(row, column)
        return span is not None and span.top < row

    def span(self, row: int, column: int) -> Span | None:
        """The merged cell to which a cell belongs, None where to none."""
        return self._spans.get((row, column))

    def place(self, row: int, column: int) -> str:
        """Name a cell as its sheet does."""
        return f"{self.sheet.name}!{get_column_letter(column + 1)}{row}"

    @staticmethod
    def years_in(text: str) -> list[str]:
        """The years that a text names."""
        return _YEAR.findall(text)

    @cached_property
    def _spans(self) -> dict[tuple[int, int], Span]:
        found: dict[tuple[int, int], Span] = {}
        there = {number for number, _cells in self.rows}
        for span in self.sheet.merged:
            columns = range(span.left, min(span.right + 1, len(self.titles)))
            for row in range(max(span.top, self.last + 1), span.bottom + 1 if columns else 0):
                if row in there:
                    found.update(dict.fromkeys(((row, column) for column in columns), span))
                    if len(found) > MOST_MERGED:
                        raise Refused("workbook-too-large", where=self.sheet.name, rows=MOST_ROWS, columns=MOST_COLUMNS)
        return found


def find(sheet: Sheet) -> Form | None:
    """Find the table of a sheet; None where no row looks like titles above others."""
    rows = sheet.rows[:MOST_ABOVE]
    spans = [span for span in sheet.merged if rows and span.top <= rows[-1][0]][:MOST_SPANS]
    scores = [_titles_in(cells) for _number, cells in rows]
    best = max(range(len(rows)), key=lambda at: (scores[at], -at), default=-1)
    if best < 0 or scores[best] < ENOUGH or best + 1 >= len(sheet.rows):
        return None
    first, last = _reach(sheet, spans, best)
    number, below = sheet.rows[first][0], sheet.rows[last][0]
    width = min(MOST_COLUMNS, max(len(cells) for _at, cells in sheet.rows[first:]))
    titles = [_title(sheet, spans, range(first, last + 1), column) for column in range(width)]
    while titles and not titles[-1] and not any(cells[len(titles) - 1 :] for _at, cells in sheet.rows[last + 1 :]):
        titles.pop()
    return Form(sheet, number, below, tuple(titles))


def _titles_in(cells: Sequence[str]) -> float:
    """Say how much a row looks like titles: known words count most, other short texts a little, numbers nothing."""
    texts = {squeeze(cell) for cell in cells[:MOST_COLUMNS] if cell and len(cell) <= _LONGEST_TITLE}
    worded = [text for text in texts if words_of(text)]
    return sum(_KNOWN if knows(text) else _UNKNOWN for text in worded) if len(worded) > 1 else 0


def _reach(sheet: Sheet, spans: Sequence[Span], at: int) -> tuple[int, int]:
    """Say from which to which row the titles reach: merged cells, and groups of columns, tie rows together."""
    first = last = at
    while first > 0 and at - first < MOST_HEADER - 1 and _groups(sheet, spans, first - 1):
        first -= 1
    while last + 2 < len(sheet.rows) and last - first < MOST_HEADER - 1 and _goes_on(sheet, spans, last):
        last += 1
    return first, last


def _groups(sheet: Sheet, spans: Sequence[Span], at: int) -> bool:
    """Whether a row names groups of columns: it has merged cells beside others, and is no title of the whole."""
    number, cells = sheet.rows[at]
    wide = [span for span in spans if span.top <= number <= span.bottom and span.right > span.left]
    return bool(wide) and len({cell for cell in cells if cell}) > 1 and all(map(_short, cells))


def _goes_on(sheet: Sheet, spans: Sequence[Span], at: int) -> bool:
    """Whether the titles of a row go on below: one of its cells is merged downwards, or names a group there."""
    number, below = sheet.rows[at][0], sheet.rows[at + 1][0]
    here = [span for span in spans if span.top <= number <= span.bottom]
    if any(span.bottom >= below for span in here):
        return True
    groups = [span for span in here if span.right > span.left]
    cells = sheet.rows[at + 1][1]
    under = [cells[column] for span in groups for column in range(span.left, span.right + 1) if column < len(cells)]
    numbers = [span.left for span in groups if (below, span.left) in sheet.numbers]
    return any(under) and not numbers and all(map(_short, cells))


def _short(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE


def _title(sheet: Sheet, spans: Sequence[Span], rows: range, column: int) -> str:
    """Join what stands above a column, from the group to the column itself, each once."""
    held = []
    for at in rows:
        number, cells = sheet.rows[at]
        left = next(
            (span.left for span in spans if span.top <= number <= span.bottom and span.left <= column <= span.right),
            column,
        )
        held.append(squeeze(cells[left][:_LONGEST_TITLE]) if left < len(cells) else "")
    return BETWEEN.join(dict.fromkeys(filter(None, held)))
