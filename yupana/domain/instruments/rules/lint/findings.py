"""What an instrument is looked at for, how much each fault weighs, and what a finding tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Severity(StrEnum):
    """How much a finding weighs: an error should be mended before publishing."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class LintRule(StrEnum):
    """What an instrument is looked at for."""

    NOTHING_BINDS = "nothing-binds"
    TEXT_EMPTY = "text-empty"
    RESPONSIBLE_MISSING = "responsible-missing"
    AUDIENCE_EMPTY = "audience-empty"
    DEADLINE_MISSING = "deadline-missing"
    DEADLINES_NOWHERE = "deadlines-nowhere"
    PLACEHOLDER = "placeholder"
    EDITOR_NOTE = "editor-note"
    VERB_MISSING = "verb-missing"
    TARGET_NUMBER = "target-number"
    TARGET_UNIT = "target-unit"
    TARGET_BASELINE = "target-baseline"
    TARGET_SOURCE = "target-source"
    DUPLICATE = "duplicate"
    NEAR_DUPLICATE = "near-duplicate"
    DEAD_LINK = "dead-link"
    DEAD_REFERENCE = "dead-reference"
    CODE_SHARED = "code-shared"
    CODE_REUSED = "code-reused"
    MERGED_BUT_STANDING = "merged-but-standing"
    STAKES_SUM = "stakes-sum"
    STAKES_PARTIAL = "stakes-partial"


SEVERITIES: Mapping[LintRule, Severity] = {
    **dict.fromkeys(LintRule, Severity.WARNING),
    **dict.fromkeys(
        (LintRule.NOTHING_BINDS, LintRule.TEXT_EMPTY, LintRule.STAKES_SUM, LintRule.AUDIENCE_EMPTY), Severity.ERROR
    ),
    **dict.fromkeys(
        (LintRule.DEADLINES_NOWHERE, LintRule.VERB_MISSING, LintRule.TARGET_BASELINE, LintRule.NEAR_DUPLICATE),
        Severity.HINT,
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault: its rule, the key of the item it was found on ("" for the whole), and details.

    Details are ``found``, the words that gave it away; ``other``, the key of another item; or ``sum``, basis points.
    """

    rule: LintRule
    item: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How much a fault of this rule weighs."""
        return SEVERITIES[self.rule]
