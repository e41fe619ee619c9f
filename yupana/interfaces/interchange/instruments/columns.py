"""One table that says it all: a row an item, a column a field; in CSV, XLSX and ODS alike.

A row of the role "instrument" says code, title (as text) and kind of the instrument, and one of the role "edition"
those of the edition, its norms, and what a format said of the whole. A table with such a cover is read to the letter;
in any other the blanks of a text are those of whoever typed it. A parent is "role:code", or a code alone where only
one row has it.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import Heading, ItemRow, Manuscript, Target, item_key
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.instruments import values
from yupana.interfaces.interchange.instruments.words import (
    COLUMNS,
    COVERS,
    REQUIRED,
    ROLES,
    SOURCES,
    TRANSITIONS,
    YES_NO,
    cover_of,
)
from yupana.interfaces.interchange.strict import parse_json
from yupana.interfaces.interchange.tables import required

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from yupana.foundation.kernel.canonical import Plain
    from yupana.interfaces.interchange.instruments.words import Key
    from yupana.interfaces.interchange.tables import Record, Table

    T = TypeVar("T")

ABOVE = ":"  # between the role and the code of a parent
CONTINUED = "…"  # the role of a row whose texts go on where those of the row above ended
LONGEST_LETTER = 7  # signs that a workbook takes for a letter that XML cannot hold


@dataclass(frozen=True, slots=True)
class Reader:
    """One row, by field. ``exact``: texts are kept to the letter."""

    record: Record
    columns: Mapping[str, str]
    exact: bool = False

    def said(self, field: str) -> str:
        """What stands there without blanks around; "" where there is no such column."""
        return squeeze(self.record.cells[self.columns[field]]) if field in self.columns else ""

    def text(self, field: str) -> str:
        """What stands there, line breaks and all."""
        text = self.record.cells[self.columns[field]] if field in self.columns else ""
        return text if self.exact else text.strip()

    def statement(self, field: str) -> str:
        """What stands there as one line, unless it is to be kept to the letter."""
        return self.text(field) if self.exact else self.said(field)

    def read(self, field: str, reader: Callable[[str], T]) -> T:
        """Understand what stands there; Refused with place and column where it cannot be."""
        text = self.said(field)
        try:
            return reader(text)
        except (KeyError, ValueError, ArithmeticError) as error:
            column = self.columns.get(field, field)
            raise Refused("value-unreadable", where=self.record.where, text=text[:80], column=column) from error

    def more(self) -> Mapping[str, Plain]:
        """What a format said beyond the fields: a JSON object."""
        text = self.said("more")
        found = parse_json(self.text("more"), self.record.where) if text else {}
        if not isinstance(found, dict):
            raise Refused(
                "value-unreadable", where=self.record.where, text=text[:80], column=self.columns.get("more", "more")
            )
        return found


def read_columns(table: Table, stem: str, digest: str) -> Manuscript:
    """Read a table of items; Refused with the place on whatever cannot be read. Columns not known are told."""
    columns = required(table, COLUMNS, *REQUIRED)
    covers: list[Record] = []
    items: list[Record] = []
    for record in _joined(table.rows, columns["role"]):
        (covers if fold(record.cells[columns["role"]]) in COVERS else items).append(record)
    rows = [Reader(record, columns, bool(covers)) for record in items]
    keys = [(reader.read("role", lambda word: ROLES[fold(word)]), reader.statement("code")) for reader in rows]
    holders: dict[str, list[Key]] = {}
    for key in keys:
        holders.setdefault(key[1], []).append(key)
    heading, more = _cover([Reader(record, columns, exact=True) for record in covers], stem)
    return Manuscript(
        heading=heading,
        rows=tuple(_item(reader, key, holders) for reader, key in zip(rows, keys, strict=True)),
        digest=digest,
        more=more,
        unplaced=tuple(
            Note(table.name, "column-not-read", header) for header in table.headers if header not in columns.values()
        ),
    )


def write_columns(manuscript: Manuscript, most: int, room: Callable[[str], int] = len) -> Iterator[list[str]]:
    """Say a manuscript as records of text: headers, cover, items. ``room`` says how much of ``most`` a text takes."""
    yield [names[0] for names in COLUMNS.values()]
    heading = manuscript.heading
    instrument = {"role": "instrument", "code": heading.instrument, "text": heading.title, "kind": heading.kind}
    edition = {
        "role": "edition",
        "code": heading.edition,
        "text": heading.edition_title,
        "legal_basis": heading.legal_basis,
        "more": _json(manuscript.more),
    }
    for told in (instrument, edition, *map(_fields, manuscript.rows)):
        yield from _spread([told.get(field, "") for field in COLUMNS], most, room)


def _spread(record: list[str], most: int, room: Callable[[str], int]) -> Iterator[list[str]]:
    """Go on in further records where a text is longer than a cell holds."""
    if max(map(room, record)) <= most:
        yield record
        return
    part = most if all(room(cell) == len(cell) for cell in record) else most // LONGEST_LETTER
    for start in range(0, max(map(len, record)), part):
        cells = [cell[start : start + part] for cell in record]
        yield [CONTINUED, *cells[1:]] if start else cells


def _joined(rows: Sequence[Record], role: str) -> Iterator[Record]:
    """Put together again what goes on in further records."""
    starts = [at for at, row in enumerate(rows) if at == 0 or row.cells[role] != CONTINUED]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        first, *more = rows[start:end]
        texts = {name: "".join([cell, *(row.cells[name] for row in more)]) for name, cell in first.cells.items()}
        yield replace(first, cells=texts | {role: first.cells[role]}) if more else first


def _cover(readers: Sequence[Reader], stem: str) -> tuple[Heading, Mapping[str, Plain]]:
    parts = [COVERS[fold(reader.said("role"))] for reader in readers]
    twice = [part for part, times in Counter(parts).items() if times > 1]
    if twice:
        raise Refused("cover-twice", where=readers[-1].record.where, part=twice[0])
    told = dict(zip(parts, readers, strict=True))
    instrument, edition = told.get("instrument"), told.get("edition")
    made = cover_of(stem)
    heading = Heading(
        instrument=instrument.text("code") if instrument else made.instrument,
        title=instrument.text("text") if instrument else made.title,
        kind=instrument.text("kind") if instrument else made.kind,
        edition=edition.text("code") if edition else made.edition,
        edition_title=edition.text("text") if edition else made.edition_title,
        legal_basis=edition.text("legal_basis") if edition else made.legal_basis,
    )
    return heading, edition.more() if edition else {}


def _item(reader: Reader, key: Key, holders: Mapping[str, list[Key]]) -> ItemRow:
    return ItemRow(
        where=reader.record.where,
        role=key[0],
        code=key[1],
        text=reader.statement("text"),
        parent=_parent(reader, holders),
        binds=reader.read("binds", lambda word: YES_NO[fold(word)]),
        body=reader.text("body"),
        legal_basis=reader.text("legal_basis"),
        due_on=reader.read("due_on", values.day),
        audience=reader.statement("audience"),
        stake=reader.read("stake", values.stake),
        transition=reader.read("transition", lambda word: TRANSITIONS[fold(word)]),
        target=_target(reader),
        lineage=reader.statement("lineage"),
        origins=values.origins(reader.text("origins"), reader.record.where),
        more=reader.more(),
    )


def _parent(reader: Reader, holders: Mapping[str, list[Key]]) -> Key | None:
    text = reader.statement("parent")
    if not text:
        return None
    word, colon, code = text.partition(ABOVE)
    role = ROLES.get(fold(word)) if colon else None
    if role is not None:
        return role, code if reader.exact else squeeze(code)
    candidates = holders.get(text, [])
    if len(candidates) != 1:
        why = "item-parent-ambiguous" if candidates else "item-parent-unnamed"
        raise Refused(why, where=reader.record.where, parent=text, candidates=", ".join(map(ABOVE.join, candidates)))
    return candidates[0]


def _target(reader: Reader) -> Target | None:
    number, unit = reader.read("number", values.number), reader.statement("unit")
    target = Target(
        number=number[0],
        unit=unit or number[1],
        due_on=reader.read("target_on", values.day),
        source=reader.read("source", lambda word: SOURCES[fold(word)] if word else None),
        counted=reader.statement("counted"),
        baseline=reader.read("baseline", values.number)[0],
    )
    return target if target.plain() or reader.said("number") == values.UNSAID else None


def _fields(row: ItemRow) -> dict[str, str]:
    told = {
        "role": row.role.value,
        "code": row.code,
        "parent": item_key(*row.parent) if row.parent else "",
        "text": row.text,
        "binds": {None: "", True: "yes", False: "no"}[row.binds],
        "body": row.body,
        "legal_basis": row.legal_basis,
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "audience": row.audience,
        "stake": values.stake_text(row.stake),
        "transition": row.transition.value,
        "lineage": row.lineage,
        "origins": values.origins_text(row.origins),
        "more": _json(row.more),
    }
    return told | _target_fields(row.target)


def _target_fields(target: Target | None) -> dict[str, str]:
    if target is None:
        return {}
    return {
        "number": values.UNSAID if target.number is None else str(target.number),
        "unit": target.unit,
        "target_on": target.due_on.isoformat() if target.due_on else "",
        "source": target.source.value if target.source else "",
        "counted": target.counted,
        "baseline": "" if target.baseline is None else str(target.baseline),
    }


def _json(more: Mapping[str, Plain]) -> str:
    return json.dumps(more, ensure_ascii=False) if more else ""
