"""What the rows of a register mean: each checked, then placed in the tree with level, territory and tutelage."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yupana.domain.entities.rules.levels import (
    CENTRAL,
    TERRITORIAL,
    UNIVERSITY,
    branch_of,
    contradicts,
    level_code,
    level_of_type,
)
from yupana.domain.entities.rules.tree import MOST_DEPTH, chain_of, cycle, depth_of
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.foundation.kernel.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from yupana.domain.entities.facts import EntityRow

LENGTHS = {
    "source_id": 40,
    "code": 40,
    "name": 300,
    "acronym": 40,
    "kind": 60,
    "sector": 60,
    "territory": 20,
    "category": 60,
}
_SOURCE = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
# Control characters but for white space of lines, and what turns the direction of writing.
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNUSABLE = re.compile(r"[\s/?#%\\]")  # an id stands in addresses of pages


@dataclass(frozen=True, slots=True)
class Placed:
    """The rows, complete and with parents first, and what is doubtful or has no place."""

    rows: tuple[EntityRow, ...]
    flagged: tuple[Note, ...]
    unplaced: tuple[Note, ...]


def check_source(source: str) -> None:
    """Refuse a name of a register that could not stand in an address or in a ref."""
    if not _SOURCE.fullmatch(source):
        raise Refused("source-unusable", source=source)


def check_row(row: EntityRow) -> EntityRow:
    """Return the row with its texts squeezed; Refused where it could not be stored as it stands."""
    fields = (*LENGTHS, "parent_id", "tutelage_id", "type", "level")
    _check_readable(row, fields)
    texts: dict[str, Any] = {field: squeeze(getattr(row, field) or "") for field in fields}
    row = replace(row, **{**texts, "kind": texts["kind"] or texts["type"]})
    if not row.source_id:
        raise Refused("id-missing", where=row.where)
    if _UNUSABLE.search(row.source_id) or row.source_id in {".", ".."}:
        raise Refused("id-unusable", where=row.where, id=row.source_id)
    if not row.name:
        raise Refused("name-missing", where=row.where, id=row.source_id)
    for field, most in LENGTHS.items():
        if len(getattr(row, field)) > most:
            raise Refused("text-too-long", where=row.where, field=field, most=most)
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        raise Refused("validity-backwards", where=row.where, id=row.source_id)
    return row


def _check_readable(row: EntityRow, fields: Iterable[str]) -> None:
    """Refuse signs that nobody sees: what a terminal or a page does with them is not what the row seems to say."""
    for field in fields:
        hidden = _HIDDEN.search(getattr(row, field) or "")
        if hidden:
            raise Refused("sign-hidden", where=row.where, field=field, sign=f"U+{ord(hidden[0]):04X}")


def place(rows: Sequence[EntityRow], known: Mapping[str, EntityRow]) -> Placed:
    """Decide level, territory, tutelage and bindability of each row.

    A body whose level nothing tells is kept in the tree, unbound, among the ``unplaced``: nothing is lost or guessed.
    ``known`` are the rows registered before under the same source: a file may hold only what changed.
    Refused on an id given twice, an unknown parent or tutelage, a cycle, or a level that does not exist.
    """
    checked = [check_row(row) for row in rows]
    _check_ids(checked)
    tree = {**known, **{row.source_id: row for row in checked}}
    parents = {source_id: row.parent_id for source_id, row in tree.items()}
    _check_tree(checked, parents)
    having_children = set(parents.values())
    flagged: list[Note] = _twice_used_codes(checked, tree)
    unplaced: list[Note] = []
    placed = []
    for row in sorted(checked, key=lambda row: depth_of(row.source_id, parents)):
        ancestors = [tree[source_id] for source_id in chain_of(row.source_id, parents)]
        complete, notes = _complete(row, ancestors, leaf=row.source_id not in having_children)
        tree[row.source_id] = complete
        placed.append(complete)
        (unplaced if complete.bindable is False and notes else flagged).extend(notes)
    order = {row.where: at for at, row in enumerate(checked)}
    flagged.sort(key=lambda note: order[note.where])
    return Placed(tuple(placed), tuple(flagged), tuple(unplaced))


def _complete(row: EntityRow, ancestors: Sequence[EntityRow], *, leaf: bool) -> tuple[EntityRow, list[Note]]:
    """Fill in what the row leaves open from its type, its own name and its ancestors (nearest first, complete)."""
    # Where the source does not say: only a group has children and neither type nor level.
    bindable = row.bindable if row.bindable is not None else bool(leaf or row.type or row.level)
    names = [each.name for each in ancestors]
    level, notes = _level(row, names) if bindable or row.level else ("", [])
    # A central body below a local government hangs there by mistake: nothing else is read from that branch.
    astray = level == CENTRAL and contradicts(level, branch_of(names))
    local = not astray and level not in (CENTRAL, UNIVERSITY)
    territory = row.territory or (_territory([replace(row, bindable=bindable), *ancestors]) if local else "")
    tutelage = row.tutelage_id or ("" if astray else _nearest_body(ancestors))
    if bindable and not level:
        bindable = False
        notes = [Note(row.where, "level-not-told", f"{row.code} {row.name}")]
    return replace(row, bindable=bindable, level=level, territory=territory, tutelage_id=tutelage), notes


def _level(row: EntityRow, names: Sequence[str]) -> tuple[str, list[Note]]:
    """Decide the level ("" where nothing says it), and what is doubtful about it."""
    if row.level:
        return level_code(row.level) or "", []
    branch = branch_of(names)
    typed = level_of_type(row.type)
    if typed:
        text = f"{row.code} {row.name} < {names[0]}" if names else ""
        return typed, [Note(row.where, "branch-contradicts-type", text)] if contradicts(typed, branch) else []
    level = branch_of([row.name, *names]) or ""
    notes = [Note(row.where, "type-unknown", f"{row.code} {row.name}: {row.type}")] if row.type else []
    return ("", []) if level in ("", TERRITORIAL) else (level, notes)


def _territory(upwards: Sequence[EntityRow]) -> str:
    """Read the territory from the nearest group below the territorial branch: its acronym, else its code."""
    for at, node in enumerate(upwards):
        above = upwards[at + 1 :]
        if not node.bindable and any(branch_of([each.name]) == TERRITORIAL for each in above):
            return (node.acronym or node.code)[: LENGTHS["territory"]]
    return ""


def _nearest_body(ancestors: Iterable[EntityRow]) -> str:
    return next((each.source_id for each in ancestors if each.bindable), "")


def _check_ids(rows: Sequence[EntityRow]) -> None:
    seen: dict[str, str] = {}
    for row in rows:
        if row.source_id in seen:
            raise Refused("id-repeated", where=row.where, id=row.source_id, first=seen[row.source_id])
        seen[row.source_id] = row.where
        if row.level and level_code(row.level) is None:
            raise Refused("level-unknown", where=row.where, level=row.level)


def _check_tree(rows: Sequence[EntityRow], parents: Mapping[str, str]) -> None:
    for row in rows:
        for code, other in (("parent-unknown", row.parent_id), ("tutelage-unknown", row.tutelage_id)):
            if other and other not in parents:
                raise Refused(code, where=row.where, id=row.source_id, other=other)
        if row.tutelage_id == row.source_id:
            raise Refused("tutelage-unknown", where=row.where, id=row.source_id, other=row.tutelage_id)
    where = {row.source_id: row.where for row in rows}
    ring = cycle(parents)
    if ring:
        place = next((where[node] for node in ring if node in where), "")
        raise Refused("parent-cycle", where=place, chain=" > ".join(ring))
    deep = next((row for row in rows if depth_of(row.source_id, parents) >= MOST_DEPTH), None)
    if deep:
        raise Refused("tree-too-deep", where=deep.where, id=deep.source_id, most=MOST_DEPTH)


def _twice_used_codes(rows: Sequence[EntityRow], tree: Mapping[str, EntityRow]) -> list[Note]:
    uses = Counter(row.code for row in tree.values() if row.code)
    return [Note(row.where, "code-duplicated", f"{row.code} {row.name}") for row in rows if uses[row.code] > 1]
