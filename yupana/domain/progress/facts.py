"""A report as it comes in, and the contents behind the entries of follow-up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from yupana.domain.submissions.facts import Subject
    from yupana.foundation.kernel.canonical import Plain


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What a report says of one row of the plan; fields as on ``models.Progress``, ``evidence`` by key."""

    row: int
    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    gap: str = ""
    current_cents: int | None = None
    accrued_cents: int | None = None
    cause: str = ""
    variation: str = ""
    done: str = ""
    next_step: str = ""
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasuredValue:
    """What a report says of an indicator, named "INSTRUMENT/EDITION#role:code"; fields as on ``models.Measured``."""

    item: str
    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    gap: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an entity says of a piece of evidence; fields as on ``models.Evidence``."""

    name: str
    visibility: str
    level: int
    issued_on: date | None = None
    valid_until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found where a link leads: hex SHA-256 and size of its bytes and what they are, else why nothing was."""

    digest: str = ""
    size: int | None = None
    media_type: str = ""
    refusal: str = ""


ROW = (
    "row",
    "value",
    "numerator",
    "denominator",
    "gap",
    "current_cents",
    "accrued_cents",
    "cause",
    "variation",
    "done",
    "next_step",
)
"""Columns of a row of a report, as they are sealed."""
MEASURED = ("value", "numerator", "denominator", "gap", "note")
"""Columns of an indicator's value, as they are sealed."""
EVIDENCE = (
    "kind",
    "name",
    "digest",
    "media_type",
    "size",
    "url",
    "issued_on",
    "valid_until",
    "visibility",
    "level",
    "note",
    "on",
    "by_id",
)
"""Columns of a piece of evidence, as they are sealed."""
SHEET = (
    "name",
    "definition",
    "unit",
    "numerator",
    "denominator",
    "factor",
    "method",
    "direction",
    "baseline",
    "baseline_year",
    "target",
    "due_on",
    "over_time",
    "over_bodies",
    "source",
    "frequency",
    "audience",
    "responsible",
    "gaps",
)
"""Columns of an indicator's sheet, as they are sealed."""


def report_content(
    subject: Subject,
    header: Mapping[str, Plain],
    rows: Iterable[Mapping[str, Plain]],
    measured: Iterable[Mapping[str, Plain]],
) -> dict[str, Plain]:
    """Content behind handing a report in; each row names its evidence by the position of its entry's digest."""
    told: dict[str, Plain] = {**subject.named(), "header": dict(header), "rows": [dict(row) for row in rows]}
    indicators = [dict(each) for each in measured]
    return told | ({"measured": indicators} if indicators else {})


def rhythm_content(call: str, frequency: str, since: date, due_in: int, lock_in: int | None) -> dict[str, Plain]:
    """Content behind a rhythm."""
    return {"call": call, "frequency": frequency, "since": since, "due_in": due_in, "lock_in": lock_in}


def evidence_content(entity: str, fields: Mapping[str, Plain]) -> dict[str, Plain]:
    """Content behind a piece of evidence: whose it is, and the columns of EVIDENCE."""
    return {"entity": entity, **fields}


def fetch_content(
    url: str, *, on: date, digest: str, size: int | None, media_type: str, refusal: str
) -> dict[str, Plain]:
    """Content behind what was found where a link leads."""
    return {"url": url, "on": on, "digest": digest, "size": size, "media_type": media_type, "refusal": refusal}


def verdict_content(
    subject: Subject,
    row: int,
    *,
    said: Sequence[int | None],
    basis: str,
    on: date,
    by: int | None,
    supersedes: int | None,
) -> dict[str, Plain]:
    """Content behind a verdict: ``said`` are value, numerator, denominator; ``supersedes`` is the entry before."""
    return {
        **subject.named(),
        "row": row,
        "said": list(said),
        "basis": basis,
        "on": on,
        "by": by,
        "supersedes": supersedes,
    }


def words_content(subject: Subject, row: int, fields: Mapping[str, Plain]) -> dict[str, Plain]:
    """Content behind what was said about a verdict: a dispute, its answer, a corrective action, a step of it."""
    return {**subject.named(), "row": row, **fields}


def sheet_content(item: str, fields: Mapping[str, Plain]) -> dict[str, Plain]:
    """Content behind an indicator's sheet: the item's name, and the columns of SHEET."""
    return {"item": item, **fields}


def scheme_content(
    instrument: str, since: date, floor_bp: int, bands: Sequence[Sequence[Plain]], act: str
) -> dict[str, Plain]:
    """Content behind a scheme; ``instrument`` is "" where it holds for all."""
    told: list[Plain] = [list(each) for each in bands]
    return {"instrument": instrument, "since": since, "floor_bp": floor_bp, "bands": told, "act": act}


def evaluation_content(fields: Mapping[str, Plain]) -> dict[str, Plain]:
    """Content behind a published evaluation: call, code, title, period, as_of, words, position, formula, digest."""
    return dict(fields)
