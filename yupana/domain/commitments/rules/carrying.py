"""Where an answer to an item belongs in a later edition: followed by lineage, one edition after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import OriginKind
from yupana.domain.obligations.rules import plan_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from yupana.domain.instruments.facts import Origin


class Fate(StrEnum):
    """What became of the item that a row answers."""

    SAME = "same"
    MERGED = "merged"
    CHOSEN = "chosen"  # it was split, and a reviewer said which part the row answers
    SPLIT = "split"  # it was split, and nobody said which part the row answers
    REMOVED = "removed"
    NOT_OWED = "not-owed"  # it is there, and this body does not owe it
    NONE = "none"  # the row answers no item


PLACED = frozenset({Fate.SAME, Fate.MERGED, Fate.CHOSEN})
LOST = frozenset({Fate.SPLIT, Fate.REMOVED, Fate.NOT_OWED})
"""Fates of rows that are kept without an item: each is shown to who decides."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What an edition did with the items of the one before: which it has, and by lineage into what others went."""

    items: frozenset[str]
    merged: Mapping[str, str] = field(default_factory=dict)
    split: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def between(cls, before: Mapping[str, Iterable[Origin]], after: Mapping[str, Iterable[Origin]]) -> Passage:
        """Read it from the items of two editions by lineage, each with its origins; what was said before is not new."""
        merged: dict[str, str] = {}
        split: dict[str, tuple[str, ...]] = {}
        for lineage, origins in after.items():
            for origin in set(origins) - set(before.get(lineage, ())):
                if origin.lineage not in before:
                    continue
                if origin.kind is OriginKind.MERGE:
                    merged[origin.lineage] = lineage
                else:
                    split[origin.lineage] = (*split.get(origin.lineage, ()), lineage)
        return cls(frozenset(after), merged, {each: _parts(each, parts, after) for each, parts in split.items()})

    def step(self, lineage: str) -> tuple[str, Fate]:
        """Say what an item of the edition before is now ("" for nothing), and how that came."""
        if lineage in self.split:
            return "", Fate.SPLIT
        if lineage in self.items:
            return lineage, Fate.SAME
        if lineage in self.merged:
            return self.merged[lineage], Fate.MERGED
        return "", Fate.REMOVED


def misfit(kind: str, into: str, years: tuple[str, str]) -> str:
    """Say why a plan of one kind is none of another ("": it is one), such as an annual plan of another year.

    ``years`` are the periods of the call that it was accepted under, and of that which it would stand under.
    """
    if kind != into:
        return "carry-other-kind"
    return "carry-other-year" if plan_type(kind).derives and years[0] != years[1] else ""


def onward(before: Mapping[int, int], after: Mapping[int, int]) -> bool:
    """Say whether plans go on from some editions to others; of each, when it was published, by its instrument.

    They do where both put an instrument, and at least one of these in a later edition, and none in an older one.
    """
    both = before.keys() & after.keys()
    return all(before[each] <= after[each] for each in both) and any(before[each] < after[each] for each in both)


def follow(lineage: str, passages: Sequence[Passage], choices: Mapping[str, str]) -> tuple[str, Fate]:
    """Follow an item through later editions, oldest first; a choice says into which part a split item goes."""
    at, fate = lineage, Fate.SAME
    for passage in passages:
        after, how = passage.step(at)
        if how is Fate.SPLIT and choices.get(at) in passage.split[at]:
            after, how = choices[at], Fate.CHOSEN
        if not after:
            return "", how
        at, fate = after, (fate if how is Fate.SAME else how)
    return at, fate


def splits(passages: Iterable[Passage]) -> dict[str, tuple[str, ...]]:
    """Say which items were split on the way, and into which."""
    return {lineage: parts for passage in passages for lineage, parts in passage.split.items()}


def _parts(lineage: str, parts: tuple[str, ...], after: Mapping[str, object]) -> tuple[str, ...]:
    """An item that remains itself is one of its own parts."""
    return (lineage, *parts) if lineage in after and lineage not in parts else parts
