"""What one published edition of an instrument says differently from another.

Neither text changes any more, and comparing long ones takes seconds: the last comparisons are remembered in the
process, each under the digests of both texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from yupana.domain.instruments import public
from yupana.domain.instruments import queries as instruments
from yupana.domain.instruments.public import Consulted
from yupana.domain.instruments.rules.compare import compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yupana.domain.instruments.facts import ItemFact
    from yupana.domain.instruments.public import EditionCard
    from yupana.domain.instruments.rules.changes import Change

REMEMBERED = 4  # comparisons; two of the longest texts known take some 30 MB


@dataclass(frozen=True, slots=True)
class Compared:
    """What happened to each item, in the reading order of the second text; each text by lineage and by "role:code"."""

    changes: tuple[Change, ...]
    before: Mapping[str, ItemFact]
    after: Mapping[str, ItemFact]


def compared(before: EditionCard, after: EditionCard | Consulted) -> Compared:
    """Compare two published editions, or a published one with what is in consultation."""
    return remembered((before.id, _digest(before)), (after.id, _digest(after)))


@lru_cache(maxsize=REMEMBERED)
def remembered(before: tuple[int, str], after: tuple[int, str]) -> Compared:
    """Compare two editions, each told as its key and the digest of its text, which does not change under them."""
    one, two = instruments.facts(before[0]), instruments.facts(after[0])
    return Compared(compare(one, two), _named(one), _named(two))


def _digest(edition: EditionCard | Consulted) -> str:
    """Name a text as the record does: that of a publication, or of what was put to consultation last."""
    return edition.last.text if isinstance(edition, Consulted) else public.seal(edition.id).digest


def _named(text: Iterable[ItemFact]) -> Mapping[str, ItemFact]:
    return MappingProxyType({name: item for item in text for name in (item.lineage, item.row.key)})
