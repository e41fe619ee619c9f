"""What a workbook of a plan holds, before it is one: the plan, its lines, and the pages on which they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from yupana.domain.commitments.rules import cells_of
from yupana.domain.obligations.rules import ANY_PLAN, PlanType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yupana.domain.commitments.facts import PlanRow

SPARE = 100  # lines for new activities, each with its number
LABEL = 90  # characters of a line that are shown where it is chosen

Cell: TypeAlias = str | int | Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One item that the plan may answer."""

    ref: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Book:
    """One version of a plan. ``plan`` names it for ever ("CALL@source:id"); ``free`` is a number that none has used."""

    plan: str
    entity: str
    title: str
    version: int
    rows: Sequence[PlanRow] = ()
    lines: Sequence[Line] = ()
    kind: PlanType = ANY_PLAN
    periods: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    free: int = 1

    @property
    def base(self) -> dict[int, dict[str, str]]:
        """The cells of its rows that say something."""
        return {row.row: said(cells_of(row)) for row in self.rows}

    @property
    def spare(self) -> range:
        """The numbers that new activities get."""
        return range(self.free, self.free + SPARE)

    @property
    def labels(self) -> dict[str, str]:
        """How each line is shown where it is chosen, no two alike, by its ref."""
        found: dict[str, str] = {}
        for line in self.lines:
            told = f"{line.code} · {line.text}"
            short = told if len(told) <= LABEL else f"{told[: LABEL - 1].rstrip()}…"
            found[line.ref] = f"{short} ({line.ref})" if short in found.values() else short
        return found


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a page: which field it holds, whether who fills it in may write there, and what may be chosen.

    ``listed`` offers the lines of the plan, ``choices`` a few words. ``behind``: not seen at first.
    """

    field: str
    title: str
    width: int = 18
    open: bool = True
    number: str = ""
    behind: bool = False
    listed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: some lines above, then titles, then rows. ``spare`` more rows may be written."""

    name: str
    lead: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    spare: int = 0
    open: bool = True

    @property
    def head(self) -> int:
        """The row of the titles, counted from 1."""
        return len(self.lead) + 1


@dataclass(frozen=True, slots=True)
class Pages:
    """All sheets, and the one that nobody sees: its name and its cells, one below the other."""

    shown: Sequence[Page]
    lines: str
    """Where the list of lines stands, "Sheet" and its rows: the name of that sheet."""
    first: int
    last: int
    hidden: str = ""
    sealed: Sequence[str] = field(default_factory=tuple)


def said(cells: Mapping[str, str]) -> dict[str, str]:
    """Leave out the cells that say nothing."""
    return {name: text for name, text in cells.items() if text}
