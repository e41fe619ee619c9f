"""A plan in every format, and how long it takes to come in."""
# ruff: noqa: T201, INP001 - a script that prints what it measured

import csv
import json
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import median

import openpyxl
from lxml import etree
from markdown_it import MarkdownIt

from bench.state import timed
from yupana.domain.instruments.actions import draft_edition
from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow, Manuscript, Target
from yupana.foundation.kernel.actor import OPERATOR
from yupana.interfaces.interchange.instruments import Format, read_instrument, write_instrument
from yupana.interfaces.interchange.instruments.formats import WRITERS

RUNS, TIMES = 5, 5
WORDS = "Toda entidad publica el registro de sus servicios con datos abiertos y dice quién responde por cada uno. "


def plan(items: int) -> Manuscript:
    """A plan of ten axes with lines, and guidelines and targets below these, with what such items say."""
    axes = [ItemRow("", ItemRole.AXIS, f"{at}", WORDS, None) for at in range(1, 11)]
    lines = [ItemRow("", ItemRole.LINE, f"{at}", WORDS, (ItemRole.AXIS, f"{at % 10 + 1}")) for at in range(items // 10)]
    rows = [*axes, *lines]
    for at in range(items - len(rows)):
        above = (ItemRole.LINE, f"{at % len(lines)}")
        row = ItemRow("", ItemRole.GUIDELINE, f"{at}", WORDS, above, body=WORDS * 5, legal_basis="Ley 1178; Ley 164")
        target = Target(Decimal(at % 100), "%", date(2030, 12, 31))
        rows.append(replace(row, role=ItemRole.TARGET, body="", target=target) if at % 3 == 0 else row)
    return Manuscript(Heading("B", "B", "plan", "1", "B", "Ley 1"), tuple(rows))


def parse_csv(path: Path) -> None:
    """Read every cell."""
    with path.open(encoding="utf-8", newline="") as file:
        for _row in csv.reader(file):
            pass


def parse_xlsx(path: Path) -> None:
    """Read every cell, as fast as the library can."""
    book = openpyxl.load_workbook(path, read_only=True)
    for _row in book.worksheets[0].iter_rows(values_only=True):
        pass
    book.close()


def parse_ods(path: Path) -> None:
    """Unpack and build the tree of the one part that holds cells."""
    with zipfile.ZipFile(path) as archive:
        etree.fromstring(archive.read("content.xml"))


def parse_xml(path: Path) -> None:
    """Build the tree."""
    etree.parse(path)


def parse_json(path: Path) -> None:
    """Build the objects."""
    json.loads(path.read_text(encoding="utf-8"))


def parse_blocks(path: Path) -> None:
    """Build the blocks."""
    MarkdownIt().parse(path.read_text(encoding="utf-8"))


NAMES = {
    Format.CSV: "b.csv", Format.XLSX: "b.xlsx", Format.ODS: "b.ods", Format.JSON: "b.json", Format.MARKDOWN: "b.md",
    Format.OSCAL: "o.json", Format.STRATML: "b.xml",
}  # fmt: skip
# By format: who merely parses, and at most how many times as long reading may take, and reading and storing.
PARSERS: dict[Format, tuple[Callable[[Path], None], int, int]] = {
    Format.CSV: (parse_csv, 100, 800),
    Format.XLSX: (parse_xlsx, 5, 12),
    Format.ODS: (parse_ods, 60, 150),
    Format.JSON: (parse_json, 200, 1200),
    Format.MARKDOWN: (parse_blocks, 1, 3),
    Format.OSCAL: (parse_json, 30, 120),
    Format.STRATML: (parse_xml, 150, 300),
}


def measure(items: int = 1000) -> int:
    """Write a plan in each format, bring it in, compare with the limits; 1 where one is missed."""
    made, missed = plan(items), 0
    with tempfile.TemporaryDirectory() as folder:
        for held in WRITERS:
            parse, most_read, most_import = PARSERS[held]
            path = Path(folder) / NAMES[held]
            write_instrument(made, held, path)
            # In turns, so that whatever else the machine does falls on all of them.
            rounds = [
                (
                    timed(partial(again, parse, path)) / TIMES,
                    timed(partial(read_instrument, path)),
                    timed(partial(bring, path, f"{held}-{at}".upper())),
                )
                for at in range(RUNS)
            ]
            plain, read, whole = map(median, zip(*rounds, strict=True))
            missed += read > most_read * plain or whole > most_import * plain
            print(
                f"{held:9}{path.stat().st_size / 1000:5.0f} kB, parsed in {plain * 1000:5.1f} ms;"
                f" read {read * 1000:5.0f} ms ={read / plain:6.1f} x (at most {most_read});"
                f" in {whole * 1000:5.0f} ms ={whole / plain:6.1f} x (at most {most_import})"
            )
    return min(missed, 1)


def again(parse: Callable[[Path], None], path: Path) -> None:
    """Parse several times: once is over in a millisecond."""
    for _time in range(TIMES):
        parse(path)


def bring(path: Path, code: str) -> None:
    """Read a file and store it as a draft."""
    read = read_instrument(path)
    draft_edition(actor=OPERATOR, manuscript=replace(read, heading=replace(read.heading, instrument=code)))
