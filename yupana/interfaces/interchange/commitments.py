"""Institutional plans as tables: a folder with the plans and their activities, or one table of either.

A folder holds ``X_detalle.csv`` (one row an activity, which names its plan) and ``Xs.csv`` (one row a plan). A single
table of activities says in every row whose plan it is; a table of plans takes the activities that lie beside it.
Columns are recognised by their usual names. Whatever a row says is kept whole beside what was understood of it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from yupana.domain.commitments.facts import Plan, PlanHeader, PlanRow
from yupana.domain.commitments.rules import Kind, belongs_elsewhere, read_date
from yupana.domain.submissions.rules import written_letters
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.money import parse_cents
from yupana.foundation.kernel.report import Note
from yupana.foundation.kernel.text import squeeze
from yupana.interfaces.interchange.tables import read_table, recognise, refuse_missing, unescape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from yupana.interfaces.interchange.tables import Record, Table

DETAIL_ENDINGS = ("_detalle", "_detail", "_rows")
HEADER_COLUMNS = {
    "id": ("id", "plan_id", "id_plan"),
    "entity_id": ("entidad_id", "id_entidad", "entity_id"),
    "entity": ("entidad", "codigo_entidad", "entity", "debtor"),
    "version": ("version",),
    "received": ("fecha", "fecha_recepcion", "fecha de recepcion", "recibido", "received_on", "received"),
    "resolution": ("resolucion", "resolution"),
    "cites": ("doc_externo", "cite", "cites", "cite_ingreso"),
    "url": ("url", "document_url", "documento"),
}
ROW_COLUMNS = {
    "line": ("linea_id", "linea", "line", "item"),
    "medium": ("medio", "medium"),
    "name": ("nombre", "actividad", "name", "activity"),
    "responsible": ("instancia", "responsable", "unidad_responsable", "responsible"),
    "result": ("objeto_meta_resultado", "resultado", "result"),
    "indicator": ("indicador", "indicator"),
    "target": ("meta", "meta_programada", "target"),
    "budget": ("presupuesto", "monto", "budget"),
    "starts": ("inicio", "fecha_inicio", "starts"),
    "ends": ("final", "fin", "fecha_final", "fecha_fin", "ends"),
    "notes": ("observaciones_transcripcion", "observaciones", "notes"),
    "reviewed": ("linea_rev_id", "linea_revisada", "reviewed_item"),
    "because": ("observaciones_linea", "motivo_revision", "reviewed_because"),
}
PLAN_NAMES = ("plan_id", "id_plan")
UNREADABLE = "unreadable"
NO_DATE = frozenset({"", "0000-00-00"})


def read_plans(path: Path) -> tuple[Plan, ...]:
    """Read the folder or the table at a path; Refused with ``where`` on whatever cannot be read.

    A field that is empty in every row of the source was never asked for. Rows that name no plan of the source come as
    a plan of nobody, for the import to say so.
    """
    headers, detail = _files(path) if path.is_dir() else (path, _beside(path))
    table = read_table(headers)
    if detail is not None:
        plans = _joined(table, read_table(detail), headers.stem)
    elif "name" in recognise(table, {"name": ROW_COLUMNS["name"]}):
        plans = _grouped(table)
    else:
        plans = _joined(table, None, headers.stem)
    return _with_asks(plans)


def plain_text(text: str) -> str:
    """Read what an editor saved as HTML; text without tags and entities stays as it is."""
    reader = _Text(convert_charrefs=True)
    try:
        reader.feed(text)
        reader.close()
    except AssertionError:  # how Python's parser says that "<![…" opens nothing that it knows
        return text
    lines = (squeeze(line) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)


class _Text(HTMLParser):
    """Collects the words of an HTML text, a line for each block."""

    BLOCKS = frozenset({"p", "br", "div", "li", "tr"})

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (the parser's own form)
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _files(folder: Path) -> tuple[Path, Path | None]:
    found = [path for path in sorted(folder.glob("*.csv")) if path.stem.endswith(DETAIL_ENDINGS)]
    held = [(headers, path) for path in found for headers in [_headers_of(path)] if headers]
    if len(held) > 1:
        raise Refused("plan-files-ambiguous", where=folder.name, found=", ".join(path.name for _, path in held))
    if not held:
        raise Refused("plan-files-missing", where=folder.name)
    return held[0]


def _headers_of(detail: Path) -> Path | None:
    stem = detail.stem.rpartition("_")[0]
    names = (detail.with_name(f"{stem}{plural}.csv") for plural in ("s", "es", ""))
    return next((path for path in names if path.is_file()), None)


def _beside(headers: Path) -> Path | None:
    stems = dict.fromkeys((headers.stem.removesuffix("s"), headers.stem.removesuffix("es"), headers.stem))
    names = (headers.with_name(f"{stem}{ending}.csv") for stem in stems for ending in DETAIL_ENDINGS)
    return next((path for path in names if path.is_file()), None)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one record by field; "" where its table has no such column."""

    table: str
    record: Record
    columns: Mapping[str, str]

    def text(self, field: str) -> str:
        """A cell as it reads; line breaks inside it stay."""
        return unescape(self.record.cells[self.columns[field]]).strip() if field in self.columns else ""

    def key(self, field: str) -> str:
        """A cell that names something."""
        return squeeze(self.text(field))

    @property
    def debtor(self) -> str:
        """Whose plan it is: an id of the register, else whatever the row calls it."""
        return f"#{self.key('entity_id')}" if self.key("entity_id") else self.key("entity")

    @property
    def ref(self) -> str:
        """What tells the record from every other of its table, on whatever line it stands."""
        return f"{self.table}#{self.key('id')}" if self.key("id") else ""


def _joined(table: Table, detail: Table | None, stem: str) -> list[Plan]:
    """Plans from two tables: the plans, and the activities that name them."""
    columns = _required(table, HEADER_COLUMNS | {"notes": ROW_COLUMNS["notes"]}, "id")
    rows: dict[str, list[_Cells]] = defaultdict(list)
    if detail is not None:
        plan_names = (f"{stem.removesuffix('s')}_id", f"{stem.removesuffix('es')}_id", *PLAN_NAMES)
        of_rows = _required(detail, {"plan": plan_names, "id": ("id",)} | ROW_COLUMNS, "plan")
        for record in detail.rows:
            row = _Cells(detail.name, record, of_rows)
            rows[row.key("plan")].append(row)
    headers = [_Cells(table.name, record, columns) for record in table.rows]
    plans = []
    for header in headers:
        said = {field: header.text(field) for field in columns}
        plans.append(_plan(header, said, rows.get(header.key("id"), [])))
    named = {header.key("id") for header in headers}
    orphans = [row for plan, some in rows.items() if plan not in named for row in some]
    return plans + [Plan(row.record.where, "", PlanHeader(), (_row(1, row),), own_row=False) for row in orphans]


def _grouped(table: Table) -> list[Plan]:
    """Plans from one table: whose each activity is stands in its row, and so does what holds for the whole plan."""
    columns = _required(table, HEADER_COLUMNS | ROW_COLUMNS, "name")
    plans: dict[tuple[str, str], list[_Cells]] = defaultdict(list)
    for record in table.rows:
        row = _Cells(table.name, record, columns)
        plans[row.debtor, row.key("version")].append(row)
    return [_of_rows(rows) for rows in plans.values()]


def _of_rows(rows: Sequence[_Cells]) -> Plan:
    """One plan from its rows: what is said of the whole is taken from the first row that says it."""
    said: dict[str, str] = {"version": rows[0].key("version")}
    differs = []
    for field in ("received", "resolution", "cites", "url"):
        for row in rows:
            text = row.text(field)
            if text and text != said.setdefault(field, text):
                differs.append(Note(row.record.where, "header-differs", text))
    plan = _plan(rows[0], said, rows)
    ref = f"{rows[0].table}#{rows[0].debtor.lstrip('#')}/{said['version'] or 1}"
    header = replace(plan.header, source_ref=ref, source=None)
    return replace(plan, header=header, flags=(*plan.flags, *differs), own_row=False)


def _plan(header: _Cells, said: Mapping[str, str], rows: Sequence[_Cells]) -> Plan:
    where = header.record.where
    received, unreadable = _received(said.get("received", ""))
    notes = plain_text(said.get("notes", ""))
    told = tuple(_row(number, row) for number, row in enumerate(rows, 1))
    flags = [Note(where, "received-unreadable", said["received"])] if unreadable else []
    flags += [
        Note(row.record.where, "budget-unreadable", row.text("budget")) for row in rows if _budget(row) is UNREADABLE
    ]
    return Plan(
        where=where,
        debtor=header.debtor,
        header=PlanHeader(
            received_on=received,
            cites=_cites(said.get("cites", ""), notes),
            resolution=said.get("resolution", ""),
            document_url=said.get("url", ""),
            notes=notes,
            source_ref=header.ref or where,
            source=dict(header.record.cells),
        ),
        rows=told,
        version=squeeze(said.get("version", "")),
        misfiled=belongs_elsewhere([notes, *(row.notes for row in told)]),
        flags=tuple(flags),
    )


def _row(number: int, row: _Cells) -> PlanRow:
    budget = _budget(row)
    return PlanRow(
        row=number,
        item=_item(row.key("line")),
        medium=row.text("medium"),
        name=row.text("name"),
        responsible=row.text("responsible"),
        result=row.text("result"),
        indicator=row.text("indicator"),
        target=row.text("target"),
        budget_cents=budget if isinstance(budget, int) else None,
        starts=row.text("starts"),
        ends=row.text("ends"),
        notes=plain_text(row.text("notes")),
        source_ref=row.ref,
        source=dict(row.record.cells),
        reviewed_item=_item(row.key("reviewed")),
        reviewed_because=plain_text(row.text("because")),
        where=row.record.where,
    )


def _item(text: str) -> str:
    """Name an item: a line, unless the cell says what it is ("guideline:3")."""
    return text if ":" in text or not text else f"line:{text}"


def _received(text: str) -> tuple[date | None, bool]:
    """Read a day of reception; one that could have day and month swapped is not read, and nobody guesses."""
    if text in NO_DATE:
        return None, False
    reading = read_date(text, year_one=None)
    return (reading.first, False) if reading.kind is Kind.DAY else (None, True)


def _cites(text: str, notes: str) -> str:
    """Letters' numbers, one a line: the one that came, then those that the notes name."""
    return "\n".join(dict.fromkeys([*filter(None, map(squeeze, text.split(";"))), *written_letters(notes)]))


def _budget(row: _Cells) -> int | str | None:
    """Read a budget in cents: None where none is given, UNREADABLE where it is no amount."""
    text = row.key("budget")
    try:
        return parse_cents(text) if text else None
    except ValueError:
        return UNREADABLE


def _with_asks(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """Say of every plan what the source asked for: what is filled in at least once."""
    told = list(plans)
    rows = [row for plan in told for row in plan.rows]
    budget = any(row.budget_cents is not None for row in rows) or any(
        note.why == "budget-unreadable" for plan in told for note in plan.flags
    )
    target, responsible = any(row.target for row in rows), any(row.responsible for row in rows)
    return tuple(replace(plan, asks_target=target, asks_responsible=responsible, asks_budget=budget) for plan in told)


def _required(table: Table, names: Mapping[str, Sequence[str]], *needed: str) -> dict[str, str]:
    """Recognise columns; whose a plan is must be among them, except in a table of activities beside one of plans."""
    columns = recognise(table, names)
    missing = [field for field in needed if field not in columns]
    if "entity" in names and not columns.keys() & {"entity", "entity_id"}:
        missing.append("entity")
    refuse_missing(table, {**names, "entity": (*names.get("entity", ()), *names.get("entity_id", ()))}, missing)
    return columns
