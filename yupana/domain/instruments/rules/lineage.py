"""Which item of a new text is which of the one before: what is sure, and what only a person can say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import item_key
from yupana.domain.instruments.rules.proposals import Proposal, ProposalKind, Side, propose
from yupana.domain.instruments.rules.wording import Wording, likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from yupana.domain.instruments.facts import ItemRole, ItemRow

__all__ = ["Known", "Matching", "Proposal", "ProposalKind", "match", "same_by_code"]

TITLE = 8  # telling words: a text of no more is taken for a title, which is reworded more freely
ALIKE, TITLE_ALIKE = 0.35, 0.2  # how alike items of one code must be worded to be the same


@dataclass(frozen=True, slots=True)
class Known:
    """An item of the text before. ``parent`` is the key ("role:code") of the item above it, "" at the root."""

    role: ItemRole
    code: str
    text: str
    parent: str
    lineage: str

    @property
    def key(self) -> str:
        """How the item is named inside its edition: "role:code"."""
        return item_key(self.role, self.code)


@dataclass(frozen=True, slots=True)
class Matching:
    """``sure`` gives the lineage of the items, by key, that are surely an item of before; the rest are proposals."""

    sure: Mapping[str, str]
    proposals: tuple[Proposal, ...]


def match(before: Sequence[Known], rows: Sequence[ItemRow]) -> Matching:
    """Say which item of a new text is which of the one before; what is only likely is proposed.

    Sure is, in this order: what the source itself says; the same wording in the same role, where it stands once on
    both sides (or once with that code, or once below the same item); and the same code in the same role, unless one
    of the two wordings stands elsewhere in the other text or they have next to nothing in common.
    """
    old = Side(
        [known.lineage for known in before],
        [known.role for known in before],
        [Wording.of(known.text) for known in before],
    )
    new = Side([row.key for row in rows], [row.role for row in rows], [Wording.of(row.text) for row in rows])
    pairs = _Pairs(before, rows, old, new)
    pairs.join_claims()
    pairs.join_words()
    pairs.join_codes()
    sure = {rows[at].key: before[was].lineage for at, was in sorted(pairs.sure.items())}
    return Matching(sure, propose(old, new, pairs.sure))


def same_by_code(one: Wording, other: Wording) -> bool:
    """Whether two items of one role and code may be the same, by their wording."""
    title = min(one.size, other.size) <= TITLE
    return likeness(one, other) >= (TITLE_ALIKE if title else ALIKE)


class _Pairs:
    """Two texts, and by place which item of the new one (``sure``) is which of the one before."""

    def __init__(self, before: Sequence[Known], rows: Sequence[ItemRow], old: Side, new: Side) -> None:
        self._before, self._rows = before, rows
        self._old = [(known.role, wording.plain) for known, wording in zip(before, old.wordings, strict=True)]
        self._new = [(row.role, wording.plain) for row, wording in zip(rows, new.wordings, strict=True)]
        self._wordings = old.wordings, new.wordings
        self.sure: dict[int, int] = {}
        self._now = {"": ""}  # the key of before -> the key that the same item has now

    def join_claims(self) -> None:
        """Join what the source says is the same; not what two items claim to be."""
        self._join(lambda was: self._before[was].lineage, lambda at: self._rows[at].lineage or None)

    def join_words(self) -> None:
        """Join what is worded the same: first with its code, then alone, then below the same item."""
        old, new, before, rows = self._old, self._new, self._before, self._rows
        self._join(lambda was: (before[was].code, *old[was]), lambda at: (rows[at].code, *new[at]))
        self._join(lambda was: old[was], lambda at: new[at])
        below = [item_key(*row.parent) if row.parent else "" for row in rows]
        while self._join(lambda was: (self._now.get(before[was].parent), *old[was]), lambda at: (below[at], *new[at])):
            pass

    def join_codes(self) -> None:
        """Join what has the same role and code, unless the words of either stand elsewhere or have little in common."""
        before, rows = self._before, self._rows
        worded = {self._old[was] for was in self._open_old()}, {self._new[at] for at in self._open_new()}
        shared = worded[0] & worded[1]
        coded = {(before[was].role, before[was].code): was for was in self._open_old() if self._old[was] not in shared}
        for at in self._open_new():
            was = coded.pop((rows[at].role, rows[at].code), None)
            if was is None or self._new[at] in shared:
                continue
            if same_by_code(self._wordings[0][was], self._wordings[1][at]):
                self.sure[at] = was

    def _join(self, old_key: Callable[[int], Hashable], new_key: Callable[[int], Hashable]) -> bool:
        """Join the places whose key stands once on both sides; whether there were any."""
        old, new = _once(self._open_old(), old_key), _once(self._open_new(), new_key)
        found = {new[key]: was for key, was in old.items() if key is not None and key in new}
        self.sure |= found
        self._now |= {self._before[was].key: self._rows[at].key for at, was in found.items()}
        return bool(found)

    def _open_old(self) -> list[int]:
        joined = set(self.sure.values())
        return [was for was in range(len(self._before)) if was not in joined]

    def _open_new(self) -> list[int]:
        return [at for at in range(len(self._rows)) if at not in self.sure]


def _once(places: Iterable[int], key: Callable[[int], Hashable]) -> dict[Hashable, int]:
    """Index places by a key, where no two have the same."""
    found: dict[Hashable, int] = {}
    twice = set()
    for at in places:
        if found.setdefault(key(at), at) != at:
            twice.add(key(at))
    return {each: at for each, at in found.items() if each not in twice}
