"""What lint finds, said in a word."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.domain.instruments.rules.texts import fact
from yupana.domain.instruments.rules.lint import LintRule, lint

if TYPE_CHECKING:
    from yupana.domain.instruments.facts import ItemFact

DUE = date(2025, 12, 31)


def found(rule: LintRule, *text: ItemFact, **looking: Any) -> list[Any]:  # noqa: ANN401 (what lint is given besides)
    """Say what gave each fault of a rule away, or the item that it was found on."""
    told = [finding for finding in lint(text, **looking) if finding.rule is rule]
    return [finding.params.get("found", finding.item) for finding in told]


def said(text: str) -> ItemFact:
    return fact("text:1", text, binding=True, due_on=DUE)


def action(text: str) -> ItemFact:
    return fact("action:1", text, binding=True, due_on=DUE)
