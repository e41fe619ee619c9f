"""Tables of alignments: read with their places, in either language, and refused where they are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from yupana.domain.instruments.facts import AlignmentKind, AlignmentRow
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.alignments import KINDS, read_alignments
from yupana.interfaces.words import sentence

if TYPE_CHECKING:
    from pathlib import Path


def read(folder: Path, text: str) -> list[AlignmentRow]:
    (folder / "a.csv").write_text(text, encoding="utf-8")
    return read_alignments(folder / "a.csv")


@pytest.mark.parametrize("head", ["item,kind,other", "Ítem;Tipo;Otro", "line\trelation\tcontributes to"])
def test_a_row_names_two_items_and_what_one_is_to_the_other(tmp_path: Path, head: str) -> None:
    separator = next(sign for sign in ";\t," if sign in head)
    line = separator.join(("A/1#line:1", "contributes", "B/1#target:2.1"))
    assert read(tmp_path, f"{head}\n{line}\n") == [
        AlignmentRow("a.csv:2", "A/1#line:1", AlignmentKind.CONTRIBUTES, "B/1#target:2.1")
    ]


@pytest.mark.parametrize(
    ("word", "kind"), [*KINDS.items(), ("Más específico", AlignmentKind.NARROWER), ("", "contributes")]
)
def test_a_kind_is_read_in_either_language(tmp_path: Path, word: str, kind: str) -> None:
    assert [row.kind for row in read(tmp_path, f"item,kind,other\na,{word},b\n")] == [kind]


def test_without_a_column_of_kinds_all_contribute(tmp_path: Path) -> None:
    assert [row.kind for row in read(tmp_path, "item,other\na,b\nc,d\n")] == [AlignmentKind.CONTRIBUTES] * 2


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("item,kind\na,broader\n", "columns-missing", "a.csv: no column was recognised as other."),
        ("uno,dos\na,b\n", "columns-missing", "a.csv: no column was recognised as item, other."),
        ("item,kind,other\na,broader,b\nc,igual,d\n", "alignment-kind-unknown", "a.csv:3: “igual” is no kind"),
    ],
)
def test_what_is_no_such_table_is_refused_with_its_place(tmp_path: Path, text: str, code: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, text)
    with translation.override("en"):
        assert (refused.value.code, sentence(refused.value).startswith(said)) == (code, True)
