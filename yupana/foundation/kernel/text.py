"""Text as people search and sort it, the same on every database."""

from __future__ import annotations

import re
import unicodedata

MOST_LOOKED_FOR, MOST_WORDS = 500, 20  # characters and words of one search: more ask too much of a database
_SPACE = re.compile(r"\s+")
_ENYE = "n\u0303"


def squeeze(text: str) -> str:
    """Collapse runs of white space to one space and trim the ends."""
    return _SPACE.sub(" ", text).strip()


def fold(text: str) -> str:
    """Fold for searching: lower case, no accents, single spaces ("Ábaco" and "abaco" become equal)."""
    plain = unicodedata.normalize("NFKD", text).casefold()  # first apart: "℡" only then shows its capitals
    decomposed = unicodedata.normalize("NFKD", plain)
    return squeeze("".join(char for char in decomposed if not unicodedata.combining(char)))


def words_of(text: str) -> list[str]:
    """Return the words to look for in what was folded, each once and no more than anybody types."""
    return list(dict.fromkeys(fold(text[:MOST_LOOKED_FOR]).split()))[:MOST_WORDS]


def sort_key(text: str) -> str:
    """Key that sorts as Spanish does under a bytewise order: accents ignored, ñ between n and o."""
    decomposed = unicodedata.normalize("NFD", text.casefold()).replace(_ENYE, "n~")
    return squeeze("".join(char for char in decomposed if not unicodedata.combining(char)))
