"""What a person says about the columns of a form, as it is remembered."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from yupana.domain.commitments.rules import CELLS, VALUE
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

IGNORED, KEPT = "", "kept"
"""A column that is left out; one whose cells are kept among the notes of the row, each behind its title."""
MONEY = "money:"
PARTS = ("year", "category", "source", "body", "object", "programmed", "current", "accrued")
SPLIT = ("item", "also", "money:category", "money:source", "money:body", "money:object", "money:year", KEPT)
"""Where the code may go that is glued to a text."""
_PERIOD = re.compile(rf"{VALUE}(?:\d{{4}}(?:-(?:Q[1-4]|S[12]|M(?:0[1-9]|1[0-2])))?|Q[1-4]|S[12]|M(?:0[1-9]|1[0-2])|Y)")
_FIRST_YEAR, _LAST_YEAR, _MOST_COLUMNS = 1990, 2100, 1000
PERIODS = tuple(
    f"{VALUE}{each}"
    for each in ("Y", "S1", "S2", *(f"Q{at}" for at in range(1, 5)), *(f"M{at:02d}" for at in range(1, 13)))
)
"""Values for a part of the year that the whole form speaks of, or for all of it (Y)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, the field that it fills, and where the code goes that is glued to its text.

    ``code`` empty: nothing is split off.
    """

    title: str
    field: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """All columns of a form in their order, the sheet on which it stands, and the year of which it speaks."""

    columns: tuple[Column, ...]
    sheet: str = ""
    year: int | None = None

    def plain(self) -> dict[str, Any]:
        """Write it as JSON holds it."""
        return asdict(self)

    @classmethod
    def from_plain(cls, told: Mapping[str, Any] | Layout) -> Layout:
        """Read it from there; Refused("layout-malformed") on anything else."""
        if isinstance(told, Layout):
            return told
        try:
            columns = tuple(Column(str(each["title"]), each["field"], each.get("code", "")) for each in told["columns"])
            year = told.get("year")
            sheet = str(told.get("sheet", ""))
        except (KeyError, TypeError, AttributeError) as error:
            raise Refused("layout-malformed") from error
        fine = all(is_field(each.field) and each.code in ("", *SPLIT) for each in columns)
        if not fine or len(columns) > _MOST_COLUMNS or not is_year(year):
            raise Refused("layout-malformed")
        return cls(columns, sheet, year)


def is_field(name: object) -> bool:
    """Whether a column can fill this."""
    if not isinstance(name, str):
        return False
    parts = {f"{MONEY}{part}" for part in PARTS}
    if name in parts or _PERIOD.fullmatch(name):
        return True
    return name in (IGNORED, KEPT, *CELLS) and name != "money"


def is_year(year: object) -> bool:
    """Whether a form can speak of this year; None for one that does not say."""
    return year is None or (type(year) is int and _FIRST_YEAR <= year <= _LAST_YEAR)


def period_in(field: str, year: int | None) -> str:
    """Name the cell of a period in a year: "value:Q1" of 2026 is "value:2026-Q1". Empty where no year is said."""
    part = field.removeprefix(VALUE)
    if part[0].isdecimal():
        return field
    if year is None:
        return ""
    return f"{VALUE}{year}" if part == "Y" else f"{VALUE}{year}-{part}"
