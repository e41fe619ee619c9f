"""What the figures are called, and how each is counted, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yupana.projections.figures.rules import ANSWERED, BUDGET, COVERAGE, RESPONSIBLE, TARGET, TIMELINESS

LABELS = {
    COVERAGE: _("Coverage"),
    TIMELINESS: _("Timeliness"),
    ANSWERED: _("Answered by an activity"),
    TARGET: _("With indicator and target"),
    RESPONSIBLE: _("With a responsible"),
    BUDGET: _("With a budget"),
}
FORMULAS = {
    COVERAGE: _("Obligations with an accepted submission / obligations due. Waived ones are left out."),
    TIMELINESS: _(
        "Obligations met on or before their due date / obligations due. Silence counts as not met; a doubtful date of "
        "reception or an unknown deadline counts as unknown."
    ),
    ANSWERED: _(
        "Lines answered by an activity of the last accepted plan / lines that bind the entities due. Silence counts 0."
    ),
    TARGET: _("The same, by an activity that has an indicator and a target. Unknown where they were not asked for."),
    RESPONSIBLE: _("The same, by an activity that also names a responsible. Unknown where that was not asked for."),
    BUDGET: _("The same, by an activity that also has a budget. Unknown where that was not asked for."),
}
