"""What the figures are called, and how each is counted, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yupana.projections.figures.rules import (
    ADVANCE,
    ADVANCE_CHECKED,
    ADVANCE_VERIFIED,
    ANSWERED,
    BUDGET,
    COVERAGE,
    EFFICACY,
    EFFICACY_CHECKED,
    EFFICACY_VERIFIED,
    EXECUTION,
    RESPONSIBLE,
    TARGET,
    TIMELINESS,
)

LABELS = {
    COVERAGE: _("Coverage"),
    TIMELINESS: _("Timeliness"),
    ANSWERED: _("Answered by an activity"),
    TARGET: _("With indicator and target"),
    RESPONSIBLE: _("With a responsible"),
    BUDGET: _("With a budget"),
    ADVANCE: _("Progress, declared"),
    ADVANCE_VERIFIED: _("Progress, verified"),
    ADVANCE_CHECKED: _("Progress of what was checked, as it was declared"),
    EFFICACY: _("Effectiveness, declared"),
    EFFICACY_VERIFIED: _("Effectiveness, verified"),
    EFFICACY_CHECKED: _("Effectiveness of what was checked, as it was declared"),
    EXECUTION: _("Financial execution"),
}
FORMULAS = {
    COVERAGE: _("Obligations with an accepted submission / obligations due. Waived ones are left out."),
    TIMELINESS: _(
        "Obligations met on or before their due date / obligations due. What came in time and is under review is "
        "left out until it is decided. Silence counts as not met; a doubtful date of reception or an unknown deadline "
        "counts as unknown."
    ),
    ANSWERED: _(
        "Lines answered by an activity of the last accepted plan / lines that bind the entities due. Silence counts 0."
    ),
    TARGET: _("The same, by an activity that has an indicator and a target. Unknown where they were not asked for."),
    RESPONSIBLE: _("The same, by an activity that also names a responsible. Unknown where that was not asked for."),
    BUDGET: _("The same, by an activity that also has a budget. Unknown where that was not asked for."),
    ADVANCE: _(
        "What activities reached / their last target, as the reports of the period say. What is not said is "
        "unknown, never 0."
    ),
    ADVANCE_VERIFIED: _("The same, only of activities that were checked, with the value that was found."),
    ADVANCE_CHECKED: _("The same activities that were checked, with the value that had been declared."),
    EFFICACY: _(
        "What activities reached / what was programmed up to the period. What was not programmed yet stays out of it."
    ),
    EFFICACY_VERIFIED: _("The same, only of activities that were checked, with the value that was found."),
    EFFICACY_CHECKED: _("The same activities that were checked, with the value that had been declared."),
    EXECUTION: _(
        "Money accrued / current budget, of activities whose report says both. The budget of the others is unknown."
    ),
}
