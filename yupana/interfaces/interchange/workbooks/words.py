"""What a workbook says to who fills it in: names of sheets and columns, and how to go about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from yupana.domain.commitments.labels import LABELS
from yupana.domain.commitments.rules import VALUE, Accumulation, Direction, Medium

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

NUMBER, SHARE = "row", "share"
TITLES: dict[str, StrPromise] = {
    NUMBER: pgettext_lazy("workbook", "No."),
    "item": gettext_lazy("Line it answers"),
    "also": gettext_lazy("Further lines it answers"),
    "medium": gettext_lazy("Means"),
    "name": gettext_lazy("Activity"),
    "responsible": gettext_lazy("Responsible unit"),
    "person": gettext_lazy("Responsible post"),
    "result": gettext_lazy("Expected result"),
    "indicator": gettext_lazy("Indicator"),
    "unit": gettext_lazy("Unit of measure"),
    "accumulation": gettext_lazy("How its values add up"),
    "direction": gettext_lazy("Direction"),
    "baseline": gettext_lazy("Baseline"),
    "target": gettext_lazy("Target"),
    "budget": gettext_lazy("Budget in Bs"),
    "money": gettext_lazy("Budget lines"),
    "starts": gettext_lazy("Start"),
    "ends": gettext_lazy("End"),
    "verification": gettext_lazy("Medium of verification"),
    "derives": gettext_lazy("Comes from"),
    "waits": gettext_lazy("Comes after"),
    "notes": gettext_lazy("Notes"),
    "text": gettext_lazy("Full text"),
    SHARE: gettext_lazy("Share in percent"),
    "year": gettext_lazy("Fiscal year"),
    "programmed": gettext_lazy("Programmed in Bs"),
    "category": gettext_lazy("Programmatic category"),
    "source": gettext_lazy("Financing source"),
    "body": gettext_lazy("Financing body"),
    "object": gettext_lazy("Object of expenditure"),
    "current": gettext_lazy("Current in Bs"),
    "accrued": gettext_lazy("Accrued in Bs"),
}
SHEETS: dict[str, StrPromise] = {
    "plan": pgettext_lazy("sheet", "Plan"),
    "money": pgettext_lazy("sheet", "Budget"),
    "also": pgettext_lazy("sheet", "Further answers"),
    "items": pgettext_lazy("sheet", "Guidelines"),
    "help": pgettext_lazy("sheet", "Help"),
}
CHOICES: dict[str, type[StrEnum]] = {"medium": Medium, "accumulation": Accumulation, "direction": Direction}


def title(field: str) -> str:
    """Return the title of a column, also of one that holds what is programmed for a period."""
    if field.startswith(VALUE):
        return _("Programmed %(period)s") % {"period": field.removeprefix(VALUE)}
    return str(TITLES[field])


def sheet(name: str) -> str:
    """Return the name of a sheet."""
    return str(SHEETS[name])


def choices(field: str) -> dict[str, str]:
    """Return what may be chosen in a column: code by label."""
    kind = CHOICES[field]
    return {str(LABELS[kind][each.value]): each.value for each in kind}


def lead(name: str) -> str:
    """Say in one line what a sheet is for."""
    return {
        "plan": _("One line is one activity. Write in the white cells; the number in the first column stays as it is."),
        "money": _("One line is one amount of an activity. The first column says of which: its number in the plan."),
        "also": _("Only where an activity answers several lines: one more line of the plan in each."),
        "items": _("The lines that this plan has to answer. The list of the sheet “%(plan)s” offers them.")
        % {"plan": sheet("plan")},
        "help": pgettext("sheet", "How to fill this in"),
    }[name]


def advice() -> list[str]:
    """Return the help sheet, one line each."""
    return [
        _("1. Fill in the sheet “%(plan)s”. An activity needs a name; the rest may wait.") % {"plan": sheet("plan")},
        _("2. More columns stand beside the first ones. Where they are hidden, mark the letters on both sides and"
          " show them."),
        _("3. New activities go into the lines that have a number and nothing else yet."),
        _("4. To take an activity out, empty all its cells and leave its number."),
        _("5. Amounts are in bolivianos. Write them as numbers, without formulas: formulas are refused."),
        _("6. Start and end are written as you say them: 2026, 07/2026, 1 de julio de 2026."),
        _("7. Save the file as it is, in the same format, and bring it back: at the desk, by mail or on a USB stick."),
        _("Before anything changes you see what would be added, changed and removed. If somebody changed the plan"
          " in the meantime you see both texts and choose."),
    ]  # fmt: skip


def chosen_label(field: str, text: str) -> str:
    """Return what may be chosen in a column by its label; any other text is its own."""
    if field not in CHOICES:
        return text
    return next((label for label, code in choices(field).items() if code == text), text)


def place_of(field: str) -> tuple[int, str]:
    """Return where a column stands among the others, to sort by."""
    order = list(TITLES)
    return order.index(field) if field in order else len(order), field
