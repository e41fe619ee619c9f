"""Which days of reception cannot be trusted: numbers of letters rise with time, and days must follow."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LETTER = re.compile(
    r"(?<![\w/])(?P<series>[A-Z][A-Z/-]*[A-Z])[ /]*(?P<number>\d{1,6})(?:/(?P<year>(?:19|20)\d\d))?(?![\d/])"
)
_Run: TypeAlias = list[tuple[int, date]]
_Link: TypeAlias = "tuple[_Link | None, int, date]"
_Best: TypeAlias = tuple[int, int, "_Link | None"]
DECEMBER = 12
CROSSING_DAYS = 4
"""Letters received within a long week-end of each other may cross: several hands number them."""


class Doubt(StrEnum):
    """Why a day of reception cannot be trusted. The day stays as it was written, and nothing is mended."""

    DATE_MISSING = "date-missing"
    SWAP_SUSPECTED = "swap-suspected"
    CONTRADICTS_CITES = "contradicts-cites"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter's number (CITE) in its series; ``year`` only where the number itself says it."""

    series: str
    number: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """One submission as its letters tell it: any hashable ``key``, the day as written, its letters in any order."""

    key: str
    day: date | None
    letters: tuple[Letter, ...] = ()


def read_letters(text: str) -> tuple[Letter, ...]:
    """Find the letters' numbers in a text: "DE-A 1467", "DE-A/0170/2019; DE-A 2053" ..."""
    return tuple(
        Letter(found["series"], int(found["number"]), int(found["year"]) if found["year"] else None)
        for found in _LETTER.finditer(text)
    )


def written_letters(text: str) -> tuple[str, ...]:
    """Find the same numbers as they are written."""
    return tuple(found[0] for found in _LETTER.finditer(text))


def doubtful_dates(received: Sequence[Received]) -> dict[str, Doubt]:
    """Say by key which days of reception are missing or contradict the numbers of their letters.

    Numbers rise with time inside a series and a year. The longest run of letters whose days agree is taken as sound,
    each standing on its day as written or, where that is a day too, with day and month swapped; whoever stands only
    swapped is suspected of it. Off the run, another of a submission's letters may still fit between its neighbours.
    """
    doubts = {each.key: Doubt.DATE_MISSING for each in received if each.day is None}
    runs = _runs(received)
    for each in received:
        doubt = _doubt(each, runs)
        if doubt:
            doubts[each.key] = doubt
    return doubts


def _runs(received: Iterable[Received]) -> dict[tuple[str, int], _Run]:
    """By series and year, the run of numbers and days taken as sound; a submission is there with its first letter."""
    groups: dict[tuple[str, int], list[tuple[int, date]]] = {}
    for each in received:
        letters = _of_its_day(each)
        if letters and each.day:
            groups.setdefault((letters[0].series, each.day.year), []).append((letters[0].number, each.day))
    return {group: _longest_run(sorted(letters)) for group, letters in groups.items()}


def _longest_run(letters: Sequence[tuple[int, date]]) -> _Run:
    """The longest run of days that never fall, letters in order; of equal ones that with the fewest days swapped.

    ``best`` keeps, by its last day, the best run so far: at most 366 of them, so the work grows with the letters alone.
    """
    best: dict[date, _Best] = {}
    for number, written in letters:
        mended = swapped(written)
        grown = [_grown(best, number, written, 1), *([_grown(best, number, mended, 0)] if mended else [])]
        for day, run in grown:
            if day not in best or run[:2] > best[day][:2]:
                best[day] = run
    link = max(best.values(), key=lambda run: run[:2], default=(0, 0, None))[2]
    longest: _Run = []
    while link is not None:
        link, number, day = link
        longest.append((number, day))
    return longest[::-1]


def _grown(best: dict[date, _Best], number: int, day: date, unswapped: int) -> tuple[date, _Best]:
    """The best run that this letter can end, standing on this day."""
    before = max((run for last, run in best.items() if last <= day), key=lambda run: run[:2], default=(0, 0, None))
    return day, (before[0] + 1, before[1] + unswapped, (before[2], number, day))


def swapped(day: date) -> date | None:
    """The day with day and month exchanged, None where that is no day or the same."""
    if day.day > DECEMBER or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)


def _of_its_day(each: Received) -> list[Letter]:
    """Letters that can have come on that day, lowest first: of the leading series, of that year or of none."""
    if each.day is None:
        return []
    years = (None, each.day.year)
    mine = (one for one in each.letters if one.series == each.letters[0].series and one.year in years)
    return sorted(mine, key=lambda one: one.number)


def _doubt(each: Received, runs: dict[tuple[str, int], _Run]) -> Doubt | None:
    """The first letter decides if it stands in the run; else any of the letters may fit, unswapped before swapped."""
    letters = _of_its_day(each)
    if each.day is None or not letters:
        return Doubt.CONTRADICTS_CITES if each.day and each.letters else None
    run = runs[letters[0].series, each.day.year]
    mended = swapped(each.day)
    if _fits(letters[0], each.day, run):
        return None
    if (letters[0].number, mended) in run:
        return Doubt.SWAP_SUSPECTED
    if any(_fits(letter, each.day, run) for letter in letters):
        return None
    swap = mended is not None and any(_fits(letter, mended, run) for letter in letters)
    return Doubt.SWAP_SUSPECTED if swap else Doubt.CONTRADICTS_CITES


def _fits(letter: Letter, day: date, run: _Run) -> bool:
    """Whether a letter may have come on a day, between its neighbours in the run."""
    before = bisect_left(run, letter.number, key=lambda each: each[0])
    after = bisect_right(run, letter.number, key=lambda each: each[0])
    slack = timedelta(days=CROSSING_DAYS)
    lowest = run[before - 1][1] - slack if before else date.min
    highest = run[after][1] + slack if after < len(run) else date.max
    return lowest <= day <= highest
