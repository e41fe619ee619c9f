"""What is said about checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.domain.progress.rules import CorrectiveState
from yupana.domain.progress.rules.risk import Why

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "not-verifier": _("Only reviewers and auditors of the authority verify what was reported."),
    "own-verdict": _("A dispute is answered by somebody else than who gave the verdict."),
    "report-not-accepted": _("Only what stands in the report that was accepted last can be verified."),
    "row-says-nothing": _("The report gives no value for row %(row)s, so there is nothing to verify."),
    "verdict-unlike": _("Row %(row)s was declared in another form: give a value for a value, a rate for a rate."),
    "verdict-moved": _("Somebody else gave another verdict in the meantime. Look at it first."),
    "dispute-unanswered": _("The entity disputes the verdict that holds. Answer the dispute first."),
    "disputed-already": _("This verdict was disputed already."),
    "dispute-answered-already": _("This dispute was answered already."),
    "dispute-upheld-without-value": _("If the entity is right, say which value holds instead."),
    "check-text": _("Write something, no more than %(most)s characters."),
    "corrective-day": _("Give a day after today, within three years."),
    "corrective-moved": _("Something happened to this corrective action in the meantime. Look at it first."),
    "corrective-state": _("This corrective action cannot go on like that from where it stands."),
    "verdict-unknown": _("There is no such verdict."),
    "corrective-unknown": _("There is no such corrective action."),
}
LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    CorrectiveState: {
        CorrectiveState.ANSWERED: pgettext_lazy("corrective action", "answered by the entity"),
        CorrectiveState.CLOSED: pgettext_lazy("corrective action", "closed"),
        CorrectiveState.REOPENED: pgettext_lazy("corrective action", "reopened"),
    },
    Why: {
        Why.MONEY: _("Much money"),
        Why.SHARE: _("Much of its plan's money"),
        Why.JUMP: _("A jump without evidence"),
        Why.BARE: _("No evidence"),
        Why.WEAK: _("Weak evidence"),
        Why.ODD: _("Something does not fit"),
        Why.UNCHECKED: _("Never verified"),
        Why.DIFFERED: _("Found to differ before"),
        Why.WHOLE: _("Says that all is done"),
    },
}
