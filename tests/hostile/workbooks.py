"""Workbooks that somebody might hand to the importer: archives, parts and cells as no spreadsheet writes them."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

from tests.hostile.files import Case
from yupana.interfaces.interchange.spreadsheets import write_ods, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GOOD = [["role", "code", "text"], ["line", "1", "Una línea"]]
SHEET, CONTENT = "xl/worksheets/sheet1.xml", "content.xml"
STRINGS = "xl/sharedStrings.dat"  # a workbook says by itself where its texts are, and a library follows
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {to} "{f"&{of};" * 10}">' for of, to in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODF = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
DEEP = 700_000  # elements inside each other, in five megabytes


def packed(base: bytes, changed: dict[str, bytes | str | None], more: int = 0) -> bytes:
    """Change, add or (None) leave out parts of an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        parts: dict[str, bytes | str | None] = {name: old.read(name) for name in old.namelist()}
        for name, data in (parts | changed).items():
            if data is not None:
                new.writestr(name, data)
        for at in range(more):
            new.writestr(f"{at}.xml", "")
    return made.getvalue()


def xlsx(*rows: Sequence[str], **parts: bytes | str | None) -> bytes:
    names = {"sheet": SHEET, "macros": "xl/vbaProject.bin", "book": "xl/workbook.xml", "link": "xl/externalLinks/1.xml"}
    return packed(write_xlsx("Items", rows or GOOD), {names[name]: data for name, data in parts.items()})


def sheet(data: str, before: str = "", after: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>{after}</worksheet>'


def row(number: int, *texts: str, more: str = "") -> str:
    cells = "".join(
        f'<c r="{"ABC"[at]}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}{more}</row>'


HEAD = row(1, *GOOD[0])
ITEM = row(2, *GOOD[1])


def ods(rows: str, before: str = "") -> bytes:
    """An ODS whose rows are these, under the headers."""
    head = "".join(f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
                   for name in GOOD[0])  # fmt: skip
    body = f"<table:table-row>{head}</table:table-row>{rows}"
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content{ODF}><office:body><office:spreadsheet>'
        f'<table:table table:name="Items">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    return packed(write_ods("Items", GOOD), {CONTENT: content})


def cells(*texts: str, **attributes: str) -> str:
    told = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    inner = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)
    return f"<table:table-row{told}>{inner}</table:table-row>"


def locked(base: bytes) -> bytes:
    """Say of every part that it is encrypted."""
    return base.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )


def spoiled(base: bytes) -> bytes:
    """Change the check sum that the archive keeps of its first part."""
    at = base.index(b"PK\x01\x02") + 16
    return base[:at] + struct.pack("<I", 1) + base[at + 4 :]


def workbooks() -> Iterator[Case]:
    """Name, bytes, code and place; the file is always a.xlsx."""
    part = f"a.xlsx:{SHEET}"
    broken = "workbook-unreadable"
    for name, data, code, where in (
        ("entity-bomb", xlsx(sheet=sheet(HEAD + row(2, "line", "1", "&i;"), BOMB)), "workbook-entities", part),
        ("entity-outside", xlsx(sheet=sheet(HEAD + row(2, "line", "1", "&a;"), OUTSIDE)), "workbook-entities", part),
        ("utf-16", xlsx(sheet=sheet(HEAD, BOMB).encode("utf-16")), "workbook-entities", part),
        ("zip-bomb", xlsx(link=b" " * (65 * 1024 * 1024)), "workbook-bomb", "a.xlsx"),
        ("elsewhere", packed(xlsx(), {STRINGS: f"{BOMB}<sst/>"}), "workbook-entities", f"a.xlsx:{STRINGS}"),
        ("parts", packed(xlsx(), {}, more=2000), "workbook-bomb", "a.xlsx"),
        ("elements", xlsx(sheet=sheet("<a/>" * 3_000_001)), "workbook-bomb", part),
        ("truncated", xlsx()[:-400], broken, "a.xlsx"),
        ("half", xlsx()[:2000], broken, "a.xlsx"),
        ("check-sum", spoiled(xlsx()), broken, "a.xlsx"),
        ("locked", locked(xlsx()), "workbook-locked", "a.xlsx"),
        ("macros", xlsx(macros=b"x"), "workbook-macros", "a.xlsx"),
        ("deep", xlsx(sheet=sheet(HEAD + "<a>" * DEEP + "</a>" * DEEP)), broken, part),
        ("no-sheet", xlsx(sheet=None), "columns-missing", "a.xlsx"),
        ("no-xml", xlsx(sheet="role,code"), broken, part),
        ("ampersand", xlsx(sheet=sheet(HEAD + row(2, "line", "1", "a & b"))), broken, part),
        ("string", xlsx(sheet=sheet(HEAD + '<row r="2"><c r="A2" t="s"><v>9</v></c></row>')), broken, "a.xlsx"),
        ("formula", xlsx(sheet=sheet(HEAD + row(2, "line", "1", more='<c r="C2"><f>1+1</f><v>2</v></c>'))),
         "cell-formula", "a.xlsx:Items!C2"),
        ("error", xlsx(sheet=sheet(HEAD + row(2, "line", "1", more='<c r="C2" t="e"><v>#REF!</v></c>'))),
         "cell-formula", "a.xlsx:Items!C2"),
        ("wide", xlsx(sheet=sheet(HEAD + row(2, "line", more='<c r="XFD2"><v>1</v></c>'))),
         "workbook-too-large", "a.xlsx"),
        ("row-number", xlsx(sheet=sheet(HEAD + row(10**15, *GOOD[1]))), broken, "a.xlsx:Items"),
        ("merged", xlsx(sheet=sheet(HEAD + ITEM, after='<mergeCells><mergeCell ref="A0:!"/></mergeCells>')),
         broken, "a.xlsx"),
        ("twice", xlsx(*GOOD, GOOD[1]), "item-twice", "a.xlsx:Items!3"),
        ("no-columns", xlsx(["foo"]), "columns-missing", "a.xlsx"),
        ("word", packed(xlsx(), {"xl/workbook.xml": None, "word/document.xml": "<w/>"}), "format-unknown", "a.xlsx"),
        ("old", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, "format-unknown", "a.xlsx"),
        ("ods-bomb", ods(cells("line", "1", "&i;"), BOMB), "workbook-entities", "a.xlsx:content.xml"),
        ("ods-repeated", ods(cells("line", "1", "x", number_rows_repeated="1048576")), "workbook-too-large", "a.xlsx"),
        ("ods-times", ods(cells("line", "1", "x", number_rows_repeated="9" * 5000)), broken, "a.xlsx"),
        ("ods-spaces", ods(cells("line", "1", '<text:s text:c="999999999"/>')), "workbook-bomb", "a.xlsx:Items!2"),
        ("ods-deep", ods("<a>" * DEEP + "</a>" * DEEP), broken, "a.xlsx:content.xml"),
        ("ods-formula", ods('<table:table-row><table:table-cell table:formula="of:=1"/></table:table-row>'),
         "cell-formula", "a.xlsx:Items!2"),
    ):  # fmt: skip
        yield Case(f"workbook-{name}", "instrument", {"a.xlsx": data}, code, where)


# What looks hostile and is none: it comes in, and quickly.
PEACEFUL = {
    "million-empty-rows": xlsx(sheet=sheet(HEAD + '<row r="1000000"/>' + row(1_000_001, *GOOD[1]))),
    "size-lies": xlsx(sheet=sheet(HEAD + ITEM).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')),
    "merged-all": xlsx(sheet=sheet(HEAD + ITEM, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
    "link-outside": xlsx(link='<externalLink xmlns="x"><a href="file:///etc/passwd"/></externalLink>'),
    "ods-empty-rows": ods(cells("line", "1", "x") + cells("", number_rows_repeated="1048000")),
}
