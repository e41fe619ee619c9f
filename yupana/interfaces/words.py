"""The words of all rooms: a sentence for every refusal, a label for every value, in the reader's language."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from yupana.domain.commitments import labels as commitments
from yupana.domain.entities import labels as entities
from yupana.domain.instruments import labels as instruments
from yupana.domain.obligations import labels as obligations
from yupana.domain.people import labels as people
from yupana.domain.submissions import labels as submissions
from yupana.interfaces.interchange import labels as interchange

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from yupana.foundation.kernel.errors import Refused

ROOMS = (entities, people, instruments, obligations, submissions, commitments)

# What the ledger refuses and what the doors say: neither has a room with words of its own.
_OURS: dict[str, StrPromise] = {
    "act-missing": _("Say by which legal act this is done."),
    "erased-already": _("This was already erased by a recorded act."),
    "erasure-stays": _("The record of an erasure is never erased."),
    "entry-unknown": _("There is no such entry in the record."),
    "role-missing": _("This page is for another role. If you need it, ask whoever manages the accounts."),
}
MESSAGES: dict[str, StrPromise] = {
    **_OURS,
    **interchange.MESSAGES,
    **{code: text for room in ROOMS for code, text in room.MESSAGES.items()},
}
LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    kind: words for room in ROOMS for kind, words in room.LABELS.items()
}


def sentence(refused: Refused) -> str:
    """Return why something was refused, as a person reads it."""
    details = {name: _said(value) for name, value in refused.details.items()}
    return str(MESSAGES[refused.code]) % details


def why(code: str) -> str:
    """Return what a note of an import says about its line."""
    return str(MESSAGES[code])


def label(value: StrEnum) -> str:
    """Return the label of one of a room's values."""
    return str(LABELS[type(value)][value.value])


def _said(value: object) -> object:
    """Write a detail as people read it: a date in words, a value by its label, candidates one after the other."""
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, StrEnum) and type(value) in LABELS:
        return label(value)
    if isinstance(value, list | tuple):
        return "; ".join(" ".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in value)
    return value
