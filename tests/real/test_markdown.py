"""The real drafts in Markdown: every line of them in the tree or listed, and nothing that they do not say."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.interfaces.cli.conftest import run
from yupana.domain.instruments.facts import NOBODY, ItemRole
from yupana.domain.instruments.rules import arranged
from yupana.foundation.kernel.text import fold, squeeze
from yupana.interfaces.interchange.markdown.read import read_manuscript, recognises
from yupana.interfaces.interchange.markdown.write import write_manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yupana.domain.instruments.facts import ItemRow, Manuscript

pytestmark = pytest.mark.real

HEAD = re.compile(r"(Lineamientos?|Líneas? de acción|Líneamientos?):\s*(.*)")
HEADING = re.compile(r"^\W{0,2}#")
OBJECTIVE = re.compile(r"\W*Objetivo[^:]*:\W*(.*)")
# Written here by hand and not taken from the shipped grammar: what a line may begin with, and says nothing itself.
LABELS = (
    r"Lineamientos?|Líneamientos?|Líneas? de acción|Descripción|Acciones|Actividades|Normativa|Actual|Futura|"
    r"Relacionada|Aspectos a considerarse|Herramientas|Objetivo[^:]*"
)
MARK = re.compile(r"^\s*(?:[*+-]|\d+[.)])\s*")
LABEL = re.compile(rf"^\W*(?:{LABELS})\W*(?::[\s*]*|$)", re.IGNORECASE)
BARE = re.compile(r"^\s*\* \[([^\]]+)\]\(partes/\w+\.md\)$")

Lines = dict[str, str]


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "plan-gobierno-electronico"


@pytest.fixture(scope="module")
def plan(folder: Path) -> Manuscript:
    return read_manuscript(folder)


@pytest.fixture(scope="module")
def lines(folder: Path) -> Lines:
    """Every line that is not empty, by its place."""
    return {
        f"{path.relative_to(folder).as_posix()}:{number}": line
        for path in sorted(folder.rglob("*.md"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if line.strip()
    }


def said(line: str) -> list[str]:
    """Words of a line without its bullet and its label."""
    return words(line if HEADING.match(line) else LABEL.sub("", MARK.sub("", line)))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def texts(row: ItemRow) -> Iterator[str]:
    yield from (row.text, row.body, row.legal_basis, str(row.more.get("heading", "")))


def ancestors(plan: Manuscript, row: ItemRow) -> Iterator[ItemRow]:
    by_key = {(each.role, each.code): each for each in plan.rows}
    while row.parent is not None:
        row = by_key[row.parent]
        yield row


def repeated(plan: Manuscript, lines: Lines) -> set[str]:
    """Headings of parts that say what the README says already."""
    return {
        place
        for place, line in lines.items()
        for row in plan.rows
        if row.where.startswith("README") and place.endswith(":1") and line.startswith("#")
        if lines[row.where].rstrip(")").endswith(place.rpartition(":")[0])
        if " ".join(said(line)) in " ".join(said(row.text))
    }


def test_a_folder_and_a_file_are_recognised(folder: Path, real_data: Path) -> None:
    found = [recognises(folder), recognises(real_data / "pei-agetic" / "pei.md"), recognises(real_data / "pige")]
    assert found == [True, True, False]


def test_every_guideline_head_is_one_guideline_at_its_line(plan: Manuscript, lines: Lines) -> None:
    heads = {place for place, line in lines.items() if HEAD.search(line)}
    guidelines = Counter(row.where for row in plan.rows if row.role is ItemRole.GUIDELINE)
    assert (len(heads), guidelines) == (58, Counter(heads))


def test_a_guideline_says_what_stands_behind_its_label(plan: Manuscript, lines: Lines) -> None:
    differs = {
        row.where: row.text
        for row in plan.rows
        if row.role is ItemRole.GUIDELINE and squeeze(HEAD.split(lines[row.where])[2]) != row.text
    }
    assert list(differs) == ["partes/parte_4.md:28"]  # its two statements stand in the bullets below it


def test_the_statements_below_an_empty_head_are_its_text(plan: Manuscript, lines: Lines) -> None:
    head = next(row for row in plan.rows if row.where == "partes/parte_4.md:28")
    below = [squeeze(MARK.sub("", lines[f"partes/parte_4.md:{line}"])) for line in (29, 30)]
    assert head.text.split("\n") == below


def test_a_guideline_has_the_objective_of_its_section_above_it(plan: Manuscript, lines: Lines) -> None:
    """Read upwards from each head to the nearest heading: the first objective on the way is the one."""
    expected, found = {}, {}
    for row in plan.rows:
        if row.role is not ItemRole.GUIDELINE:
            continue
        file, _, number = row.where.rpartition(":")
        above = [f"{file}:{line}" for line in range(int(number), 0, -1)]
        section = next((at for at, place in enumerate(above) if HEADING.match(lines.get(place, ""))), len(above))
        places = [place for place in above[:section] if OBJECTIVE.match(lines.get(place, ""))]
        if places:
            expected[row.where] = places[0]
            found[row.where] = next((each.where for each in ancestors(plan, row) if each.role == "objective"), "")
    assert (found, len(found)) == (expected, 33)


def test_descriptions_and_norms_are_where_the_text_has_them(plan: Manuscript, lines: Lines) -> None:
    guidelines = [row for row in plan.rows if row.role is ItemRole.GUIDELINE]
    described = {row.where for row in guidelines if filled(lines, row.where, "Descripción")}
    based = {row.where for row in guidelines if filled(lines, row.where, "Normativa|Herramientas")}
    tools = {"partes/parte_4.md:128", "partes/parte_4.md:131"}  # whose "Herramientas" speak of no norm
    assert ({row.where for row in guidelines if row.body}, {row.where for row in guidelines if row.legal_basis}) == (
        described | tools,
        based - tools,
    )


def filled(lines: Lines, head: str, label: str) -> bool:
    """Whether a label below a head has words behind it or indented below it."""
    file, _, number = head.rpartition(":")
    block = []
    for at in range(int(number) + 1, int(number) + 60):
        line = lines.get(f"{file}:{at}", "")
        if HEAD.search(line) or HEADING.match(line) or OBJECTIVE.match(line) or (line and line[0] not in "*\t "):
            break
        block += [line] if line else []
    for at, line in enumerate(block):
        if re.search(rf"\* ({label})", line):
            below = next((end for end in range(at + 1, len(block)) if indent(block[end]) <= indent(line)), len(block))
            if any(said(each) for each in block[at:below]):
                return True
    return False


def test_there_are_as_many_items_as_the_text_has(plan: Manuscript, lines: Lines) -> None:
    objectives = sum(bool(OBJECTIVE.match(line)) for line in lines.values())
    held = Counter((row.parent or ("",))[0] for row in plan.rows if row.role is ItemRole.ACTION)
    assert (Counter(row.role for row in plan.rows), held, objectives) == (
        {"guideline": 58, "objective": 18, "axis": 3, "action": 153, "text": 89},
        {"guideline": 153},
        18,
    )


def test_one_guideline_whole(plan: Manuscript) -> None:
    row = next(row for row in plan.rows if row.where == "partes/gestion_publica_eficiente.md:25")
    below = [each.where.rpartition(":")[2] for each in plan.rows if each.parent == (row.role, row.code)]
    shape = (row.body.count("\n") + 1, row.legal_basis.split("\n")[0], row.legal_basis.count("\n") + 1, below)
    assert shape == (2, "* Actual:", 6, ["30", "31", "32"])


def test_twenty_seven_guidelines_bind_the_state_itself(plan: Manuscript) -> None:
    guidelines = [row for row in plan.rows if row.role is ItemRole.GUIDELINE]
    by_hand = {row.where for row in guidelines if row.text.lower().startswith("el estado ")}
    by_hand |= {row.where for row in guidelines if row.text.startswith("El Estado, a través")}
    nobody = {row.where for row in plan.rows if row.audience == NOBODY}
    assert (nobody, len(nobody)) == (by_hand, 27)


def test_every_line_is_placed_or_listed(plan: Manuscript, lines: Lines) -> None:
    placed = [" ".join(words(text)) for row in plan.rows for text in texts(row) if text]
    listed = {note.where for note in plan.unplaced}
    title = repeated(plan, lines) | {"README.md:1"}
    lost = {
        place: line
        for place, line in lines.items()
        if place not in listed | title and not BARE.match(line) and said(line)
        if not any(" ".join(said(line)) in text for text in placed)
    }
    assert lost == {}


def test_a_label_without_anything_behind_it_is_listed(plan: Manuscript, lines: Lines) -> None:
    """A label alone on its line either has something indented below it, or is listed."""
    listed = {note.where for note in plan.unplaced}
    places = list(lines)
    full = {
        place
        for place, after in zip(places, [*places[1:], ""], strict=True)
        if indent(lines.get(after, "")) > indent(lines[place]) and after.split(":")[0] == place.split(":")[0]
        if after not in listed
    }
    heads = {place for place, line in lines.items() if HEAD.search(line) or HEADING.match(line)}
    silent = {place for place, line in lines.items() if not said(line) and LABEL.search(MARK.sub("", line))}
    assert (silent - full - heads, len(listed)) == (listed, 40)


def indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())


def test_no_word_is_invented_and_none_is_said_twice_or_dropped(plan: Manuscript, lines: Lines) -> None:
    source: Counter[str] = Counter()
    twice = repeated(plan, lines)
    for place, line in lines.items():
        part = BARE.match(line) if place.startswith("README") else None
        if place not in twice:
            source.update(words(part[1]) if part else said(line))
    tree = Counter(words(plan.heading.title))
    for row in plan.rows:
        tree.update(words(row.text) + words(str(row.more.get("heading", ""))))
        tree.update(word for text in (row.body, row.legal_basis) for line in text.split("\n") for word in said(line))
    listed = Counter(word for note in plan.unplaced for word in said(note.text))
    assert (source - tree - listed, tree + listed - source) == (Counter(), Counter())


def test_what_is_broken_is_listed_with_its_place(plan: Manuscript) -> None:
    assert Counter(note.why for note in plan.mended) == {
        "markdown-image-missing": 17,
        "markdown-link-from-root": 21,
        "markdown-link-dead": 1,
        "markdown-title-differs": 2,
        "markdown-label-unknown": 8,
        "markdown-bullet-glued": 1,
        "markdown-bullet-missing": 1,
        "markdown-text-below": 1,
        "markdown-heading-broken": 1,
    }


def test_the_tree_can_be_stored(plan: Manuscript) -> None:
    assert arranged(plan.rows) == list(plan.rows)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", ["plan", "plan.md"])
def test_written_and_read_again_it_is_the_same(plan: Manuscript, tmp_path: Path, name: str, language: str) -> None:
    write_manuscript(plan, tmp_path / name, language)
    again = read_manuscript(tmp_path / name)
    assert (bare(again), again.mended, again.unplaced) == (bare(plan), (), ())


def stored(row: ItemRow) -> ItemRow:
    """Leave out what storage settles: the place, the identity, and whether the item binds."""
    return replace(row, where="", lineage="", binds=None)


def bare(manuscript: Manuscript) -> Manuscript:
    rows = tuple(replace(row, where="") for row in manuscript.rows)
    return replace(manuscript, rows=rows, digest="", unplaced=(), mended=())


def test_from_the_command_line_it_comes_in_and_goes_out_and_in_again(
    db: None, folder: Path, plan: Manuscript, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "home"))
    code, out = "PLAN-GOBIERNO-ELECTRONICO", tmp_path / "plan"
    first = run("import", "instrument", folder, "--edition", "2015", "--json").json
    again = run("import", "instrument", folder, "--edition", "2015", "--json").json
    assert run("export", "instrument", code, "--format", "markdown", out).code == 0
    exported = read_manuscript(out)
    back = run("import", "instrument", out, "--json").json
    counts = [(each["created"], each["unchanged"], len(each["unplaced"])) for each in (first, again, back)]
    assert (counts, [stored(row) for row in exported.rows]) == (
        [(321, 0, 40), (0, 321, 40), (0, 321, 0)],
        [stored(row) for row in plan.rows],
    )


def test_nine_attributions_are_nine_items(real_data: Path) -> None:
    pei = read_manuscript(real_data / "pei-agetic" / "pei.md")
    nine = [(row.code, row.where) for row in pei.rows if row.role is ItemRole.REQUIREMENT]
    assert (pei.heading.title, nine, pei.unplaced, pei.mended) == (
        "Plan Estratégico Institucional (PEI)",
        [(str(number), f"pei.md:{11 + 2 * number}") for number in range(1, 10)],
        (),
        (),
    )
