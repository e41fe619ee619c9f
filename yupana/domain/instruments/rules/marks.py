"""Two wordings of one text, marked word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"\s+|\w[\w\u0300-\u036f]*|[^\w\s]")  # every character is in one: a text is its tokens joined
_WORD = re.compile(r"\w+")
MOST_PAIRS = 200_000_000  # of tokens that are compared, a bit of memory each; longer texts are wholly replaced
_FEW = 3  # words: fewer that two longer changes have in common between them are chance, and only confuse


class Mark(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text of one mark. Kept and removed pieces joined are the text before, kept and added the text after."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class _Turn:
    """Something kept, and what changed after it."""

    kept: str
    removed: str
    added: str

    @property
    def size(self) -> int:
        return max(len(self.removed), len(self.added))


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Mark what was kept, removed and added between two wordings, word by word.

    A word or three that chance left standing inside a passage written anew are marked as part of it.
    """
    joined: list[_Turn] = []
    last: _Turn | None = None
    for turn in _turns(_TOKEN.findall(before), _TOKEN.findall(after)):
        if last and _is_chance(last, turn):
            first = joined.pop()
            both = first.removed + turn.kept + turn.removed, first.added + turn.kept + turn.added
            joined.append(_Turn(first.kept, *both))
        else:
            joined.append(turn)
        last = turn
    return tuple(piece for turn in joined for piece in _pieces(turn))


def _turns(one: Sequence[str], other: Sequence[str]) -> Iterator[_Turn]:
    """Yield the fewest changes in order; both texts at once where they are too long to look for them."""
    numbers: dict[str, int] = {}  # compared are numbers: the hashes of different words may be equal
    coded = [[numbers.setdefault(token, len(numbers)) for token in tokens] for tokens in (one, other)]
    if len(one) * len(other) > MOST_PAIRS and one != other:
        yield _Turn("", "".join(one), "".join(other))
        return
    kept = removed = added = ""
    for step in Indel.opcodes(*coded):
        if step.tag == "equal":
            if removed or added:
                yield _Turn(kept, removed, added)
                kept = removed = added = ""
            kept += "".join(one[step.src_start : step.src_end])
        else:
            removed += "".join(one[step.src_start : step.src_end])
            added += "".join(other[step.dest_start : step.dest_end])
    yield _Turn(kept, removed, added)


def _is_chance(first: _Turn, last: _Turn) -> bool:
    between = last.kept.strip()
    if not first.size or not last.size or len(between) > min(first.size, last.size):
        return False
    return sum(1 for _ in _WORD.finditer(between)) <= _FEW


def _pieces(turn: _Turn) -> Iterator[Piece]:
    said = ((Mark.KEPT, turn.kept), (Mark.REMOVED, turn.removed), (Mark.ADDED, turn.added))
    return (Piece(mark, text) for mark, text in said if text)
