"""A register of public bodies as a CSV file.

Columns are recognised by their usual names in Spanish and English, or named in a TOML map:

    source = "registro"          # names the register; ids are unique inside it

    [columns]
    source_id = "id"
    name = "denominacion"

A file beside it whose name ends in ``_tipos`` (or ``_types``) gives the labels of types that are numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yupana.domain.entities.facts import EntityRow
from yupana.domain.entities.rules import level_code
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.tables import read_map, read_table, required, unescape

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yupana.interfaces.interchange.tables import Record, Table

# Ids are only unique inside a register. Whoever loads several of them names each in its map.
DEFAULT_SOURCE = "registro"
SYNONYMS = {
    "source_id": ("source_id", "id", "identificador", "entidad_id", "id_entidad"),
    "parent_id": ("parent_id", "id_padre", "padre_id", "padre", "parent", "depende_de", "dependencia"),
    "code": ("code", "cod", "codigo", "código de entidad", "sigep"),
    "name": ("name", "denominacion", "nombre", "entidad", "razon_social"),
    "acronym": ("acronym", "sigla", "siglas"),
    "type": ("type", "tipo", "tipo_id", "tipo_entidad", "type_id"),
    "level": ("level", "nivel_gobierno", "nivel_de_gobierno", "government_level", "nivel"),
    "kind": ("kind", "clase", "naturaleza"),
    "sector": ("sector", "sector_economico"),
    "territory": ("territory", "territorio", "departamento", "department"),
    "category": ("category", "categoria", "categoria_municipal", "municipal_category"),
    "tutelage_id": ("tutelage_id", "tutelage", "tuicion", "id_tuicion", "tuicion_id"),
    "bindable": ("bindable", "presenta", "obligada", "vinculable"),
    "valid_from": ("valid_from", "vigente_desde", "desde", "fecha_creacion"),
    "valid_to": ("valid_to", "vigente_hasta", "hasta", "fecha_disolucion"),
}
TYPE_COLUMNS = {
    "id": SYNONYMS["source_id"],
    "label": ("label", "tipo", "type", "nombre", "name", "denominacion"),
}
REQUIRED = ("source_id", "name")
TEXTS = ("source_id", "code", "name", "acronym", "level", "kind", "sector", "territory")
YES, NO = (
    frozenset({"1", "si", "s", "x", "true", "yes", "v", "verdadero"}),
    frozenset({"0", "no", "n", "false", "f", "falso"}),
)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Register:
    """A register, read: the name of its source, and its rows in the order of the file."""

    source: str
    rows: tuple[EntityRow, ...]


def read_entities(path: Path, mapping: Path | None = None) -> Register:
    """Read a register; ``mapping`` is a TOML file that names its columns. Refused on what cannot be understood."""
    table = read_table(path)
    source, given = _map(mapping)
    columns = required(table, SYNONYMS, *REQUIRED, given=given, code="columns-not-recognised")
    if "level" not in given and "level" in columns and not _names_levels(table, columns["level"]):
        del columns["level"]  # "nivel" is often the depth in the tree, which says nothing about government
    types = _types(path)
    ids = set(map(squeeze, table.column(columns["source_id"])))
    return Register(source, tuple(_row(_Cells(record, columns), types, ids) for record in table.rows))


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one record by field."""

    record: Record
    columns: Mapping[str, str]

    def text(self, field: str) -> str:
        """Return a cell squeezed, "" where the table has no such column."""
        return squeeze(unescape(self.record.cells[self.columns[field]])) if field in self.columns else ""

    def unreadable(self, field: str) -> Refused:
        """Say that a cell is not understood."""
        return Refused(
            "value-unreadable", where=self.record.where, column=self.columns[field], text=self.text(field)[:80]
        )


def _row(cells: _Cells, types: Mapping[str, str], ids: set[str]) -> EntityRow:
    label = cells.text("type")
    return EntityRow(
        where=cells.record.where,
        **{field: cells.text(field) for field in TEXTS},
        parent_id=_id(cells.text("parent_id"), ids),
        tutelage_id=_id(cells.text("tutelage_id"), ids),
        category=cells.text("category") if "category" in cells.columns else None,
        type=types.get(label, "" if label == "0" else label),
        bindable=_flag(cells, "bindable"),
        valid_from=_day(cells, "valid_from"),
        valid_to=_day(cells, "valid_to"),
    )


def _id(text: str, ids: set[str]) -> str:
    """Read the id of another node; 0 is how many registers say that there is none."""
    return "" if text == "0" and text not in ids else text


def _flag(cells: _Cells, field: str) -> bool | None:
    text = fold(cells.text(field))
    if text and text not in YES | NO:
        raise cells.unreadable(field)
    return text in YES if text else None


def _day(cells: _Cells, field: str) -> date | None:
    """Read 2018-07-12 or 12/07/2018; a register's dates are set by law, so anything else is refused."""
    text = cells.text(field)
    if not text:
        return None
    found = _DAY_FIRST.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError as error:
        raise cells.unreadable(field) from error


def _names_levels(table: Table, header: str) -> bool:
    return not any(squeeze(cell).isdecimal() for cell in table.column(header)) and any(
        level_code(cell) for cell in table.column(header)
    )


def _types(path: Path) -> dict[str, str]:
    """Read the labels of types from the file beside the register, where there is one."""
    for ending in ("_tipos", "_types"):
        beside = path.with_name(f"{path.stem}{ending}{path.suffix}")
        if beside.is_file():
            table = read_table(beside)
            columns = required(table, TYPE_COLUMNS, *TYPE_COLUMNS)
            return {squeeze(row.cells[columns["id"]]): squeeze(row.cells[columns["label"]]) for row in table.rows}
    return {}


def _map(path: Path | None) -> tuple[str, dict[str, str]]:
    """Read the name of the source and the columns that a map gives."""
    if path is None:
        return DEFAULT_SOURCE, {}
    told = read_map(path)
    source, columns = told.get("source", DEFAULT_SOURCE), told.get("columns", {})
    if not isinstance(source, str):
        raise Refused("map-malformed", where=path.name, field="source")
    if not isinstance(columns, dict) or not all(isinstance(header, str) for header in columns.values()):
        raise Refused("map-malformed", where=path.name, field="columns")
    return source, columns
