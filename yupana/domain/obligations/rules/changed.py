"""What a complementary call puts: the binding items of an edition that say something else than an earlier one did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import NOBODY
from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.domain.instruments.rules.compare import compare
from yupana.domain.obligations.rules.binding import CALLED, Reach
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from yupana.domain.instruments.facts import ItemFact
    from yupana.domain.instruments.rules.changes import Change, Text
    from yupana.foundation.kernel.canonical import Plain

# What makes an answer to an item one that has to be looked at again. Places, numbers and weights do not.
SAID_ANEW = frozenset(
    {
        ChangeKind.ADDED,
        ChangeKind.REMOVED,
        ChangeKind.REWORDED,
        ChangeKind.REDATED,
        ChangeKind.RETARGETED,
        ChangeKind.SPLIT,
        ChangeKind.MERGED,
    }
)


@dataclass(frozen=True, slots=True)
class Outline:
    """A text by lineage: its items, the binding item that each is part of ("" for none), and its audience."""

    items: Mapping[str, ItemFact]
    parents: Mapping[str, str]
    holders: Mapping[str, str]
    audiences: Mapping[str, str]

    @classmethod
    def of(cls, text: Text) -> Outline:
        """Read a text; parents stand before their children."""
        lineages: dict[tuple[str, str] | None, str] = {None: ""}
        parents, holders, standing = {}, {"": ""}, {"": CALLED}
        for item in text:
            above = lineages[item.row.parent]
            lineages[item.row.role, item.row.code] = item.lineage
            parents[item.lineage] = above
            holders[item.lineage] = item.lineage if item.binds else holders[above]
            standing[item.lineage] = item.row.audience or standing[above]
        return cls({item.lineage: item for item in text}, parents, holders, standing)

    def binds(self, lineage: str) -> bool:
        """Whether an item is there and binds."""
        return lineage in self.items and self.items[lineage].binds

    def audience(self, lineage: str) -> str:
        """Whom an item binds: nobody where it is not there or does not bind."""
        return self.audiences[lineage] if self.binds(lineage) else NOBODY

    def above(self, lineage: str) -> Iterator[str]:
        """Yield the items above one, from the nearest to the root."""
        at = self.parents[lineage]
        while at:
            yield at
            at = self.parents[at]

    def holder(self, lineage: str) -> str:
        """Say which binding item an item is part of: itself, or the nearest above it; "" for none."""
        return self.holders.get(lineage, "")


def check_same_instrument(before: tuple[int, str], after: tuple[int, str]) -> None:
    """Refuse to compare editions of two instruments; each is given by its instrument's key and its own name."""
    if before[0] != after[0]:
        raise Refused("editions-unrelated", before=before[1], after=after[1])


def said_anew(change: Change) -> bool:
    """Whether an item says something else now, wherever it stands, whatever it is called and weighs."""
    return bool(change.kinds & SAID_ANEW) or _more(change.before) != _more(change.after)


def touched(changes: Iterable[Change], old: Outline, new: Outline) -> dict[str, frozenset[ChangeKind]]:
    """Say what happened to each binding item, by lineage: to itself, or to what stands below it and does not bind."""
    found: dict[str, frozenset[ChangeKind]] = {}
    for change in changes:
        holders = {old.holder(change.lineage), new.holder(change.lineage)} - {""}
        moved_over = len(holders) > 1
        if said_anew(change) or moved_over:
            for holder in holders:
                found[holder] = found.get(holder, frozenset()) | change.kinds
    return found


def _more(item: ItemFact | None) -> Mapping[str, Plain]:
    return item.row.more if item else {}


def difference(before: Text, after: Text) -> dict[str, Reach]:
    """Say, by lineage, whom each binding item of a text binds anew where an earlier text was called for before.

    What says something else binds its whole audience; what only names another audience, those it did not bind.
    """
    old, new = Outline.of(before), Outline.of(after)
    changed = touched(compare(before, after), old, new)
    reaches = {}
    for lineage in new.items:
        if not new.binds(lineage):
            continue
        audience, already = new.audience(lineage), old.audience(lineage)
        if lineage in changed:
            reaches[lineage] = Reach(audience)
        elif audience != already:
            reaches[lineage] = Reach(audience, already)
    return reaches
