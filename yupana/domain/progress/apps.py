"""Follow-up as an installed app: what was reported, proved, checked and published stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.rules import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import ClassVar

_HANDED = "EXISTS (SELECT 1 FROM submissions_submission s WHERE s.id = {row}.submission_id AND s.state <> 'draft')"
_OF_ERASED = (
    "EXISTS (SELECT 1 FROM submissions_submission s JOIN ledger_erasure e ON e.erased_id = s.entry_id"
    " WHERE s.id = OLD.submission_id)"
)
_ERASED = "EXISTS (SELECT 1 FROM ledger_erasure e WHERE e.erased_id = OLD.entry_id)"


def _blacked_out(texts: Sequence[str], columns: Sequence[str], erased: str) -> str:
    """Say when an update is more than a recorded erasure that blacks out what a person wrote."""
    moved = " OR ".join(
        f"COALESCE(CAST(NEW.{each} AS TEXT), '') <> COALESCE(CAST(OLD.{each} AS TEXT), '')" for each in columns
    )
    words = [f"(NEW.{each} <> OLD.{each} AND (OLD.{each} = '' OR NEW.{each} <> '{BLACKED_OUT}'))" for each in texts]
    return " OR ".join([f"NOT {erased}", moved, *words])


def _of_report(table: str, texts: Sequence[str], columns: Sequence[str]) -> Iterator[Guard]:
    """Guard what belongs to a report: written, changed and removed only while it is a draft, and erased by an act."""
    old, new = _HANDED.format(row="OLD"), _HANDED.format(row="NEW")
    yield Guard(table, "insert", new)
    yield Guard(table, "update", f"({old} OR {new}) AND ({_blacked_out(texts, ('id', *columns), _OF_ERASED)})")
    yield Guard(table, "delete", old)


def _kept(table: str, texts: Sequence[str], columns: Sequence[str]) -> Iterator[Guard]:
    """Guard what is recorded at once: only a recorded erasure blacks out what a person wrote in it."""
    yield Guard(table, "update", _blacked_out(texts, ("id", *columns, "entry_id"), _ERASED))
    yield Guard(table, "delete")


_DISPUTE = ("id", "verdict_id", "on", "by_id", "entry_id")
_OTHER_DISPUTE = " OR ".join(
    f"COALESCE(CAST(NEW.{each} AS TEXT), '') <> COALESCE(CAST(OLD.{each} AS TEXT), '')"
    for each in (f'"{name}"' if name == "on" else name for name in _DISPUTE)
)


class ProgressConfig(AppConfig):
    """Reports, evidence, verification, indicators and evaluations."""

    name = "yupana.domain.progress"
    label = "progress"
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("progress_rhythm", "update"),
        Guard("progress_rhythm", "delete"),
        *_of_report(
            "progress_progress",
            ("variation", "done", "next_step"),
            (
                *("submission_id", "row", "value", "numerator", "denominator", "gap"),
                *("current_cents", "accrued_cents", "cause"),
            ),
        ),
        *_of_report(
            "progress_measured",
            ("note",),
            ("submission_id", "item_id", "value", "numerator", "denominator", "gap"),
        ),
        *_of_report("progress_support", (), ("submission_id", "row", "evidence_id")),
        *_kept(
            "progress_evidence",
            ("name", "url", "note"),
            (
                *("entity_id", "kind", "digest", "media_type", "size", "issued_on", "valid_until"),
                *("visibility", "level", '"on"', "by_id"),
            ),
        ),
        Guard("progress_fetch", "update"),
        Guard("progress_fetch", "delete"),
        *_kept(
            "progress_verdict",
            ("basis",),
            ("submission_id", "row", "value", "numerator", "denominator", '"on"', "by_id", "supersedes_id"),
        ),
        Guard(
            "progress_dispute",
            "update",
            f"{_OTHER_DISPUTE} OR (OLD.answer_entry_id IS NOT NULL AND NOT {_ERASED})"
            f" OR (OLD.answer_entry_id IS NULL AND NEW.answer_entry_id IS NULL AND NOT {_ERASED})"
            f" OR (NEW.text <> OLD.text AND (NOT {_ERASED} OR NEW.text <> '{BLACKED_OUT}'))",
        ),
        Guard("progress_dispute", "delete"),
        *_kept("progress_corrective", ("text",), ("verdict_id", "due_on", '"on"', "by_id")),
        *_kept("progress_correctivestep", ("text",), ("corrective_id", '"order"', "after", '"on"', "by_id")),
        Guard("progress_sheet", "update"),
        Guard("progress_sheet", "delete"),
        Guard("progress_scheme", "update"),
        Guard("progress_scheme", "delete"),
        Guard("progress_evaluation", "update", "OLD.entry_id IS NOT NULL"),
        Guard("progress_evaluation", "delete", "OLD.entry_id IS NOT NULL"),
    )
