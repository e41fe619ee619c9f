"""What the coherence rules say to people: what was found, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from yupana.domain.commitments.rules.coherence import Rule

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

COHERENCE: dict[Rule, tuple[StrPromise, StrPromise]] = {
    Rule.END_BEFORE_START: (
        _("It ends (%(ends)s) before it starts (%(starts)s)"),
        _("One of the two dates was perhaps mistyped."),
    ),
    Rule.SHARES_OVER: (
        _("The shares of its further guidelines come to %(sum)s %%"),
        _("Together with the first guideline they make up 100 %%: leave a part for each."),
    ),
    Rule.WAITS_FOR_ITSELF: (
        _("It waits for itself (%(name)s)"),
        _("An activity waits for another one, and none of those may wait for it in turn."),
    ),
    Rule.UNANSWERED: (
        _("%(count)s guidelines without an activity"),
        _("Answer each with an activity, or say why it is not answered. One activity may answer several."),
    ),
    Rule.YEAR_ONE_MISSING: (
        _("Dates count from “Año 1”, and which year that is was not said"),
        _("Say it once, and all of them can be read."),
    ),
    Rule.NAME_MISSING: (_("Activity without a name"), _("Say in a few words what will be done.")),
    Rule.ITEM_MISSING: (
        _("It answers no guideline"),
        _("Choose the guideline that it serves. If there is none, say why it is in this plan."),
    ),
    Rule.RESPONSIBLE_MISSING: (
        _("Nobody is responsible"),
        _("Name the unit or the post that answers for it; no names of people are needed."),
    ),
    Rule.INDICATOR_MISSING: (_("No indicator"), _("Say what is counted: kilometres, people trained, systems in use.")),
    Rule.TARGET_MISSING: (_("No target"), _("Say how much is to be reached, at the end or year by year.")),
    Rule.BUDGET_MISSING: (
        _("No budget"),
        _("Write the amount. If it needs no money of its own, write 0 and say so here."),
    ),
    Rule.CATEGORY_MISSING: (
        _("Budget without programmatic category, source or object of expenditure (%(years)s)"),
        _("Complete the lines of the budget as they stand in the approved budget."),
    ),
    Rule.DATE_DOUBTFUL: (
        _("A date that does not say one thing: %(text)s"),
        _("Write it with the month as a word, for example 1 de julio 2026."),
    ),
    Rule.DATE_OUTSIDE: (
        _("Outside the period of the plan: %(text)s"),
        _("Look at the year. If it goes on from before or after, say so."),
    ),
    Rule.SOURCE_MISSING: (
        _("It comes from no activity of the strategic plan"),
        _("Choose the activity of your accepted strategic plan that it carries out this year."),
    ),
    Rule.SOURCE_UNKNOWN: (
        _("Your accepted strategic plan has no activity %(name)s"),
        _("Choose it again; perhaps its number changed."),
    ),
    Rule.PERCENT_OVER: (
        _("A percentage of %(found)s"),
        _("A share of something is at most 100. If it is an increase, say so."),
    ),
    Rule.SCHEDULE_SUM: (
        _("The schedule of %(period)s comes to %(sum)s, and its target is %(target)s"),
        _("Both say the same thing: change one of them, or how values are counted."),
    ),
    Rule.TARGET_SUM: (
        _("What is programmed comes to %(sum)s, and the target is %(target)s"),
        _("Programme the rest, change the target, or change how values are counted."),
    ),
    Rule.MONEY_SUM: (
        _("The lines of the budget come to Bs %(sum)s, and the budget is Bs %(budget)s"),
        _("One of the two was perhaps not brought up to date."),
    ),
    Rule.OVERSPENT: (
        _("More was spent than the current budget has (%(years)s)"),
        _("Look at the current and the accrued amounts."),
    ),
    Rule.DUPLICATE: (_("It says the same as row %(row)s"), _("Make them one, or say what tells them apart.")),
    Rule.WAITS_UNKNOWN: (
        _("It waits for an activity that no accepted plan has: %(name)s"),
        _("Choose it again, or say which one it is."),
    ),
    Rule.UNIT_MISSING: (_("Amounts without a unit"), _("Say of what: per cent, systems, people.")),
    Rule.BASELINE_MISSING: (
        _("Target without a baseline"),
        _("From where does it start? Without it nobody can tell how much of the way was done. 0 is a baseline."),
    ),
}


def said(rule: Rule, told: dict[str, str]) -> tuple[str, str]:
    """Say a finding: what was found, and what mends it."""
    title, mend = COHERENCE[rule]
    return str(title) % told, str(mend) % ()
