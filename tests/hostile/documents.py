"""Documents that somebody might hand to the importer of instruments: JSON and text as nobody writes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.hostile.files import Case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEEP = 100_000


def axis(**changed: object) -> str:
    return json.dumps({"ejes": [{"codigo": "1", "nombre": "Uno", **changed}]})


def items(*told: dict[str, object]) -> str:
    return json.dumps({"items": [{"role": "axis", "code": "1", "text": "Uno", **each} for each in told]})


def _large(path: Path) -> None:
    with path.open("w") as file:
        for _at in range(70):
            file.write('{"ejes": [' * 100_000 + " " * 100_000)


def documents() -> Iterator[Case]:
    """Name, bytes, code and place; the file is always a.json."""
    broken = "json-malformed"
    for name, made, code, where in (
        ("nan", '{"ejes": [{"codigo": NaN}]}', broken, "a.json"),
        ("infinity", '{"ejes": [{"codigo": -Infinity}]}', broken, "a.json"),
        ("number", '{"ejes": [{"codigo": ' + "9" * 5000 + "}]}", broken, "a.json"),
        ("twice", '{"ejes": [], "ejes": []}', broken, "a.json"),
        ("deep", '{"ejes": ' + "[" * DEEP, broken, "a.json"),
        ("deep-closed", '{"ejes": ' + "[" * DEEP + "]" * DEEP + "}", broken, "a.json"),
        ("deep-items", '{"ejes": [' * DEEP + "]}" * DEEP, broken, "a.json"),
        ("less-deep", '{"ejes": [' * 90 + "]}" * 90, broken, "a.json"),
        ("large", _large, "file-too-large", "a.json"),
        ("truncated", axis()[:-2], broken, "a.json"),
        ("truncated-lines", '{"ejes": [\n{"codigo": "1",\n', broken, "a.json:3"),
        ("surrogate", '{"ejes": [{"codigo": "1", "nombre": "\\ud800"}]}', broken, "a.json"),
        ("nul", '{"ejes": [{"codigo": "1", "nombre": "a\\u0000"}]}', broken, "a.json"),
        ("nul-bare", axis() + "\0", "file-has-nul", "a.json:1"),
        ("latin-1", '{"ejes": ["ñ"]}'.encode("latin-1"), "file-not-utf8", "a.json:1"),
        ("utf-16", axis().encode("utf-16"), "file-not-utf8", "a.json:1"),
        ("list", "[1, 2]", "json-no-instrument", "a.json"),
        ("number-alone", "12", "json-no-instrument", "a.json"),
        ("nothing", "{}", "json-no-instrument", "a.json"),
        ("no-list", '{"ejes": {"codigo": "1"}}', "json-no-instrument", "a.json"),
        ("no-item", '{"ejes": [[]]}', "json-no-item", "a.json:ejes[0]"),
        ("text-item", '{"ejes": ["<script>"]}', "json-no-item", "a.json:ejes[0]"),
        ("no-code", '{"ejes": [{"nombre": "Uno"}]}', "item-code-unusable", "a.json:ejes[0]"),
        ("code-list", axis(codigo=["1"]), "item-code-unusable", "a.json:ejes[0]"),
        ("code-path", axis(codigo="../../etc"), "item-code-unusable", "a.json:ejes[0]"),
        ("code-bidi", axis(codigo="\u202e1"), "item-code-unusable", "a.json:ejes[0]"),
        ("role", items({"role": "=boss"}), "value-unreadable", "a.json:items[0]"),
        ("role-missing", items({"role": None}), "value-unreadable", "a.json:items[0]"),
        ("same", items({}, {}), "item-twice", "a.json:items[1]"),
        ("self", items({"parent": "axis:1"}), "item-below-itself", "a.json:items[0]"),
        ("circle", items({"parent": "axis:2"}, {"code": "2", "parent": "axis:1"}), "item-below-itself",
         "a.json:items[0]"),
        ("orphan", items({"parent": "axis:7"}), "item-parent-unknown", "a.json:items[0]"),
        ("parent", items({"parent": "boss:7"}), "json-value", "a.json:items[0]"),
        ("day", items({"due_on": "2025-02-31"}), "json-value", "a.json:items[0]"),
        ("share", items({"stake": 10**30}), "item-stake-outside", "a.json:items[0]"),
        ("audience", items({"audience": "(" * 5000}), "item-audience-unreadable", "a.json:items[0]"),
        ("target", items({"target": {"number": "1e9999999999"}}), "json-value", "a.json:items[0]"),
        ("more", items({"more": [1]}), "json-value", "a.json:items[0]"),
    ):  # fmt: skip
        yield Case(f"document-{name}", "instrument", {"a.json": made}, code, where)
    for name, made, code, where in (
        ("outline-role", "1\tUno\n", "outline-role-unsaid", "a.tsv:1"),
        ("outline-parent", "EJE 1\tUno\nMETA 2.1\tDos\n", "outline-parent-missing", "a.tsv:2"),
        ("outline-code", f"EJE {'1.' * 5000}1\tUno\n", "outline-parent-missing", "a.tsv:1"),
        ("image", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "file-not-utf8", "a.tsv:1"),
    ):
        yield Case(f"document-{name}", "instrument", {"a.tsv": made}, code, where)
    for name, made in {
        "image": b"\x89PNG\r\n\x1a\n\0",
        "pdf": b"%PDF-1.7\n",
        "empty": b"",
        "words": b"Hola.\n",
    }.items():
        yield Case(f"unknown-{name}", "instrument", {"a.bin": made}, "format-unknown", "a.bin")


# What looks hostile and is none: it comes in as it is, and is shown as text.
PEACEFUL = {
    "html": axis(nombre="<script>alert(1)</script><img src=x onerror=alert(1)>"),
    "formula": axis(nombre="=cmd|' /C calc'!A0"),
    "right-to-left": axis(nombre="\u202eotxet \u200f\u2066x"),
    "wide": axis(**{f"c{at}": "x" for at in range(1000)}),
}
