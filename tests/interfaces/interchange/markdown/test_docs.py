"""What the pages about formats say of Markdown is true."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from yupana.interfaces.interchange.markdown import blocks, files, grammar
from yupana.interfaces.interchange.markdown.read import read_manuscript

DOCS = Path(__file__).parents[4] / "docs"
PAGES = {"en": DOCS / "formats.md", "es": DOCS / "guides" / "formatos.md"}
SECTION = re.compile(r"^### Markdown\n(.*?)^## Plan", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```(markdown|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(params=PAGES)
def section(request: pytest.FixtureRequest) -> str:
    found = SECTION.search(PAGES[request.param].read_text(encoding="utf-8"))
    assert found is not None
    return found[1]


def test_the_example_comes_in_as_it_says(section: str, tmp_path: Path) -> None:
    (tmp_path / "agua.md").write_text(dict(BLOCK.findall(section))["markdown"], encoding="utf-8")
    manuscript = read_manuscript(tmp_path / "agua.md")
    tree = [(row.key, ":".join(row.parent or ()), row.body, row.audience, row.due_on) for row in manuscript.rows]
    assert (tree, [note.where for note in manuscript.unplaced], manuscript.mended) == (
        [
            ("text:1", "", "Nadie sin agua.", "", None),
            ("text:1.1", "text:1", "", "", None),
            ("objective:1", "text:1.1", "", "", None),
            ("guideline:1", "objective:1", "Con la misma sonda.", "", date(2025, 12, 31)),
            ("action:1.1", "guideline:1", "", "", None),
            ("action:1.2", "guideline:1", "", "", None),
            ("guideline:2", "objective:1", "", "nobody", None),
        ],
        ["agua.md:16"],
        (),
    )


def test_the_labels_that_it_shows_are_understood(section: str, tmp_path: Path) -> None:
    path = tmp_path / "labels.toml"
    path.write_text(dict(BLOCK.findall(section))["toml"], encoding="utf-8")
    known = grammar.load(path)
    found = [known.find(f"{label}: x") for label in ("Kamachiy", "Kamachiy hatun", "Ruraykuna", "Kunan kamachiy")]
    assert [hit and (hit.label.role or hit.label.field) for hit in found] == [
        "guideline",
        "guideline",
        "action",
        "legal_basis",
    ]


@pytest.mark.parametrize(
    "limit",
    [
        str(blocks.MOST_DEPTH),
        f"{files.MOST_CHARACTERS // 1024 // 1024} MB",
        str(files.MOST_LINES),
        str(files.MOST_PARTS),
        *sorted(grammar.FIELDS),
        grammar.SHIPPED.name,
    ],
)
def test_its_limits_and_fields_are_told(section: str, limit: str) -> None:
    assert re.search(rf"\b{re.escape(limit)}\b", section)
