"""Whatever somebody writes as a draft is read, and no word of it is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.rules import arranged
from yupana.interfaces.interchange.markdown.read import read_manuscript

if TYPE_CHECKING:
    import pytest

    from yupana.domain.instruments.facts import Manuscript

WORDS = [
    "Lineamiento:", "Objetivo:", "Acciones:", "Normativa:", "Actual:", "Plazo:", "Responsable:", "Descripción:",
    "Meta 1:", "Herramientas:", "agua", "pozo", "**río**", "Ley", "Objetivo agua:", "Atribuciones de agua",
    "[ ](agua.md)", "\u200b",
]  # fmt: skip
LEADS = [
    "",
    "* ",
    "\t* ",
    "\t\t* ",
    "1. ",
    "\t1) ",
    "# ",
    "## ",
    "### ",
    "> ",
    "\n",
    "\n* ",
    "```\n",
    "    ",
    "---",
    "*",
]
drafts = st.lists(
    st.tuples(st.sampled_from(LEADS), st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)), max_size=15
).map(lambda lines: "\n".join(lead + said for lead, said in lines))


def read(text: str, folders: pytest.TempPathFactory) -> Manuscript:
    path = folders.mktemp("draft") / "agua.md"
    path.write_text(text, encoding="utf-8")
    return read_manuscript(path)


@given(text=drafts)
def test_what_is_read_can_be_stored(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = read(text, tmp_path_factory).rows
    assert not rows or sorted(row.where for row in arranged(rows)) == sorted(row.where for row in rows)


@given(text=drafts)
def test_no_word_of_any_draft_is_lost_or_said_twice(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Words that are no labels are each in one item or in one note."""
    manuscript = read(text, tmp_path_factory)
    placed = [
        part for row in manuscript.rows for part in (row.text, row.body, row.legal_basis, *map(str, row.more.values()))
    ]
    everything = "\n".join([*placed, *(note.text for note in manuscript.unplaced)])
    assert [everything.count(word) for word in ("agua", "pozo", "río")] == [
        text.count(word) for word in ("agua", "pozo", "río")
    ]
