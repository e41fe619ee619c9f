"""Which item of a new text is which of the one before: what is sure, and what only a person can say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import item_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yupana.domain.instruments.facts import ItemRole, ItemRow


class ProposalKind(StrEnum):
    """What may have become of items."""

    SAME = "same"
    SPLIT = "split"
    MERGE = "merge"


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
class Proposal:
    """What may be so, never decided alone: lineages ``before``, keys ``after``, and how alike (0 to 1) they are.

    SAME has one of each, SPLIT one before and several after, MERGE several before and one after.
    """

    kind: ProposalKind
    before: tuple[str, ...]
    after: tuple[str, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class Matching:
    """``sure`` gives the lineage of the items, by key, that are surely an item of before; the rest are proposals."""

    sure: Mapping[str, str]
    proposals: tuple[Proposal, ...]


def match(before: Sequence[Known], rows: Sequence[ItemRow]) -> Matching:
    """Say which item of a new text is which of the one before; what is only likely is proposed."""
    raise NotImplementedError
