"""Whatever a manuscript says, our own form of Markdown says it too, and gives it back."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from yupana.domain.instruments.facts import (
    NOBODY,
    Heading,
    ItemRole,
    ItemRow,
    Manuscript,
    Origin,
    OriginKind,
    Target,
    TargetSource,
    Transition,
)
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.markdown import form
from yupana.interfaces.interchange.markdown.read import read_manuscript, recognises
from yupana.interfaces.interchange.markdown.write import write_manuscript

if TYPE_CHECKING:
    from collections.abc import Callable

COVER = Heading("AGUA", "Agenda del Agua", "plan", "2", "Segunda edición", "Ley 3")

# Pieces of which hostile texts are made: signs of Markdown, of our own form, of HTML, blanks of every kind.
PIECES = [
    "#", "## ", "-", "- **Normativa:** x", "- **", "*", "**", "* ", "1. ", "`", "```", "\\", "\\#", "[x](y.md)", "![",
    "|", "---", "===", ">", "<b>", "<!--", "-->", "&#10;", "&amp;", "&amp;#10;", "&", ";", ":", "Lineamiento 1: ",
    "Acción: ", "\n", "\n\n", "\r", "\r\n", "\t", " ", "  ", "\u2028", "\x85", "\x0b", "\u00a0", "\u200f", "\u202e",
    "é", "e\u0301", "ñ", "\U0001d7d9", '"', "'", "a", "0", "%", "sin responsable", "nobody", "{", "}", "\x1b", "\ufeff",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20
)
codes = st.sampled_from(["1", "1.2", "a-b", "(x)", "é"]) | texts
keys = st.tuples(st.sampled_from(ItemRole), codes)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12)
targets = st.builds(
    Target,
    number=st.none() | numbers,
    unit=texts,
    due_on=st.none() | st.dates(),
    source=st.none() | st.sampled_from(TargetSource),
    counted=texts,
    baseline=st.none() | numbers,
)
rows = st.builds(
    ItemRow,
    where=st.just(""),
    role=st.sampled_from(ItemRole),
    code=codes,
    text=texts,
    parent=st.none(),
    binds=st.none() | st.booleans(),
    body=texts,
    legal_basis=texts,
    due_on=st.none() | st.dates(),
    audience=st.sampled_from(["", NOBODY, "level:municipal"]) | texts,
    stake=st.none() | st.integers(0, 10_000),
    transition=st.sampled_from(Transition),
    target=st.none() | targets,
    lineage=texts,
    origins=st.lists(st.builds(Origin, st.sampled_from(OriginKind), texts), max_size=2).map(tuple),
    more=st.dictionaries(texts, plain, max_size=2),
)


@st.composite
def manuscripts(draw: st.DrawFn) -> Manuscript:
    """Draw rows that hang on rows before them, on rows after them, or on what is not there."""
    drawn = draw(st.lists(rows, max_size=8))
    if draw(st.booleans()):  # as what was stored, where each item says whether it binds
        drawn = [replace(row, binds=bool(row.binds)) for row in drawn]
    known = [(row.role, row.code) for row in drawn]
    parents = [draw(st.none() | st.sampled_from(known) | keys) for _ in drawn]
    placed = tuple(replace(row, parent=parent) for row, parent in zip(drawn, parents, strict=True))
    return Manuscript(
        draw(st.builds(Heading, *[texts] * 6)), placed, more=draw(st.dictionaries(texts, plain, max_size=2))
    )


def one(**said: object) -> Manuscript:
    row = ItemRow("", ItemRole.GUIDELINE, "1", "Medir", None)
    return Manuscript(COVER, (replace(row, **said),))  # type: ignore[arg-type]  # every field of a row is tried


def bare(manuscript: Manuscript) -> Manuscript:
    kept = tuple(replace(row, where="") for row in manuscript.rows)
    return replace(manuscript, rows=kept, digest="", unplaced=(), mended=())


def again(manuscript: Manuscript, name: str, language: str = "es") -> Manuscript:
    with TemporaryDirectory() as folder:
        target = Path(folder) / name
        assert write_manuscript(manuscript, target, language) == ()
        return read_manuscript(target)


@pytest.mark.parametrize("name", ["plan", "plan.md"])
@settings(deadline=None)
@given(manuscript=manuscripts(), language=st.sampled_from(["es", "en"]))
@example(manuscript=one(body="# no\n\n- **Normativa:** no\n\\# no\n&#10; &amp;#10;\n"), language="es")
@example(manuscript=one(text=" \n ", code="", legal_basis="\n a\n\n  b\n"), language="es")
@example(manuscript=one(text="", code="\n"), language="es")
@example(manuscript=one(lineage="#\n\t\n#", body="a\n \n# b"), language="es")
@example(manuscript=one(audience="sin responsable"), language="en")
@example(manuscript=one(audience="\\sin responsable"), language="en")
@example(manuscript=one(target=Target()), language="es")
@example(manuscript=one(parent=(ItemRole.AXIS, "a b:c")), language="es")
def test_what_is_written_comes_back(name: str, manuscript: Manuscript, language: str) -> None:
    read = again(manuscript, name, language)
    assert (bare(read), read.unplaced, read.mended) == (manuscript, (), ())


@settings(deadline=None, max_examples=30)
@given(manuscript=manuscripts())
def test_writing_again_what_was_read_writes_the_same(manuscript: Manuscript) -> None:
    with TemporaryDirectory() as folder:
        first, second = Path(folder) / "a.md", Path(folder) / "b.md"
        write_manuscript(manuscript, first)
        write_manuscript(read_manuscript(first), second)
        assert first.read_bytes() == second.read_bytes()


@settings(max_examples=300)
@given(texts)
def test_any_text_stands_on_one_line(text: str) -> None:
    written = form.in_line(text)
    assert ("\n" in written, written == written.strip(), form.plain(written)) == (False, True, text)


# --- what it looks like --------------------------------------------------------------------------------------------
def test_a_file_reads_like_a_document(tmp_path: Path) -> None:
    manuscript = Manuscript(
        COVER,
        (
            ItemRow("", ItemRole.AXIS, "1", "Agua para todos", None, body="Nadie sin agua."),
            ItemRow(
                "", ItemRole.GUIDELINE, "1.1", "Medir cada pozo", (ItemRole.AXIS, "1"), binds=True, body="Uno por uno.",
                legal_basis="* Ley 3\n* Ley 4", due_on=date(2025, 12, 31), audience=NOBODY, stake=2550,
                transition=Transition.NEXT_PLAN, target=Target(Decimal(80), "%", date(2025, 1, 1), TargetSource.COUNT),
                lineage="x-1", origins=(Origin(OriginKind.SPLIT, "x-0"),), more={"a": 1},
            ),
            ItemRow("", ItemRole.ACTION, "1.1.1", "Comprar sondas", (ItemRole.GUIDELINE, "1.1")),
        ),
    )  # fmt: skip
    write_manuscript(manuscript, tmp_path / "agua.md", "es")
    assert (tmp_path / "agua.md").read_text(encoding="utf-8") == AGUA


AGUA = """\
---
yupana: 1
instrument: "AGUA"
title: "Agenda del Agua"
kind: "plan"
edition: "2"
edition_title: "Segunda edición"
legal_basis: "Ley 3"
---

# Agenda del Agua

## Eje 1: Agua para todos

Nadie sin agua.

### Lineamiento 1.1: Medir cada pozo

- **Vincula:** sí
- **Normativa:**
  * Ley 3
  * Ley 4
- **Plazo:** 2025-12-31
- **Destinatarios:** sin responsable
- **Participación:** 25.50 %
- **Se aplica:** con el siguiente plan anual
- **Medición:**
  - cantidad: 80
  - unidad: %
  - hasta: 2025-01-01
  - según: recuento
- **Identidad:** x-1
- **Proviene de:**
  - división: x-0
- **Otros datos:** {"a": 1}

Uno por uno.

#### Acción 1.1.1: Comprar sondas
"""


def test_a_folder_has_a_part_for_each_root_that_holds_others(tmp_path: Path) -> None:
    axis, line, text = ItemRole.AXIS, ItemRole.LINE, ItemRole.TEXT
    drawn = [
        (text, "1", "Carátula", None), (text, "2", "Misión", None), (axis, "1", "Agua [limpia]", None),
        (line, "1", "Medir", (axis, "1")), (text, "3", "Cierre", None), (axis, "2", "¿?", None),
        (line, "2", "Ver", (axis, "2")),
    ]  # fmt: skip
    write_manuscript(Manuscript(COVER, tuple(ItemRow("", *each) for each in drawn)), tmp_path / "agua", "es")
    index = (tmp_path / "agua" / "README.md").read_text(encoding="utf-8").partition("# Agenda del Agua\n\n")[2]
    assert index.splitlines() == [
        "* [Carátula](partes/01-caratula.md)",
        "* [Agua (limpia)](partes/02-agua-limpia.md)",
        "* [Cierre](partes/03-cierre.md)",
        "* [¿?](partes/04.md)",
    ]


def test_the_language_is_the_one_that_is_spoken(tmp_path: Path) -> None:
    write_manuscript(one(), tmp_path / "a.md", "en")
    write_manuscript(one(), tmp_path / "b.md", "qu")
    said = [(tmp_path / name).read_text(encoding="utf-8").splitlines()[-1] for name in ("a.md", "b.md")]
    assert said == ["## Guideline 1: Medir", "## Lineamiento 1: Medir"]


def test_of_what_was_stored_only_the_unusual_is_said(tmp_path: Path) -> None:
    """Stored items say each whether they bind, which is as their role does nearly always."""
    rows = [replace(one().rows[0], code=str(at), binds=binds) for at, binds in enumerate((True, False))]
    write_manuscript(Manuscript(COVER, tuple(rows)), tmp_path / "a.md", "es")
    said = re.findall(r"^(?:binds|## |- \*\*Vincula).*", (tmp_path / "a.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert said == [
        'binds: "as its role does, unless an item says otherwise"',
        "## Lineamiento 0: Medir",
        "## Lineamiento 1: Medir",
        "- **Vincula:** no",
    ]


# --- where it is written -------------------------------------------------------------------------------------------
def test_an_earlier_export_makes_room_for_the_next(tmp_path: Path) -> None:
    write_manuscript(one(), tmp_path / "plan")
    (tmp_path / "plan" / "imagen.png").write_bytes(b"x")
    write_manuscript(one(text="Contar"), tmp_path / "plan")
    kept = sorted(path.name for path in (tmp_path / "plan").rglob("*.*"))
    assert (kept, read_manuscript(tmp_path / "plan").rows[0].text) == (
        ["01-contar.md", "README.md", "imagen.png"],
        "Contar",
    )


def a_folder_of_others(target: Path) -> None:
    target.mkdir()
    (target / "README.md").write_text("* [uno](uno.md)\n", encoding="utf-8")


def a_file(target: Path) -> None:
    target.write_text("x", encoding="utf-8")


@pytest.mark.parametrize("prepare", [a_folder_of_others, a_file])
def test_what_is_not_ours_is_not_written_over(tmp_path: Path, prepare: Callable[[Path], None]) -> None:
    prepare(tmp_path / "plan")
    with pytest.raises(Refused) as caught:
        write_manuscript(one(), tmp_path / "plan")
    assert caught.value.code == "markdown-target-occupied"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        write_manuscript(one(), tmp_path / "no" / "plan.md")
    assert caught.value.code == "markdown-unwritable"


def test_an_export_does_not_reach_out_of_its_folder(tmp_path: Path) -> None:
    """An index that somebody changed names a file beside the folder: it stays."""
    (tmp_path / "mine.md").write_text("x", encoding="utf-8")
    write_manuscript(one(), tmp_path / "plan")
    readme = tmp_path / "plan" / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8") + "* [x](../mine.md)\n", encoding="utf-8")
    write_manuscript(one(), tmp_path / "plan")
    assert (tmp_path / "mine.md").exists()


def test_an_empty_manuscript_is_recognised_and_read(tmp_path: Path) -> None:
    write_manuscript(Manuscript(COVER, ()), tmp_path / "plan")
    assert (recognises(tmp_path / "plan"), bare(read_manuscript(tmp_path / "plan"))) == (True, Manuscript(COVER, ()))


def test_days_in_what_else_is_kept_are_written_as_text(tmp_path: Path) -> None:
    told = {"since": date(2020, 1, 2), "names": ("a", "b")}
    write_manuscript(one(more=told), tmp_path / "a.md")
    assert json.dumps(read_manuscript(tmp_path / "a.md").rows[0].more) == '{"since": "2020-01-02", "names": ["a", "b"]}'
