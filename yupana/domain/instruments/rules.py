"""Roles of items, lives of editions, and how a whole is divided down a tree without losing a unit."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE = 10**9


class ItemRole(StrEnum):
    """What an item is to its readers."""

    AXIS = "axis"
    LINE = "line"
    OBJECTIVE = "objective"
    GUIDELINE = "guideline"
    REQUIREMENT = "requirement"
    ACTION = "action"
    TARGET = "target"
    INDICATOR = "indicator"
    TEXT = "text"


class EditionState(StrEnum):
    """Draft until an act publishes it; then never a draft again."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"


BINDING_ROLES = frozenset({ItemRole.LINE, ItemRole.GUIDELINE, ItemRole.REQUIREMENT})


def divide(whole: int, parts: Sequence[int]) -> list[int]:
    """Divide a whole in proportion to positive integers by largest remainder; the shares add up to the whole.

    Equal remainders favour the earlier part, so the result is the same everywhere. No parts: no shares.
    """
    total = sum(parts)
    if not parts:
        return []
    if total <= 0 or min(parts) < 0:
        msg = "parts must be whole numbers, not negative and not all zero"
        raise ValueError(msg)
    shares = [whole * part // total for part in parts]
    order = sorted(range(len(parts)), key=lambda at: (-(whole * parts[at] % total), at))
    for at in order[: whole - sum(shares)]:
        shares[at] += 1
    return shares
