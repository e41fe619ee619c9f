"""What one published edition of an instrument says differently from another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.instruments import queries as instruments
from yupana.domain.instruments.rules.compare import compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yupana.domain.instruments.facts import ItemFact
    from yupana.domain.instruments.public import Consulted, EditionCard
    from yupana.domain.instruments.rules.changes import Change


@dataclass(frozen=True, slots=True)
class Compared:
    """What happened to each item, in the reading order of the second text; each text by lineage and by "role:code"."""

    changes: tuple[Change, ...]
    before: Mapping[str, ItemFact]
    after: Mapping[str, ItemFact]


def compared(before: EditionCard, after: EditionCard | Consulted) -> Compared:
    """Compare two published editions, or a published one with what is in consultation."""
    one, two = instruments.facts(before.id), instruments.facts(after.id)
    return Compared(compare(one, two), _named(one), _named(two))


def _named(text: Iterable[ItemFact]) -> dict[str, ItemFact]:
    return {name: item for item in text for name in (item.lineage, item.row.key)}
