"""What is said about indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.domain.progress.rules import OverBodies, OverTime, SheetSource
from yupana.domain.progress.rules.indicators import Lack

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "sheet-name": _("Give the indicator a name."),
    "sheet-text-too-long": _("A text is longer than %(most)s characters."),
    "sheet-number": _("A number is larger than we can keep, or the factor is not above zero."),
    "sheet-choice": _("“%(found)s” is not one of the choices."),
    "sheet-reduction": _("A reduction needs its baseline, and goes down."),
    "sheet-gap": _("Name at most %(most)s gaps, each of a known kind and in one line."),
    "sheet-edition-draft": _("Edition %(edition)s is a draft. Its indicators are set once it is published."),
    "sheet-item": _("Item %(item)s is no target and no indicator."),
    "sheet-moved": _("Somebody else changed this sheet in the meantime. Nothing was overwritten: look at it again."),
}
LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    OverTime: {
        OverTime.SUM: pgettext_lazy("over time", "They add up"),
        OverTime.LAST: pgettext_lazy("over time", "The last one holds"),
        OverTime.MEAN: pgettext_lazy("over time", "Their mean"),
        OverTime.MOST: pgettext_lazy("over time", "The highest one"),
    },
    OverBodies: {
        OverBodies.SUM: pgettext_lazy("over entities", "They add up"),
        OverBodies.RATE: pgettext_lazy("over entities", "One rate of all numerators and denominators"),
        OverBodies.MOST: pgettext_lazy("over entities", "The highest one"),
        OverBodies.APART: pgettext_lazy("over entities", "Each stays apart"),
    },
    SheetSource: {
        SheetSource.COUNT: _("Counted from accepted plans"),
        SheetSource.REPORT: _("Reported by entities"),
    },
    Lack: {
        Lack.SILENT: _("did not report"),
        Lack.GAP: _("reported that there is no value"),
        Lack.EMPTY: _("left it empty"),
        Lack.NO_BASE: _("gave a value without numerator and denominator"),
        Lack.ZERO_BASE: _("gave a denominator of zero"),
    },
}
