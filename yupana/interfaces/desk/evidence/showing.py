"""A piece of evidence in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.obligations.rules import Visibility
from yupana.domain.progress.evidence import Shown, shown
from yupana.domain.progress.labels.evidence import LEVELS
from yupana.domain.progress.rules import EvidenceLevel
from yupana.domain.progress.rules.evidence import FetchRefusal
from yupana.interfaces import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yupana.domain.progress.models import Evidence, Fetch
    from yupana.foundation.kernel.actor import Actor

# Names of formats are the same in every language; of the rest only the bytes are told.
KINDS = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/tiff": "TIFF",
    "application/zip": "ZIP",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
    "text/plain": "TXT",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One piece, with its codes in words."""

    shown: Shown
    kind: str
    level: str
    visibility: str

    @property
    def looks(self) -> list[tuple[Fetch, str]]:
        """What was found where its link leads, newest first, each with why nothing was."""
        newest = reversed(self.shown.looks)
        return [(each, words.label(FetchRefusal(each.refusal)) if each.refusal else "") for each in newest]


def lines(actor: Actor, pieces: Sequence[Evidence], on: date) -> list[Line]:
    """Put pieces into words."""
    return [
        Line(
            each,
            KINDS.get(each.evidence.media_type, ""),
            str(LEVELS[EvidenceLevel(each.evidence.level)]),
            words.label(Visibility(each.evidence.visibility)),
        )
        for each in shown(actor, pieces, on=on)
    ]
