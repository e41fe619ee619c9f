"""The sheets of a workbook as tables with known columns, wherever on the sheet they ended up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold
from yupana.interfaces.interchange.workbooks.words import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from yupana.interfaces.interchange.spreadsheets import Sheet

_SEARCHED = 60  # rows from the top in which titles are looked for


@dataclass(frozen=True, slots=True)
class Told:
    """One cell: its text, whether it is a number, and where it stands ("Plan!F12")."""

    text: str
    number: bool
    where: str


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: which column holds which field, and the row of its titles."""

    sheet: Sheet
    columns: Mapping[str, int]
    head: int
    missing: tuple[str, ...]
    unknown: tuple[Told, ...]

    def rows(self) -> Iterator[dict[str, Told]]:
        """Yield the cells below the titles, by field; rows that are empty are left out."""
        for at, cells in self.sheet.rows:
            if at > self.head:
                yield {
                    field: Told(
                        cells[column] if column < len(cells) else "",
                        (at, column) in self.sheet.numbers,
                        f"{self.sheet.name}!{get_column_letter(column + 1)}{at}",
                    )
                    for field, column in self.columns.items()
                }


@dataclass(frozen=True, slots=True)
class Sheets:
    """What a file holds, and the names and titles under which it was given out."""

    held: Sequence[Sheet]
    names: Mapping[str, str]
    titles: Mapping[str, Sequence[Sequence[str]]]
    where: str

    def required(self, name: str) -> Table:
        """Find a sheet; Refused if it is gone."""
        found = self.found(name)
        if found is None:
            raise Refused("workbook-sheet-missing", where=self.where, sheet=self.names[name])
        return found

    def found(self, name: str) -> Table | None:
        """Find a sheet, None if it is gone; Refused if it has no numbers of rows any more."""
        sheet = next((each for each in self.held if each.name == self.names[name]), None)
        return None if sheet is None else _table(sheet, {fold(title): field for field, title in self.titles[name]})


def _table(sheet: Sheet, fields: Mapping[str, str]) -> Table:
    number = next(title for title, field in fields.items() if field == NUMBER)
    for at, cells in sheet.rows:
        folded = [fold(cell) for cell in cells]
        if at > _SEARCHED:
            break
        if number in folded:
            columns: dict[str, int] = {}
            for column, title in enumerate(folded):
                if title in fields:
                    columns.setdefault(fields[title], column)
            extra = tuple(
                Told(cells[column], number=False, where=f"{sheet.name}!{get_column_letter(column + 1)}{at}")
                for column, title in enumerate(folded)
                if title and columns.get(fields.get(title, "")) != column
            )
            return Table(sheet, columns, at, tuple(each for each in fields.values() if each not in columns), extra)
    raise Refused("workbook-column-missing", where=sheet.name, column=number)
