"""The real draft under the rules: its faults as they were found by hand, and its items found again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from yupana.domain.instruments.facts import ItemFact, item_key
from yupana.domain.instruments.rules import arranged, binds, weigh
from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.domain.instruments.rules.compare import apply, bare, compare, summary
from yupana.domain.instruments.rules.lineage import Known, ProposalKind, match
from yupana.domain.instruments.rules.lint import LintRule, lint
from yupana.interfaces.interchange.markdown.read import read_manuscript

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.domain.instruments.facts import ItemRow

pytestmark = pytest.mark.real

# Where the editors of the draft left notes and gaps, by file and line of the item that holds them.
NOTES = {
    "contexto.md": 1, "normas_y_reglamentos.md": 1, "parte_4.md": 3, "guia_tecnica_de_interoperabilidad.md": 1,
}  # fmt: skip
GAPS = {"antecedentes.md": 1, "gobierno_transparente.md": 2}
TWINS = ("action:11.1", "action:11.2")  # worded the same below one guideline


def settled(rows: list[ItemRow]) -> list[ItemFact]:
    """Publish rows in mind: weights, and a lineage that is the key they have now."""
    places = {(row.role, row.code): at for at, row in enumerate(rows)}
    above = [None if row.parent is None else places[row.parent] for row in rows]
    weights = weigh(above, [binds(row) for row in rows])
    return [ItemFact(row, binds(row), weight, row.key, row.where) for row, weight in zip(rows, weights, strict=True)]


@pytest.fixture(scope="module")
def draft(real_data: Path) -> list[ItemFact]:
    return settled(arranged(read_manuscript(real_data / "plan-gobierno-electronico").rows))


def test_the_faults_of_the_draft_are_found(draft: list[ItemFact], real_data: Path) -> None:
    parts = [f"partes/{part.name}" for part in (real_data / "plan-gobierno-electronico" / "partes").iterdir()]
    findings = lint(draft, known_refs=parts)
    files = {item.row.key: item.row.where.rpartition("/")[2].partition(":")[0] for item in draft}
    told = {rule: [each for each in findings if each.rule is rule] for rule in LintRule}
    assert (
        len(told[LintRule.RESPONSIBLE_MISSING]),
        Counter(files[each.item] for each in told[LintRule.EDITOR_NOTE]),
        Counter(files[each.item] for each in told[LintRule.PLACEHOLDER]),
        [(each.item, each.params["other"]) for each in told[LintRule.DUPLICATE]],
        [each.params["found"] for each in told[LintRule.DEAD_LINK] if "imagenes" not in str(each.params["found"])],
        len(told[LintRule.DEADLINES_NOWHERE]),
    ) == (27, NOTES, GAPS, [(TWINS[1], TWINS[0])], ["partes/elementos_transversales"], 1)


def test_the_draft_does_not_differ_from_itself_and_is_made_again_from_nothing(draft: list[ItemFact]) -> None:
    assert (compare(draft, draft), bare(apply((), compare((), draft)))) == ((), bare(draft))


def test_the_draft_renumbered_throughout_is_the_same_item_by_item(draft: list[ItemFact]) -> None:
    rows = [
        replace(
            item.row,
            code=f"n{item.row.code}",
            parent=item.row.parent and (item.row.parent[0], f"n{item.row.parent[1]}"),
        )
        for item in draft
    ]
    known = [
        Known(
            item.row.role,
            item.row.code,
            item.row.text,
            item_key(*item.row.parent) if item.row.parent else "",
            item.lineage,
        )
        for item in draft
    ]
    matching = match(known, rows)
    twins = [(each.kind, each.before, each.likeness) for each in matching.proposals]
    expected = {row.key: item.lineage for row, item in zip(rows, draft, strict=True) if item.lineage not in TWINS}
    assert (matching.sure, twins) == (expected, [(ProposalKind.SAME, (twin,), 1) for twin in TWINS])


def test_the_draft_upside_down_is_made_of_moves_alone(draft: list[ItemFact]) -> None:
    after = settled(arranged([item.row for item in reversed(draft)]))
    changes = compare(draft, after)
    assert (set(summary(changes)) - {ChangeKind.SHIFTED}, bare(apply(draft, changes))) == (
        {ChangeKind.MOVED},
        bare(after),
    )
