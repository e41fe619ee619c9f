"""How alike two wordings are, and which of many come near one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W_]+")
_LITTLE = frozenset(
    _WORD.findall(
        "a al ante con contra de del desde e el en entre es esta este hacia hasta la las lo los mas mediante para por"
        " que se segun ser sin sobre su sus todo toda todos todas un una unos unas y o u"
        " an and are as at be by for from has have in is it its of on or shall that the their this to will with"
    )
)
MOST_SHARING = 500  # wordings: a word that more of them share tells none of them from the others
_MOST_SEEN = 2_000  # neighbours looked at for one wording, rare words first


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as its folded words: all of them in a row, and how often the telling ones stand in it."""

    plain: str
    telling: Counter[str]

    @classmethod
    def of(cls, text: str) -> Wording:
        """Read a text; marks and spaces say nothing, and words such as "of" tell nothing where there are others."""
        folded = fold(text)
        words = _WORD.findall(folded)
        telling = Counter(word for word in words if word not in _LITTLE)
        return cls(" ".join(words) or folded, telling or Counter(words))

    @property
    def size(self) -> int:
        """How many telling words it has."""
        return self.telling.total()


def likeness(one: Wording, other: Wording) -> float:
    """Say how alike two wordings are: 1 for the same words, about 0 for unrelated texts.

    The better of two views: the telling words they share, in whatever order; and their letters in a row, which see
    that a word was only inflected. Unrelated texts share half of their letters, so that half counts as nothing.
    """
    if one.plain == other.plain:
        return 1.0
    letters = max(0.0, fuzz.ratio(one.plain, other.plain) / 50 - 1)
    return min(max(_shared(one.telling, other.telling), letters), 0.999)


def covered(whole: Wording, parts: Iterable[Wording]) -> float:
    """Say how much of the telling words of a whole its parts have, taken together."""
    had: Counter[str] = Counter()
    for part in parts:
        had |= part.telling
    return (whole.telling & had).total() / whole.size if whole.size else 0.0


class Shelf:
    """Many wordings, by their words."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._places: dict[str, list[int]] = {}
        for at, wording in enumerate(wordings):
            for word in wording.telling:
                self._places.setdefault(word, []).append(at)

    def near(self, wording: Wording, most: int = 8) -> list[int]:
        """Find the places of those that share the most telling words with one, the rare ones above all."""
        shared: Counter[int] = Counter()
        seen = 0
        for places in sorted((self._places.get(word, []) for word in wording.telling), key=len):
            seen += len(places)
            if len(places) > MOST_SHARING or seen > _MOST_SEEN:
                break
            for at in places:
                shared[at] += 1_000_000 // len(places)
        return [at for at, _ in sorted(shared.items(), key=lambda each: (-each[1], each[0]))[:most]]


def _shared(one: Counter[str], other: Counter[str]) -> float:
    every = one.total() + other.total()
    return 2 * (one & other).total() / every if every else 0.0
