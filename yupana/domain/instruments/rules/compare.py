"""What one text of an instrument says differently from another, item by item; and the one made into the other."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import OriginKind
from yupana.domain.instruments.rules.changes import Change, ChangeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from yupana.domain.instruments.facts import ItemFact, ItemRole, Origin
    from yupana.domain.instruments.rules.changes import Text

_ORIGINS = {OriginKind.SPLIT: ChangeKind.SPLIT, OriginKind.MERGE: ChangeKind.MERGED}
_SAYINGS: Mapping[ChangeKind, Callable[[ItemFact], object]] = {
    ChangeKind.REWORDED: lambda item: (item.row.text, item.row.body, item.row.legal_basis),
    ChangeKind.RENUMBERED: lambda item: (item.row.role, item.row.code),
    ChangeKind.REWEIGHTED: lambda item: item.row.stake,
    ChangeKind.SHIFTED: lambda item: item.weight,
    ChangeKind.REDATED: lambda item: item.row.due_on,
    ChangeKind.READDRESSED: lambda item: (item.row.audience, item.binds),
    ChangeKind.RETARGETED: lambda item: item.row.target,
    ChangeKind.OTHER: lambda item: (item.row.transition, item.row.more),
}


def compare(before: Text, after: Text) -> tuple[Change, ...]:
    """Tell what happened to each item that is touched: in the reading order of ``after``, then what left.

    An item is the same by its lineage. Where its text stood in a file is not part of what it says; that others came,
    left or were renumbered around it does not touch it.
    """
    both = _Both(_Placed.of(before), _Placed.of(after))
    gone = [_departure(item, both) for lineage, item in both.old.items.items() if lineage not in both.new.items]
    return tuple(
        change for change in (*(_change(item, both) for item in both.new.items.values()), *gone) if change.kinds
    )


def apply(before: Text, changes: Iterable[Change]) -> tuple[ItemFact, ...]:
    """Make the text that `compare` was given as the one after, from the one before and the changes alone."""
    old = _Placed.of(before)
    touched = {change.lineage: change for change in changes}
    items = {lineage: item for lineage, item in old.items.items() if lineage not in touched}
    items |= {lineage: change.after for lineage, change in touched.items() if change.after}
    placed = [
        change
        for change in touched.values()
        if change.after and (change.before is None or ChangeKind.MOVED in change.kinds)
    ]
    leaving = {change.lineage for change in placed} | {each for each in touched if each not in items}
    families = {above: [each for each in family if each not in leaving] for above, family in old.families.items()}
    for change in placed:
        family = families.setdefault(change.under, [])
        family.insert(family.index(change.follows) + 1 if change.follows else 0, change.lineage)
    return tuple(_written(items, families))


def bare(text: Text) -> tuple[ItemFact, ...]:
    """Leave aside where a text stood in its source: what is left is all that `compare` looks at."""
    return tuple(
        replace(item, source_ref="", row=replace(item.row, where="", lineage=item.lineage, binds=item.binds))
        for item in text
    )


def summary(changes: Sequence[Change]) -> dict[ChangeKind, int]:
    """Count changes by kind, in the order of `ChangeKind`; of splits and merges the items that were there before."""
    counts = {kind: sum(kind in change.kinds for change in changes) for kind in ChangeKind}
    for origin_kind, kind in _ORIGINS.items():
        origins = (origin for change in changes for origin in change.origins)
        counts[kind] = len({origin.lineage for origin in origins if origin.kind is origin_kind})
    return {kind: count for kind, count in counts.items() if count}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A text by lineage: its items in order, and above and behind which each stands ("" at the root, or as first)."""

    items: dict[str, ItemFact]
    above: dict[str, str]
    behind: dict[str, str]
    families: dict[str, list[str]]

    @classmethod
    def of(cls, text: Text) -> _Placed:
        lineages = {(item.row.role, item.row.code): item.lineage for item in text}
        above = {item.lineage: lineages[item.row.parent] if item.row.parent else "" for item in text}
        families: dict[str, list[str]] = {}
        for lineage, parent in above.items():
            families.setdefault(parent, []).append(lineage)
        behind = {each: last for family in families.values() for last, each in zip(["", *family], family, strict=False)}
        return cls({item.lineage: item for item in text}, above, behind, families)


class _Both:
    """Two texts, and what follows only from looking at both."""

    def __init__(self, old: _Placed, new: _Placed) -> None:
        self.old, self.new = old, new
        self.moved = _moved(old, new)
        self.origins = _origins(old, new)
        self.heirs: dict[str, dict[str, ChangeKind]] = {}
        for lineage, origins in self.origins.items():
            for origin in origins:
                self.heirs.setdefault(origin.lineage, {})[lineage] = _ORIGINS[origin.kind]


def _origins(old: _Placed, new: _Placed) -> dict[str, tuple[Origin, ...]]:
    """Find what items now say that they come from, where the text before held it and they did not say so there."""
    told = {}
    for lineage, item in new.items.items():
        said = old.items[lineage].row.origins if lineage in old.items else ()
        news = tuple(each for each in item.row.origins if each.lineage in old.items and each not in said)
        if news:
            told[lineage] = news
    return told


def _moved(old: _Placed, new: _Placed) -> frozenset[str]:
    """Find what changed places: the fewest items that, taken out, leave the others of a family in their order."""
    moved = {each for each in new.items if each in old.above and old.above[each] != new.above[each]}
    ranks = {lineage: rank for rank, lineage in enumerate(old.items)}
    for family in new.families.values():
        stayed = [each for each in family if each in ranks and each not in moved]
        kept = rising([ranks[each] for each in stayed])
        moved.update(each for at, each in enumerate(stayed) if at not in kept)
    return frozenset(moved)


def rising(numbers: Sequence[int]) -> frozenset[int]:
    """Find a longest rising run of different numbers; the places of its members."""
    tails: list[int] = []  # the least number that a run of each length can end with
    ends: list[int] = []  # and its place
    previous: list[int] = []
    for at, number in enumerate(numbers):
        length = bisect_left(tails, number)
        previous.append(ends[length - 1] if length else -1)
        tails[length : length + 1], ends[length : length + 1] = [number], [at]
    found, at = set(), ends[-1] if ends else -1
    while at >= 0:
        found.add(at)
        at = previous[at]
    return frozenset(found)


def _change(after: ItemFact, both: _Both) -> Change:
    """Say what happened to an item that is there afterwards; a change without kinds where nothing did."""
    lineage = after.lineage
    before, origins = both.old.items.get(lineage), both.origins.get(lineage, ())
    heirs = both.heirs.get(lineage, {})
    kinds = {_ORIGINS[origin.kind] for origin in origins} | set(heirs.values())
    if before is None:
        kinds = kinds or {ChangeKind.ADDED}
    else:
        kinds |= {kind for kind, saying in _SAYINGS.items() if saying(before) != saying(after)}
        kinds -= {ChangeKind.SHIFTED} if ChangeKind.REWEIGHTED in kinds else set()
        if lineage in both.moved:
            kinds.add(ChangeKind.MOVED)
        if before.row.origins != after.row.origins and not origins:
            kinds.add(ChangeKind.OTHER)
    above, behind = both.new.above[lineage], both.new.behind[lineage]
    return Change(lineage, frozenset(kinds), before, after, above, behind, origins, tuple(heirs))


def _departure(before: ItemFact, both: _Both) -> Change:
    heirs = both.heirs.get(before.lineage, {})
    kinds = frozenset(heirs.values()) or frozenset({ChangeKind.REMOVED})
    return Change(before.lineage, kinds, before, None, heirs=tuple(heirs))


def _written(items: Mapping[str, ItemFact], families: Mapping[str, Sequence[str]]) -> Iterator[ItemFact]:
    """Yield items in reading order, each naming the item above it as it is called now."""
    waiting: list[tuple[tuple[ItemRole, str] | None, str]] = [
        (None, lineage) for lineage in reversed(families.get("", ()))
    ]
    while waiting:
        parent, lineage = waiting.pop()
        item = items[lineage]
        yield replace(item, row=replace(item.row, parent=parent))
        key = (item.row.role, item.row.code)
        waiting += [(key, each) for each in reversed(families.get(lineage, ()))]
