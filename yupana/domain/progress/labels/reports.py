"""What reports say to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.domain.progress.rules import Flag, Frequency, Gap, Method, Odd, Unsaid, VarianceCause

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "call-asks-no-report": _("The call %(call)s does not ask for a report."),
    "report-period-outside": _("%(period)s is no period of plans for %(plan)s, nor one until an indicator is due."),
    "report-without-plan": _("There is no accepted plan to report on."),
    "report-empty": _("The report says nothing yet."),
    "report-row-moved": _(
        "Somebody else changed row %(row)s in the meantime. Nothing was overwritten: look at it and save anew."
    ),
    "report-text-too-long": _("A text of row %(row)s is longer than %(most)s characters."),
    "report-money": _("An amount of row %(row)s cannot be kept."),
    "row-unsaid": _("Row %(row)s says nothing: give its value, or say why there is none."),
    "cause-missing": _("Row %(row)s is off plan: say the cause and what happened."),
    "cause-unknown": _("Row %(row)s gives a cause that is not on the list."),
    "evidence-unknown": _("Row %(row)s cites evidence that your entity does not have."),
    "value-or-rate": _("Give a value, or a numerator with its denominator: %(which)s."),
    "gap-beside-value": _("There is a value and also a reason why there is none: %(which)s."),
    "gap-unknown": _("The reason why there is no value is not on the list: %(which)s."),
    "denominator-negative": _("Nothing is a part of a whole below zero: write the whole without a minus (%(which)s)."),
    "value-beyond": _("A number is larger than we can keep: %(which)s."),
    "report-number": _("Write a number, for example 1.234,5, or a part of a whole, for example 45/60."),
    "report-amount": _("Write the amount in bolivianos with a comma before the cents, for example 1.234,56."),
    "indicator-unsaid": _("%(item)s has no value: give it, or say why there is none."),
    "indicator-bare": _("Write the part and the whole, for example 45/60: a percentage alone cannot be put together."),
    "indicator-not-asked": _("Your entity is not asked to report %(item)s."),
    "frequency-unknown": _("“%(found)s” is no frequency. Known are: %(known)s."),
    "rhythm-terms": _("Give between 1 and %(most)s days to report, and at most as many until it locks."),
}
LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    Frequency: {
        Frequency.MONTH: _("Every month"),
        Frequency.QUARTER: _("Every quarter"),
        Frequency.HALF: _("Every half-year"),
        Frequency.YEAR: _("Every year"),
    },
    Gap: {
        Gap.DATA: _("There are no data"),
        Gap.METHOD: _("It is not known how to measure it"),
        Gap.CAPACITY: _("There is nobody to measure it"),
        Gap.MONEY: _("There is no money to measure it"),
    },
    VarianceCause: {
        VarianceCause.MONEY: pgettext_lazy("cause of variation", "Money"),
        VarianceCause.PROCUREMENT: pgettext_lazy("cause of variation", "Procurement"),
        VarianceCause.STAFF: pgettext_lazy("cause of variation", "Staff"),
        VarianceCause.TECHNOLOGY: pgettext_lazy("cause of variation", "Technology"),
        VarianceCause.LEGAL: pgettext_lazy("cause of variation", "Legal"),
        VarianceCause.THIRD_PARTY: pgettext_lazy("cause of variation", "A third party"),
        VarianceCause.AWAITED: pgettext_lazy("cause of variation", "An activity that it waits for"),
        VarianceCause.EMERGENCY: pgettext_lazy("cause of variation", "An emergency"),
        VarianceCause.PLANNING: pgettext_lazy("cause of variation", "The plan itself"),
        VarianceCause.OTHER: pgettext_lazy("cause of variation", "Another cause"),
    },
    Method: {
        Method.FLOW: _("Flow: values add up"),
        Method.CUMULATIVE: _("Running total"),
        Method.STOCK: _("Level, from its baseline"),
        Method.CAPACITY: _("Capacity, baseline counted in"),
        Method.REDUCTION: _("Reduction from a baseline"),
        Method.MILESTONE: _("Milestone: reached or not"),
    },
    Unsaid: {
        Unsaid.SILENT: _("not reported"),
        Unsaid.GAP: _("reported as without a value"),
        Unsaid.NO_VALUE: _("left empty"),
        Unsaid.NO_METHOD: _("the plan does not say how its values add up"),
        Unsaid.NO_TARGET: _("the plan has no target in numbers"),
        Unsaid.NO_BASELINE: _("what has to fall has no baseline"),
        Unsaid.TARGET_IS_BASELINE: _("the target is the baseline"),
        Unsaid.TARGET_IS_ZERO: _("the target is zero"),
        Unsaid.WRONG_WAY: _("target and baseline contradict the direction"),
        Unsaid.NOT_DUE: _("nothing was programmed up to now"),
        Unsaid.ZERO_DENOMINATOR: _("the denominator is zero"),
        Unsaid.ADDS_UP: _("it has to fall, and its values are added up over time"),
    },
    Flag: {
        Flag.INCOMPLETE: _("at least this much: an earlier period was not reported"),
        Flag.FELL: _("a running total fell"),
        Flag.BEYOND: _("beyond 120 %: look at the programming"),
    },
    Odd: {
        Odd.MONEY_WITHOUT_PROGRESS: _("Money without progress"),
        Odd.PROGRESS_WITHOUT_MONEY: _("Progress without money"),
        Odd.OVER_EXECUTION: _("More spent than budgeted"),
        Odd.JUMP_WITHOUT_EVIDENCE: _("A jump without evidence"),
        Odd.FELL: _("A running total fell"),
        Odd.BEYOND: _("Beyond 120 %: look at the programming"),
        Odd.INCOMPLETE: _("An earlier period is missing"),
    },
}
