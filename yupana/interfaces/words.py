"""The words of all rooms: a sentence for every refusal, a label for every value, in the reader's language."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from yupana.domain.commitments import labels as commitments
from yupana.domain.commitments.rules import MONEY, VALUE, Accumulation, Direction, Kind, Medium
from yupana.domain.entities import labels as entities
from yupana.domain.instruments import labels as instruments
from yupana.domain.obligations import labels as obligations
from yupana.domain.people import labels as people
from yupana.domain.progress import labels as progress
from yupana.domain.submissions import labels as submissions
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.period import period_or_none
from yupana.foundation.kernel.text import fold
from yupana.foundation.safekeeping import labels as safekeeping
from yupana.foundation.vault import labels as vault
from yupana.interfaces.interchange import labels as interchange
from yupana.interfaces.interchange.workbooks import labels as workbooks
from yupana.projections.notices import labels as notices
from yupana.projections.overviews import labels as overviews

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from yupana.domain.commitments.rules import Reading
    from yupana.domain.people.actions.inviting import Admitted

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_PERIOD = re.compile(r"(?<![\w-])[0-9]{4}-[QSM][0-9]{1,2}(?![\w-])")
ROOMS = (entities, people, instruments, obligations, submissions, commitments, progress)

# What the ledger refuses and what the doors say: neither has a room with words of its own.
_OURS: dict[str, StrPromise] = {
    "act-missing": _("Say by which legal act this is done."),
    "erased-already": _("This was already erased by a recorded act."),
    "erasure-stays": _("The record of an erasure is never erased."),
    "entry-unknown": _("There is no such entry in the record."),
    "record-older-than-remembered": _(
        "The record has %(size)s entries, but %(remembered)s were sealed from this home: it is an older copy. "
        "Nothing is sealed on top of it until an act says so (yupana resume --act TEXT)."
    ),
    "record-differs": _(
        "The record did not grow from the %(remembered)s entries that were sealed from this home: it is another one. "
        "Nothing is sealed on top of it until an act says so (yupana resume --act TEXT)."
    ),
    "memory-unreadable": _(
        "%(file)s cannot be read. It says what was sealed last from this home. Put it back from a copy; without one, "
        "remove it after `yupana verify`."
    ),
    "nothing-to-resume": _("The record is the one that was sealed last from this home: there is nothing to resume."),
    "role-missing": _("This page is for another role. If you need it, ask whoever manages the accounts."),
}
# Two rooms may refuse under the same code, each with details of its own: every sentence is kept.
MESSAGES: dict[str, list[StrPromise]] = {}
for _said_here in (
    _OURS,
    vault.MESSAGES,
    safekeeping.MESSAGES,
    interchange.MESSAGES,
    workbooks.MESSAGES,
    notices.MESSAGES,
    *(room.MESSAGES for room in ROOMS),
):
    for _code, _text in _said_here.items():
        MESSAGES.setdefault(_code, []).append(_text)
LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    kind: words for room in (*ROOMS, overviews, notices) for kind, words in room.LABELS.items()
}


def sentence(refused: Refused) -> str:
    """Return why something was refused, as a person reads it."""
    details = {name: _said(value) for name, value in refused.details.items()}
    told = str(details.get("field", ""))
    if told in commitments.CELLS or told.startswith((VALUE, MONEY)):
        details["field"] = cell(told)
    fitting = [text for text in map(str, MESSAGES[refused.code]) if placeholders(text) <= details.keys()]
    # The one that tells most of what is known.
    return max(fitting, key=lambda text: len(placeholders(text))) % details


def why(code: str) -> str:
    """Return what a note of an import says about its line."""
    return str(MESSAGES[code][0])


def placeholders(text: str) -> set[str]:
    """Return the names that a sentence has to be given."""
    return set(_PLACEHOLDER.findall(text))


def label(value: StrEnum) -> str:
    """Return the label of one of a room's values."""
    return str(LABELS[type(value)][value.value])


def cell(name: str) -> str:
    """Return the name of a cell of a plan's row: of its field, or of the period for which a value is programmed."""
    found = commitments.CELLS.get(name)
    if name.startswith(MONEY):
        return gettext("Budget %(year)s") % {"year": name.removeprefix(MONEY)}
    return period(name.removeprefix(VALUE)) if found is None else str(found)


def options(name: str) -> tuple[tuple[str, str], ...]:
    """Return what may stand in a cell that is chosen: each value with its label, nothing first."""
    return _options(name, get_language())


@cache
def _options(name: str, _language: str | None) -> tuple[tuple[str, str], ...]:
    kinds: dict[str, type[StrEnum]] = {"medium": Medium, "accumulation": Accumulation, "direction": Direction}
    return (("", gettext("Not said")), *((each.value, label(each)) for each in kinds[name]))


def period(code: str) -> str:
    """Return a period as people here name it: "2026", "T1 2026", "marzo de 2026"."""
    year, _dash, part = code.partition("-")
    held = period_or_none(code)
    if held is None or not part or part.isdecimal():
        return code
    if part[0] == "M":
        return date_format(held.first, "YEAR_MONTH_FORMAT")
    named = {"Q": _("Q%(n)s %(year)s"), "S": _("Half %(n)s of %(year)s")}
    return str(named[part[0]]) % {"n": part[1:], "year": year}


def titled(text: str) -> str:
    """Return a title in which a period that was written by its code is named as people name it."""
    return _PERIOD.sub(lambda found: period(found[0]), text)


def _said(value: object) -> object:
    """Write a detail as people read it: a date in words, a value by its label, candidates one after the other."""
    if isinstance(value, Refused):
        return sentence(value)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, StrEnum) and type(value) in LABELS:
        return label(value)
    if isinstance(value, list | tuple):
        return "; ".join(" ".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in value)
    return value


def understood(reading: Reading, written: str = "") -> str:
    """Say what a date was understood to mean; empty where there is nothing to add to what was written."""
    first, last, kind = reading.first, reading.last, reading.kind
    if kind in _DOUBTS:
        return str(_DOUBTS[kind])
    if kind in (Kind.EMPTY, Kind.YEAR):
        return ""
    if first is None or last is None:
        return gettext("waits for the year that Año 1 is")
    if first == last or kind is Kind.MONTH:
        day = date_format(first, "DATE_FORMAT" if first == last else "YEAR_MONTH_FORMAT")
        return "" if fold(day) == fold(written) else gettext("understood as %(day)s") % {"day": day}
    days = {"first": date_format(first, "DATE_FORMAT"), "last": date_format(last, "DATE_FORMAT")}
    return gettext("understood as %(first)s to %(last)s") % days


def doubtful(reading: Reading) -> bool:
    """Whether a date could not be read, or not in one way only."""
    return reading.kind in _DOUBTS


_DOUBTS = {
    Kind.AMBIGUOUS: _("could be two days: write the month as a word"),
    Kind.UNREADABLE: _("not understood: write it for example as 1 de julio 2026"),
}


def passed_on(admitted: Admitted) -> str:
    """Say that an account was taken over, and from whom."""
    person = admitted.person
    said = {"username": person.username, "before": admitted.before, "name": person.display_name}
    return str(people.PASSED_ON) % said
