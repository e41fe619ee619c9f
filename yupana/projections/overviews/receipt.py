"""The proof that a version was handed in: its place in the public record, its digest, and the record's root now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.domain.submissions.rules import Channel
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger import queries as ledger
from yupana.foundation.ledger.rules import read_leaf

if TYPE_CHECKING:
    from datetime import datetime

    from yupana.domain.submissions.models import Submission
    from yupana.foundation.ledger.queries import Head


class Sender(StrEnum):
    """Who handed it in, by role. No record of handing in names a person, so no receipt does."""

    ENTITY = "entity"
    TRANSCRIBER = "transcriber"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Proof:
    """``position`` is None until the next sealing; ``digest`` is what the public record shows of the entry."""

    position: int | None
    recorded_at: datetime
    digest: str
    sender: Sender
    head: Head

    @property
    def before(self) -> int:
        """Where the page of the public record begins that shows this entry first."""
        return (self.position or 0) + 1


def proof_of(submission: Submission) -> Proof:
    """Read the proof of a version that the reader was given; Missing while it is a draft. Two queries."""
    entry = submission.entry
    if entry is None:
        raise Missing("submission-unknown")
    digest = read_leaf(bytes(entry.leaf)).content
    return Proof(entry.position, entry.recorded_at, digest, _sender(submission), ledger.head())


def _sender(submission: Submission) -> Sender:
    if submission.channel == Channel.IMPORT:
        return Sender.IMPORT
    return Sender.ENTITY if submission.confirmed else Sender.TRANSCRIBER
