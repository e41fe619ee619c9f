"""What somebody might make of the workbook of a plan before it comes back."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl

from tests.hostile.workbooks import MAIN, locked, packed

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = "xl/worksheets/sheet1.xml"
MILLION = 1_000_000
HUNDRED = 100 * 2**20


@dataclass(frozen=True)
class Attack:
    """What is made of a good workbook, the refusal that it meets ("": it is taken), and what stands in its sentence."""

    name: str
    make: Callable[[bytes], bytes]
    code: str
    told: str = ""

    def __str__(self) -> str:
        return self.name


def opened(book: bytes, change: Callable[[openpyxl.Workbook], object]) -> bytes:
    """The workbook after somebody opened it in a spreadsheet and changed something."""
    held = openpyxl.load_workbook(BytesIO(book))
    change(held)
    saved = BytesIO()
    held.save(saved)
    return saved.getvalue()


def cell(sheet: str, at: str, value: str) -> Callable[[bytes], bytes]:
    return lambda book: opened(book, lambda held: held[sheet].__setitem__(at, value))


def part(name: str, data: bytes | str) -> Callable[[bytes], bytes]:
    return lambda book: packed(book, {name: data})


def _other_digest(held: openpyxl.Workbook) -> None:
    text = str(held["yupana"]["A1"].value)
    held["yupana"]["A1"] = ("a" if text[0] != "a" else "b") + text[1:]


def _no_digest(held: openpyxl.Workbook) -> None:
    text = str(held["yupana"]["A1"].value)
    held["yupana"]["A1"] = text.rpartition(":")[0]


def _empty_rows(book: bytes) -> bytes:
    """A million rows that are there and empty, below those of the plan."""
    with zipfile.ZipFile(BytesIO(book)) as held:
        text = held.read(PLAN)
    return packed(book, {PLAN: text.replace(b"</sheetData>", b"<row/>" * MILLION + b"</sheetData>")})


ATTACKS = (
    Attack("formula", cell("Plan", "D5", "=1+1"), "cell-formula", "Plan!D5"),
    Attack("formula-outside", cell("Plan", "D5", "='http://e.example/[x.xlsx]y'!A1"), "cell-formula", "Plan!D5"),
    Attack("formula-help", cell("Help", "B9", '=HYPERLINK("http://e.example")'), "cell-formula", "Help!B9"),
    Attack("command", cell("Plan", "C5", "=cmd|'/c calc'!A0"), "cell-formula", "Plan!C5"),
    Attack("macros", part("xl/vbaProject.bin", b"x"), "workbook-macros", "plan.xlsx"),
    Attack("bomb", part("xl/media/a.xml", b" " * HUNDRED), "workbook-bomb", "plan.xlsx"),
    Attack(
        "bomb-sheet",
        part(PLAN, f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + b"<row/>" * (HUNDRED // 6)),
        "workbook-bomb",
        "plan.xlsx",
    ),
    Attack("no-zip", lambda _: b"PK\x03\x04 nothing", "workbook-unreadable", "plan.xlsx"),
    Attack("text", lambda _: b"row;name\n1;x\n", "workbook-unreadable", "plan.xlsx"),
    Attack("half", lambda book: book[: len(book) // 2], "workbook-unreadable", "plan.xlsx"),
    Attack("locked", locked, "workbook-locked", "plan.xlsx"),
    Attack(
        "encrypted",
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "workbook-locked",
        "plan.xlsx",
    ),
    Attack("digest", lambda book: opened(book, _other_digest), "workbook-seal-broken", "plan.xlsx"),
    Attack("no-digest", lambda book: opened(book, _no_digest), "workbook-seal-broken", "plan.xlsx"),
    Attack(
        "no-plan", lambda book: opened(book, lambda held: held.remove(held["Plan"])), "workbook-sheet-missing", "Plan"
    ),
    Attack("no-numbers", cell("Plan", "A4", "x"), "workbook-column-missing", "Plan"),
    Attack("text-formula", cell("Plan", "C5", "'=1+1"), ""),
    Attack(
        "links", part("xl/externalLinks/externalLink1.xml", '<externalLink xmlns="x"/>'), "", "leads to other files"
    ),
    Attack("empty-rows", _empty_rows, "workbook-too-large", "plan.xlsx"),
)
