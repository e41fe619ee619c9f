"""What a reviewer notes part by part while a version is under review, and what of it a decision says."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from yupana.domain.submissions.rules.life import State, Verdict
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Looked: TypeAlias = tuple[str, str, str]
"""Subject, verdict and text of one note."""
ROW, ITEM = "row:", "item:"
MARK = 12  # hex digits: enough to tell a note from the one before it


@dataclass(frozen=True, slots=True)
class Note:
    """What one reviewer wants noted about a part; without verdict and text nothing is.

    ``seen`` is the `mark` of what stood there when they looked, None where they overwrite whatever it is.
    """

    subject: str
    verdict: str = ""
    text: str = ""
    seen: str | None = None


def row_subject(row: int) -> str:
    """Name a row as a part of a version."""
    return f"{ROW}{row}"


def item_subject(ref: str) -> str:
    """Name an item of a checklist as a part of a version."""
    return f"{ITEM}{ref}"


def row_of(subject: str) -> int | None:
    """Return which row a part is, None where it is none."""
    return int(subject.removeprefix(ROW)) if subject.startswith(ROW) else None


def mark(verdict: str, text: str) -> str:
    """Tell one note from another in few characters; nothing noted is the empty mark."""
    return sha256(f"{verdict}\n{text}".encode()).hexdigest()[:MARK] if verdict else ""


def checked(note: Note) -> tuple[str, str]:
    """Return verdict and text as they are kept. Words about a row say that it is to be mended; a section needs more."""
    text, verdict = note.text.strip(), note.verdict
    of_row = row_of(note.subject) is not None
    if text and not verdict:
        if not of_row:
            raise Refused("verdict-missing", subject=note.subject.removeprefix(ITEM))
        verdict = Verdict.MEND
    known = {Verdict.FINE, Verdict.MEND} if of_row else set(Verdict)
    if verdict and verdict not in known:
        raise Refused("verdict-unknown", verdict=verdict)
    return str(verdict), text


def remarks_of(looked: Iterable[Looked]) -> dict[int, str]:
    """Return what has to be mended, by row."""
    told = ((row_of(subject), text) for subject, verdict, text in looked if verdict == Verdict.MEND)
    return {row: text for row, text in told if row is not None}


def is_open(looked: Iterable[Looked]) -> bool:
    """Whether anything has to be mended."""
    return any(verdict == Verdict.MEND for _, verdict, _ in looked)


def reasons(looked: Iterable[Looked], after: State, remarks: Mapping[int, str]) -> dict[int, str]:
    """Return the remarks that a decision carries: what was noted as it went, and what is said with it.

    Refuses to accept over a remark, and to return a row without saying why.
    """
    noted = tuple(looked)
    if after is State.ACCEPTED and is_open(noted):
        raise Refused("remarks-open")
    if after is not State.RETURNED:
        return {}
    told = remarks_of(noted) | {row: text.strip() for row, text in remarks.items() if text.strip()}
    wordless = next((row for row, text in sorted(told.items()) if not text), None)
    if wordless is not None:
        raise Refused("remark-missing", row=wordless)
    return told
