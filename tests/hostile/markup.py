"""Plans in StratML and catalogues in OSCAL that somebody might hand over: bombs, holes, words put into our mouth."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.hostile.files import Case
from yupana.interfaces.interchange.oscal.marks import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DEEP = 200_000


def plan(inside: str = "", before: str = "") -> str:
    return f"{before}<StrategicPlan><Name>Uno</Name><Goal><Name>Meta</Name>{inside}</Goal></StrategicPlan>"


def catalog(*groups: object, **members: object) -> str:
    return json.dumps({"catalog": {"metadata": {"title": "Uno"}, "groups": groups} | members})


def group(**members: object) -> dict[str, object]:
    return {"id": "a", "title": "Uno"} | members


def mark(name: str, value: object) -> dict[str, object]:
    """One of our own properties, as somebody else might write it."""
    return group(props=[{"name": name, "ns": OURS, "value": json.dumps(value)}])


def _large(path: Path) -> None:
    with path.open("w") as file:
        file.write("<StrategicPlan>")
        for _each in range(70):
            file.write("<Goal>" * 170_000)


def markups() -> Iterator[Case]:
    """Name, bytes, code and place of what is refused; the file is always a.xml or a.json."""
    broken = "xml-malformed"
    laughs = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    for name, made, code, line in (
        ("empty", "", broken, 1),
        ("no-xml", "hola", broken, 1),
        ("other-root", "<html/>", "stratml-root", 1),
        ("bomb", plan("&a9;", f'<!DOCTYPE a [<!ENTITY a0 "ja">{laughs}]>'), "xml-entities", 1),
        ("bomb-quadratic", plan("&a;" * 9999, f'<!DOCTYPE a [<!ENTITY a "{"x" * 9999}">]>'), "xml-entities", 1),
        ("external", plan("&a;", '<!DOCTYPE a [\n<!ENTITY a SYSTEM "file:///etc/hostname">]>'), "xml-entities", 2),
        ("external-net", plan("", '<!DOCTYPE a [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a">%a;]>'), "xml-entities", 1),
        ("deep", "<StrategicPlan>" + "<Goal>" * DEEP, broken, 1),
        ("deep-closed", plan("<a>" * DEEP + "</a>" * DEEP), broken, 1),
        ("less-deep", plan("<Goals>" * 150 + "</Goals>" * 150), broken, 1),
        ("large", _large, "file-too-large", None),
        ("nul", plan("\n\0"), "text-has-nul", 2),
        ("latin-1", plan("\nñ").encode("latin-1"), "xml-encoding-wrong", 2),
        ("utf-7", plan(before='<?xml version="1.0" encoding="UTF-7"?>').encode(), "xml-encoding-unknown", 1),
        ("utf-32", plan().encode("utf-32"), "text-has-nul", 1),
        ("ampersands", plan("&" * 5000), broken, 1),
        ("own-text", plan('<?yupana {"text": ""}?>'), "item-text-missing", 1),
        ("own-code", plan('<?yupana {"code": "../../etc"}?>'), "item-code-unusable", 1),
        ("own-parent", plan('<?yupana {"parent": ["axis", "1"]}?>'), "item-below-itself", 1),
        ("own-orphan", plan('<?yupana {"parent": ["axis", "7"]}?>'), "item-parent-unknown", 1),
        ("own-share", plan('<?yupana {"stake": -1}?>'), "item-stake-outside", 1),
        ("own-audience", plan('<?yupana {"audience": "((("}?>'), "item-audience-unreadable", 1),
    ):  # fmt: skip
        where = f"a.xml:{line}" if line else "a.xml"
        yield Case(f"stratml-{name}", "instrument", {"a.xml": made}, code, where)
    for name, made, code, where in (
        ("truncated", catalog(group())[:-3], "json-malformed", "a.json:1"),
        ("deep", '{"catalog": {"groups": ' + "[" * DEEP, "json-too-deep", "a.json"),
        ("less-deep", '{"catalog": {"groups": ' + "[" * 90 + "]" * 90 + "}}", "json-too-deep", "a.json"),
        ("latin-1", '{"catalog": {"x":\n"ñ"}}'.encode("latin-1"), "json-not-utf8", "a.json:2"),
        ("number", '{"catalog": {"x": ' + "9" * 5000 + "}}", "json-malformed", "a.json"),
        ("own-role", catalog(mark("code", "a b")), "item-code-unusable", "a.json#/groups/0"),
        ("own-circle", catalog(mark("parent", ["axis", "a"])), "item-below-itself", "a.json#/groups/0"),
        ("own-share", catalog(mark("stake", 10**30)), "item-stake-outside", "a.json#/groups/0"),
    ):  # fmt: skip
        yield Case(f"oscal-{name}", "instrument", {"a.json": made}, code, where)


# What looks hostile and is none: it comes in as one item, and is shown as text.
PEACEFUL = {
    "html.xml": plan().replace("Meta", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    "markup.xml": plan().replace("Meta", "<script>alert(1)</script>"),
    "right-to-left.xml": plan().replace("Meta", "\u202eotxet \u200f\u2066x"),
    "schema-elsewhere.xml": plan(before='<!DOCTYPE StrategicPlan SYSTEM "http://127.0.0.1:9/a.dtd">'),
    "own-nonsense.xml": plan('<?yupana {"role": "boss", "due_on": "never"}?>'),
    "own-number.xml": plan('<?yupana {"target": {"number": "1e9999999999"}}?>'),
    "own-more.xml": plan('<?yupana {"more": {"a": "\\u0000"}}?>'),
    "html.json": catalog(group(title="<script>alert(1)</script>")),
    "nul.json": catalog(group(title="a\0b")),
    "half.json": catalog(group(title="a\ud800b")),
    "twice.json": '{"catalog": {"groups": [], "groups": [{"id": "a", "title": "Uno"}]}}',
    "float.json": catalog(group(props=1.5)),
    "own-number.json": catalog(mark("target", {"number": "NaN"})),
    "own-nul.json": catalog(mark("more", {"a": "\0"})),
}  # fmt: skip
