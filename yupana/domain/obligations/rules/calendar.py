"""Working days: a calendar's own rules, what acts declared free or took back, and where terms end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SATURDAY, SUNDAY = 5, 6
EVERYWHERE = ""
_DAY = timedelta(days=1)


class Feast(StrEnum):
    """What is celebrated on a free day."""

    NEW_YEAR = "new-year"
    STATE = "state"
    CARNIVAL = "carnival"
    GOOD_FRIDAY = "good-friday"
    LABOUR = "labour"
    CORPUS_CHRISTI = "corpus-christi"
    ANDEAN_YEAR = "andean-year"
    INDEPENDENCE = "independence"
    ALL_SOULS = "all-souls"
    CHRISTMAS = "christmas"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A day of every year from ``since`` on; where it is a Sunday, the Monday after is free, too."""

    feast: Feast
    month: int
    day: int
    since: int = 0


@dataclass(frozen=True, slots=True)
class Calendar:
    """The rules of one calendar.

    ``moving`` are days from Easter. ``local`` are the days of each department by its code; ``names`` name them, and
    ``known_as`` says which code another way of writing a territory means.
    """

    code: str
    fixed: tuple[Fixed, ...]
    moving: tuple[tuple[Feast, int], ...]
    local: Mapping[str, tuple[Fixed, ...]]
    names: Mapping[str, str]
    known_as: Mapping[str, str]

    def department(self, territory: str) -> str:
        """Find the code of the department in which a territory lies, `EVERYWHERE` where that cannot be said.

        A territory is an INE code, of which the first two digits are the department's, or its letters.
        """
        if territory.isascii() and territory.isdigit():
            code = territory[:2]
            return code if code in self.names else EVERYWHERE
        return self.known_as.get(territory.upper(), EVERYWHERE)


@dataclass(frozen=True, slots=True)
class Free:
    """A day on which nobody works, and why: a ``feast`` of the rules, or what an ``act`` declared under a ``name``.

    ``moved``: the feast itself was on the Sunday before. ``territory`` is a department, or `EVERYWHERE`.
    """

    day: date
    feast: Feast | None = None
    territory: str = EVERYWHERE
    moved: bool = False
    name: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """What an act says of one day in one place: free, or a working day after all (``works``)."""

    day: date
    territory: str
    works: bool
    name: str
    act: str


@dataclass(slots=True)
class Days:
    """A calendar with the acts about it, the later ones at the end: which days are worked, and where terms end.

    Every method takes a territory as the register writes it. A department's own acts go before those that hold
    everywhere, and both before the rules.
    """

    calendar: Calendar
    declared: Iterable[Declared] = ()
    _acts: dict[tuple[date, str], Declared] = field(init=False)
    _years: dict[int, dict[tuple[date, str], Free]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Let the last act about each day and place hold."""
        self._acts = {(each.day, each.territory): each for each in self.declared}

    def free(self, day: date, territory: str = EVERYWHERE) -> Free | None:
        """Say why nobody works on a day; None for a working day. A weekend has neither feast nor name."""
        where = self.calendar.department(territory)
        for place in dict.fromkeys((where, EVERYWHERE)):
            act = self._acts.get((day, place))
            if act is not None:
                return None if act.works else Free(day, territory=place, name=act.name, act=act.act)
        ruled = self._ruled(day.year)
        found = ruled.get((day, EVERYWHERE)) or ruled.get((day, where))
        return found or (Free(day) if day.weekday() in (SATURDAY, SUNDAY) else None)

    def works(self, day: date, territory: str = EVERYWHERE) -> bool:
        """Whether it is a working day there."""
        return self.free(day, territory) is None

    def on_or_after(self, day: date, territory: str = EVERYWHERE) -> date:
        """Return the day itself where it is worked, else the next one that is."""
        while not self.works(day, territory) and day < date.max:
            day += _DAY
        return day

    def end(self, start: date, days: int, territory: str = EVERYWHERE) -> date:
        """Return the last day of a term of so many working days, the first of which is after ``start``."""
        day = start
        for _ in range(days):
            day = self.on_or_after(min(day, date.max - _DAY) + _DAY, territory)
        return day

    def of_year(self, year: int) -> list[Free | Declared]:
        """List the free days of a year in every place and what acts took back, in the order of the calendar."""
        ruled: dict[tuple[date, str], Free | Declared] = {**self._ruled(year)}
        for key, act in self._acts.items():
            if act.day.year == year:
                ruled[key] = act if act.works else Free(act.day, territory=act.territory, name=act.name, act=act.act)
        return [ruled[key] for key in sorted(ruled)]

    def _ruled(self, year: int) -> dict[tuple[date, str], Free]:
        if year not in self._years:
            self._years[year] = {(each.day, each.territory): each for each in _of_rules(self.calendar, year)}
        return self._years[year]


def end_of_term(days: Days | None, start: date, term: int, territory: str = EVERYWHERE) -> date:
    """Return the last day of a term: of working days by a calendar, of any days without one."""
    if days is None:
        return start + min(timedelta(days=term), date.max - start)
    return days.end(start, term, territory)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus's rule)."""
    century, in_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _of_rules(calendar: Calendar, year: int) -> Iterator[Free]:
    for feast, days in calendar.moving:
        yield Free(easter(year) + timedelta(days=days), feast)
    for each in calendar.fixed:
        yield from _fixed(each, year, EVERYWHERE)
    for code, local in calendar.local.items():
        for each in local:
            yield from _fixed(each, year, code)


def _fixed(each: Fixed, year: int, territory: str) -> Iterator[Free]:
    if year < each.since:
        return
    day = date(year, each.month, each.day)
    yield Free(day, each.feast, territory)
    if day.weekday() == SUNDAY:
        yield Free(day + _DAY, each.feast, territory, moved=True)
