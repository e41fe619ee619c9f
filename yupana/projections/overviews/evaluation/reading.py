"""A published evaluation as pages and files read it: the frozen bytes, taken apart once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from yupana.domain.obligations.models import Call
from yupana.foundation.kernel.canonical import canonical
from yupana.foundation.kernel.share import Share
from yupana.foundation.vault import store as vault
from yupana.projections.figures.rules import FORMULA
from yupana.projections.overviews.evaluation.counting import compute
from yupana.projections.overviews.evaluation.population import PENDING, Owes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yupana.domain.progress.models import Evaluation


@dataclass(frozen=True, slots=True)
class Reading:
    """The figures of one evaluation."""

    figures: Mapping[str, Any]

    @property
    def entities(self) -> Sequence[Mapping[str, Any]]:
        """Every body, in the order of the file."""
        found: Sequence[Mapping[str, Any]] = self.figures["entities"]
        return found

    @property
    def is_of_reports(self) -> bool:
        """Whether reports were asked for; otherwise it speaks of plans alone."""
        return bool(self.figures["report"])

    @property
    def as_of(self) -> date:
        """The day as of which it was counted."""
        return date.fromisoformat(self.figures["as_of"])

    @property
    def is_recountable(self) -> bool:
        """Whether the formula by which it was counted is still the one that counts."""
        return bool(self.figures.get("formula") == FORMULA)

    @property
    def program(self) -> str:
        """The version of the program that counted it; empty where that was not kept."""
        return str(self.figures.get("program", ""))

    @property
    def no_line(self) -> Mapping[str, Any]:
        """What answers no line, of plans and of reports; nothing where everything answers one."""
        found: Mapping[str, Any] = self.figures.get("no_line", {})
        return found

    def of_period(self, period: str) -> Mapping[str, Any]:
        """Tell the reports on one of its periods; LookupError for another one."""
        found = next((each for each in self.figures["trend"] if each["period"] == period), None)
        if found is None:
            raise LookupError(period)
        told: Mapping[str, Any] = found["reports"]
        return told

    def report_call(self, period: str = "") -> str:
        """Name the call for the reports on a period, "" for its own; LookupError where nothing was asked for then."""
        if not period:
            return str(self.figures["report"])
        self.of_period(period)
        return str(next(each["call"] for each in self.figures["trend"] if each["period"] == period))

    def standing(self, stands: Owes) -> list[Mapping[str, Any]]:
        """List the bodies that stand so: by their report where reports were asked for, else by their plan."""
        of = "report" if self.is_of_reports else "plan"
        return [each for each in self.entities if each[of] == stands]

    def silent(self) -> list[Mapping[str, Any]]:
        """List who did not respond: who handed in nothing, neither a plan that was due, nor a report.

        Who waits for the review of its plan could not report.
        """
        owing = [each for each in self.entities if Owes.SILENT in (each["plan"], each["report"])]
        return [each for each in owing if each["plan"] not in PENDING.values()]

    def pending(self, stands: Owes) -> list[Mapping[str, Any]]:
        """List whose plan or report is under review, or was returned to be mended."""
        return [each for each in self.entities if stands in (each["plan"], each["report"])]


def read(digest: str) -> Reading:
    """Read the figures behind a digest; Missing where the file is not there."""
    return Reading(_parsed(digest))


def agrees(evaluation: Evaluation) -> bool | None:
    """Count a published evaluation anew and compare byte for byte; None: it was counted by another formula."""
    if evaluation.formula != FORMULA:
        return None
    call = Call.objects.get(pk=evaluation.call_id)
    counted = compute(call, evaluation.period, evaluation.as_of, evaluation.position or 0)
    with vault.open_(evaluation.digest) as file:
        frozen = file.read()
    # Which version of the program counted is no figure: every one with the same formula gives the same.
    by = {name: said for name, said in json.loads(frozen).items() if name == "program"}
    return frozen == canonical({name: said for name, said in counted.items() if name != "program"} | by)


def share_of(told: Sequence[int | None] | None) -> Share:
    """Read done, due and unknown; nothing where the measure is not told."""
    if not told:
        return Share()
    done, due, unknown = (each or 0 for each in told[:3])
    return Share(done, due, unknown)


def score_of(told: Sequence[int | None] | None) -> Share | None:
    """Read the ratio, in basis points of 10,000; None where there is nothing to say."""
    return None if not told or told[3] is None else Share(told[3], 10_000)


def known_of(told: Sequence[int | None] | None) -> Share:
    """Read of which part of all that is due it speaks; nothing where that was not told."""
    return Share() if not told or told[4] is None else Share(told[4], 10_000)


@lru_cache(maxsize=4)
def _parsed(digest: str) -> Mapping[str, Any]:
    with vault.open_(digest) as file:
        found: Mapping[str, Any] = json.load(file)
    return found
