"""What submissions say to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.domain.submissions.rules import Channel, Doubt, Resolution, State, Verdict

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "submission-unknown": _("There is no such submission."),
    "not-entity-planner": _("Only who plans for the entity, or who transcribes its letter, may do this."),
    "documents-too-many": _("A plan comes with at most %(most)s files. Take one away first."),
    "not-reviewer": _("Only the authority's reviewers decide about what was handed in."),
    "own-entity": _("Nobody of the authority decides about an entity that they themselves act for. Ask a colleague."),
    "own-letter": _(
        "You wrote this down from a letter: a colleague decides about it, unless the entity itself hands it in."
    ),
    "obligation-transferred": _("What %(entity)s owed in the call %(call)s passed to its successor."),
    "obligation-met": _(
        "%(entity)s met what it owed under the call %(call)s. Nobody is exempted from what was accepted already."
    ),
    "call-closed": _("The call %(call)s is not open: nothing can be handed in under it."),
    "call-not-open-yet": _("The call %(call)s opens on %(opens_on)s."),
    "draft-exists": _("There is already a draft of the next version. Go on with that one."),
    "call-locked": _("Reports under %(call)s were taken until %(locks_on)s. Ask for more time to hand this one in."),
    "letter-undated": _(
        "Reports under %(call)s were taken until %(locks_on)s. Say on which day the letter was received: that day "
        "counts."
    ),
    "under-review": _("A version is under review. The next one can begin once that is decided."),
    "submitted-already": _("This version was handed in already and does not change any more."),
    "not-under-review": _("This version has not been handed in yet."),
    "decided-already": _("Somebody else has already decided about this version. Look at it again."),
    "reason-missing": _("Say why: a reason is needed."),
    "remark-missing": _("Row %(row)s is to be mended: say what."),
    "remarks-open": _("Something was noted as to be mended. Return the plan, or take the note away."),
    "part-unknown": _("The version has no part “%(subject)s”."),
    "verdict-missing": _("%(subject)s: choose present, to mend or does not apply beside your note."),
    "verdict-unknown": _("“%(verdict)s” is not one of the choices."),
    "reviewer-unknown": _("Choose one of the authority's reviewers."),
    "received-before-opening": _(
        "The day of reception (%(received_on)s) is before the call opened (%(opens_on)s). Look at day, month and year."
    ),
    "received-beyond-sense": _("%(received_on)s cannot be a day of reception: say one from the year %(first)s on."),
    "received-in-future": _("The day of reception (%(received_on)s) has not come yet."),
    "received-another-day": _("What an entity hands in itself is received today, not on %(received_on)s."),
    "date-missing": _("The day of reception is not known, so it cannot be said whether it was in time."),
    "swap-suspected": _("Day and month of the reception seem to be swapped: the letters' numbers say otherwise."),
    "contradicts-cites": _("The day of reception contradicts the letters' numbers."),
}

LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    State: {
        State.DRAFT: pgettext_lazy("submission", "draft"),
        State.SUBMITTED: pgettext_lazy("submission", "submitted"),
        State.RETURNED: pgettext_lazy("submission", "returned with remarks"),
        State.ACCEPTED: pgettext_lazy("submission", "accepted"),
        State.MISFILED: pgettext_lazy("submission", "does not belong here"),
    },
    Channel: {
        Channel.DESK: pgettext_lazy("channel", "desk"),
        Channel.WORKBOOK: pgettext_lazy("channel", "workbook"),
        Channel.LETTER: pgettext_lazy("channel", "letter"),
        Channel.MAIL: pgettext_lazy("channel", "e-mail"),
        Channel.IMPORT: pgettext_lazy("channel", "import"),
        Channel.CARRIED: pgettext_lazy("channel", "carried over from an earlier edition"),
    },
    Resolution: {
        Resolution.KNOWN: pgettext_lazy("resolution", "known"),
        Resolution.PENDING: pgettext_lazy("resolution", "on its way"),
        Resolution.MISSING: pgettext_lazy("resolution", "resolution pending"),
    },
    Verdict: {
        Verdict.FINE: pgettext_lazy("review", "fine"),
        Verdict.MEND: pgettext_lazy("review", "to mend"),
        Verdict.NOT_APPLICABLE: pgettext_lazy("review", "does not apply"),
    },
    Doubt: {
        Doubt.DATE_MISSING: pgettext_lazy("day of reception", "not known"),
        Doubt.SWAP_SUSPECTED: pgettext_lazy("day of reception", "day and month perhaps swapped"),
        Doubt.CONTRADICTS_CITES: pgettext_lazy("day of reception", "contradicts the letter numbers"),
    },
}
