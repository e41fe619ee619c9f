"""What is to be looked at in a draft, in the words of its reader."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from yupana.domain.instruments.labels import LINT
from yupana.domain.instruments.rules.lint import Severity
from yupana.interfaces import words
from yupana.interfaces.desk.forms.items import written

if TYPE_CHECKING:
    from yupana.domain.instruments.rules.lint import Finding

STATES = {Severity.ERROR: "late", Severity.WARNING: "warn", Severity.HINT: ""}


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as it is told. ``found`` are the words that gave it away, another item, or a sum."""

    severity: str
    state: str
    title: str
    why: str
    found: str
    item: str

    @classmethod
    def of(cls, finding: Finding) -> Told:
        """Say a finding."""
        title, why = LINT[finding.rule]
        found = str(finding.params.get("found") or finding.params.get("other") or "")
        if "sum" in finding.params:
            found = f"{written(Decimal(finding.params['sum']) / 100)} %"
        state = STATES[finding.severity]
        return cls(words.label(finding.severity), state, str(title), str(why), found, finding.item)
