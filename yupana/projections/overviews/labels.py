"""What the overviews say to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

from yupana.projections.overviews.duties import Duty

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    Duty: {
        Duty.DROP: pgettext_lazy("to do", "its activities answer nothing any more"),
        Duty.CHOOSE: pgettext_lazy("to do", "choose which part each activity answers"),
        Duty.REANSWER: pgettext_lazy("to do", "answer anew: another target or another day"),
        Duty.REVIEW: pgettext_lazy("to do", "see whether the activities still answer it"),
        Duty.ANSWER: pgettext_lazy("to do", "answer it"),
        Duty.NOTHING: pgettext_lazy("to do", "nothing"),
    },
}
