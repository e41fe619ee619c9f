"""A text as the rules look at it: who stands where, and what is inherited."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import item_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from yupana.domain.instruments.facts import ItemFact
    from yupana.domain.instruments.rules.changes import Text


@dataclass(slots=True)
class View:
    """A text and what it is looked at with. ``audiences`` and ``dues`` by key: the item's own, else from above."""

    text: Text
    known_refs: Collection[str] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    before: Text = ()
    audiences: dict[str, str] = field(init=False, default_factory=dict)
    dues: dict[str, date | None] = field(init=False, default_factory=dict)
    families: dict[str, list[ItemFact]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for item in self.text:
            above = parent_of(item)
            self.audiences[item.row.key] = item.row.audience or self.audiences.get(above, "")
            self.dues[item.row.key] = item.row.due_on or self.dues.get(above)
            self.families.setdefault(above, []).append(item)

    def leaves(self) -> Iterator[ItemFact]:
        """Yield what binds and has nothing below it that binds."""
        above: set[str] = set()
        for item in reversed(self.text):
            if item.binds or item.row.key in above:
                above.add(parent_of(item))
        return (item for item in self.text if item.binds and item.row.key not in above)


def parent_of(item: ItemFact) -> str:
    """Name the item above, "" at the root."""
    return item_key(*item.row.parent) if item.row.parent else ""


def texts_of(item: ItemFact) -> tuple[str, str, str]:
    """Everything that an item says in words."""
    return item.row.text, item.row.body, item.row.legal_basis
