"""The sheet of activities, read: which of the known ones is on each line, which are new, which are gone."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from yupana.domain.commitments.rules import canonical
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.workbooks.cells import Words, alike
from yupana.interfaces.interchange.workbooks.moved import settled
from yupana.interfaces.interchange.workbooks.words import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from yupana.interfaces.interchange.workbooks.tables import Table, Told

FURTHER = ("also", "money")
MOST = 5_000  # activities of one workbook, and lines of each sheet beside them


class Reading:
    """What is read so far. ``base`` is what was given out, ``spare`` the numbers that were kept for new activities."""

    def __init__(self, base: Mapping[int, Mapping[str, str]], spare: range, words: Words) -> None:
        self.base, self.spare, self.words = base, spare, words
        self.rows: dict[int, dict[str, str]] = {}
        self.where: dict[int, dict[str, str]] = {}
        self.notes: list[tuple[str, str, str]] = []
        self.moved: dict[int, int] = {}

    def note(self, where: str, why: str, text: str) -> None:
        """Say of a place what was not taken, or not as it stands."""
        self.notes.append((where, why, text[:200]))

    def told(self, number: int, field: str, cell: Told) -> str:
        """Read one cell of an activity; what cannot be read stays as it was, and is noted."""
        was = self.base.get(number, {}).get(field, "")
        if alike(cell.text, was):
            return was
        try:
            return self.words.read(field, cell.text, number=cell.number)
        except (ValueError, ArithmeticError):
            self.note(cell.where, "item-not-owed" if field == "item" else "cell-not-read", cell.text)
            return was

    def put(self, number: int, field: str, text: str, where: str) -> None:
        """Say what a cell of an activity is now, and where that stands."""
        self.rows[number].pop(field, None)
        if text:
            self.rows[number][field] = text
        self.where.setdefault(number, {})[field] = where

    def check(self) -> None:
        """Take back whatever no row could hold."""
        for number, cells in self.rows.items():
            was = self.base.get(number, {})
            for field in [field for field, text in cells.items() if text != was.get(field, "")]:
                if not _fits(number, field, cells[field]):
                    self.note(self.where[number].get(field, ""), "cell-not-kept", cells[field])
                    self.put(number, field, was.get(field, ""), self.where[number].get(field, ""))
        same = [number for number, cells in self.rows.items() if cells == self.base.get(number)]
        for number in same:
            self.where.pop(number, None)


def _fits(number: int, field: str, text: str) -> bool:
    try:
        canonical(field, text, row=number)
    except Refused:
        return False
    return True


def read_rows(reading: Reading, table: Table) -> None:
    """Read the activities; a line without any text is none, or one that was taken out."""
    lines = no_more(table, (line for line in table.rows() if _says_something(reading, line)))
    for extra in table.unknown:
        reading.note(extra.where, "column-unknown", extra.text)
    for field in table.missing:
        reading.note(table.sheet.name, "column-gone", field)
    numbered = _numbered(reading, lines)
    kept = {number: _cells(reading, number, line, table.missing) for number, line in numbered.items()}
    reading.moved = settled({row: _own(cells) for row, cells in reading.base.items()}, kept)
    for was, number in reading.moved.items():
        reading.note(numbered[was][NUMBER].where, "row-moved-in-sheet", str(number))
    for at, line in numbered.items():
        number = reading.moved.get(at, at)
        cells = _cells(reading, number, line, table.missing) if number != at else kept[at]
        further = {field: text for field, text in reading.base.get(number, {}).items() if field in FURTHER}
        reading.rows[number] = cells | further
        reading.where[number] = {field: cell.where for field, cell in line.items() if field != NUMBER}
        reading.where[number][""] = line[NUMBER].where
    reading.rows = dict(sorted(reading.rows.items()))


def no_more(table: Table, lines: Iterable[dict[str, Told]]) -> list[dict[str, Told]]:
    """Take the lines of a sheet; Refused where there are more than any plan has."""
    found = list(islice(lines, MOST + 1))
    if len(found) > MOST:
        raise Refused("workbook-rows-too-many", where=table.sheet.name, most=MOST)
    return found


def _says_something(reading: Reading, line: Mapping[str, Told]) -> bool:
    if any(cell.text.strip() for field, cell in line.items() if field != NUMBER):
        return True
    number = _number(line[NUMBER].text)  # an activity that never said anything is there as long as its line is
    return number in reading.base and not _own(reading.base[number])


def _cells(reading: Reading, number: int, line: Mapping[str, Told], missing: tuple[str, ...]) -> dict[str, str]:
    read = {field: reading.told(number, field, cell) for field, cell in line.items() if field != NUMBER}
    kept = {field: reading.base.get(number, {}).get(field, "") for field in missing}
    return {field: text for field, text in (read | kept).items() if text}


def _own(cells: Mapping[str, str]) -> dict[str, str]:
    return {field: text for field, text in cells.items() if field not in FURTHER}


def _numbered(reading: Reading, lines: list[dict[str, Told]]) -> dict[int, dict[str, Told]]:
    """Say which activity each line is; of two with one number the one that is more like what was given out."""
    by_number: dict[int, list[dict[str, Told]]] = defaultdict(list)
    loose: list[dict[str, Told]] = []
    for line in lines:
        number = _number(line[NUMBER].text)
        if number in reading.base or number in reading.spare:
            by_number[number].append(line)
        else:
            loose.append(line)
            if line[NUMBER].text.strip():
                reading.note(line[NUMBER].where, "row-number-unknown", line[NUMBER].text)
    found: dict[int, dict[str, Told]] = {}
    for number, each in by_number.items():
        first = min(each, key=lambda line: sum(_touched(line, reading.base.get(number, {}))))
        found[number] = first
        for line in each:
            if line is not first:
                loose.append(line)
                reading.note(line[NUMBER].where, "row-number-twice", str(number))
    free = _free(reading.spare, found)
    return found | {next(free): line for line in loose}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0  # noqa: PLR2004 (no plan has so many)


def _touched(line: Mapping[str, Told], was: Mapping[str, str]) -> Iterator[bool]:
    return (not alike(cell.text, was.get(field, "")) for field, cell in line.items() if field != NUMBER)


def _free(spare: range, taken: Mapping[int, object]) -> Iterator[int]:
    number = spare.start
    while True:
        if number not in taken:
            yield number
        number += 1
