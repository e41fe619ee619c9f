"""A statement taken apart: its days, its baseline and its numbers, each cut out where it was found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from yupana.foundation.kernel.text import squeeze

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero january", "febrero february", "marzo march", "abril april", "mayo may", "junio june", "julio july",
            "agosto august", "septiembre september setiembre", "octubre october", "noviembre november",
            "diciembre december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        ("dos two", "tres three", "cuatro four", "cinco five", "seis six", "siete seven", "ocho eight", "nueve nine",
         "diez ten", "once eleven", "doce twelve"),
        start=2,
    )
    for word in words.split()
}  # fmt: skip
MULTIPLES = {"mil": 1_000, "thousand": 1_000, "millon": 10**6, "millones": 10**6, "million": 10**6}

_EVE = r"(?:(?:el|la|los|fin|fines|finales|ano|gestion|the|end|year|de|del|of) ){0,4}+"


def _days(year: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Say how a period and the end of one are written."""
    day = rf"(?:(?P<day>\d{{1,2}}) de (?P<month>[a-z]{{3,10}}) del? )?+(?P<year>{year})"
    return (
        re.compile(
            rf"(?:^|,? )(?:de|desde|entre|from|between) {_EVE}(?:19|20)\d\d (?:a|al|y|hasta|to|and|until) {_EVE}{day}"
        ),
        re.compile(rf"(?:^|,? )(?P<by>a|al|para|hasta|en|antes|by|until|in|before) {_EVE}{day}"),
    )


_YEAR = r"(?:19|20)\d\d(?![\d.,]*\d)"
_IN_A_SHARE = _days(_YEAR)
# Where no share is told, a noun behind what looks like a year is what it counts: "in 2000 villages".
_IN_A_COUNT = _days(rf"{_YEAR}(?=$| ?[^\w ]| (?:de|del|el|la|las|los|un|una|y|a|al|the|and|of|at|[a-z]+[aei]r)\b)")
_ISO = re.compile(
    r"(?:^|,? )(?:a|al|para|hasta|antes|by|until|on) (?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"
)
_NUMBER = r"(?<![\w.,/-])\d{1,15}(?:[.,]\d{1,15}){0,4}+(?![\w/])"
_MARK = r"(?: ?(?:%|por ?ciento\b|per ?cent\b))"
_BASELINE = re.compile(
    rf"(?:^|,? )\(?(?:linea (?:de )?base|baseline)(?: (?:de|del|of|es|is))?:? (?P<low>{_NUMBER}){_MARK}?+\)?"
)
_FROM_TO = re.compile(
    rf"(?<!\w)(?:del?|desde|from) (?:el )?(?P<low>{_NUMBER}){_MARK}?+ (?:a|al|hasta|to) (?:el |un )?(?P<high>{_NUMBER})"
)
_CITED = re.compile(
    r"(?<!\w)(?:ley|decreto(?: supremo)?|ds|d\. ?s\.|resolucion|articulo|art\.|anexo|norma|iso|law|decree|article|act"
    r"|annex|eje"
    r"|linea|objetivo|lineamiento|meta|axis|line|objective|guideline|target) (?:n[ro]?[.°º]{0,2} ?)?\d[\d./:-]*+"
)
_SHARE = re.compile(rf"(?P<number>{_NUMBER}){_MARK}")
_COUNT = re.compile(
    rf"(?<!\w)(?P<number>{_NUMBER}|(?:{'|'.join(NUMBER_WORDS)})(?!\w))"
    rf"(?: (?P<times>{'|'.join(MULTIPLES)})(?: de)?(?!\w))?+"
)


class Unread(StrEnum):
    """Why a statement has no number that could be read."""

    NO_NUMBER = "no-number"
    SEVERAL_NUMBERS = "several-numbers"
    UNCLEAR_NUMBER = "unclear-number"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class Statement:
    """A text as it was said and, character by character, folded."""

    said: str
    plain: str

    @classmethod
    def of(cls, text: str) -> Statement:
        """Read a text; white space is squeezed."""
        said = unicodedata.normalize("NFC", squeeze(text))
        return cls(said, "".join(_folded(character) for character in said))

    def without(self, start: int, end: int) -> Statement:
        """Cut a passage out."""
        return Statement(self.said[:start] + self.said[end:], self.plain[:start] + self.plain[end:])


def take_days(statement: Statement) -> tuple[Statement, list[date]]:
    """Cut out by when something is to be, and say the days; a year alone means its end, "before" the day before."""
    days = []
    for pattern in (_ISO, *(_IN_A_SHARE if _SHARE.search(statement.plain) else _IN_A_COUNT)):
        while found := pattern.search(statement.plain):
            days.append(_day(found))
            statement = statement.without(*found.span())
    return statement, [day for day in days if day]


def take_baseline(statement: Statement) -> tuple[Statement, Decimal | None]:
    """Cut out from what a target starts, as "baseline: 20%" or "from 20% to 50%", and say it."""
    if found := _BASELINE.search(statement.plain):
        return statement.without(*found.span()), number_of(found["low"])
    if found := _FROM_TO.search(statement.plain):
        return statement.without(found.start(), found.start("high")), number_of(found["low"])
    return statement, None


def without_citations(statement: Statement) -> Statement:
    """Cut out the numbers of norms and of other items."""
    while found := _CITED.search(statement.plain):
        statement = statement.without(*found.span())
    return statement


def shares_of(statement: Statement) -> list[re.Match[str]]:
    """Find the percentages; the group "number" of each is its number."""
    return list(_SHARE.finditer(statement.plain))


def counts_of(statement: Statement) -> list[re.Match[str]]:
    """Find the other numbers; the group "number" of each is its number, "times" what it is multiplied by."""
    return list(_COUNT.finditer(statement.plain))


def number_of(text: str) -> Decimal | None:
    """Read a number as people write it: "1.200" and "1,200" are both more than a thousand; None where it is unclear."""
    if text in NUMBER_WORDS:
        return Decimal(NUMBER_WORDS[text])
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?", text):
        return Decimal(text.replace(",", ""))
    if re.fullmatch(r"\d{1,15}(?:[.,]\d{1,2})?", text):
        return Decimal(text.replace(",", "."))
    return None


def _folded(character: str) -> str:
    """Fold one character to exactly one."""
    plain = unicodedata.normalize("NFKD", character)[0].lower()
    return plain if len(plain) == 1 else character


def _day(found: re.Match[str]) -> date | None:
    told = found.groupdict()
    month, day = told["month"], told["day"]
    number = int(month) if month and month.isdigit() else MONTHS.get(month or "december")
    before = told.get("by") in ("antes", "before")
    try:
        if before and not day:
            return date(int(told["year"]), 1, 1) - timedelta(days=1)
        return date(int(told["year"]), number or 0, int(day or 31)) - timedelta(days=before)
    except ValueError:
        return None
