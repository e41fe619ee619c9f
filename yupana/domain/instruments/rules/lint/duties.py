"""Who must do it, by when, and how much it weighs: what a duty lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import NOBODY, ItemRole
from yupana.domain.instruments.rules.lint.findings import Finding, LintRule
from yupana.domain.instruments.rules.weights import WHOLE_STAKE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yupana.domain.instruments.facts import ItemFact, Target
    from yupana.domain.instruments.rules.lint.view import View


def nothing_binds(view: View) -> Iterator[Finding]:
    """Nobody has to do anything."""
    if not any(item.binds for item in view.text):
        yield Finding(LintRule.NOTHING_BINDS, "")


def no_responsible(view: View) -> Iterator[Finding]:
    """Something binds, and nobody in particular."""
    for item in view.leaves():
        if view.audiences[item.row.key] == NOBODY:
            yield Finding(LintRule.RESPONSIBLE_MISSING, item.row.key)


def empty_audiences(view: View) -> Iterator[Finding]:
    """An audience is named that holds no body."""
    for item in view.text:
        if item.row.audience and view.sizes.get(item.row.audience) == 0:
            yield Finding(LintRule.AUDIENCE_EMPTY, item.row.key, {"found": item.row.audience})


def no_deadline(view: View) -> Iterator[Finding]:
    """Something binds and never falls due; told once where nothing in the whole text does."""
    leaves = list(view.leaves())
    if leaves and not any(view.dues.values()):
        yield Finding(LintRule.DEADLINES_NOWHERE, "")
        return
    for item in leaves:
        if view.dues[item.row.key] is None:
            yield Finding(LintRule.DEADLINE_MISSING, item.row.key)


def incomplete_targets(view: View) -> Iterator[Finding]:
    """A target that cannot be measured."""
    for item in view.text:
        if item.row.role is ItemRole.TARGET:
            for rule in _lacking(item.row.target):
                yield Finding(rule, item.row.key)


def _lacking(target: Target | None) -> Iterator[LintRule]:
    if target is None or target.number is None:
        yield LintRule.TARGET_NUMBER
    else:
        if not target.unit:
            yield LintRule.TARGET_UNIT
        if target.baseline is None:
            yield LintRule.TARGET_BASELINE
    if target is None or target.source is None:
        yield LintRule.TARGET_SOURCE


def uneven_stakes(view: View) -> Iterator[Finding]:
    """Siblings whose shares are said for some only, or do not add up to the whole."""
    for above, family in view.families.items():
        weighing = [item for item in family if item.weight or item.row.stake is not None]
        said = [item.row.stake for item in weighing if item.row.stake is not None]
        if said and (finding := _uneven(above, weighing, said)):
            yield finding


def _uneven(above: str, weighing: Sequence[ItemFact], said: Sequence[int]) -> Finding | None:
    told: dict[str, str | int] = {"sum": sum(said), "found": f"{sum(said) / 100:g} %"}
    if len(said) == len(weighing):
        return None if sum(said) == WHOLE_STAKE else Finding(LintRule.STAKES_SUM, above, told)
    if sum(said) >= WHOLE_STAKE:
        return Finding(LintRule.STAKES_SUM, above, told)
    other = next(item.row.key for item in weighing if item.row.stake is None)
    return Finding(LintRule.STAKES_PARTIAL, above, {"other": other})
