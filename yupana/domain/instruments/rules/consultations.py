"""What can be said in a consultation, and in which days."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from datetime import date

MOST_COMMENT, MOST_ANSWER, MOST_REASON = 4000, 4000, 2000
_BLANK_LINES = re.compile(r"\n{3,}")


def check_window(opens_on: date, closes_on: date) -> None:
    """Refuse a window that closes before it opens."""
    if closes_on < opens_on:
        raise Refused("consultation-closes-before", opens_on=opens_on, closes_on=closes_on)


def is_within(on: date, opens_on: date, closes_on: date) -> bool:
    """Whether a day lies in a window, its first and last day included."""
    return opens_on <= on <= closes_on


def tidy(text: str) -> str:
    """Keep what a person can read: paragraphs stay, control and direction marks and empty pages go."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    readable = "".join(char for char in plain if char == "\n" or not unicodedata.category(char).startswith("C"))
    lines = "\n".join(line.rstrip() for line in readable.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip()


def said(code: str, text: str, most: int) -> str:
    """Return a text tidied; refused under that code where nothing is left of it, or too much."""
    text = tidy(text)
    if not 0 < len(text) <= most:
        raise Refused(code, most=most, length=len(text))
    return text
