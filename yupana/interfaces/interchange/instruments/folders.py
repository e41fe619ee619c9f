"""An instrument as a folder of tables, one a role: ``*_ejes.csv``, ``*_lineas.csv`` and ``*_metas.csv``.

They may be called ``*_axes``, ``*_lines`` and ``*_targets``, too. A column such as ``eje_id`` says to which axis a row
belongs.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import ItemRole, ItemRow, Manuscript
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.instruments.words import ROLES, WORDS, cover_of
from yupana.interfaces.interchange.tables import read_table, required, unescape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from yupana.interfaces.interchange.instruments.words import Key
    from yupana.interfaces.interchange.tables import Record, Table

FOLDER_ROLES = (ItemRole.AXIS, ItemRole.LINE, ItemRole.TARGET)


def recognises(folder: Path) -> bool:
    """Whether a folder holds a table of lines, without which nothing binds."""
    return any(_role(path) is ItemRole.LINE for path in folder.glob("*.csv"))


def read_folder(folder: Path) -> Manuscript:
    """Read the tables in a folder; Refused with ``where`` on whatever cannot be read."""
    found = _files(folder)
    rows: list[ItemRow] = []
    axis_of: dict[Key, Key | None] = {}
    for role in FOLDER_ROLES:
        if role in found:
            rows += _rows_of_role(role, read_table(found[role]), axis_of)
    prefix = found[ItemRole.LINE].stem.rpartition("_")[0] or folder.resolve().name
    return Manuscript(cover_of(prefix), tuple(rows), _digest(found.values()))


def _files(folder: Path) -> dict[ItemRole, Path]:
    """Find the table of each role; all of one prefix, and the lines at least: without them nothing binds."""
    found: dict[ItemRole, Path] = {}
    for path in sorted(folder.glob("*.csv")):
        role = _role(path)
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


def _role(path: Path) -> ItemRole | None:
    """Say which role a table holds, by the end of its name."""
    return ROLES.get(fold(path.stem.rpartition("_")[2]))


def _rows_of_role(role: ItemRole, table: Table, axis_of: dict[Key, Key | None]) -> Iterator[ItemRow]:
    """Read one table of a folder. ``axis_of`` says to which axis each line read so far belongs."""
    above = FOLDER_ROLES[: FOLDER_ROLES.index(role)]
    names: dict[str, Sequence[str]] = {"code": ("id", "código", "code"), "text": (*WORDS[role], "texto", "text")}
    names |= {each.value: (f"{WORDS[each][0]}_id", f"{each}_id") for each in above}
    columns = required(table, names, "code", "text")
    for record in table.rows:
        given = [(each, squeeze(record.cells[columns[each]])) for each in above if each in columns]
        parents = [(each, code) for each, code in given if code]
        parent = parents[-1] if parents else None
        code = squeeze(record.cells[columns["code"]])
        _check_axis(record, (role, code), parents, axis_of)
        axis_of[role, code] = parents[0] if parents else None
        yield ItemRow(record.where, role, code, squeeze(unescape(record.cells[columns["text"]])), parent)


def _check_axis(record: Record, item: Key, parents: Sequence[Key], axis_of: Mapping[Key, Key | None]) -> None:
    """Refuse a row whose axis is another than the axis of its line: one of the two would be lost."""
    if len(parents) > 1 and axis_of.get(parents[-1], parents[0]) != parents[0]:
        raise Refused(
            "item-axis-differs", where=record.where, item=":".join(item), parent=":".join(parents[-1]),
            axis=":".join(parents[0]),
        )  # fmt: skip


def _digest(paths: Iterable[Path]) -> str:
    """Digest of the files' bytes, each under its name."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
