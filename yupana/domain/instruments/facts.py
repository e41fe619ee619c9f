"""What can be drafted and published: rows as a source gives them, and the content that stands behind a publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yupana.domain.instruments.rules import ItemRole
    from yupana.foundation.kernel.canonical import Plain


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item as a source gives it. ``where`` is file:line; ``binds`` None: as its role usually does."""

    where: str
    role: ItemRole
    code: str
    text: str
    parent: tuple[ItemRole, str] | None
    binds: bool | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands on the cover of an edition."""

    instrument: str
    title: str
    kind: str
    edition: str
    edition_title: str
    legal_basis: str

    @property
    def ref(self) -> str:
        """How people name the edition: CODE/EDITION."""
        return f"{self.instrument}/{self.edition}"


@dataclass(frozen=True, slots=True)
class ItemFact:
    """One item as it was published; ``parent`` is "role:code" or empty at the root."""

    role: str
    code: str
    text: str
    parent: str
    binds: bool
    weight: int
    lineage: str
    source_ref: str


def item_key(role: str, code: str) -> str:
    """Name an item inside its edition: "role:code"."""
    return f"{role}:{code}"


def item_ref(edition: str, role: str, code: str) -> str:
    """Name an item for ever: "INSTRUMENT/EDITION#role:code"."""
    return f"{edition}#{item_key(role, code)}"


def edition_content(
    heading: Heading, *, act: str, published_on: date, follows: str, source_digest: str, items: Iterable[ItemFact]
) -> dict[str, Plain]:
    """Say all that edition.published vouches for. ``follows`` is the code of the edition in force before."""
    return {
        "instrument": heading.instrument,
        "title": heading.title,
        "kind": heading.kind,
        "edition": heading.edition,
        "edition_title": heading.edition_title,
        "legal_basis": heading.legal_basis,
        "act": act,
        "published_on": published_on,
        "follows": follows,
        "source_digest": source_digest,
        "items": [_item_content(item) for item in items],
    }


def _item_content(item: ItemFact) -> dict[str, Plain]:
    return {
        "role": item.role,
        "code": item.code,
        "text": item.text,
        "parent": item.parent,
        "binds": item.binds,
        "weight": item.weight,
        "lineage": item.lineage,
        "source_ref": item.source_ref,
    }
