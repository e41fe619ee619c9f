"""What can be said about a public body, before it is stored and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from yupana.foundation.kernel.canonical import Plain


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One row of a register. ``where`` is "file:line"; ``parent_id`` and ``tutelage_id`` are ids of the same source.

    ``type`` is the label as the source gives it; ``level`` is a level's code, left empty where the type must say it.
    ``bindable`` None: the source does not say whether this is a body or only a group. ``category`` is how a State
    groups bodies that can be compared, as municipalities by their people; None: the source has no such column.
    """

    where: str
    source_id: str
    code: str
    name: str
    acronym: str = ""
    parent_id: str = ""
    tutelage_id: str = ""
    type: str = ""
    level: str = ""
    kind: str = ""
    sector: str = ""
    territory: str = ""
    category: str | None = None
    bindable: bool | None = None
    valid_from: date | None = None
    valid_to: date | None = None


# What is registered of a row, in the order of the table's columns; the rest only says where it came from.
REGISTERED = (
    "code",
    "name",
    "acronym",
    "parent_id",
    "tutelage_id",
    "level",
    "kind",
    "sector",
    "territory",
    "category",
    "bindable",
    "valid_from",
    "valid_to",
)
# What the first registrations did not know: it stands in a content only where it says something.
SAID_LATER = frozenset({"category"})


def entity_ref(source: str, source_id: str) -> str:
    """Name a body for ever: in codes of the ledger and on the command line."""
    return f"{source}:{source_id}"


def registration_content(source: str, row: EntityRow) -> dict[str, str | bool | None]:
    """Say what stands behind the entry of one registration. Dates are ISO 8601 text, which JSON keeps as it is."""
    content: dict[str, str | bool | None] = {"source": source, "source_id": row.source_id}
    for field in REGISTERED:
        value = getattr(row, field)
        if value or field not in SAID_LATER:
            content[field] = value.isoformat() if hasattr(value, "isoformat") else value
    return content


def registration_codes(source: str, source_id: str) -> Mapping[str, str]:
    """Say which body a registration is about."""
    return {"entity": entity_ref(source, source_id)}


def succession_content(predecessor: str, successor: str, on: date, act: str) -> Mapping[str, Plain]:
    """Say what stands behind the entry of one succession, both bodies by their ref."""
    return {"from": predecessor, "to": successor, "on": on, "act": act}
