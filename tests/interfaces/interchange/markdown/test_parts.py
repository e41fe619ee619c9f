"""A folder of parts: in the order of its README, each link looked after, nothing read outside it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.markdown import files as bounds
from yupana.interfaces.interchange.markdown.read import read_manuscript, recognises

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.domain.instruments.facts import Manuscript

README = "# Agenda\n\n* [Primera](partes/uno.md)\n\t* [Segunda parte](partes/dos.md)\n* [Tercera](tres.md)\n"


def folder(tmp_path: Path, **files: str) -> Path:
    """Write a folder; ``partes__uno`` is partes/uno.md."""
    for name, text in ({"README": README} | files).items():
        path = tmp_path / "agenda" / f"{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "agenda"


def shape(manuscript: Manuscript) -> list[tuple[str, str, str]]:
    return [(row.key, row.text, row.where) for row in manuscript.rows]


def notes(manuscript: Manuscript) -> list[tuple[str, str, str]]:
    return [(note.where, note.why, note.text) for note in (*manuscript.unplaced, *manuscript.mended)]


def whole(tmp_path: Path) -> Path:
    return folder(
        tmp_path,
        partes__uno="# PRIMERA\n\nUna.\n\n## Pozos\n\n* Lineamiento: Medir\n",
        partes__dos="Dos.\n",
        tres="# Otra\n",
    )


def test_the_parts_come_in_the_order_of_the_readme(tmp_path: Path) -> None:
    assert shape(read_manuscript(whole(tmp_path))) == [
        ("text:1", "Primera", "README.md:3"),
        ("text:1.1", "Pozos", "partes/uno.md:5"),
        ("guideline:1", "Medir", "partes/uno.md:7"),
        ("text:1.2", "Segunda parte", "README.md:4"),
        ("text:2", "Tercera", "README.md:5"),
        ("text:2.1", "Otra", "tres.md:1"),
    ]


def test_a_folder_is_named_by_its_readme_and_its_name(tmp_path: Path) -> None:
    heading = read_manuscript(whole(tmp_path)).heading
    assert (heading.instrument, heading.title) == ("AGENDA", "Agenda")


def test_a_title_that_no_cover_holds_is_an_item(tmp_path: Path) -> None:
    plan = folder(tmp_path, README=f"# {'Agua ' * 100}\n\n* [ ](a.md)\n", a=f"# {'Agua ' * 100}\n")
    manuscript = read_manuscript(plan)
    single = read_manuscript(plan / "a.md")
    assert (manuscript.heading.title, [row.text[:5] for row in manuscript.rows], len(single.heading.title)) == (
        "", ["Agua ", "a.md", "Agua "], 300,
    )  # fmt: skip


def test_a_heading_that_says_the_same_is_not_said_again(tmp_path: Path) -> None:
    rows = read_manuscript(whole(tmp_path)).rows
    assert (rows[0].body, rows[0].more) == ("Una.", {})


def test_a_heading_that_says_it_otherwise_is_kept_and_told(tmp_path: Path) -> None:
    plan = folder(tmp_path, README="* [La segunda parte](a.md)\n", a="# Parte segunda\n")
    manuscript = read_manuscript(plan)
    assert (len(manuscript.rows), manuscript.rows[0].more, notes(manuscript)) == (
        1,
        {"heading": "Parte segunda"},
        [("a.md:1", "markdown-title-differs", "Parte segunda")],
    )


def test_what_the_readme_says_besides_is_kept(tmp_path: Path) -> None:
    plan = folder(tmp_path, README="# A\n\nHola.\n\n* [Uno](a.md)\n\t* y algo\n\nAdiós.\n", a="x\n")
    rows = read_manuscript(plan).rows
    assert [(row.text, row.body) for row in rows] == [("Hola.", ""), ("Uno", "x\n* y algo"), ("Adiós.", "")]


def test_parts_below_a_part_about_axes_are_axes(tmp_path: Path) -> None:
    readme = "* [Parte III - Ejes estratégicos](a.md)\n\t* [Agua](b.md)\n\t\t* [Pozos](c.md)\n"
    plan = folder(tmp_path, README=readme, a="", b="", c="")
    assert [row.key for row in read_manuscript(plan).rows] == ["text:1", "axis:1", "text:1.1.1"]


@pytest.mark.parametrize(
    ("readme", "note"),
    [
        ("* [Uno](b.md)\n", ("README.md:1", "markdown-part-missing", "b.md")),
        ("* [Uno](a.md)\n* [Dos](./a.md)\n", ("README.md:2", "markdown-part-twice", "./a.md")),
        ("* [Uno](" + "y" * 300 + ".md)\n", ("README.md:1", "markdown-part-missing", "y" * 300 + ".md")),
        ("* [Uno](giro.md)\n", ("README.md:1", "markdown-part-outside", "giro.md")),
        ("* [Uno](../a.md)\n", ("README.md:1", "markdown-part-outside", "../a.md")),
        ("* [Uno](/etc/passwd.md)\n", ("README.md:1", "markdown-part-outside", "/etc/passwd.md")),
    ],
)
def test_a_part_that_cannot_be_read_is_told_and_stays_an_item(
    tmp_path: Path, readme: str, note: tuple[str, str, str]
) -> None:
    (tmp_path / "a.md").write_text("secreto", encoding="utf-8")
    plan = folder(tmp_path, README=readme, a="x")
    (plan / "giro.md").symlink_to(plan / "giro.md")
    manuscript = read_manuscript(plan)
    assert (notes(manuscript)[-1], manuscript.rows[-1].body, len(manuscript.rows)) == (note, "", readme.count("\n"))


def test_a_link_of_the_folder_itself_does_not_lead_out(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("secreto", encoding="utf-8")
    plan = folder(tmp_path, README="* [Uno](b.md)\n")
    (plan / "b.md").symlink_to(tmp_path / "a.md")
    manuscript = read_manuscript(plan)
    assert (manuscript.rows[0].body, [note.why for note in manuscript.mended]) == (
        "",
        ["markdown-part-outside"],
    )


def test_a_file_that_the_readme_forgets_is_told(tmp_path: Path) -> None:
    plan = folder(tmp_path, README="* [Uno](partes/a.md)\n", partes__a="x", partes__b="y", notas="z")
    assert [(note.where, note.why) for note in read_manuscript(plan).unplaced] == [
        ("notas.md", "markdown-part-unlisted"),
        ("partes/b.md", "markdown-part-unlisted"),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("![x](x.png)", "markdown-image-missing"),
        ("[x](x.md)", "markdown-link-dead"),
        ("[x](partes/a.md)", "markdown-link-from-root"),
        ("[x](../../x.md)", "markdown-link-outside"),
        ("[x](a.md)", None),
        ("[x](./a.md#una)", None),
        ("[x](#una)", None),
        ("[x](https://agua.example/x.md)", None),
        ("[x](mailto:agua@agua.example)", None),
        ("[x](//agua.example)", None),
        ("[x](" + "y" * 300 + ")", "markdown-link-dead"),
    ],
)
def test_every_link_is_looked_after(tmp_path: Path, line: str, why: str | None) -> None:
    plan = folder(tmp_path, README="* [Uno](partes/a.md)\n", partes__a=f"uno\n\n* dos {line}\n")
    manuscript = read_manuscript(plan)
    assert [(note.where, note.why) for note in manuscript.mended] == ([("partes/a.md:3", why)] if why else [])


def test_the_same_parts_have_the_same_digest_wherever_they_lie(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    digests = {read_manuscript(whole(each)).digest for each in (tmp_path, tmp_path / "x")}
    changed = folder(tmp_path, tres="# Otra más\n")
    assert (len(digests), read_manuscript(changed).digest in digests) == (1, False)


@pytest.mark.parametrize(("name", "value"), [("MOST_PARTS", 2), ("MOST_LINES", 4), ("MOST_CHARACTERS", 100)])
def test_too_much_is_refused_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    plan = whole(tmp_path)
    monkeypatch.setattr(bounds, name, value)
    with pytest.raises(Refused) as caught:
        read_manuscript(plan)
    assert (caught.value.code, str(caught.value.details["where"]).endswith(".md")) == ("markdown-too-large", True)


# --- is it one at all --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"README.md": b"* [Uno](a.md)\n"}, True),
        ({"README.md": b"# x\n- [Uno](<a b.markdown>)\n"}, True),
        ({"Readme.md": b"1. [Uno](a.md)\n"}, True),
        ({"README.md": b"---\nyupana: 1\n---\n"}, True),
        ({"README.md": b"Una carpeta.\n"}, False),
        ({"README.md": b"* [Uno](a.md)\xff\n"}, False),
        ({"readme.txt": b"* [Uno](a.md)\n"}, False),
        ({}, False),
    ],
)
def test_a_folder_is_one_where_its_readme_lists_parts(tmp_path: Path, files: dict[str, bytes], found: bool) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert recognises(tmp_path) is found


@pytest.mark.parametrize(("name", "found"), [("a.md", True), ("a.MARKDOWN", True), ("a.csv", False), ("b.md", False)])
def test_a_file_is_one_by_its_ending(tmp_path: Path, name: str, found: bool) -> None:
    if name != "b.md":
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert recognises(tmp_path / name) is found


def test_a_folder_without_a_readme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_manuscript(tmp_path)
    assert caught.value.code == "markdown-readme-missing"


@pytest.mark.skipif(os.name == "nt", reason="this system has no pipes in folders")
def test_a_pipe_is_no_part(tmp_path: Path) -> None:
    plan = folder(tmp_path, README="* [Uno](a.md)\n")
    os.mkfifo(plan / "a.md")
    assert [note.why for note in read_manuscript(plan).mended] == ["markdown-part-missing"]
