"""What a form answers when the domain refuses: the same page, what was typed, and the reason in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.foundation.kernel.errors import Refused
from yupana.interfaces import words
from yupana.interfaces.desk.doors import UNPROCESSABLE, status_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form

SHOWN, DONE = 200, 303

# Where a form shows a refusal: beside the field that it speaks of, if the form has it.
FIELDS = {
    "reason-missing": "reason",
    "remark-missing": "decision",
    "remarks-open": "decision",
    "obligation-act-missing": "act",
    "act-missing": "act",
    "edition-act-missing": "act",
    "edition-act-in-future": "on",
    "call-before-edition": "opens_on",
    "extension-not-later": "due_on",
    "plea-not-later": "until",
    "plea-answer-missing": "answer",
    "holiday-free-already": "day",
    "holiday-works-already": "day",
    "call-window-backwards": "due_on",
    "due-before-opening": "due_on",
    "item-unchanged": "item",
    "year-out-of-range": "year",
    "resolution-unsaid": "resolution",
    "resolution-day": "resolution_on",
    "received-in-future": "received_on",
    "letter-undated": "received_on",
    "received-before-opening": "received_on",
    "received-beyond-sense": "received_on",
}


def attempt(form: Form, do: Callable[[], object]) -> int:
    """Do it if the form was sent and is in order. Returns DONE, else the status with which the form is shown.

    What is worked on was found before, so whatever is missing now is something that was typed.
    """
    if not form.is_bound:
        return SHOWN
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        do()
    except Refused as refused:
        field = FIELDS.get(refused.code)
        form.add_error(field if field in form.fields else None, words.sentence(refused))
        return status_of(refused)
    return DONE
