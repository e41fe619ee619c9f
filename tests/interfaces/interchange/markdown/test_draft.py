"""What a draft says, whatever its author left out: items, fields, prose, and notes on what was mended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from yupana.domain.instruments.facts import NOBODY, ItemRole
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.markdown import draft
from yupana.interfaces.interchange.markdown.blocks import blocks_of
from yupana.interfaces.interchange.markdown.grammar import load
from yupana.interfaces.interchange.markdown.read import read_manuscript

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.domain.instruments.facts import ItemRow, Manuscript

PLAN = """\
# Agenda del Agua

Todos beben.

## A. Pozos

**Objetivo**: Saber cuánta agua hay.

* Lineamiento: Las entidades medirán cada pozo.
	* Descripción: Con la misma sonda.
	* Acciones:
		* Comprar sondas
		* Medir en marzo
			* y en octubre
	* Normativa:
		* Actual: Ley 3
		* Futura:
* Lineamiento: El Estado pagará las sondas.
	* Acciones: Por definir

Nadie mide hoy.

Nadie sabe.
"""


def read(tmp_path: Path, text: str, name: str = "agua.md") -> Manuscript:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_manuscript(tmp_path / name)


def shape(manuscript: Manuscript) -> list[tuple[str, str, str]]:
    return [(row.key, ":".join(row.parent or ()), row.text) for row in manuscript.rows]


def notes(manuscript: Manuscript) -> list[tuple[str, str]]:
    return [(note.where.rpartition(":")[2], note.why) for note in (*manuscript.unplaced, *manuscript.mended)]


def guideline(manuscript: Manuscript) -> ItemRow:
    return next(row for row in manuscript.rows if row.role is ItemRole.GUIDELINE)


def below(tmp_path: Path, *lines: str) -> Manuscript:
    """Read a guideline with lines indented below it."""
    return read(tmp_path, "* Lineamiento: Medir\n" + "".join(f"\t{line}\n" for line in lines))


def test_a_draft_becomes_a_tree(tmp_path: Path) -> None:
    assert shape(read(tmp_path, PLAN)) == [
        ("text:1", "", "Agenda del Agua"),
        ("text:1.1", "text:1", "A. Pozos"),
        ("objective:1", "text:1.1", "Saber cuánta agua hay."),
        ("guideline:1", "objective:1", "Las entidades medirán cada pozo."),
        ("action:1.1", "guideline:1", "Comprar sondas"),
        ("action:1.2", "guideline:1", "Medir en marzo"),
        ("guideline:2", "objective:1", "El Estado pagará las sondas."),
        ("action:2.1", "guideline:2", "Por definir"),
        ("text:1.1.1", "objective:1", "Nadie mide hoy."),
    ]


def test_its_items_say_the_rest_in_their_fields(tmp_path: Path) -> None:
    said = {row.key: (row.body, row.legal_basis, row.audience) for row in read(tmp_path, PLAN).rows}
    assert {key: value for key, value in said.items() if any(value)} == {
        "text:1": ("Todos beben.", "", ""),
        "guideline:1": ("Con la misma sonda.", "* Actual: Ley 3", ""),
        "action:1.2": ("* y en octubre", "", ""),
        "guideline:2": ("", "", NOBODY),
        "text:1.1.1": ("Nadie sabe.", "", ""),
    }


def test_its_cover_is_its_title_and_the_name_of_its_file(tmp_path: Path) -> None:
    heading = read(tmp_path, PLAN, "agenda del agua.md").heading
    assert (heading.instrument, heading.title, heading.kind, heading.edition) == (
        "AGENDA-DEL-AGUA", "Agenda del Agua", "", "",
    )  # fmt: skip


def test_what_says_nothing_is_listed(tmp_path: Path) -> None:
    assert [(note.where, note.why, note.text) for note in read(tmp_path, PLAN).unplaced] == [
        ("agua.md:17", "markdown-label-empty", "Futura:")
    ]


# --- ways to write a label ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "line",
    [
        "* Lineamiento: Medir",
        "- lineamientos: Medir",
        "* **Lineamiento:** Medir",
        "* **Lineamiento**: Medir",
        "**Líneas de acción**: Medir",
        "Línea de acción: Medir",
        "* Líneamiento : Medir",
        "### Lineamiento: Medir",
        "### Lineamiento 1. Medir",
        "## Guideline 1: Medir",
        "* Lineamiento 1: Medir",
    ],
)
def test_a_label_is_known_however_it_is_written(tmp_path: Path, line: str) -> None:
    manuscript = read(tmp_path, f"{line}\n")
    assert (shape(manuscript), notes(manuscript)) == ([("guideline:1", "", "Medir")], [])


def test_a_number_that_the_draft_gives_is_the_code(tmp_path: Path) -> None:
    text = "## Eje 2: Agua\n### Objetivo 2.1: Ver\n* Lineamiento 2.1.3: Medir\n\t* Acciones:\n\t\t* Ir\n"
    assert [row.key for row in read(tmp_path, text).rows] == [
        "axis:2",
        "objective:2.1",
        "guideline:2.1.3",
        "action:2.1.3.1",
    ]


def test_a_number_given_twice_is_given_once(tmp_path: Path) -> None:
    manuscript = read(tmp_path, "* Lineamiento 1: Medir\n* Lineamiento 1: Ver\n* Lineamiento: Oír\n")
    codes = [row.code for row in manuscript.rows]
    assert (codes, notes(manuscript)) == (["1", "2", "3"], [("2", "markdown-code-twice")])


def test_two_heads_that_say_the_same_stay_two(tmp_path: Path) -> None:
    manuscript = read(tmp_path, "* Lineamiento: Medir\n* Lineamiento: Medir\n")
    assert [row.key for row in manuscript.rows] == ["guideline:1", "guideline:2"]


def test_an_objective_of_a_longer_name_keeps_it(tmp_path: Path) -> None:
    row = read(tmp_path, "**Objetivo Eje Agua**: Ver\n").rows[0]
    assert (row.key, row.text, row.more) == ("objective:1", "Ver", {"label": "Objetivo Eje Agua"})


def test_prose_with_a_colon_is_no_label(tmp_path: Path) -> None:
    manuscript = read(tmp_path, "# Agua\n\nFuente: el río\n\nVéase http://agua.example: allí\n")
    assert (len(manuscript.rows), manuscript.rows[0].body) == (1, "Fuente: el río\n\nVéase http://agua.example: allí")


# --- what hangs on what ------------------------------------------------------------------------------------------
def test_fields_may_stand_beside_their_item_instead_of_below_it(tmp_path: Path) -> None:
    text = "* Lineamiento: Medir\n* Acciones:\n\t1. Ir\n\t2. Ver\n* Herramientas: Ley 3\n"
    manuscript = read(tmp_path, text)
    assert (shape(manuscript)[1:], guideline(manuscript).legal_basis) == (
        [("action:1.1", "guideline:1", "Ir"), ("action:1.2", "guideline:1", "Ver")],
        "Herramientas: Ley 3",
    )


def test_tools_that_are_no_norms_explain(tmp_path: Path) -> None:
    row = guideline(below(tmp_path, "* Herramientas:", "\t* Un catálogo"))
    assert (row.body, row.legal_basis) == ("Herramientas:\n* Un catálogo", "")


def test_an_item_may_be_described_twice(tmp_path: Path) -> None:
    manuscript = below(
        tmp_path,
        "* Descripción: Una",
        "\t* Acciones: Ir",
        "* Descripción:",
        "\t* Otra",
        "\t* Más",
        "\t* Normativa: Ley 3",
    )
    row = guideline(manuscript)
    assert (row.body, row.legal_basis, shape(manuscript)[1:]) == (
        "Una\n\n* Otra\n* Más", "Ley 3", [("action:1.1", "guideline:1", "Ir")],
    )  # fmt: skip


def test_an_objective_covers_the_deeper_headings_of_its_section(tmp_path: Path) -> None:
    text = "# A\n\nObjetivo: Ver\n\n## B\n\n* Lineamiento: Medir\n\n# C\n\n* Lineamiento: Oír\n"
    assert [(key, above) for key, above, _ in shape(read(tmp_path, text))] == [
        ("text:1", ""), ("objective:1", "text:1"), ("text:1.1", "objective:1"), ("guideline:1", "text:1.1"),
        ("text:2", ""), ("guideline:2", "text:2"),
    ]  # fmt: skip


def test_the_list_of_a_heading_that_says_what_it_holds_becomes_items(tmp_path: Path) -> None:
    text = "# Escuela\n\n## Atribuciones de la escuela\n\nSon:\n\n1. Enseñar\n\n2. Aprender\n\ttodo\n"
    assert shape(read(tmp_path, text))[2:] == [
        ("requirement:1", "text:1.1", "Enseñar"), ("requirement:2", "text:1.1", "Aprender todo"),
    ]  # fmt: skip


def test_a_list_of_prose_stays_prose(tmp_path: Path) -> None:
    manuscript = read(tmp_path, "# Agua\n\nSon:\n* uno\n\t1. dos\n\n\t   tres\n* cuatro\n")
    assert (len(manuscript.rows), manuscript.rows[0].body) == (
        1, "Son:\n* uno\n    1. dos\n\n       tres\n* cuatro",
    )  # fmt: skip


def test_targets_and_indicators_hang_on_their_item(tmp_path: Path) -> None:
    manuscript = below(tmp_path, "* Metas:", "\t* Diez pozos", "* Indicador: Pozos medidos")
    assert shape(manuscript)[1:] == [
        ("target:1.1", "guideline:1", "Diez pozos"), ("indicator:1.1", "guideline:1", "Pozos medidos"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("* Plazo: 31/12/2025", "due_on", date(2025, 12, 31)),
        ("* Plazo: 2025-12-31", "due_on", date(2025, 12, 31)),
        ("* Responsable: Ministerio del Río", "more", {"responsible": "Ministerio del Río"}),
        ("* Normativa: Ley 3", "legal_basis", "Ley 3"),
        ("* Actual: Ley 3", "legal_basis", "Actual: Ley 3"),
        ("* Descripción: Así", "body", "Así"),
        ("* Beneficiarios: todos", "body", "* Beneficiarios: todos"),
        ("una línea más", "text", "Medir una línea más"),
    ],
)
def test_a_field_is_filled(tmp_path: Path, line: str, field: str, value: object) -> None:
    assert getattr(guideline(below(tmp_path, line)), field) == value


def test_a_deadline_that_is_no_day_stays_text(tmp_path: Path) -> None:
    manuscript = below(tmp_path, "* Plazo: pronto")
    row = guideline(manuscript)
    assert (row.due_on, row.body, notes(manuscript)) == (
        None, "Plazo: pronto", [("2", "markdown-deadline-unreadable")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "body", "basis", "more"),
    [
        (("* Descripción 2: Así",), "Descripción 2: Así", "", {}),
        (("* Normativa 2: Ley 3",), "", "Normativa 2: Ley 3", {}),
        (("* Plazo 2: 2025-12-31",), "Plazo 2: 2025-12-31", "", {}),
        (("* Responsable 1: Río",), "", "", {"responsible": "Responsable 1: Río"}),
        (("* Responsable: Río", "* Responsable: Mar"), "", "", {"responsible": "Río; Mar"}),
        (("* Responsable:", "\t* Río"), "Responsable:\n* Río", "", {}),
        (("* Responsable:", "\t* Normativa: Ley 3"), "", "Ley 3", {}),
    ],
)  # fmt: skip
def test_a_number_in_a_label_is_not_lost(
    tmp_path: Path, lines: tuple[str, ...], body: str, basis: str, more: dict[str, str]
) -> None:
    row = guideline(below(tmp_path, *lines))
    assert (row.body, row.legal_basis, row.due_on, row.more) == (body, basis, None, more)


def test_a_number_over_a_list_stays_with_its_first_item(tmp_path: Path) -> None:
    rows = below(tmp_path, "* Acciones 2:", "\t* Ir", "\t* Ver").rows
    assert [(row.code, row.more) for row in rows[1:]] == [("1.1", {"label": "Acciones 2"}), ("1.2", {})]


def test_what_is_below_an_empty_bullet_is_not_lost(tmp_path: Path) -> None:
    manuscript = read(tmp_path, "* Acciones:\n\t*\n\t\t* Ir\n")
    assert (shape(manuscript), notes(manuscript)) == ([("action:1", "", "Ir")], [("2", "markdown-label-empty")])


def test_items_below_items_are_counted_inside_them_as_long_as_a_code_may_be(tmp_path: Path) -> None:
    nested = "".join("\t" * at + f"* Lineamiento: {at}\n" for at in range(3)) + "\t\t\t* Metas: x\n"
    long = f"* Lineamiento {'1' * 45}: x\n\t* Metas: x\n"
    keys = [[row.key for row in read(tmp_path, text).rows] for text in (nested, long)]
    assert (keys[0], keys[1][1:]) == (["guideline:1", "guideline:2", "guideline:3", "target:3.1"], ["target:1"])


def test_a_field_in_a_list_of_actions_belongs_to_their_guideline(tmp_path: Path) -> None:
    manuscript = below(tmp_path, "* Acciones:", "\t* Ir", "\t* Normativa: Ley 3")
    assert (len(manuscript.rows), guideline(manuscript).legal_basis) == (2, "Ley 3")


# --- whom it binds -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("El Estado medirá", NOBODY),
        ("El  estado medirá", NOBODY),
        ("El Estado, a través de otros, medirá", NOBODY),
        ("Las entidades del Estado medirán", ""),
        ("El Estadio medirá", ""),
        ("Medir", ""),
    ],
)
def test_the_state_itself_makes_nobody_responsible(tmp_path: Path, text: str, audience: str) -> None:
    assert guideline(read(tmp_path, f"* Lineamiento: {text}\n")).audience == audience


def test_whoever_is_named_responsible_is(tmp_path: Path) -> None:
    manuscript = read(tmp_path, "* Lineamiento: El Estado medirá\n\t* Responsable: Ministerio del Río\n")
    assert guideline(manuscript).audience == ""


# --- what is broken ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "items", "told"),
    [
        ("* Linemiento: Medir\n", ["Medir"], [("1", "markdown-label-misspelt")]),
        ("*Lineamiento: Medir\n", ["Medir"], [("1", "markdown-bullet-glued")]),
        ("Lineamiento: Medir\n\t* Acciones: Ir\n", ["Medir", "Ir"], [("1", "markdown-bullet-missing")]),
        ("* Lineamiento: Medir\n\t\t\t* Acciones: Ir\n", ["Medir", "Ir"], [("2", "markdown-indent-jump")]),
        ("* Lineamiento:\n\t* Medir\n\t* Ver\n", ["Medir\nVer"], [("2", "markdown-text-below")]),
        ("* Lineamiento:\n\t* Acciones: Ir\n", ["Lineamiento", "Ir"], [("1", "markdown-text-missing")]),
        ("* Lineamiento: Medir\n* y ver\n", ["Medir"], [("2", "markdown-bullet-stray")]),
        ("¡## Agua\n", ["Agua"], [("1", "markdown-heading-broken")]),
        ("##Agua\n", ["Agua"], [("1", "markdown-heading-broken")]),
        ("# Agua\n\n* Cuenca: una\n* Cuenca: otra\n", ["Agua"], [("3", "markdown-label-unknown")]),
        ("# Agua\n\n```\nx\n", ["Agua"], [("3", "markdown-fence-open")]),
        ("* Lineamiento: Medir\n\t* Acciones:\n\t\t*\n", ["Medir"], [("3", "markdown-label-empty")]),
        ("* Lineamiento: Medir\n\t* Actual\n", ["Medir"], [("2", "markdown-label-empty")]),
        ("*\n\t* Agua\n", ["Agua"], [("1", "markdown-label-empty")]),
        ("* Lineamiento: Medir\n\n---\n", ["Medir"], [("3", "markdown-rule")]),
        ("* * *\n", [], [("1", "markdown-rule")]),
        ("##\n", [], [("1", "markdown-label-empty")]),
    ],
)  # fmt: skip
def test_what_is_broken_is_read_and_told(
    tmp_path: Path, text: str, items: list[str], told: list[tuple[str, str]]
) -> None:
    manuscript = read(tmp_path, text)
    assert ([row.text for row in manuscript.rows], notes(manuscript)) == (items, told)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("# A\n\n<b>x</b> & <script>y</script>\n", "<b>x</b> & <script>y</script>"),
        ("# A\n\n<!-- nota\nlarga -->\n", "<!-- nota\nlarga -->"),
        ("# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("# A\n\n```\n# no\n\n* Lineamiento: no\n```\n\nfin\n", "```\n# no\n\n* Lineamiento: no\n```\n\nfin"),
        ("# A\n\n> dicho\n\n* * *\n", "> dicho\n\n* * *"),
        ("# A #\n\nx\u200fy\u202ez\n", "x\u200fy\u202ez"),
        ("A\n===\n\nx\n", "x"),
        ("# A\n\nx\n\n---\ny\n", "x\n\n---\ny"),
        ("\ufeff# A\r\n\r\nx\r\ny\r\n", "x\ny"),
    ],
)  # fmt: skip
def test_what_else_stands_there_stays_text(tmp_path: Path, text: str, body: str) -> None:
    manuscript = read(tmp_path, text)
    assert ([row.text for row in manuscript.rows], manuscript.rows[0].body, notes(manuscript)) == (["A"], body, [])


def test_more_items_than_any_plan_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "MOST_ITEMS", 2)
    outline = draft.Outline(load())
    with pytest.raises(Refused) as caught:
        outline.take(blocks_of("# a\n# b\n# c\n", "x.md", lambda _: False, []))
    assert (caught.value.code, caught.value.details["where"]) == ("markdown-too-many-items", "x.md:3")
