"""In which band one body lies, or why it is in none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.foundation.kernel.share import Share
from yupana.projections.overviews.evaluation.population import PENDING, Owes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yupana.domain.progress.rules import Bands
    from yupana.projections.overviews.evaluation.sums import Sums

NO_DATA = "no_data"  # less is known than the scheme asks for
NO_SCORE = "no_score"  # nothing was to be reached yet
NOTHING = Share()


@dataclass(frozen=True, slots=True)
class Grade:
    """The band by its place from the lowest one on, or ``why`` there is none; ``score`` and ``known`` are shares."""

    band: int | None
    why: str
    score: Share = NOTHING
    known: Share = NOTHING


def judged_by(plan: Owes, report: Owes) -> Owes:
    """Say by what a body is judged where reports were asked for: by its report, if its plan let it give one."""
    waits = plan in PENDING.values() and report is Owes.SILENT
    return plan if waits or (report is Owes.NOTHING and plan is not Owes.ACCEPTED) else report


def grade(stands: Owes, sums: Sums, measure: str, weights: Mapping[int, int], bands: Bands) -> Grade:
    """Read the band of one body by one measure; silence and too little that is known put a body in none."""
    if stands is not Owes.ACCEPTED:
        return Grade(None, stands.value)
    ratio, known = sums.ratio(measure, weights), sums.known(measure, weights)
    coverage = Share(known.numerator, known.denominator) if known is not None else Share()
    if ratio is None:
        return Grade(None, NO_DATA if sums.total(measure).unknown else NO_SCORE, known=coverage)
    score = Share(ratio.numerator, ratio.denominator)
    if not bands.is_enough(coverage):
        return Grade(None, NO_DATA, score, coverage)
    return Grade(bands.bands.index(bands.band(ratio)), "", score, coverage)
