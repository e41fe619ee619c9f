"""Files that somebody might hand to an importer, made here as bytes, each with the one answer it gets."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from yupana.domain.commitments.actions import import_plans
from yupana.domain.entities.actions import import_register
from yupana.domain.instruments.actions import draft_edition
from yupana.domain.instruments.facts import Heading
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.cli import history
from yupana.interfaces.interchange.commitments import read_plans
from yupana.interfaces.interchange.entities import read_entities
from yupana.interfaces.interchange.instruments import read_instrument

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from yupana.foundation.kernel.report import Report

    Made = bytes | str | Callable[[Path], None]

# One line that each importer would take; what is hostile stands in its place.
HEADERS = {
    "entities": "id,id_padre,denominacion,sigla,tipo,presenta,vigente_desde",
    "instrument": "role,code,parent,text,binds",
    "commitments": "id,entidad_id,linea_id,nombre,fecha,presupuesto,version,observaciones",
}
GOOD = {
    "entities": "90,1,Otra entidad,OE,Entidad Pública,1,2018-01-01",
    "instrument": "line,1,,Una línea,1",
    "commitments": "1,2,1,Hacer,2020-02-03,10,1,x",
}
IMPORTERS = tuple(HEADERS)


@dataclass(frozen=True)
class Case:
    """What is handed over, to whom, and the answer: its code and the place it names (after the folder)."""

    name: str
    importer: str
    files: Mapping[str, Made]
    code: str
    where: str
    map: str = ""

    def __str__(self) -> str:
        return f"{self.importer}-{self.name}"

    @property
    def path(self) -> str:
        """The first file is what is handed over; "." is the folder."""
        return next(iter(self.files)) if "." not in self.files else "."

    def lay(self, folder: Path) -> Path:
        """Make the files and say which one is handed over."""
        for name, made in self.files.items():
            if callable(made):
                made(folder / name)
            elif name != ".":
                (folder / name).write_bytes(made.encode() if isinstance(made, str) else made)
        return folder / self.path


def bring(importer: str, path: Path, mapping: Path | None = None) -> Report:
    """Do what the command does, so that the refusal itself can be looked at."""
    with transaction.atomic():
        if importer == "entities":
            register = read_entities(path, mapping)
            return import_register(actor=OPERATOR, source=register.source, rows=register.rows, on=timezone.localdate())
        if importer == "instrument":
            source = read_instrument(path)
            cover = Heading(source.heading.instrument, "x", "plan", "1", "x", "")
            return draft_edition(actor=OPERATOR, manuscript=replace(source, heading=cover))
        plans = read_plans(path)
        call = history.call_for(path, plans, None, "all", say=lambda _: None)
        return import_plans(actor=OPERATOR, call=call, plans=plans, on=timezone.localdate())


def table(importer: str, *rows: str, headers: str = "") -> str:
    return "\n".join([headers or HEADERS[importer], *rows]) + "\n"


# --- what no table is, whoever reads it ------------------------------------------------------------------------------
def loop(path: Path) -> None:
    path.symlink_to(path.name)


def anything() -> Iterator[tuple[str, Callable[[str], Made], str, str]]:
    """Name, what is made for an importer, code and place ("" is the path itself)."""
    yield "latin-1", lambda kind: table(kind, GOOD[kind] + "ñ").encode("latin-1"), "file-not-utf8", "a.csv:2"
    yield "utf-16", lambda kind: table(kind, GOOD[kind]).encode("utf-16"), "file-not-utf8", "a.csv:1"
    yield "utf-16-bare", lambda kind: HEADERS[kind].encode("utf-16-le"), "file-has-nul", "a.csv:1"
    yield "surrogate", lambda kind: f"{HEADERS[kind]}\n".encode() + b"\xed\xa0\x80", "file-not-utf8", "a.csv:2"
    yield "overlong", lambda kind: f"{HEADERS[kind]}\n".encode() + b"\xc0\xaf", "file-not-utf8", "a.csv:2"
    yield "nul", lambda kind: table(kind, "\0" + GOOD[kind]), "file-has-nul", "a.csv:2"
    yield "only-bom", lambda _: b"\xef\xbb\xbf", "headers-missing", "a.csv:1"
    yield "empty", lambda _: b"", "headers-missing", "a.csv:1"
    yield "only-crlf", lambda _: b"\r\n" * 9, "headers-missing", "a.csv:1"
    yield "only-cr", lambda _: b"\r" * 9, "headers-missing", "a.csv:1"
    yield "unclosed", lambda kind: table(kind, '"' + GOOD[kind]), "table-malformed", "a.csv:2"
    yield "quote-inside", lambda kind: table(kind, '"x"y,' + GOOD[kind]), "table-malformed", "a.csv:2"
    yield "10-MB-cell", lambda kind: table(kind, "x" * 10_000_000), "table-malformed", "a.csv:2"
    yield "10-MB-header", lambda _: "x" * 10_000_000, "table-malformed", "a.csv:1"
    yield "too-large", lambda _: _hole, "file-too-large", "a.csv"
    yield "repeated", lambda kind: table(kind, headers=HEADERS[kind] + ",id,ID,id"), "header-repeated", "a.csv:1"
    yield "stray", lambda kind: table(kind, GOOD[kind] + ",,,=1+1"), "cell-without-header", "a.csv:2"
    yield "missing", lambda _: _nothing, "file-unreadable", ""
    yield "loop", lambda _: loop, "file-unreadable", ""
    yield "fifo", lambda _: os.mkfifo, "file-unreadable", ""
    yield "device", lambda _: _device, "file-unreadable", ""


def _nothing(_path: Path) -> None:
    """Make no file."""


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _hole(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)


def tables() -> Iterator[Case]:
    """What every reader of tables answers."""
    for importer in IMPORTERS:
        for name, made, code, where in anything():
            code_here = "header-repeated" if name == "repeated" and importer != "instrument" else code
            if name == "repeated" and importer == "instrument":
                yield Case(name, importer, {"a.csv": table(importer, headers="role,role")}, code_here, where)
            else:
                yield Case(name, importer, {"a.csv": made(importer)}, code, where)


WIDE = ",".join(f"c{number}" for number in range(100_000))
MISSING = "columns-not-recognised"


def _entities() -> Iterator[tuple[str, str, str, str]]:
    def row(**changed: str) -> str:
        told = dict(zip(HEADERS["entities"].split(","), GOOD["entities"].split(","), strict=True))
        return ",".join({**told, **changed}.values())

    yield "wide", WIDE, MISSING, "a.csv"
    yield "semicolons-in-part", table("entities", headers="id|denominacion"), MISSING, "a.csv"
    yield "pipes", table("entities").replace(",", "|"), MISSING, "a.csv"
    yield "two-million-lines", HEADERS["entities"] + "\n" * 2_000_000 + "90,,,,,,", "name-missing", "a.csv:2000001"
    yield "self", table("entities", row(id_padre="90")), "parent-cycle", "a.csv:2"
    yield "circle", table("entities", row(id_padre="91"), row(id="91", id_padre="90")), "parent-cycle", "a.csv:2"
    yield "orphan", table("entities", row(id_padre="777")), "parent-unknown", "a.csv:2"
    yield "twice", table("entities", row(), row()), "id-repeated", "a.csv:3"
    yield "no-id", table("entities", row(id="")), "id-missing", "a.csv:2"
    yield "id-path", table("entities", row(id="../../etc")), "id-unusable", "a.csv:2"
    yield "id-long", table("entities", row(id="9" * 5000)), "text-too-long", "a.csv:2"
    yield "name-long", table("entities", row(denominacion="x" * 100_000)), "text-too-long", "a.csv:2"
    for name, sign in {"bidi": "\u202e", "mark": "\u200f", "escape": "\x1b[2J", "isolate": "\u2066"}.items():
        yield name, table("entities", row(denominacion=f"a{sign}b")), "sign-hidden", "a.csv:2"
    for day in ("0000-00-00", "0000-01-01", "2018-02-31", "31/02/2018", "10000-01-01", "9" * 5000, "=NOW()", "-1"):
        yield f"day-{day[:12]}", table("entities", row(vigente_desde=day)), "value-unreadable", "a.csv:2"
    for flag in ("2", "NaN", "=1", "'=1"):
        yield f"flag-{flag}", table("entities", row(presenta=flag)), "value-unreadable", "a.csv:2"


def _instrument() -> Iterator[tuple[str, str, str, str]]:
    yield "wide", WIDE, "columns-missing", "a.csv"
    yield "pipes", table("instrument").replace(",", "|"), "columns-missing", "a.csv"
    yield "role", table("instrument", "=line,1,,x,1"), "value-unreadable", "a.csv:2"
    yield "binds", table("instrument", "line,1,,x,9e999"), "value-unreadable", "a.csv:2"
    yield "self", table("instrument", "line,1,line:1,x,1"), "item-below-itself", "a.csv:2"
    yield "circle", table("instrument", "line,1,line:2,x,1", "line,2,line:1,x,1"), "item-below-itself", "a.csv:2"
    yield "orphan", table("instrument", "line,1,axis:7,x,1"), "item-parent-unknown", "a.csv:2"
    yield "unnamed", table("instrument", "line,1,7,x,1"), "item-parent-unnamed", "a.csv:2"
    yield "twice", table("instrument", "line,1,,x,1", "line,1,,y,1"), "item-twice", "a.csv:3"
    yield "code-long", table("instrument", f"line,{'9' * 5000},,x,1"), "item-code-unusable", "a.csv:2"
    yield "code-bidi", table("instrument", "line,\u202e1,,x,1"), "item-code-unusable", "a.csv:2"
    yield "no-text", table("instrument", "line,1,,,1"), "item-text-missing", "a.csv:2"


def _commitments() -> Iterator[tuple[str, str, str, str]]:
    yield "wide", WIDE, "columns-missing", "a.csv"
    yield "pipes", table("commitments").replace(",", "|"), "columns-missing", "a.csv"
    yield "nobody", table("commitments", headers="id,nombre"), "columns-missing", "a.csv"


def _folders() -> Iterator[Case]:
    yield Case("folder", "entities", {".": _nothing}, "file-unreadable", "")
    yield Case("folder", "instrument", {".": _nothing}, "instrument-files-missing", ".")
    yield Case("folder", "commitments", {".": _nothing}, "plan-files-missing", ".")
    axes, lines = "id,eje\n1,x\n2,y\n", "id,eje_id,linea\n1,1,x\n"
    yield Case("two", "instrument", {".": _nothing, "a_lineas.csv": lines, "a_lines.csv": lines},
               "instrument-files-ambiguous", ".")  # fmt: skip
    yield Case("mixed", "instrument", {".": _nothing, "a_lineas.csv": lines, "b_ejes.csv": axes},
               "instrument-files-mixed", ".")  # fmt: skip
    yield Case("nul-in-lines", "instrument", {".": _nothing, "a_lineas.csv": lines + "\0"}, "file-has-nul",
               "a_lineas.csv:3")  # fmt: skip
    yield Case("looped", "instrument", {".": _nothing, "a_lineas.csv": loop}, "file-unreadable", "a_lineas.csv")
    yield Case("axis-differs", "instrument", {".": _nothing, "a_ejes.csv": axes, "a_lineas.csv": lines,
               "a_metas.csv": "id,eje_id,linea_id,meta\n1,2,1,x\n"}, "item-axis-differs", "a_metas.csv:2")  # fmt: skip
    plans = {"ps.csv": "id,entidad_id\n1,2\n", "p_detalle.csv": "id,p_id,linea_id,nombre\n1,1,1,x\n"}
    yield Case("two", "commitments", {".": _nothing, **plans, "q_detalle.csv": "x", "qs.csv": "x"},
               "plan-files-ambiguous", ".")  # fmt: skip
    yield Case("latin-1-rows", "commitments", {".": _nothing, **plans, "p_detalle.csv": b"id\n\xf1"}, "file-not-utf8",
               "p_detalle.csv:2")  # fmt: skip


def _maps() -> Iterator[Case]:
    for name, text, code in (
        ("deep", f"a = {'[' * 100_000}", "map-unreadable"),
        ("deep-closed", f"a = {'[' * 5000}{']' * 5000}", "map-unreadable"),
        ("deep-tables", f"a = {'{a = ' * 5000}1{'}' * 5000}", "map-unreadable"),
        ("huge-number", f"a = {'9' * 5000}", "map-unreadable"),
        ("no-day", "a = 2018-02-31", "map-unreadable"),
        ("no-toml", "<xml/>", "map-unreadable"),
        ("twice", "a = 1\na = 2", "map-unreadable"),
        ("source", "source = 1", "map-malformed"),
        ("columns", "columns = 1", "map-malformed"),
        ("column", "[columns]\nname = 1", "map-malformed"),
        ("unknown", "[columns]\nnombres = 'x'", "field-unknown"),
        ("absent", "[columns]\nname = 'x'", "column-missing"),
        ("source-path", "source = '../..'", "source-unusable"),
    ):
        where = (
            "" if code == "source-unusable" else "a.csv" if code in {"field-unknown", "column-missing"} else "m.toml"
        )
        good = table("entities", GOOD["entities"])
        yield Case(f"map-{name}", "entities", {"a.csv": good, "m.toml": text}, code, where, "m.toml")
    for name, made, code, where in anything():
        if name in {"latin-1", "utf-16", "nul", "surrogate", "too-large", "loop", "fifo", "missing"}:
            files = {"a.csv": table("entities", GOOD["entities"]), "m.toml": made("entities")}
            place = where.replace("a.csv", "m.toml") or "m.toml"
            yield Case(f"map-{name}", "entities", files, code, place, "m.toml")


CASES = [
    *tables(),
    *(Case(name, "entities", {"a.csv": text}, code, where) for name, text, code, where in _entities()),
    *(Case(name, "instrument", {"a.csv": text}, code, where) for name, text, code, where in _instrument()),
    *(Case(name, "commitments", {"a.csv": text}, code, where) for name, text, code, where in _commitments()),
    *_folders(),
    *_maps(),
]
