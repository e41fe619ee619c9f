"""What a person can write about one item of a draft, as plain values by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from yupana.domain.instruments.facts import ItemRole, Target, Transition
from yupana.domain.instruments.rules.editions import binds
from yupana.domain.instruments.rules.merging import even
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from yupana.domain.instruments.facts import ItemRow
    from yupana.foundation.kernel.canonical import Plain

TEXTS = ("code", "text", "body", "legal_basis", "audience")
_READ: Mapping[str, Callable[[Any], object]] = {
    **dict.fromkeys(TEXTS, lambda said: str(even(said) or "")),
    "role": ItemRole,
    "due_on": lambda said: date.fromisoformat(said) if said else None,
    "binds": bool,
    "stake": lambda said: None if said is None else int(said),
    "transition": Transition,
    "target": lambda said: Target.read(said) if said else None,
}
FIELDS = tuple(_READ)


def values(row: ItemRow) -> dict[str, Plain]:
    """Say all that a person can change of an item: text as text, days as ISO 8601, a target by its parts."""
    return {
        "role": row.role.value,
        "code": row.code,
        "text": row.text,
        "body": row.body,
        "legal_basis": row.legal_basis,
        "due_on": row.due_on and row.due_on.isoformat(),
        "audience": row.audience,
        "binds": binds(row),
        "stake": row.stake,
        "transition": row.transition.value,
        "target": (row.target.plain() if row.target else None) or None,
    }


def revised(row: ItemRow, said: Mapping[str, Plain]) -> ItemRow:
    """Write values into a row; Refused("item-value-unusable") where one is none, or its name is no field."""
    read: dict[str, Any] = {}
    for name, value in said.items():
        try:
            read[name] = _READ[name](value)
        except (KeyError, ValueError, ArithmeticError, TypeError, AttributeError) as unreadable:
            raise Refused("item-value-unusable", field=name) from unreadable
    return replace(row, **read)
