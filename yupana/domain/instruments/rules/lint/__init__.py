"""What is wrong with the text of an instrument, rule by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.instruments.rules.lint.codes import duplicates, merged_but_standing, reused_codes, shared_codes
from yupana.domain.instruments.rules.lint.duties import (
    empty_audiences,
    incomplete_targets,
    no_deadline,
    no_responsible,
    nothing_binds,
    uneven_stakes,
)
from yupana.domain.instruments.rules.lint.findings import SEVERITIES, Finding, LintRule, Severity
from yupana.domain.instruments.rules.lint.references import dead_links, dead_references
from yupana.domain.instruments.rules.lint.sayings import editor_notes, empty_texts, placeholders, verbless_actions
from yupana.domain.instruments.rules.lint.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from yupana.domain.instruments.rules.changes import Text

__all__ = ["SEVERITIES", "Finding", "LintRule", "Severity", "lint"]

_CHECKS: tuple[Callable[[View], Iterator[Finding]], ...] = (
    nothing_binds,
    empty_texts,
    no_responsible,
    empty_audiences,
    no_deadline,
    placeholders,
    editor_notes,
    verbless_actions,
    incomplete_targets,
    duplicates,
    dead_links,
    dead_references,
    shared_codes,
    reused_codes,
    merged_but_standing,
    uneven_stakes,
)


def lint(
    text: Text,
    *,
    known_refs: Collection[str] = (),
    sizes: Mapping[str, int] | None = None,
    before: Text | None = None,
) -> tuple[Finding, ...]:
    """Look a text through; findings of the whole first, then item by item in reading order.

    ``known_refs`` are files, anchors and annexes that links and references may lead to, ``sizes`` how many bodies an
    audience holds, by its expression, and ``before`` the edition that this one follows.
    """
    view = View(text, known_refs, sizes or {}, before or ())
    places = {"": -1} | {item.row.key: at for at, item in enumerate(text)}
    found = [finding for check in _CHECKS for finding in check(view)]
    return tuple(sorted(found, key=lambda finding: places[finding.item]))
