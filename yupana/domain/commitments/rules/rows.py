"""What a row of a plan may hold."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.foundation.kernel.quantity import parse_quantity
from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Medium(StrEnum):
    """The means by which a line is answered."""

    PROJECT = "project"
    LINE = "line"
    ACTIVITY = "activity"


class Accumulation(StrEnum):
    """How the values of an indicator make up the whole, as a planner says it: added up, the last one, or yes or no."""

    SUM = "sum"
    LAST = "last"
    YES_NO = "yes_no"


class Direction(StrEnum):
    """Which way an indicator is to go."""

    UP = "up"
    DOWN = "down"


class Likeness(StrEnum):
    """What two activities that look alike are."""

    JOIN = "join"
    DIFFERENT = "different"


_ELSEWHERE = re.compile(r"corresponde al? (?:su |un |una |el |la )?[\w-]+ y no al? ")
_MEDIA = {
    "": "",
    "proyecto": Medium.PROJECT,
    "linea de accion": Medium.LINE,
    "linea": Medium.LINE,
    "actividad": Medium.ACTIVITY,
    **{medium.value: medium for medium in Medium},
}
_LIMITS = {
    "responsible": 300,
    "person": 300,
    "unit": 120,
    "baseline": 300,
    "derives": 200,
    "waits": 200,
    "target": 300,
    "starts": 120,
    "ends": 120,
    "resolution": 300,
    "document_url": 500,
    "source_ref": 120,
}


def medium_of(text: str) -> str | None:
    """Name the means that a plan says in words ("Proyecto"): empty for none, None for one that is not known."""
    return _MEDIA.get(fold(text))


def number_in(text: str) -> int | None:
    """Read a baseline or a target that is a number, in per cent or not; None where it is words."""
    try:
        return parse_quantity(text.replace("%", "").strip())
    except ValueError:
        return None


def measures(field: str, text: str) -> bool:
    """Whether a text is part of what is counted: a baseline or a target that is a number, a unit in per cent."""
    return "%" in text if field == "unit" else number_in(text) is not None


def belongs_elsewhere(notes: Iterable[str]) -> str:
    """Find the transcriber's note that a document is another kind of plan than asked for; empty if there is none."""
    return next((note.strip() for note in notes if _ELSEWHERE.search(fold(note))), "")


def too_long(values: Mapping[str, object]) -> str:
    """Name the first field whose text is longer than its column, empty if all fit."""
    return next((name for name, most in _LIMITS.items() if len(str(values.get(name) or "")) > most), "")
