"""What an evaluation says in words, beside its figures."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from yupana.foundation.kernel.canonical import canonical
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = ("summary", "method", "findings", "recommendations")
MOST_WORDS = 40_000


def mark(title: str, words: Mapping[str, str]) -> str:
    """Name a title and words, so that whoever saves or publishes says which ones they had before them."""
    return hashlib.sha256(canonical([title, dict(words)])).hexdigest()[:40]


def check_words(words: Mapping[str, str]) -> dict[str, str]:
    """Return every part of the text without white space around it; Refused where one is unknown or too long."""
    for name in words:
        if name not in WORDS:
            raise Refused("evaluation-part", found=name, known=", ".join(WORDS))
    told = {name: words.get(name, "").replace("\r\n", "\n").strip() for name in WORDS}
    for name, text in told.items():
        if len(text) > MOST_WORDS:
            raise Refused("evaluation-too-long", part=name, most=MOST_WORDS)
    return told
