"""What the statement of a target says in numbers: how much of what, by when, counted over whom.

Read is only what the statement says; what it leaves open stays open, and a person says it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import ItemRole, Manuscript, Target, TargetSource
from yupana.domain.instruments.rules.shares import Basis, share_of
from yupana.domain.instruments.rules.statements import (
    MULTIPLES,
    Statement,
    Unread,
    counts_of,
    number_of,
    shares_of,
    take_baseline,
    take_days,
    without_citations,
)
from yupana.foundation.kernel.report import Note

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Basis", "Reading", "Unread", "read_target", "with_targets"]

MOST_READ = 2_000  # characters: what needs more is no statement of a target
PERCENT = "%"
MOST_PERCENT = 999  # "1.200 %" may be a bit more than one, or more than a thousand
NOTES = {
    Unread.NO_NUMBER: "target-no-number",
    Unread.SEVERAL_NUMBERS: "target-several-numbers",
    Unread.UNCLEAR_NUMBER: "target-unclear-number",
    Unread.TOO_LONG: "target-too-long",
}
_LITTLE = (
    r"(?:de|del|la|las|los|el|en|a|al|y|o|u|para|por|con|que|se|of|the|and|or|in|to|for|by|with|that|per|are|is)\b"
)
# A thing counted in Spanish is named right behind its number, and what it is made of may follow.
_SPANISH_UNIT = re.compile(rf" (?!{_LITTLE})[^\W\d_]+(?: de (?!{_LITTLE})[^\W\d_]+)?")
_ENGLISH_UNIT = re.compile(rf" (?!{_LITTLE})[^\W\d_]+(?=$|[^\w ]| {_LITTLE})")
_SPANISH = re.compile(r"\b(?:de|del|la|las|el|los|en|para|por|con|que|se)\b|[^\W\d_](?:cion|ciones|dad|dades)\b")
_YEARLY = re.compile(
    r"\b(?:(?P<es>anual(?:es|mente)?|(?:al|por|cada) ano)|annual(?:ly)?|yearly|(?:a|per|each|every) year)\b"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A target as read and what it is counted over; or the reason why it was not read, and neither of them."""

    target: Target | None = None
    basis: Basis | None = None
    reason: Unread | None = None


def read_target(text: str, *, default_due: date | None = None) -> Reading:
    """Read the statement of a target, to be reached by ``default_due`` where it does not say when itself.

    Counted over an audience is only a share of public entities; who says how far any other target is, a person
    decides. A statement of several numbers, or of none, is not read.
    """
    if len(text) > MOST_READ:
        return Reading(reason=Unread.TOO_LONG)
    statement, days = take_days(Statement.of(text))
    statement, baseline = take_baseline(without_citations(statement))
    reading = _share(statement) or _count(statement)
    if reading.target is None:
        return reading
    due = days[0] if len(set(days)) == 1 else None if days else default_due
    return replace(reading, target=replace(reading.target, due_on=due, baseline=baseline))


def with_targets(manuscript: Manuscript, *, default_due: date | None = None) -> Manuscript:
    """Read the statements of the targets that say their numbers in words only; what is not read is noted."""
    rows, notes = [], []
    for row in manuscript.rows:
        reading = Reading(row.target)
        if row.role is ItemRole.TARGET and row.target is None:
            reading = read_target(row.text, default_due=default_due)
        rows.append(replace(row, target=reading.target))
        if reading.reason:
            notes.append(Note(row.where, NOTES[reading.reason], row.text))
    return replace(manuscript, rows=tuple(rows), mended=(*manuscript.mended, *notes))


def _share(statement: Statement) -> Reading | None:
    """Read a share; None where there is none."""
    found = shares_of(statement)
    if len(found) > 1:
        return Reading(reason=Unread.SEVERAL_NUMBERS)
    for share in found:
        number = number_of(share["number"])
        if number is None or number > MOST_PERCENT:
            return Reading(reason=Unread.UNCLEAR_NUMBER)
        basis, counted = share_of(statement.plain[share.end() :])
        source = TargetSource.COUNT if basis is Basis.ENTITIES else None
        return Reading(Target(number=number, unit=PERCENT, source=source, counted=counted), basis)
    return None


def _count(statement: Statement) -> Reading:
    """Read how many of something there are to be."""
    found = counts_of(statement)
    if len(found) != 1:
        return Reading(reason=Unread.SEVERAL_NUMBERS if found else Unread.NO_NUMBER)
    number = number_of(found[0]["number"])
    if number is None:
        return Reading(reason=Unread.UNCLEAR_NUMBER)
    times = MULTIPLES.get(found[0]["times"] or "", 1)
    return Reading(Target(number=number * times, unit=_unit(statement, found[0].end())), Basis.THINGS)


def _unit(statement: Statement, at: int) -> str:
    """Name what is counted, a year where it is so many a year; "" where the words do not surely say it."""
    pattern = _SPANISH_UNIT if _SPANISH.search(statement.plain) else _ENGLISH_UNIT
    found = pattern.match(statement.plain, at)
    if not found:
        return ""
    unit = statement.said[found.start() : found.end()].strip()
    yearly = _YEARLY.search(statement.plain)
    return unit if not yearly else f"{unit} al año" if yearly["es"] else f"{unit} a year"
