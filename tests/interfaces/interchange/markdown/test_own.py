"""What people may do to a file in our own form, and what is said where they went too far."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from yupana.domain.instruments.facts import NOBODY, ItemRole, ItemRow, Target, TargetSource, Transition
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.markdown import form
from yupana.interfaces.interchange.markdown.read import read_manuscript

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.domain.instruments.facts import Manuscript

COVER = '---\nyupana: 1\ninstrument: "AGUA"\ntitle: "Agua"\n---\n\n# Agua\n\n'


def read(tmp_path: Path, text: str) -> Manuscript:
    path = tmp_path / "agua.md"
    path.write_text(text, encoding="utf-8")
    return read_manuscript(path)


def item(tmp_path: Path, *lines: str) -> ItemRow:
    return read(tmp_path, COVER + "\n".join(("## Lineamiento 1: Medir", *lines)) + "\n").rows[0]


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        (("", "Así."), "body", "Así."),
        (("", "", "Así.", "", "Y así.", "", ""), "body", "Así.\n\nY así."),
        (("", "- **Plazo:** 2025-12-31"), "due_on", date(2025, 12, 31)),
        (("- **plazo:** 2025-12-31", "Así."), "body", "Así."),
        (("- **Due on:** 2025-12-31",), "due_on", date(2025, 12, 31)),
        (("- **Normativa:** Ley 3", "  Ley 4"), "legal_basis", "Ley 3\nLey 4"),
        (("- **Normativa:**", "", "  Ley 3", "", "  Ley 4"), "legal_basis", "Ley 3\n\nLey 4"),
        (("- **Destinatarios:** Nobody",), "audience", NOBODY),
        (("- **Destinatarios:** level:municipal",), "audience", "level:municipal"),
        (("- **Vincula:** SÍ",), "binds", True),
        (("- **Participación:** 12,5 %",), "stake", 1250),
        (("- **Participación:** 100%",), "stake", 10_000),
        (("- **Se aplica:** al terminar la gestion",), "transition", Transition.END_OF_YEAR),
        (("- **Medición:**", "  - según: informe"), "target", Target(source=TargetSource.REPORT)),
        (("- **Pertenece a:** Eje 4",), "parent", (ItemRole.AXIS, "4")),
        (("- **Pertenece a:** -",), "parent", None),
        (("- **Nota:** otra",), "body", "- **Nota:** otra"),
        (("\\# no es un título",), "body", "# no es un título"),
    ],
)
def test_people_write_it_as_they_like(tmp_path: Path, lines: tuple[str, ...], field: str, value: object) -> None:
    assert getattr(item(tmp_path, *lines), field) == value


@pytest.mark.parametrize(
    "line",
    [
        "- **Plazo:** pronto",
        "- **Vincula:** tal vez",
        "- **Participación:** mucho",
        "- **Participación:** " + "9" * 5000 + " %",
        "- **Se aplica:** nunca",
        "- **Medición:** diez",
        "- **Medición:** cantidad: NaN",
        "- **Medición:** cantidad: 1E+999999",
        "- **Proviene de:** del cielo",
        "- **Otros datos:** {",
        "- **Otros datos:** " + "[" * 100_000,
        "- **Otros datos:** [1]",
        "- **Pertenece a:** nadie 4",
    ],
)
def test_a_field_that_says_nothing_readable_stays_text_and_is_told(tmp_path: Path, line: str) -> None:
    manuscript = read(tmp_path, f"{COVER}## Lineamiento 1: Medir\n{line}\n")
    told = [(note.where, note.why) for note in manuscript.mended]
    assert (manuscript.rows[0].body, told) == (line, [("agua.md:9", "markdown-field-unreadable")])


def test_a_heading_of_ones_own_is_a_section(tmp_path: Path) -> None:
    manuscript = read(tmp_path, f"{COVER}## Cómo se lee\n\n### Lineamiento 1: Medir\n\n## Cómo se lee\n")
    keys = [(row.key, row.text, row.parent) for row in manuscript.rows]
    assert (keys, [note.why for note in manuscript.mended]) == (
        [
            ("text:como-se-lee", "Cómo se lee", None),
            ("guideline:1", "Medir", (ItemRole.TEXT, "como-se-lee")),
            ("text:como-se-lee-2", "Cómo se lee", None),
        ],
        ["markdown-heading-unlabelled"] * 2,
    )


def test_moving_a_heading_up_or_down_moves_the_item(tmp_path: Path) -> None:
    heads = "## Eje 1: A\n### Lineamiento 1: B\n#### Acción 1: C\n### Acción 2: D\n## Acción 3: E\n"
    assert [row.parent for row in read(tmp_path, COVER + heads).rows] == [
        None, (ItemRole.AXIS, "1"), (ItemRole.GUIDELINE, "1"), (ItemRole.AXIS, "1"), None,
    ]  # fmt: skip


def test_it_is_the_same_from_another_machine(tmp_path: Path) -> None:
    text = f"{COVER}## Lineamiento 1: Medir\n\n- **Normativa:**\n  * Ley 3\n\nAsí.\n"
    read_here = read(tmp_path, text)
    (tmp_path / "agua.md").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_manuscript(tmp_path / "agua.md").rows == read_here.rows


def test_what_stands_before_the_items_is_listed(tmp_path: Path) -> None:
    manuscript = read(tmp_path, f"{COVER}Hola.\n\n## Lineamiento 1: Medir\n")
    assert [(note.where, note.why, note.text) for note in manuscript.unplaced] == [
        ("agua.md:9", "markdown-before-items", "Hola.")
    ]


def test_a_part_may_begin_with_words_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(f"{COVER}Hola.\n\n* [Una](una.md)\n", encoding="utf-8")
    (tmp_path / "una.md").write_text("Buenas.\n\n# Lineamiento 1: Medir\n", encoding="utf-8")
    manuscript = read_manuscript(tmp_path)
    assert ([note.where for note in manuscript.unplaced], manuscript.rows[0].where) == (
        ["README.md:9", "una.md:1"],
        "una.md:3",
    )


@pytest.mark.parametrize("title", ["# Otro nombre\n\n", "", "# Meta 2030: Agua\n\n"])
def test_the_title_may_be_changed_or_taken_away(tmp_path: Path, title: str) -> None:
    cover = COVER.replace("# Agua\n\n", title).replace('"Agua"', '"Meta 2030: Agua"' if "Meta" in title else '"Agua"')
    assert [row.key for row in read(tmp_path, f"{cover}## Lineamiento 1: Medir\n").rows] == ["guideline:1"]


def test_where_the_cover_says_so_an_item_binds_as_its_role_does(tmp_path: Path) -> None:
    cover = COVER.replace("---\n\n", 'binds: "as its role does"\n---\n\n')
    text = f"{cover}## Lineamiento 1: Medir\n## Acción 1: Ir\n## Acción 2: Ver\n- **Vincula:** sí\n"
    assert [row.binds for row in read(tmp_path, text).rows] == [True, False, True]


def test_a_text_that_lists_files_lists_no_parts(tmp_path: Path) -> None:
    assert item(tmp_path, "", "* [x](otro.md)").body == "* [x](otro.md)"


@pytest.mark.parametrize("way", ["no.md", "../fuera.md"])
def test_without_one_of_its_parts_a_plan_is_not_read(tmp_path: Path, way: str) -> None:
    (tmp_path / "fuera.md").write_text("# Lineamiento 1: x\n", encoding="utf-8")
    (tmp_path / "agua").mkdir()
    (tmp_path / "agua" / "README.md").write_text(f"{COVER}* [Una]({way})\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        read_manuscript(tmp_path / "agua")
    assert (caught.value.code, caught.value.details["part"]) == ("markdown-part-lost", way)


@pytest.mark.parametrize(
    ("cover", "line"),
    [
        ("---\nyupana: 1\ntitle: Agua\n---\n", 3),
        ('---\nyupana: 1\ntitle: ["Agua"]\n---\n', 1),
        ('---\nyupana: 1\nmore: "x"\n---\n', 1),
        ("---\nyupana: 1\nmore: " + "[" * 100_000 + "\n---\n", 3),
        ('---\nyupana: 1\nmore: {"a": ' + "9" * 5000 + "}\n---\n", 3),
        ('---\nyupana: 1\ntitle: "Agua"\n', 4),
        ('---\nyupana: 1\ntitle: "Agua"', 1),
    ],
)
def test_a_cover_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, cover: str, line: int) -> None:
    with pytest.raises(Refused) as caught:
        read(tmp_path, cover)
    assert (caught.value.code, caught.value.details["where"]) == ("markdown-cover-unreadable", f"agua.md:{line}")


def test_every_word_of_our_own_form_means_one_thing() -> None:
    tables = ("roles", "fields", "values")
    meant = {table: {meaning for words in form.words().values() for meaning in words[table]} for table in tables}
    assert {table: set(form.meanings(table).values()) for table in tables} == meant


def test_every_role_has_a_word_in_every_language() -> None:
    assert {language: set(words["roles"]) for language, words in form.words().items()} == {
        language: set(ItemRole) for language in form.words()
    }
