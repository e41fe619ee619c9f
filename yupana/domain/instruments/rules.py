"""Roles of items, lives of editions, and how a whole is divided down a tree without losing a unit."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from yupana.domain.instruments.facts import Heading, ItemRow

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


# Codes stand in addresses and in references such as PIGE/1#line:4, so they hold neither spaces nor / # : and never
# begin with a dot, which browsers would read as a way up.
_CODE = re.compile(r"\w[\w.()+-]*")
MOST_ITEM_CODE, MOST_INSTRUMENT_CODE, MOST_EDITION_CODE, MOST_KIND, MOST_TITLE = 40, 40, 20, 40, 300
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


def binds(row: ItemRow) -> bool:
    """Whether an item binds: as the source says, else as its role usually does."""
    return row.role in BINDING_ROLES if row.binds is None else row.binds


def check_heading(heading: Heading) -> None:
    """Refuse a cover whose codes cannot stand in an address, or that leaves a title out or makes it too long."""
    for code, most in ((heading.instrument, MOST_INSTRUMENT_CODE), (heading.edition, MOST_EDITION_CODE)):
        if not _CODE.fullmatch(code) or len(code) > most:
            raise Refused("edition-code-unusable", found=code, most=most)
    for title in (heading.title, heading.edition_title):
        if not 0 < len(title) <= MOST_TITLE:
            raise Refused("edition-title-length", title=title, most=MOST_TITLE)
    if not 0 < len(heading.kind) <= MOST_KIND:
        raise Refused("edition-kind-length", kind=heading.kind, most=MOST_KIND)


def not_after(on: date, today: date) -> date:
    """Return the day of an act; refused where it has not come yet. For interfaces, which know what day it is."""
    if on > today:
        raise Refused("edition-act-in-future", on=on)
    return on


def arranged(rows: Sequence[ItemRow]) -> list[ItemRow]:
    """Put rows in reading order: each parent before its children, siblings as the source gives them.

    Refuses, naming the place: no rows at all, an unusable code, an empty text, two items of one role and code, a
    parent that is not there, and items that stand below themselves.
    """
    if not rows:
        raise Refused("edition-empty")
    _check_each(rows)
    below: dict[tuple[ItemRole, str] | None, list[ItemRow]] = {}
    for row in rows:
        below.setdefault(row.parent, []).append(row)
    ordered: list[ItemRow] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        waiting += below.get((row.role, row.code), [])[::-1]
    if len(ordered) < len(rows):
        reached = {(row.role, row.code) for row in ordered}
        lost = next(row for row in rows if (row.role, row.code) not in reached)
        raise Refused("item-below-itself", where=lost.where, item=_key(lost))
    return ordered


def _check_each(rows: Iterable[ItemRow]) -> None:
    places: dict[tuple[ItemRole, str], str] = {}
    for row in rows:
        told: dict[str, object] = {"where": row.where, "item": _key(row)}
        if not _CODE.fullmatch(row.code) or len(row.code) > MOST_ITEM_CODE:
            raise Refused("item-code-unusable", most=MOST_ITEM_CODE, **told)
        if not row.text or "\0" in row.text:
            raise Refused("item-text-missing", **told)
        if (row.role, row.code) in places:
            raise Refused("item-twice", first=places[row.role, row.code], **told)
        places[row.role, row.code] = row.where
    for row in rows:
        if row.parent is not None and row.parent not in places:
            raise Refused("item-parent-unknown", where=row.where, item=_key(row), parent=":".join(row.parent))


def _key(row: ItemRow) -> str:
    return f"{row.role}:{row.code}"


def weigh(parents: Sequence[int | None], binding: Sequence[bool]) -> list[int]:
    """Divide the whole down a tree, in proportion to the binding leaves below each node; a list of integer weights.

    ``parents`` gives each item's parent by position, and parents stand before their children. A binding leaf is an
    item that binds and has none below it that binds. The weights of the binding leaves add up to the whole; a node
    above them has the sum of theirs, and what has none at or below it weighs 0.
    """
    leaves = [0] * len(parents)
    for at in range(len(parents) - 1, -1, -1):
        leaves[at] = leaves[at] or int(binding[at])
        above = parents[at]
        if above is not None:
            leaves[above] += leaves[at]
    families: dict[int | None, list[int]] = {}
    for at, above in enumerate(parents):
        if leaves[at]:
            families.setdefault(above, []).append(at)
    weights = [0] * len(parents)
    # A family enters the mapping with its first child, and every parent stands before its children.
    for above, family in sorted(families.items(), key=lambda each: -1 if each[0] is None else each[0]):
        shares = divide(WHOLE if above is None else weights[above], [leaves[at] for at in family])
        for at, share in zip(family, shares, strict=True):
            weights[at] = share
    return weights
