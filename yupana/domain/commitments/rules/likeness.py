"""Which activities of different bodies look alike, by the words that they share.

A word counts for as much as it is rare among the bodies: what everybody writes says nothing, what two alone write says
much. Everything is counted in whole numbers, so that the same rows give the same pairs in the same order anywhere.

So that hundreds of thousands of rows can be compared, rows of the same words are one text; and two texts are compared
only if they share one of the rarest words of both (`RAREST`) that is not too common (`CROWD`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import isqrt, log
from typing import TYPE_CHECKING

from yupana.domain.commitments.rules.spanish import Words
from yupana.foundation.kernel.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

WHOLE = 10_000  # a likeness is told in basis points
LEAST = 1_500  # what is less alike is no pair
SCALE = 1_000  # the weight of a word, in thousandths
PROOF, NAMESAKE = 4 * SCALE, SCALE  # what two texts must weigh to be believed: little where they are called the same
RAREST, CROWD = 10, 150
TITLE_ROWS, TITLE_PART = 4, 4  # a name that stands in so many rows, and in every fourth, is the plan's
REPEATED = 2  # what a plan asks for in the same words weighs so many times less
COMMON = 6  # a word tells one activity from another if at most every sixth body says it, or two do
SHOWN = 8  # words that say why


@dataclass(frozen=True, slots=True)
class Told:
    """One activity: ``key`` for whoever asks, the body and the plan that it belongs to, and what it says."""

    key: int
    body: int
    plan: int
    name: str
    rest: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Two activities, by their keys, the lower first; ``likeness`` in basis points, ``words`` that both say."""

    first: int
    second: int
    likeness: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A pair worth a look; ``more`` pairs of the same two plans are less alike and follow it."""

    pair: Alike
    more: int


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of an activity's name, and all that it says."""

    name: frozenset[str]
    words: frozenset[str]


class _Texts:
    """Distinct texts: their words by weight, and which rows say each."""

    def __init__(self, rows: Iterable[Told], asked: Iterable[str]) -> None:
        self.rows = sorted(rows, key=lambda row: row.key)
        self.written: dict[str, str] = {}
        found: dict[_Text, list[Told]] = defaultdict(list)
        for row, text in zip(self.rows, self._read(), strict=True):
            if text.words:
                found[text].append(row)
        self.texts, self.said_by = list(found), list(found.values())
        self.weight, self.telling = _weighed(found)
        for word in self.weight.keys() & {stem for text in asked for stem, _ in Words().read(text)}:
            self.weight[word] //= REPEATED

    def _read(self) -> Iterator[_Text]:
        words, titles = Words(), _titles(self.rows)
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for row in self.rows:
            name = "" if (row.plan, fold(row.name)) in titles else row.name
            named, read = list(words.read(name)), list(words.read(row.rest))
            for stem, word in (*named, *read):
                forms[stem][word] += 1
            yield _Text(frozenset(stem for stem, _ in named), frozenset(stem for stem, _ in (*named, *read)))
        for stem, times in forms.items():
            self.written[stem] = min(times, key=lambda word: (-times[word], word))

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs of texts that share one of the rarest words of both, the lower first, each once."""
        holding: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(self.texts):
            shared = (word for word in text.words if self.weight[word])
            for word in sorted(shared, key=self._rarest)[:RAREST]:
                holding[word].append(at)
        beside: dict[int, list[list[int]]] = defaultdict(list)
        for texts in holding.values():
            for at in texts if 1 < len(texts) <= CROWD else ():
                beside[at].append(texts)
        for at in sorted(beside):
            yield from ((at, other) for other in sorted({each for texts in beside[at] for each in texts if each > at}))

    def likeness(self, one: int, two: int) -> int:
        """Cosine of two texts in basis points, or of their names if that is more; less where there is little proof."""
        first, second = self.texts[one], self.texts[two]
        both = first.words & second.words
        named = first.name & second.name
        proof = NAMESAKE if first.name == second.name else PROOF
        by_name = self._cosine(first.name, second.name, proof) if len(named) > 1 and named & self.telling else 0
        by_all = self._cosine(first.words, second.words, PROOF) if len(both & self.telling) > 1 else 0
        return max(by_name, by_all)

    def words(self, one: int, two: int) -> tuple[str, ...]:
        """Name the words that two texts share, the rarest first."""
        both = self.texts[one].words & self.texts[two].words
        return tuple(self.written[word] for word in sorted(both, key=self._rarest)[:SHOWN])

    def _cosine(self, one: frozenset[str], two: frozenset[str], proof: int) -> int:
        return self._sum(one & two) * WHOLE // (isqrt(self._sum(one) * self._sum(two)) + proof)

    def _sum(self, words: frozenset[str]) -> int:
        return sum(self.weight[word] for word in words)

    def _rarest(self, word: str) -> tuple[int, str]:
        return -self.weight[word], word


def alike(rows: Iterable[Told], *, own: bool = False, asked: Iterable[str] = ()) -> list[Alike]:
    """List the pairs of activities that look alike, the most alike first; of one and the same body only if ``own``.

    What one body says twice in the same words stands once, unless ``own``. ``asked`` are the texts that all of them
    answer: who repeats those says little of what it does.
    """
    texts = _Texts(rows, asked)
    said_by = [said if own else _one_of_each_body(said) for said in texts.said_by]
    found = [
        Alike(one.key, two.key, texts.likeness(at, at), texts.words(at, at))
        for at, said in enumerate(said_by)
        for one, two in pairwise(said)
    ]
    for at, other in texts.candidates():
        likeness = texts.likeness(at, other)
        couple = _couple(said_by[at], said_by[other], own=own) if likeness >= LEAST else None
        if couple:
            found.append(Alike(*couple, likeness, texts.words(at, other)))
    return sorted((pair for pair in found if pair.likeness >= LEAST), key=_rank)


def opened(pairs: Iterable[Alike], plans: Mapping[int, int], joined: Iterable[tuple[int, int]] = ()) -> list[Open]:
    """Choose what is worth a look: of two plans the pair most alike alone, and none that follows from better ones.

    ``plans`` gives the plan of each key; ``joined`` are keys that are one initiative already. A pair follows where a
    chain of pairs that are more alike joins its two: so every activity stands beside the one that it is most like, and
    five of a kind make four pairs, not ten.
    """
    ranked = sorted(pairs, key=_rank)
    between = Counter(_plans(pair, plans) for pair in ranked)
    above: dict[int, int] = {}
    chosen: dict[tuple[int, int], Alike] = {}
    for one, two in joined:
        _join(above, one, two)
    for pair in ranked:
        if _join(above, pair.first, pair.second):
            chosen.setdefault(_plans(pair, plans), pair)
    return [Open(pair, between[both] - 1) for both, pair in chosen.items()]


def _rank(pair: Alike) -> tuple[int, int, int]:
    return (-pair.likeness, pair.first, pair.second)


def _plans(pair: Alike, plans: Mapping[int, int]) -> tuple[int, int]:
    one, two = sorted((plans[pair.first], plans[pair.second]))
    return one, two


def _join(above: dict[int, int], one: int, two: int) -> bool:
    """Put two under one top; False where they stand under the same one."""
    first, second = _top(above, one), _top(above, two)
    if first != second:
        above[max(first, second)] = min(first, second)
    return first != second


def _top(above: Mapping[int, int], key: int) -> int:
    while key in above:
        key = above[key]
    return key


def _one_of_each_body(said: Sequence[Told]) -> list[Told]:
    """Keep of each body the first row."""
    first = {row.body: row for row in reversed(said)}
    return sorted(first.values(), key=lambda row: row.key)


def _couple(said: Sequence[Told], others: Sequence[Told], *, own: bool) -> tuple[int, int] | None:
    """Choose the first two rows, one of each text, of different bodies: of two bodies each, one pair always is."""
    for one in said[:2]:
        for two in others[:2]:
            if own or one.body != two.body:
                return min(one.key, two.key), max(one.key, two.key)
    return None


def _titles(rows: Sequence[Told]) -> set[tuple[int, str]]:
    """Find the names that are no activity's own: those that stand again and again in one plan."""
    size = Counter(row.plan for row in rows)
    times = Counter((row.plan, fold(row.name)) for row in rows)
    return {each for each, many in times.items() if many >= TITLE_ROWS and many * TITLE_PART > size[each[0]]}


def _weighed(texts: Mapping[_Text, Collection[Told]]) -> tuple[dict[str, int], set[str]]:
    """Weigh each word by how few of the bodies say it; and choose those that tell one activity from another."""
    said: dict[int, set[str]] = defaultdict(set)
    for text, rows in texts.items():
        for body in {row.body for row in rows}:
            said[body] |= text.words
    by_bodies = Counter(word for words in said.values() for word in words)
    weight = {word: round(SCALE * log((len(said) + 1) / many)) for word, many in by_bodies.items()}
    return weight, {word for word, many in by_bodies.items() if many <= max(len(said) // COMMON, 2)}
