"""What may have become of the items that nothing sure is known of; a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.domain.instruments.rules.wording import Shelf, covered, likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from yupana.domain.instruments.facts import ItemRole
    from yupana.domain.instruments.rules.wording import Wording

LIKELY = 0.5  # how alike two items must be worded to be proposed as one
LIKELY_ELSEWHERE = 0.8  # and where their roles differ
PART, WHOLE, NEWS = 0.6, 0.6, 0.15  # of a part found in the whole, of the whole in its parts, of it in each one alone
WHOLLY = 0.9  # of an item in its own successor: nothing was split from it
LEAST_WORDS = 4  # telling ones: less than that is not split or merged


class ProposalKind(StrEnum):
    """What may have become of items."""

    SAME = "same"
    SPLIT = "split"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may be so, never decided alone: lineages ``before``, keys ``after``, and how alike (0 to 1) they are.

    SAME has one of each, SPLIT one before and several after, MERGE several before and one after.
    """

    kind: ProposalKind
    before: tuple[str, ...]
    after: tuple[str, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class Side:
    """The items of one text: their names (lineages before, keys after), roles and wordings."""

    names: Sequence[str]
    roles: Sequence[ItemRole]
    wordings: Sequence[Wording]


def propose(old: Side, new: Side, sure: Mapping[int, int]) -> tuple[Proposal, ...]:
    """Propose what the items that are not sure may be; ``sure`` gives the place before by the place after."""
    known = set(sure.values())
    open_old = [at for at in range(len(old.names)) if at not in known]
    open_new = [at for at in range(len(new.names)) if at not in sure]
    splits = tuple(_gathered(old, new, {was: at for at, was in sure.items()}, open_new))
    merges = tuple(_gathered(new, old, sure, open_old))
    told = {(whole, part) for whole, parts, _ in splits for part in parts}
    told |= {(part, whole) for whole, parts, _ in merges for part in parts}
    same = [each for each in _same(old, new, open_old, open_new) if each[:2] not in told]
    return (
        *(Proposal(ProposalKind.SPLIT, (old.names[was],), _names(new, parts), alike) for was, parts, alike in splits),
        *(Proposal(ProposalKind.MERGE, _names(old, parts), (new.names[at],), alike) for at, parts, alike in merges),
        *(Proposal(ProposalKind.SAME, (old.names[was],), (new.names[at],), alike) for was, at, alike in same),
    )


def _names(side: Side, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(side.names[at] for at in places)


def _same(old: Side, new: Side, open_old: Sequence[int], open_new: Sequence[int]) -> Iterator[tuple[int, int, float]]:
    """Pair what is alike, the most alike first, each at most once; in the order of before."""
    shelf = Shelf([new.wordings[at] for at in open_new])
    pairs = []
    for was in open_old:
        for near in shelf.near(old.wordings[was]):
            at = open_new[near]
            alike = likeness(old.wordings[was], new.wordings[at])
            if alike >= (LIKELY if old.roles[was] is new.roles[at] else LIKELY_ELSEWHERE):
                pairs.append((was, at, alike))
    had_old: set[int] = set()
    had_new: set[int] = set()
    best = []
    for was, at, alike in sorted(pairs, key=lambda pair: (-pair[2], old.roles[pair[0]] is not new.roles[pair[1]])):
        if was not in had_old and at not in had_new:
            had_old.add(was)
            had_new.add(at)
            best.append((was, at, alike))
    return iter(sorted(best))


def _gathered(
    wholes: Side, parts: Side, own: Mapping[int, int], free: Sequence[int]
) -> Iterator[tuple[int, tuple[int, ...], float]]:
    """Find the items whose words stand in several ``free`` items of the other text, their own successor among them."""
    shelf = Shelf([parts.wordings[at] for at in free])
    for whole, wording in enumerate(wholes.wordings):
        mine = own.get(whole)
        if wording.size < LEAST_WORDS or (mine is not None and covered(wording, [parts.wordings[mine]]) >= WHOLLY):
            continue
        near = [free[at] for at in shelf.near(wording)]
        kin = [at for at in near if parts.roles[at] is wholes.roles[whole]] + ([] if mine is None else [mine])
        found = _parts(wording, {at: parts.wordings[at] for at in kin})
        if len(found) > 1 and (mine is None or mine in found):
            chosen = [parts.wordings[at] for at in found]
            alike = min(covered(wording, chosen), *(covered(part, [wording]) for part in chosen))
            yield whole, tuple(sorted(found)), alike


def _parts(whole: Wording, kin: Mapping[int, Wording]) -> list[int]:
    """Choose among the kin those that a whole may consist of; none where much of it would be missing."""
    able = [at for at, part in kin.items() if covered(part, [whole]) >= PART]
    found: list[int] = []
    had = 0.0
    for at in sorted(able, key=lambda at: -covered(whole, [kin[at]])):
        having = covered(whole, [*(kin[each] for each in found), kin[at]])
        if having - had >= NEWS:
            found.append(at)
            had = having
    return found if had >= WHOLE else []
