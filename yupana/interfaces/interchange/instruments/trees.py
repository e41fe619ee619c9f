"""An instrument as JSON: lists inside lists under the words of roles, or one list of items that name their parents.

``{"ejes": [{"codigo": "1", "nombre": "...", "metas": [...]}]}`` is how people write a plan; what is written here is
``{"instrument": "PLAN", ..., "items": [{"role": "axis", "code": "1", "text": "...", "parent": "axis:1"}]}``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow, Manuscript, item_key
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.beyond import FIELDS, amended, lacking
from yupana.interfaces.interchange.instruments import values
from yupana.interfaces.interchange.instruments.words import ROLES, WORDS, cover_of
from yupana.interfaces.interchange.tables import header_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yupana.interfaces.interchange.instruments.words import Key

    Told = Mapping[str, Any]

ITEMS = "items"
COVER_KEYS = {
    "instrument": ("instrument", "instrumento", "código", "code", "sigla"),
    "title": ("title", "título", "plan", "nombre", "name"),
    "kind": ("kind", "clase", "tipo"),
    "edition": ("edition", "edición"),
    "edition_title": ("edition_title", "título de la edición"),
    "legal_basis": ("legal_basis", "norma", "base legal"),
}
CODE_KEYS = ("code", "código", "id")
TEXT_KEYS = ("text", "texto", "nombre", "name", "descripción", "título", "title")
BESIDE = frozenset(FIELDS) - {"role", "code", "text", "parent"}


def recognises(value: object, roles: Mapping[str, ItemRole]) -> bool:
    """Whether JSON holds lists of items."""
    words = {ITEMS, *_KNOWN, *map(header_key, roles)}
    return isinstance(value, dict) and any(
        isinstance(each, list) and header_key(name) in words for name, each in value.items()
    )


def read_tree(value: Told, name: str, stem: str, digest: str, roles: Mapping[str, ItemRole]) -> Manuscript:
    """Read JSON that holds lists of items; ``roles`` says what its words mean, before the usual meaning.

    What no field is taken for is told as not read, each name once.
    """
    walk = _Walk(name, roles)
    rows = tuple(walk.lists(value, None, name))
    heading, taken = _cover(value, stem)
    ours = ITEMS in value and isinstance(value.get("more"), dict)
    walk.leave(value, {*taken, *({"more"} if ours else ())}, name)
    return Manuscript(heading, rows, digest, value["more"] if ours else {}, unplaced=tuple(walk.notes.values()))


def write_tree(manuscript: Manuscript) -> bytes:
    """Say a manuscript as JSON: cover, and one list of items in reading order."""
    heading = manuscript.heading
    told: dict[str, object] = {field: getattr(heading, field) for field in COVER_KEYS}
    if manuscript.more:
        told["more"] = manuscript.more
    told[ITEMS] = [_told(row) for row in manuscript.rows]
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


class _Walk:
    """One reading: which words mean which roles, and what was not read so far."""

    def __init__(self, name: str, roles: Mapping[str, ItemRole]) -> None:
        self.name = name
        self.roles = {**_KNOWN, **{header_key(word): role for word, role in roles.items()}}
        self.notes: dict[str, Note] = {}

    def lists(self, owner: Told, parent: Key | None, where: str) -> Iterator[ItemRow]:
        """Read the lists of items that an object holds, in its order."""
        for word, listed in owner.items():
            role = self.roles.get(header_key(word))
            if isinstance(listed, list) and (role or word == ITEMS):
                for at, item in enumerate(listed):
                    yield from self.item(item, role, parent, f"{where}{'.' if parent else ':'}{word}[{at}]")

    def item(self, item: object, role: ItemRole | None, parent: Key | None, where: str) -> Iterator[ItemRow]:
        """Read one item, and those below it."""
        if not isinstance(item, dict):
            raise Refused("json-no-item", where=where, text=str(item)[:80])
        said = item.get("role", "")
        kind = self.roles.get(header_key(said)) if said and isinstance(said, str) else role
        if kind is None:
            raise Refused("value-unreadable", where=where, text=str(said)[:80], column="role")
        code_key, text_key = _first(item, CODE_KEYS), _first(item, (*TEXT_KEYS, *WORDS[kind]))
        row = ItemRow(where, kind, _text(item, code_key), _text(item, text_key), parent)
        row = self.beside(row, item)
        yield row
        yield from self.lists(item, (row.role, row.code), where)
        self.leave(item, {"role", "parent", code_key, text_key, *BESIDE}, where)

    def beside(self, row: ItemRow, item: Told) -> ItemRow:
        """Read what else an item says of itself under our own names."""
        told = {name: item[name] for name in BESIDE & item.keys()}
        above = item.get("parent")
        if isinstance(above, str) and above:
            word, _colon, code = above.partition(":")
            told["parent"] = [self.roles.get(header_key(word), word), code]
        try:
            return values.checked(amended(row, told))
        except ValueError as error:
            raise Refused("json-value", where=row.where, problem=str(error)[:120]) from error

    def leave(self, owner: Told, taken: set[str], where: str) -> None:
        """Tell what of an object was not read."""
        for name, value in owner.items():
            read = name in taken or (isinstance(value, list) and (name == ITEMS or header_key(name) in self.roles))
            if not read and value not in (None, "", [], {}):
                self.notes.setdefault(name, Note(where, "field-not-read", name))


_KNOWN = {header_key(word): role for word, role in ROLES.items()}


def _cover(value: Told, stem: str) -> tuple[Heading, set[str]]:
    keys = {field: _first(value, names) for field, names in COVER_KEYS.items()}
    made = cover_of(stem)
    told = {field: _text(value, key) if key in value else getattr(made, field) for field, key in keys.items()}
    return Heading(**told), set(keys.values())


def _first(owner: Told, names: tuple[str, ...]) -> str:
    """Find the name under which an object says something, "" if it does not; lists are items."""
    own = {header_key(name): name for name, value in owner.items() if isinstance(value, str | int)}
    return next((own[key] for key in map(header_key, names) if key in own), "")


def _text(owner: Told, name: str) -> str:
    value = owner.get(name, "")
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _told(row: ItemRow) -> dict[str, object]:
    told: dict[str, object] = {"role": row.role.value, "code": row.code, "text": row.text}
    if row.parent:
        told["parent"] = item_key(*row.parent)
    return told | lacking(ItemRow("", row.role, row.code, row.text, row.parent), row)
