"""What a cell of somebody's form holds: codes glued to texts, amounts as text, days in three forms, shares."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from yupana.domain.commitments.rules import Kind, read_date
from yupana.foundation.kernel.money import format_cents
from yupana.foundation.kernel.quantity import SCALE, format_quantity
from yupana.foundation.kernel.text import fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTHING = frozenset({"", "-", "--", "---", "\u2013", "\u2014", "n/a", "na", "n.a.", "s/d", "s/n"})
ENOUGH = 0.6  # of the cells of a column, to say what the column is
_LONG_CODE = 5  # digits of an object of expenditure, which nobody writes of things that are counted
_FIRST_DAY, _FIRST_SERIAL, _LAST_SERIAL = date(1899, 12, 30), 32874, 73415  # 1990 to 2100, as spreadsheets count days
_BREAK = re.compile(r" ?<br ?/?> ?", re.IGNORECASE)  # of texts without runs of blanks, which would take for ever
_DOTTED = r"\d{1,6}(?:\.\d{1,6})+"
_DASHED = r"\d{1,6}(?:-\d{1,6}){1,4}"
_NAMED = r"[A-Z]{1,4}[-. ]?\d{1,6}(?:[.-]\d{1,6})*"
_SIMPLE = r"\d{1,6}"
_CODE = re.compile(rf"(?:{_DOTTED}|{_DASHED}|{_NAMED}|{_SIMPLE})\.?")
_GLUED = re.compile(
    rf"(?P<code>{_DOTTED}|{_DASHED}|{_NAMED}|{_SIMPLE})"
    r"(?P<apart>\s*\.?\s*[:)\u2013\u2014-]+\s*|\.\s*|\s+)(?P<text>\S.*)",
    re.DOTALL,
)
_NEXT = re.compile(rf" ?[|\n] ?(?=(?:{_DOTTED}|{_DASHED})\s*\.?\s*[:)\u2013\u2014-]?\s*\S)")
_ORDINAL = re.compile(r"(\d{1,3})\s*[).]\s*-?\s*")
_AMERICAN = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{1,4}|\d{1,3}(?:,\d{3}){2,}")
_BOLIVIAN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,4})?|\d+(?:,\d{1,4})?")
_POINTED = re.compile(r"\d+\.\d{1,2}|0\.\d{1,4}|\d+\.\d{4}")
_CURRENCY = re.compile(r"^(?:bs\.?|bob)\s*|\s*(?:bs\.?|bob)$", re.IGNORECASE)
_WORDED = re.compile(r"(?:\d{1,3}[).]\s*)?[^\W\d_]{2}")
_TWO_WAYS = re.compile(r"\d{1,3},\d{3}")  # a thousand to some, one and a part to others


class Told(StrEnum):
    """What the cells of a column hold."""

    EMPTY = "empty"
    CODE = "code"
    GLUED = "glued"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    TEXT = "text"


class Cell(NamedTuple):
    """A cell as it stands; ``number``: the file holds it as one, so its point is a decimal point."""

    text: str
    number: bool = False


class Piece(NamedTuple):
    """A code and the text that it was glued to."""

    code: str
    text: str


def is_nothing(text: str) -> bool:
    """Whether a cell says in some way that there is nothing to say."""
    return fold(text) in NOTHING


def tidy(text: str) -> str:
    """Write a text with the line breaks that it shows and without the blanks that it hides."""
    lines = (squeeze(part) for line in text.splitlines() for part in _BREAK.split(squeeze(line)))
    return "\n".join(line for line in lines if line)


def pieces(text: str) -> tuple[Piece, ...]:
    """Take codes and texts apart ("1.2 Riego | 1.3 Acequias"); nothing where any part does not begin with a code.

    A number that only repeats the end of its code ("1.3.-3) Riego") is left out of the text.
    """
    flat = "\n".join(_BREAK.sub(" ", squeeze(line)) for line in text.strip().splitlines())
    found = [_piece(part) for part in _NEXT.split(flat)]
    return tuple(each for each in found if each) if all(found) else ()


def _piece(part: str) -> Piece | None:
    found = _GLUED.fullmatch(part.strip())
    if found is None:
        return None
    code, text = found["code"], squeeze(found["text"])
    ordinal = _ORDINAL.match(text)
    if ordinal and ordinal[1] == re.split(r"[.-]", code)[-1]:
        text = text[ordinal.end() :]
    plain = code.isdecimal() and len(code) < _LONG_CODE and not found["apart"].strip()  # "12 talleres" is a text
    return None if plain or not _WORDED.match(text) else Piece(code, text)


def is_code(text: str) -> bool:
    """Whether a text is a code and nothing else."""
    return _CODE.fullmatch(text.strip()) is not None


def decimal_of(cell: Cell) -> Decimal:
    """Read a number as people here write it, or as the file holds it; ValueError where it is none, or could be two."""
    bare = _CURRENCY.sub("", squeeze(cell.text)).removesuffix("%").strip()
    sign, bare = (-1, bare[1:].strip()) if bare.startswith("-") else (1, bare)
    if not bare.isascii():  # digits of another script
        raise ValueError(cell.text)
    if cell.number and re.fullmatch(r"\d+(?:\.\d+)?", bare):
        plain = bare
    elif _BOLIVIAN.fullmatch(bare):
        plain = bare.replace(".", "").replace(",", ".")
    elif _AMERICAN.fullmatch(bare):
        plain = bare.replace(",", "")
    elif _POINTED.fullmatch(bare):
        plain = bare
    else:
        raise ValueError(cell.text)
    return sign * Decimal(plain)


def cents_of(cell: Cell) -> int:
    """Read an amount in Bs cents; ValueError where it is none, below zero, or could be two."""
    value = decimal_of(cell)
    two = not cell.number and _TWO_WAYS.fullmatch(_CURRENCY.sub("", squeeze(cell.text)))
    if value < 0 or "%" in cell.text or two:
        raise ValueError(cell.text)
    return int((value * 100).quantize(Decimal(1), ROUND_HALF_UP))


def amount(cell: Cell) -> str:
    """Write an amount as a plan's cell holds it."""
    return format_cents(cents_of(cell))


def quantity(cell: Cell) -> str:
    """Write a quantity as a plan's cell holds it, to four decimals; a share is said in hundredths."""
    return format_quantity(int((decimal_of(cell) * SCALE).quantize(Decimal(1), ROUND_HALF_UP)))


def day(cell: Cell) -> str:
    """Write a day as it is kept: a spreadsheet's number of days as a date, anything else as it stands."""
    text = squeeze(cell.text)
    if text.isdecimal() and text.isascii() and len(text) == 5 and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:  # noqa: PLR2004 (as many digits)
        return (_FIRST_DAY + timedelta(days=int(text))).isoformat()
    return text.removesuffix("T00:00:00")


def says_day(cell: Cell) -> bool:
    """Whether a cell is written as a day, of which day and month could still be swapped."""
    return read_date(squeeze(cell.text), year_one=None).kind in {Kind.DAY, Kind.AMBIGUOUS, Kind.MONTH}


def told(cells: Iterable[Cell]) -> Told:
    """Say what most cells of a column hold; each text counts once, so that one that is repeated decides nothing."""
    kinds = Counter(map(_kind, dict.fromkeys(cell for cell in cells if not is_nothing(cell.text))))
    if not kinds:
        return Told.EMPTY
    coded = kinds[Told.GLUED] + kinds[Told.CODE] + kinds[Told.NUMBER]
    if kinds[Told.GLUED] and coded >= ENOUGH * kinds.total():
        return Told.GLUED
    counted = kinds[Told.NUMBER] + kinds[Told.PERCENT]
    if kinds[Told.PERCENT] and counted >= ENOUGH * kinds.total():
        return Told.PERCENT
    kind, times = kinds.most_common(1)[0]
    return kind if times >= ENOUGH * kinds.total() else Told.TEXT


def _kind(cell: Cell) -> Told:
    if "%" in cell.text and _reads(cell):
        return Told.PERCENT
    if not cell.number and says_day(cell):
        return Told.DAY
    if _reads(cell):
        return Told.NUMBER
    if is_code(cell.text):
        return Told.CODE
    return Told.GLUED if pieces(cell.text) else Told.TEXT


def _reads(cell: Cell) -> bool:
    try:
        decimal_of(cell)
    except ValueError:
        return False
    return True
