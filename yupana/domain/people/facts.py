"""What stands behind the entries of mandates. The public codes name no person; the salted content does, by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from yupana.foundation.kernel.canonical import Plain

GRANTED, ENDED = "mandate.granted", "mandate.ended"


def mandate_codes(entity: str, role: str) -> Mapping[str, str]:
    """Say in public what happened: a role at a body was given or ended."""
    return {"entity": entity, "role": role}


def granted_content(
    *, person: int, entity: str, role: str, starts_on: date, ends_on: date | None
) -> Mapping[str, Plain]:
    """Say who may act for which body, in which role, between which days."""
    return {"person": person, "entity": entity, "role": role, "starts_on": starts_on, "ends_on": ends_on}


def ended_content(*, person: int, entity: str, role: str, starts_on: date, ended_on: date) -> Mapping[str, Plain]:
    """Say whose mandate ended on which day; its first day tells it from a later one of the same role."""
    return {"person": person, "entity": entity, "role": role, "starts_on": starts_on, "ended_on": ended_on}
