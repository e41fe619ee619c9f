"""Days as people write them: what a text means, and what it cannot mean."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yupana.foundation.kernel.text import fold


class Kind(StrEnum):
    """How much of a day a text says. A stretch is a part of a year; relative counts from a plan's first year."""

    EMPTY = "empty"
    DAY = "day"
    MONTH = "month"
    STRETCH = "stretch"
    YEAR = "year"
    RELATIVE = "relative"
    AMBIGUOUS = "ambiguous"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means: days ``first`` to ``last``, both included; None where it cannot be said."""

    kind: Kind
    first: date | None = None
    last: date | None = None


_MONTH_NAMES = (
    ("enero", "ene"),
    ("febrero", "feb"),
    ("marzo", "mar"),
    ("abril", "abr"),
    ("mayo", "may"),
    ("junio", "jun"),
    ("julio", "jul"),
    ("agosto", "ago"),
    ("septiembre", "setiembre", "sept", "sep", "set"),
    ("octubre", "oct"),
    ("noviembre", "nov"),
    ("diciembre", "dic"),
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
STRETCHES = {"mes": 1, "bimestre": 2, "trimestre": 3, "cuatrimestre": 4, "semestre": 6}
_ORDINAL_NAMES = (
    ("primer", "primero", "primera", "i"),
    ("segundo", "segunda", "ii"),
    ("tercer", "tercero", "tercera", "iii"),
    ("cuarto", "cuarta", "iv"),
    ("quinto", "quinta", "v"),
    ("sexto", "sexta", "vi"),
    ("septimo", "septima", "setimo", "vii"),
    ("octavo", "octava", "viii"),
    ("noveno", "novena", "ix"),
    ("decimo", "decima", "x"),
    ("undecimo", "undecima", "decimoprimer", "xi"),
    ("duodecimo", "duodecima", "decimosegundo", "xii"),
)
ORDINALS = {name: number for number, names in enumerate(_ORDINAL_NAMES, 1) for name in names}
FIRST_YEAR, LAST_YEAR = 1990, 2100
NOMINAL_YEAR = 2000
MOST_YEARS = 50

_WORDS = "|".join(sorted(MONTHS, key=len, reverse=True))
_NTH = r"[a-z]+|\d{1,2}(?:ro|do|er|to|mo|vo|no|o)?\.?"
_PART = rf"(?:(?P<nth>{_NTH}) +)?(?P<stretch>{'|'.join(STRETCHES)})(?: +(?P<after>\d{{1,2}}))?"
_YEAR = re.compile(r"(\d{4})", re.ASCII)
_MONTH = re.compile(rf"({_WORDS})(?:\. *|\.?,? +(?:de +|del +)?| *[-/] *)(\d{{4}})", re.ASCII)
_DAY = re.compile(rf"(\d{{1,2}})(?:ro|o)?\.? +(?:de +)?({_WORDS})\.?,? +(?:de +|del +)?(\d{{4}})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)
_NUMBERED = re.compile(r"(\d{1,2}) ?[/.-] ?(\d{4})", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_RELATIVE = re.compile(rf"ano +(?P<year>\d{{1,2}})(?:[ ,;:-]+{_PART})?", re.ASCII)
_COUNTED = re.compile(r"\s*\S+\s+(\d{1,2})[\s,;:-]*")  # the same in a text as it was written
_PART_OF_YEAR = re.compile(rf"{_PART} +(?:de +|del +)?(?:ano +)?(?P<year>\d{{4}})", re.ASCII)


def read_date(text: str, *, year_one: int | None) -> Reading:
    """Read a day, month, part of a year or year as written in Spanish; ISO, dd/mm/yyyy and mm/yyyy too.

    "Año 2 Primer Bimestre" stays unresolved (no days) until ``year_one`` is known. A numeric day that could also be
    a month is ambiguous: it is shown, never mended. What cannot be read, or cannot exist, is unreadable.
    """
    plain = fold(text).replace("º", "o").replace("°", "o")
    if not plain:
        return Reading(Kind.EMPTY)
    for form, read in _FORMS:
        found = form.fullmatch(plain)
        if found:
            return read(found, year_one) or Reading(Kind.UNREADABLE)
    return Reading(Kind.UNREADABLE)


def ends_before_start(starts: str, ends: str, *, year_one: int | None) -> bool:
    """Whether a row certainly ends before it starts; two relative texts compare without knowing the first year."""
    begun, over = read_date(starts, year_one=year_one), read_date(ends, year_one=year_one)
    if begun.kind is over.kind is Kind.RELATIVE:
        begun, over = read_date(starts, year_one=NOMINAL_YEAR), read_date(ends, year_one=NOMINAL_YEAR)
    return begun.first is not None and over.last is not None and over.last < begun.first


def in_calendar_years(text: str, *, year_one: int) -> str:
    """Write the year itself where a text counts from a plan's first: "Año 2 Primer Bimestre", "Primer Bimestre 2019".

    Any other text stays as it is.
    """
    found = _COUNTED.match(text)
    if found is None or read_date(text, year_one=None).kind is not Kind.RELATIVE:
        return text
    return f"{text[found.end() :].strip()} {year_one + int(found[1]) - 1}".strip()


def _span(kind: Kind, year: int, first_month: int, months: int) -> Reading | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    end = first_month + months - 1
    return Reading(kind, date(year, first_month, 1), date(year, end, monthrange(year, end)[1]))


def _one_day(year: int, month: int, day: int) -> Reading | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Reading(Kind.DAY, found, found)


def _read_year(found: re.Match[str], _: int | None) -> Reading | None:
    return _span(Kind.YEAR, int(found[1]), 1, 12)


def _read_month(found: re.Match[str], _: int | None) -> Reading | None:
    return _span(Kind.MONTH, int(found[2]), MONTHS[found[1]], 1)


def _read_day(found: re.Match[str], _: int | None) -> Reading | None:
    return _one_day(int(found[3]), MONTHS[found[2]], int(found[1]))


def _read_iso(found: re.Match[str], _: int | None) -> Reading | None:
    year, month = int(found[1]), int(found[2])
    if found[3]:
        return _one_day(year, month, int(found[3]))
    return _span(Kind.MONTH, year, month, 1) if month in range(1, 13) else None


def _read_numbered(found: re.Match[str], _: int | None) -> Reading | None:
    month = int(found[1])
    return _span(Kind.MONTH, int(found[2]), month, 1) if month in range(1, 13) else None


def _read_numeric(found: re.Match[str], _: int | None) -> Reading | None:
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    written, swapped = _one_day(year, second, first), _one_day(year, first, second)
    if written and swapped and written != swapped:
        return Reading(Kind.AMBIGUOUS)
    return written or swapped


def _read_relative(found: re.Match[str], year_one: int | None) -> Reading | None:
    nth = int(found["year"])
    part = _part(found)
    if not 1 <= nth <= MOST_YEARS or part is None:
        return None
    if year_one is None:
        return Reading(Kind.RELATIVE)
    return _span(Kind.RELATIVE, year_one + nth - 1, *part)


def _read_part_of_year(found: re.Match[str], _: int | None) -> Reading | None:
    part = _part(found)
    return _span(Kind.STRETCH, int(found["year"]), *part) if part else None


def _part(found: re.Match[str]) -> tuple[int, int] | None:
    """First month and number of months of a part of a year (the whole where none is named); None: no such part."""
    if not found["stretch"]:
        return 1, 12
    said = [word for word in (found["nth"], found["after"]) if word]
    width = STRETCHES[found["stretch"]]
    digits = re.match(r"\d+", said[0]) if len(said) == 1 else None
    number = int(digits[0]) if digits else ORDINALS.get(said[0], 0) if len(said) == 1 else 0
    return ((number - 1) * width + 1, width) if 1 <= number <= 12 // width else None


_FORMS = (
    (_YEAR, _read_year),
    (_MONTH, _read_month),
    (_DAY, _read_day),
    (_ISO, _read_iso),
    (_NUMBERED, _read_numbered),
    (_NUMERIC, _read_numeric),
    (_RELATIVE, _read_relative),
    (_PART_OF_YEAR, _read_part_of_year),
)
