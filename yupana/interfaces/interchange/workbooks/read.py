"""A workbook of ours, read back: what each cell was, what it is now, and where in the sheets that stands."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.spreadsheets import read_ods, read_xlsx
from yupana.interfaces.interchange.spreadsheets.sheets import unreadable
from yupana.interfaces.interchange.workbooks.cells import told as words_of
from yupana.interfaces.interchange.workbooks.further import read_also, read_money
from yupana.interfaces.interchange.workbooks.rows import Reading, read_rows
from yupana.interfaces.interchange.workbooks.seal import HIDDEN, unseal
from yupana.interfaces.interchange.workbooks.tables import Sheets

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.interfaces.interchange.spreadsheets import Sheet

_OLE, _LOCKED, _LINKS = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le"), "xl/externalLinks/"


@dataclass(frozen=True, slots=True)
class Brought:
    """What a workbook says. ``plan`` names the plan that it was given out for, ``base`` what it said then.

    ``kind`` is "own", or "foreign" where it was not given out here. ``where`` gives, by row and cell ("": the row), the
    place in the sheets. ``notes`` are (place, why, text): what was not taken as it stands, or not where it stands.
    """

    plan: str
    entity: str
    version: int
    base: dict[int, dict[str, str]]
    rows: dict[int, dict[str, str]]
    where: dict[int, dict[str, str]] = field(default_factory=dict)
    notes: tuple[tuple[str, str, str], ...] = ()
    kind: str = "own"

    def told(self) -> dict[str, Any]:
        """Return it as an upload keeps it."""
        return {
            "kind": self.kind,
            "base": {str(row): cells for row, cells in self.base.items()},
            "rows": {str(row): cells for row, cells in self.rows.items()},
            "where": {str(row): cells for row, cells in self.where.items()},
            "notes": [list(note) for note in self.notes],
        }


def is_ours(path: Path) -> bool:
    """Whether a file says of itself that it was given out here, whatever else may be wrong with it."""
    return zipfile.is_zipfile(path) and any(sheet.name == HIDDEN for sheet in open_sheets(path, as_shown=True))


def read_workbook(path: Path) -> Brought:
    """Read a workbook; Refused where it is none of ours, was forged, or holds what could hurt."""
    sheets = open_sheets(path)
    hidden = next((sheet for sheet in sheets if sheet.name == HIDDEN), None)
    if hidden is None:
        raise Refused("workbook-not-ours", where=path.name)
    sealed = unseal([cells[0] for _at, cells in hidden.rows], path.name)
    if "plan" not in sealed:
        raise Refused("workbook-not-ours", where=path.name)
    base = {int(row): cells for row, cells in sealed["base"].items()}
    reading = Reading(base, range(*sealed["spare"]), words_of(sealed))
    tables = Sheets(sheets, sealed["sheets"], sealed["titles"], path.name)
    read_rows(reading, tables.required("plan"))
    for read, name in ((read_money, "money"), (read_also, "also")):
        table = tables.found(name)
        read(reading, table)
        if table is None:
            reading.note(sealed["sheets"][name], "workbook-sheet-gone", "")
    reading.check()
    if _has_links(path):
        reading.note(path.name, "workbook-links", "")
    return Brought(
        plan=sealed["plan"],
        entity=sealed["entity"],
        version=sealed["version"],
        base=base,
        rows=reading.rows,
        where=reading.where,
        notes=tuple(reading.notes),
    )


def open_sheets(path: Path, *, as_shown: bool = False) -> list[Sheet]:
    """Open a workbook of either kind; Refused where it is none, or is locked."""
    with path.open("rb") as file:
        if file.read(4) == _OLE:
            file.seek(0)
            if _LOCKED in file.read(2**20):
                raise Refused("workbook-locked", where=path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise unreadable(path.name, str(error)) from error
    return (read_ods if "content.xml" in names else read_xlsx)(path, as_shown=as_shown)


def _has_links(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return any(name.startswith(_LINKS) for name in archive.namelist())
