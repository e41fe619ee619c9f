"""An instrument as tables: a folder with one table a role, or one table that says the role of each row.

A folder holds ``*_ejes.csv``, ``*_lineas.csv`` and ``*_metas.csv`` (or ``*_axes``, ``*_lines``, ``*_targets``); a
column such as ``eje_id`` says to which axis a row belongs. A single table has the columns role, code, parent and text,
and may say what binds; its parent is "role:code", or a code alone where only one row has it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow, Manuscript
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.tables import Record, Table, looked_for, read_table, recognise, unescape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

Key = tuple[ItemRole, str]

# How each role is written: first the singular as in headers and cells, then the plural as in file names.
WORDS: dict[ItemRole, tuple[str, ...]] = {
    ItemRole.AXIS: ("eje", "axis", "eje estratégico", "ejes", "axes"),
    ItemRole.LINE: ("línea", "line", "línea estratégica", "líneas", "lines"),
    ItemRole.OBJECTIVE: ("objetivo", "objective", "objetivo estratégico", "objetivos", "objectives"),
    ItemRole.GUIDELINE: ("lineamiento", "guideline", "lineamientos", "guidelines"),
    ItemRole.REQUIREMENT: ("requisito", "requirement", "requisitos", "requirements"),
    ItemRole.ACTION: ("acción", "action", "acción prevista", "acciones", "actions"),
    ItemRole.TARGET: ("meta", "target", "metas", "targets"),
    ItemRole.INDICATOR: ("indicador", "indicator", "indicadores", "indicators"),
    ItemRole.TEXT: ("texto", "text", "textos", "texts"),
}
ROLES = {fold(word): role for role, words in WORDS.items() for word in words}
FOLDER_ROLES = (ItemRole.AXIS, ItemRole.LINE, ItemRole.TARGET)
COLUMNS = {
    "role": ("role", "rol", "tipo"),
    "code": ("code", "código", "codigo", "id"),
    "parent": ("parent", "superior", "padre"),
    "text": ("text", "texto", "descripción"),
    "binds": ("binds", "vincula", "obliga"),
}
YES_NO = {"": None, "1": True, "si": True, "yes": True, "true": True, "0": False, "no": False, "false": False}


def read_instrument(path: Path) -> Manuscript:
    """Read the folder or the table at a path; Refused with ``where`` on whatever cannot be read.

    The cover says a code made from the files' name, and nothing else.
    """
    return _read_folder(path) if path.is_dir() else _read_single(path)


def _read_folder(folder: Path) -> Manuscript:
    found = _files(folder)
    rows: list[ItemRow] = []
    axis_of: dict[Key, Key | None] = {}
    for role in FOLDER_ROLES:
        if role in found:
            rows += _rows_of_role(role, read_table(found[role]), axis_of)
    prefix = found[ItemRole.LINE].stem.rpartition("_")[0] or folder.resolve().name
    return Manuscript(_cover(prefix), tuple(rows), _digest(found.values()))


def _files(folder: Path) -> dict[ItemRole, Path]:
    """Find the table of each role; all of one prefix, and the lines at least: without them nothing binds."""
    found: dict[ItemRole, Path] = {}
    for path in sorted(folder.glob("*.csv")):
        role = ROLES.get(fold(path.stem.rpartition("_")[2]))
        if role not in FOLDER_ROLES or role is None:
            continue
        if role in found:
            raise Refused("instrument-files-ambiguous", where=folder.name, first=found[role].name, second=path.name)
        found[role] = path
    if ItemRole.LINE not in found:
        raise Refused("instrument-files-missing", where=folder.name)
    prefixes = {fold(path.stem.rpartition("_")[0]) for path in found.values()}
    if len(prefixes) > 1:
        raise Refused("instrument-files-mixed", where=folder.name, found=", ".join(sorted(prefixes)))
    return found


def _rows_of_role(role: ItemRole, table: Table, axis_of: dict[Key, Key | None]) -> Iterator[ItemRow]:
    """Read one table of a folder. ``axis_of`` says to which axis each line read so far belongs."""
    above = FOLDER_ROLES[: FOLDER_ROLES.index(role)]
    names: dict[str, Sequence[str]] = {"code": ("id", "código", "code"), "text": (*WORDS[role], "texto", "text")}
    names |= {each.value: (f"{WORDS[each][0]}_id", f"{each}_id") for each in above}
    columns = _required(table, names, "code", "text")
    for record in table.rows:
        given = [(each, squeeze(record.cells[columns[each]])) for each in above if each in columns]
        parents = [(each, code) for each, code in given if code]
        parent = parents[-1] if parents else None
        code = squeeze(record.cells[columns["code"]])
        _check_axis(record, (role, code), parents, axis_of)
        axis_of[role, code] = parents[0] if parents else None
        yield ItemRow(record.where, role, code, _text(record, columns), parent)


def _check_axis(record: Record, item: Key, parents: Sequence[Key], axis_of: Mapping[Key, Key | None]) -> None:
    """Refuse a row whose axis is another than the axis of its line: one of the two would be lost."""
    if len(parents) > 1 and axis_of.get(parents[-1], parents[0]) != parents[0]:
        raise Refused(
            "item-axis-differs", where=record.where, item=":".join(item), parent=":".join(parents[-1]),
            axis=":".join(parents[0]),
        )  # fmt: skip


def _read_single(path: Path) -> Manuscript:
    table = read_table(path)
    columns = _required(table, COLUMNS, "role", "code", "text")
    keys = [(_role(record, columns["role"]), squeeze(record.cells[columns["code"]])) for record in table.rows]
    holders: dict[str, list[Key]] = {}
    for key in keys:
        holders.setdefault(key[1], []).append(key)
    rows = tuple(
        ItemRow(record.where, *key, _text(record, columns), _parent(record, columns, holders), _binds(record, columns))
        for record, key in zip(table.rows, keys, strict=True)
    )
    return Manuscript(_cover(path.stem), rows, _digest([path]))


def _role(record: Record, column: str) -> ItemRole:
    text = squeeze(record.cells[column])
    role = ROLES.get(fold(text))
    if role is None:
        raise Refused("value-unreadable", where=record.where, text=text, column=column)
    return role


def _parent(record: Record, columns: Mapping[str, str], holders: Mapping[str, list[Key]]) -> Key | None:
    text = squeeze(record.cells[columns["parent"]]) if "parent" in columns else ""
    if not text:
        return None
    word, colon, code = text.partition(":")
    role = ROLES.get(fold(word)) if colon else None
    if role is not None:
        return role, squeeze(code)
    candidates = holders.get(text, [])
    if len(candidates) != 1:
        why = "item-parent-ambiguous" if candidates else "item-parent-unnamed"
        raise Refused(why, where=record.where, parent=text, candidates=", ".join(map(":".join, candidates)))
    return candidates[0]


def _binds(record: Record, columns: Mapping[str, str]) -> bool | None:
    text = squeeze(record.cells[columns["binds"]]) if "binds" in columns else ""
    if fold(text) not in YES_NO:
        raise Refused("value-unreadable", where=record.where, text=text, column=columns["binds"])
    return YES_NO[fold(text)]


def _text(record: Record, columns: Mapping[str, str]) -> str:
    return squeeze(unescape(record.cells[columns["text"]]))


def _required(table: Table, names: Mapping[str, Sequence[str]], *needed: str) -> dict[str, str]:
    columns = recognise(table, names)
    missing = [name for name in needed if name not in columns]
    if missing:
        raise Refused(
            "columns-missing",
            where=table.name,
            missing=", ".join(missing),
            headers=", ".join(table.headers),
            looked=looked_for(names, missing),
        )
    return columns


def _cover(stem: str) -> Heading:
    return Heading(squeeze(stem).replace(" ", "-").upper(), "", "", "", "", "")


def _digest(paths: Iterable[Path]) -> str:
    """Digest of the files' bytes, each under its name."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
