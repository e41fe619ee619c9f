"""The golden workbook: what each case was told, and what a person worked out with pencil and paper."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from yupana.domain.commitments.rules import Accumulation, Direction
from yupana.domain.progress.rules import Method, Promise, Said, Unsaid, promise_of
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.kernel.share import Share

CASES = Path(__file__).parent / "cases.csv"
PLAN = "2018-2019"
ASKED = ("2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4", "2018", "2019-Q1")  # the reports that are called for, in order
WORDS = {
    ("", ""): "",
    ("flow", ""): Accumulation.SUM,
    ("flow", "up"): Accumulation.SUM,
    ("flow", "down"): Accumulation.SUM,
    ("stock", ""): Accumulation.LAST,
    ("stock", "up"): Accumulation.LAST,
    ("reduction", "down"): Accumulation.LAST,
    ("milestone", ""): Accumulation.YES_NO,
    ("milestone", "up"): Accumulation.YES_NO,
    ("milestone", "down"): Accumulation.YES_NO,
}
"""The word that a planner chooses for a method, by method and direction; the others come from an indicator's sheet."""


@dataclass(frozen=True)
class Case:
    """One line of the workbook, as it stands there."""

    case: str
    body: str
    row: str
    method: str
    direction: str
    baseline: str
    unit: str
    target: str
    programmed: str
    amended: str
    reported: str
    checked: str
    money: str
    budget: str
    also: str
    acts: str
    bodies: str
    silent: str
    asked: str
    final: str
    to_date: str
    flags: str
    cells: str
    by_hand: str

    @property
    def accumulation(self) -> str:
        """The planner's word."""
        return WORDS[self.method, self.direction]

    @property
    def is_planned(self) -> bool:
        """Whether a planner can say it; else it is a rule of indicators only."""
        return self.cells != "rule only"

    @property
    def promise(self) -> Promise:
        """What the activity promises in the end."""
        values = quantities(self.programmed if self.amended in ("", "same", "none") else self.amended)
        if self.is_planned:
            return promise_of(self, values, PLAN)
        base = quantity(self.baseline) if self.baseline else None
        return Promise(Method(self.method), Direction(self.direction) if self.direction else "", base, values)

    @property
    def said(self) -> dict[str, Said]:
        """What was said last of each period."""
        return {period: said(text) for period, text in pairs(self.reported)}

    @property
    def shares(self) -> dict[str, Share]:
        """The cells that were worked out, by measure."""
        told = [] if self.cells == "none" else pairs(self.cells)
        return {measure: Share(*map(int, text.split("/"))) for measure, text in told}

    def acted(self, what: str) -> list[str]:
        """Tell of what one kind of act was about."""
        return [text for kind, _, text in (each.partition(":") for each in self.acts.split()) if kind == what]


def cases() -> list[Case]:
    """Read the workbook."""
    with CASES.open(newline="", encoding="utf-8") as handle:
        return [Case(**row) for row in csv.DictReader(handle)]


def pairs(text: str) -> list[tuple[str, str]]:
    """Read "2018-Q1=20 2018-Q2=30"; a name may come twice."""
    return [(name, value) for name, _, value in (each.partition("=") for each in text.split())]


def quantity(text: str) -> int:
    """Read a number into ten-thousandths."""
    return int(Decimal(text) * SCALE)


def quantities(text: str) -> dict[str, int]:
    """Read what is programmed."""
    return {period: quantity(value) for period, value in pairs(text)}


def said(text: str) -> Said:
    """Read "20", "3/4", "gap:data" or "-" (the row is there and says nothing)."""
    if text == "-":
        return Said()
    if text.startswith("gap:"):
        return Said(gap=text.removeprefix("gap:"))
    if "/" in text:
        above, below = text.split("/")
        return Said(numerator=quantity(above), denominator=quantity(below))
    return Said(quantity(text))


def cents(text: str) -> int | None:
    """Read an amount in Bs; "-" is unknown."""
    return None if text == "-" else int(Decimal(text) * 100)


def expected(text: str) -> Fraction | Unsaid:
    """Read a ratio, or why there is none."""
    return Fraction(text) if text.lstrip("-")[0].isdigit() else Unsaid(text)
