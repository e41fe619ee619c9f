"""What the workbook of a plan says when it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "workbook-not-ours": _("%(where)s: this is no workbook that was given out here. Download one and fill that in."),
    "workbook-seal-broken": _(
        "%(where)s: the hidden sheet is not as it was given out here. Download the workbook anew and copy your changes "
        "into it."
    ),
    "workbook-of-another": _("%(where)s: this workbook belongs to another plan: %(entity)s, %(plan)s."),
    "plan-not-owed": _("%(entity)s owes no such plan."),
    "plan-several": _("%(entity)s owes several plans: %(calls)s. Say which one (--call CODE)."),
    "workbook-needs-draft": _("There is no version to put it into. Begin one first, then bring the workbook."),
    "workbook-sheet-missing": _("%(where)s: the sheet “%(sheet)s” is gone."),
    "workbook-column-missing": _("%(where)s: the column “%(column)s” is gone, so nobody knows which row is which."),
    "workbook-rows-too-many": _("%(where)s: there are more than %(most)s lines. Divide the plan."),
    "report-book-not-ours": _(
        "%(where)s: this is no workbook of a report that was given out here. Download one and fill that in."
    ),
    "report-not-owed": _("%(entity)s owes no report on %(period)s."),
    "report-of-another": _("%(where)s: this workbook belongs to another report: %(entity)s, %(report)s."),
    "budget-columns": _("%(where)s: there are columns missing: %(looked_for)s."),
    # Notes beside what was read: the place is told before them.
    "workbook-sheet-gone": _("This sheet is gone; what it said stays as it was."),
    "workbook-links": _("It leads to other files; those were not opened."),
    "cell-not-read": _("This does not fit into the column; the cell stays as it was."),
    "cell-not-kept": _("This is too long, or does not fit into the column; the cell stays as it was."),
    "item-not-owed": _("This is no line of the plan, or several; the cell stays as it was."),
    "sheet-line-not-read": _("This line cannot be read; what the sheet says of its activity stays as it was."),
    "line-without-activity": _("No activity has this number; the line was left out."),
    "line-without-indicator": _("No indicator has this number; the line was left out."),
    "sheet-budget-is-sum": _("The budget is the sum of its lines; this amount was left out."),
    "column-unknown": _("This column is not one of the workbook; it was left out."),
    "column-gone": _("A column is gone; its cells stay as they were."),
    "column-gone-sheet": _("A column of this sheet is gone; all that the sheet said stays as it was."),
    "row-number-unknown": _("This number was not given out; the line was taken as a new activity."),
    "row-number-twice": _("Two lines have this number; this one was taken as a new activity."),
    "report-row-twice": _("Two lines have this number; this one was left out."),
    "budget-other-year": _("This line is of another year."),
    "budget-no-line": _("No activity of the plan has these codes."),
    "budget-several": _("Several activities have these codes; say by hand which one it is."),
    "budget-amount": _("An amount of this line cannot be read."),
    "budget-beside": _("Another line of this activity cannot be read, so its sum is not known."),
    "budget-negative": _("The lines of this activity add up to less than zero."),
    "budget-subtotal": _("This is a subtotal: the lines that it adds up were taken instead."),
    "row-moved-in-sheet": _("This activity stands on the line of another; it was known by its words."),
}
