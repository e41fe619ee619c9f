"""The sheets beside the plan, read: amounts by line, and further lines that an activity answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from yupana.domain.commitments.facts import AlsoAnswers, Money, PlanRow
from yupana.domain.commitments.rules import canonical, cells_of
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.money import format_cents, parse_cents
from yupana.foundation.kernel.quantity import SCALE, parse_quantity
from yupana.interfaces.interchange.workbooks.cells import apart, cents, parts, plain
from yupana.interfaces.interchange.workbooks.rows import no_more
from yupana.interfaces.interchange.workbooks.tables import Told
from yupana.interfaces.interchange.workbooks.words import NUMBER, SHARE

if TYPE_CHECKING:
    from collections.abc import Callable

    from yupana.interfaces.interchange.workbooks.rows import Reading
    from yupana.interfaces.interchange.workbooks.tables import Table

WHOLE = 10_000  # basis points
_SHOWN = ("name",)  # beside the number, so that people know of what they speak
_PARTS = {  # what a line of such a cell says, in its order
    "money": ("year", "category", "source", "body", "object", "programmed", "current", "accrued"),
    "also": ("item", SHARE),
}
_NOTHING = Told("", number=False, where="")
Line: TypeAlias = dict[str, Told]
T = TypeVar("T")


def read_money(reading: Reading, table: Table | None) -> None:
    """Read the amounts by line; where an activity has any, its budget is their sum."""
    if table is not None and _whole(reading, table, "money"):
        for number, lines in _of_rows(reading, table).items():
            money = _read(reading, lines, _one_money)
            if money is not None:
                _put(reading, number, "money", cells_of(PlanRow(number, money=tuple(money)))["money"], lines)
    for number in reading.rows:
        _sum(reading, number)


def read_also(reading: Reading, table: Table | None) -> None:
    """Read what else each activity answers."""
    if table is not None and _whole(reading, table, "also"):
        known = {line[0] for cells in reading.base.values() for line in apart(cells.get("also", ""))}
        for number, lines in _of_rows(reading, table).items():
            seen: set[str] = set()
            also = _read(reading, lines, partial(_one_also, reading, known, seen))
            if also is not None:
                _put(reading, number, "also", cells_of(PlanRow(number, also=tuple(also)))["also"], lines)


def _whole(reading: Reading, table: Table, name: str) -> bool:
    """Whether a sheet still has each column of which it said something; else, after a note, all of it stays as it was.

    Its lines have no numbers, so that a cell which is gone cannot be kept beside the others of its line.
    """
    told = [line for cells in reading.base.values() for line in apart(cells.get(name, ""))]
    full = map(_full, told) if name == "money" else told
    held = {field for line in full for field, text in zip(_PARTS[name], line, strict=False) if text}
    gone = [field for field in table.missing if field not in _SHOWN]
    whole = held.isdisjoint(gone)
    for field in gone:
        reading.note(table.sheet.name, "column-gone" if whole else "column-gone-sheet", field)
    return whole


def _of_rows(reading: Reading, table: Table) -> dict[int, list[Line]]:
    """Sort the lines of a sheet by the activity that they belong to; every activity is there, if only without lines."""
    found: dict[int, list[Line]] = {number: [] for number in reading.rows}
    for line in no_more(table, filter(_says_something, table.rows())):
        text = plain(line[NUMBER].text)
        at = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0  # noqa: PLR2004 (no plan has so many)
        if at in found:
            found[at].append(line)
        else:
            reading.note(line[NUMBER].where, "line-without-activity", text)
    return found


def _says_something(line: Line) -> bool:
    return any(plain(cell.text) for field, cell in line.items() if field not in (NUMBER, *_SHOWN))


def _read(reading: Reading, lines: list[Line], one: Callable[[Line], T]) -> list[T] | None:
    """Read all lines of an activity; None, after a note, if one of them cannot be read: then all stay as they were."""
    found: list[T] = []
    sound = True
    for line in lines:
        try:
            found.append(one(line))
        except (ValueError, ArithmeticError):
            reading.note(line[NUMBER].where, "sheet-line-not-read", " | ".join(cell.text for cell in line.values()))
            sound = False
    return found if sound else None


def _said(line: Line, field: str) -> Told:
    return line.get(field, _NOTHING)


def _one_money(line: Line) -> Money:
    said = partial(_said, line)

    def amount(field: str) -> int | None:
        cell = said(field)
        return cents(cell.text, number=cell.number) if plain(cell.text) else None

    money = Money(
        year=int(plain(said("year").text)),
        programmed_cents=amount("programmed"),
        category=plain(said("category").text),
        source=plain(said("source").text),
        body=plain(said("body").text),
        object=plain(said("object").text),
        current_cents=amount("current"),
        accrued_cents=amount("accrued"),
    )
    try:
        canonical("money", cells_of(PlanRow(0, money=(money,)))["money"])
    except Refused as refused:
        raise ValueError(money) from refused
    return money


def _one_also(reading: Reading, known: set[str], seen: set[str], line: Line) -> AlsoAnswers:
    item, share = plain(_said(line, "item").text), _said(line, SHARE)
    ref = item if item in known else reading.words.line(item)
    if ref in seen:
        raise ValueError(item)
    seen.add(ref)
    if not plain(share.text):
        return AlsoAnswers(ref)
    text = plain(share.text).removesuffix("%").strip()
    share_bp = parts(text, 100) if share.number else parse_quantity(text) * 100 // SCALE
    if not 100 <= share_bp <= WHOLE:  # noqa: PLR2004 (less than one percent is a percentage of one)
        raise ValueError(share.text)
    return AlsoAnswers(ref, share_bp)


def _put(reading: Reading, number: int, field: str, text: str, lines: list[Line]) -> None:
    was = reading.base.get(number, {}).get(field, "")
    where = lines[0][NUMBER].where if lines else reading.where[number][""]
    reading.put(number, field, was if apart(text) == apart(was) else text, where)


def _sum(reading: Reading, number: int) -> None:
    """Where amounts are said by line, the budget is their sum, whatever stands in its cell."""
    row, was = reading.rows[number], reading.base.get(number, {})
    amounts = [line[5] for line in map(_full, apart(row.get("money", ""))) if line[5]]
    if not amounts:
        return
    total = format_cents(sum(map(parse_cents, amounts)))
    if row.get("budget", "") not in (total, was.get("budget", "")):
        reading.note(reading.where[number].get("budget", ""), "sheet-budget-is-sum", row.get("budget", ""))
    reading.put(number, "budget", total, reading.where[number].get("budget", ""))


def _full(line: list[str]) -> list[str]:
    return line if len(line) > 2 else [line[0], "", "", "", "", *line[1:]]  # noqa: PLR2004 (year and amount)
