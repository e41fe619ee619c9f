"""Tables of alignments: a row says what an item is to another, each named as PIGE/1#line:4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import AlignmentKind, AlignmentRow
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.tables import read_table, required, unescape

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yupana.interfaces.interchange.tables import Record

COLUMNS = {
    "item": ("item", "ítem", "de", "from", "línea", "line"),
    "kind": ("kind", "tipo", "relación", "relation"),
    "other": ("other", "otro", "otro ítem", "a", "to", "contribuye a", "contributes to"),
}
KINDS = {
    "contributes": AlignmentKind.CONTRIBUTES,
    "contributes to": AlignmentKind.CONTRIBUTES,
    "contribuye": AlignmentKind.CONTRIBUTES,
    "contribuye a": AlignmentKind.CONTRIBUTES,
    "broader": AlignmentKind.BROADER,
    "mas amplio": AlignmentKind.BROADER,
    "mas amplia": AlignmentKind.BROADER,
    "narrower": AlignmentKind.NARROWER,
    "mas especifico": AlignmentKind.NARROWER,
    "mas especifica": AlignmentKind.NARROWER,
}


def read_alignments(path: Path) -> list[AlignmentRow]:
    """Read a table of alignments; a row without a kind contributes.

    Refused with file and line on what is no such row.
    """
    table = read_table(path)
    found = required(table, COLUMNS, "item", "other")
    return [_row(record, found) for record in table.rows]


def _row(record: Record, found: Mapping[str, str]) -> AlignmentRow:
    cells = {field: squeeze(unescape(record.cells[header])) for field, header in found.items()}
    word = cells.get("kind", "")
    kind = KINDS.get(fold(word)) if word else AlignmentKind.CONTRIBUTES
    if kind is None:
        known = ", ".join(each.value for each in AlignmentKind)
        raise Refused("alignment-kind-unknown", where=record.where, found=word, known=known)
    return AlignmentRow(record.where, cells["item"], kind, cells["other"])
