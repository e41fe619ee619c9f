"""Labels are data: the shipped ones, those of one's own, and files that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from yupana.domain.instruments.facts import ItemRole
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.markdown.grammar import load
from yupana.interfaces.interchange.markdown.read import read_manuscript

if TYPE_CHECKING:
    from pathlib import Path

OWN = """
[qu]
nobody = ["Mamallaqta"]

[[qu.labels]]
role = "guideline"
words = ["Kamachiy"]

[[qu.labels]]
role = "action"
each = true
words = ["Ruraykuna", "Lineamiento"]
"""


def grammar(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "labels.toml"
    path.write_text(text, encoding="utf-8")
    return path


def role(path: Path | None, label: str) -> ItemRole | None:
    hit = load(path).find(f"{label}: x")
    return hit.label.role if hit else None


@pytest.mark.parametrize(
    ("text", "written", "number", "rest", "mended"),
    [
        ("Objetivo: Ver", "Objetivo", "", "Ver", ""),
        ("**OBJETIVO**: Ver", "OBJETIVO", "", "Ver", ""),
        ("__Objetivo:__ Ver", "Objetivo", "", "Ver", ""),
        ("Objetivo", "Objetivo", "", "", ""),
        ("Objetivo 2.1: Ver", "Objetivo", "2.1", "Ver", ""),
        ("Objetivo N.º 3: Ver", "Objetivo", "3", "Ver", ""),
        ("Objetivo 2 \u2013 Ver", "Objetivo", "2", "Ver", ""),
        ("Ojetivo: Ver", "Ojetivo", "", "Ver", "Objetivo"),
        ("Lineas de accion: Ver", "Lineas de accion", "", "Ver", ""),
        ("Acciónes: Ver", "Acciónes", "", "Ver", ""),
    ],
)
def test_a_label_is_found(text: str, written: str, number: str, rest: str, mended: str) -> None:
    hit = load().find(text)
    assert hit is not None
    assert (hit.written, hit.number, hit.rest, hit.mended) == (written, number, rest, mended)


@pytest.mark.parametrize(
    "text",
    [
        "Ver: Objetivo",
        "El objetivo: ver",
        "Objetivo general del plan de agua para todos los pueblos del valle: Ver",
        "Meto: Ver",
        "Medir",
        "",
        "**Objetivo",
        "Objetivo Ver",
        "Acciones\nCosas: x",
    ],
)
def test_other_text_has_none(text: str) -> None:
    assert load().find(text) is None


def test_labels_of_ones_own_come_first_and_the_shipped_stay(tmp_path: Path) -> None:
    own = grammar(tmp_path, OWN)
    assert [role(own, label) for label in ("Kamachiy", "Lineamiento", "Objetivo")] == [
        ItemRole.GUIDELINE,
        ItemRole.ACTION,
        ItemRole.OBJECTIVE,
    ]


def test_labels_of_ones_own_may_stand_alone(tmp_path: Path) -> None:
    own = grammar(tmp_path, "replaces = true\n" + OWN)
    assert [role(own, label) for label in ("Kamachiy", "Objetivo")] == [ItemRole.GUIDELINE, None]


def test_a_plan_is_read_with_labels_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text("* Kamachiy: Mamallaqta yakuta\n\t* Ruraykuna: Tupuy\n", encoding="utf-8")
    rows = read_manuscript(tmp_path / "plan.md", grammar(tmp_path, OWN)).rows
    assert [(row.key, row.text, row.audience) for row in rows] == [
        ("guideline:1", "Mamallaqta yakuta", "nobody"),
        ("action:1.1", "Tupuy", ""),
    ]


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("x = [", "map-unreadable", None),
        ("es = 1", "grammar-malformed", "es"),
        ("[es]\nlabels = 1", "grammar-malformed", "labels"),
        ("[es]\nlists = [1]", "grammar-malformed", "lists"),
        ("[es]\nnobody = [1]", "grammar-malformed", "nobody"),
        ("[es]\nnorms = ''", "grammar-malformed", "norms"),
        ("[[es.labels]]\nrole = 'king'\nwords = ['x']", "grammar-malformed", "role"),
        ("[[es.lists]]\nwords = ['x']", "grammar-malformed", "role"),
        ("[[es.labels]]\nfield = 'text'\nwords = ['x']", "grammar-malformed", "field"),
        ("[[es.labels]]\nrole = 'axis'\nwords = ['']", "grammar-malformed", "words"),
    ],
)
def test_a_file_that_says_no_labels_is_refused(tmp_path: Path, text: str, code: str, field: str | None) -> None:
    with pytest.raises(Refused) as caught:
        load(grammar(tmp_path, text))
    assert (caught.value.code, caught.value.details["where"], caught.value.details.get("field")) == (
        code,
        "labels.toml",
        field,
    )


def test_without_words_for_norms_nothing_speaks_of_them(tmp_path: Path) -> None:
    assert load(grammar(tmp_path, "replaces = true\n" + OWN)).says_norms("Ley 3") is False


@pytest.mark.parametrize(
    ("text", "found"),
    [("CPE, Ley 164", True), ("D.S. 1793", True), ("Leyenda", False), ("Se requiere normativa", True), ("", False)],
)
def test_norms_are_known_by_their_words(text: str, found: bool) -> None:
    assert load().says_norms(text) is found
