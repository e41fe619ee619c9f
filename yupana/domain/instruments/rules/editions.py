"""What can stand on a cover and in a tree, and in which order."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from yupana.domain.entities.rules import parse_audience
from yupana.domain.instruments.facts import NOBODY, EditionState, ItemRole
from yupana.domain.instruments.rules.weights import WHOLE_STAKE
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from yupana.domain.instruments.facts import Heading, ItemRow

# Codes stand in addresses and in references such as PIGE/1#line:4, so they hold neither spaces nor / # : and never
# begin with a dot, which browsers would read as a way up.
_CODE = re.compile(r"\w[\w.()+-]*")
MOST_ITEM_CODE, MOST_INSTRUMENT_CODE, MOST_EDITION_CODE, MOST_KIND, MOST_TITLE = 80, 40, 20, 40, 300
MOST_ITEMS = 20_000  # the longest catalogue of controls that we know has a sixth of it
MOST_NUMBER = 10**15
UNPUBLISHED = frozenset({EditionState.DRAFT, EditionState.CONSULTATION})
BINDING_ROLES = frozenset({ItemRole.LINE, ItemRole.GUIDELINE, ItemRole.REQUIREMENT})


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
    if len(rows) > MOST_ITEMS:
        raise Refused("edition-too-long", number=len(rows), most=MOST_ITEMS)
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
        raise Refused("item-below-itself", where=lost.where, item=lost.key)
    return ordered


def check_code(code: str) -> None:
    """Refuse a code that cannot stand in an address."""
    if not _CODE.fullmatch(code) or len(code) > MOST_ITEM_CODE:
        raise Refused("edition-code-unusable", found=code, most=MOST_ITEM_CODE)


def check_row(row: ItemRow) -> None:
    """Refuse a row that cannot stand in any tree: its code, its text, its share, its audience."""
    told: dict[str, object] = {"where": row.where, "item": row.key}
    if not _CODE.fullmatch(row.code) or len(row.code) > MOST_ITEM_CODE:
        raise Refused("item-code-unusable", most=MOST_ITEM_CODE, **told)
    if not row.text or any("\0" in text for text in (row.text, row.body, row.legal_basis)):
        raise Refused("item-text-missing", **told)
    if row.stake is not None and not 0 <= row.stake <= WHOLE_STAKE:
        raise Refused("item-stake-outside", **told)
    if not all(map(_is_id, (origin.lineage for origin in row.origins))):
        raise Refused("item-origin-unreadable", **told)
    _check_target(row)
    _check_audience(row)


def _check_target(row: ItemRow) -> None:
    for number in (row.target.number, row.target.baseline) if row.target else ():
        if number is not None and not (number.is_finite() and abs(number) < MOST_NUMBER):
            raise Refused("item-target-number", where=row.where, item=row.key)


def _check_audience(row: ItemRow) -> None:
    if row.audience in ("", NOBODY):
        return
    try:
        parse_audience(row.audience)
    except Refused as refused:
        raise Refused("item-audience-unreadable", where=row.where, item=row.key, problem=refused) from refused


def _is_id(text: str) -> bool:
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


def _check_each(rows: Iterable[ItemRow]) -> None:
    places: dict[tuple[ItemRole, str], str] = {}
    for row in rows:
        check_row(row)
        if (row.role, row.code) in places:
            raise Refused("item-twice", where=row.where, item=row.key, first=places[row.role, row.code])
        places[row.role, row.code] = row.where
    for row in rows:
        if row.parent is not None and row.parent not in places:
            raise Refused("item-parent-unknown", where=row.where, item=row.key, parent=":".join(row.parent))
