"""What the overviews say to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

from yupana.projections.overviews.duties import Duty
from yupana.projections.overviews.followup import Apart, How
from yupana.projections.overviews.silent import Silence

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    Apart: {
        Apart.OWED: pgettext_lazy("report", "nobody handed it in"),
        Apart.OFF_PLAN: pgettext_lazy("report", "says why something is off plan"),
    },
    Duty: {
        Duty.DROP: pgettext_lazy("to do", "its activities answer nothing any more"),
        Duty.CHOOSE: pgettext_lazy("to do", "choose which part each activity answers"),
        Duty.REANSWER: pgettext_lazy("to do", "answer anew: another target or another day"),
        Duty.REVIEW: pgettext_lazy("to do", "see whether the activities still answer it"),
        Duty.ANSWER: pgettext_lazy("to do", "answer it"),
        Duty.NOTHING: pgettext_lazy("to do", "nothing"),
    },
    How: {
        How.REPORTED: pgettext_lazy("report", "reported in time"),
        How.LATE: pgettext_lazy("report", "reported late"),
        How.REVIEW: pgettext_lazy("report", "under review"),
        How.RETURNED: pgettext_lazy("report", "returned, to be mended"),
        How.SILENT: pgettext_lazy("report", "did not report"),
        How.LOCKED: pgettext_lazy("report", "did not report, and cannot any more"),
        How.OPEN: pgettext_lazy("report", "still has time"),
        How.WAIVED: pgettext_lazy("report", "lifted"),
        How.PASSED: pgettext_lazy("report", "passed to its successor"),
    },
    Silence: {
        Silence.UNINVITED: pgettext_lazy("silence", "nobody is named to act for it"),
        Silence.BOUNCED: pgettext_lazy("silence", "the mail came back"),
        Silence.NEVER_CAME: pgettext_lazy("silence", "invited, nobody signed in yet"),
        Silence.NOT_BEGUN: pgettext_lazy("silence", "signed in, nothing begun"),
        Silence.UNTOUCHED: pgettext_lazy("silence", "a draft that nobody goes on with"),
    },
}
