"""Commitments as an installed app; the rows of a plan that was handed in stay as they were handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.rules import Guard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import ClassVar

_OF = "SELECT 1 FROM submissions_submission s WHERE s.id = {row}.submission_id AND s.state <> 'draft'"
_ERASED = (
    "EXISTS (SELECT 1 FROM submissions_submission s JOIN ledger_erasure e ON e.erased_id = s.entry_id"
    " WHERE s.id = OLD.submission_id)"
)
# What a figure stands on never moves; what a person wrote may be blacked out by a recorded erasure, and only that.
_MOVED = " OR ".join(
    [
        *(f"NEW.{column} <> OLD.{column}" for column in ("id", "submission_id", "row", "medium", "source_ref")),
        *(f"NEW.{column} <> OLD.{column}" for column in ("accumulation", "direction")),
        "COALESCE(NEW.item_id, 0) <> COALESCE(OLD.item_id, 0)",
        "COALESCE(NEW.budget_cents, -1) <> COALESCE(OLD.budget_cents, -1)",
        "COALESCE(CAST(NEW.carried AS TEXT), '') <> COALESCE(CAST(OLD.carried AS TEXT), '')",
    ]
)
_TEXTS = (
    *("name", "responsible", "person", "result", "indicator", "unit", "baseline", "target", "starts", "ends"),
    *("verification", "derives", "waits", "notes"),
)
_NOT_BLACKED_OUT = " OR ".join(
    f"(NEW.{each} <> OLD.{each} AND (OLD.{each} = '' OR NEW.{each} <> '{BLACKED_OUT}'))" for each in _TEXTS
)
_SOURCE_REWRITTEN = (
    "NEW.source IS NOT NULL AND COALESCE(CAST(NEW.source AS TEXT), '') <> COALESCE(CAST(OLD.source AS TEXT), '')"
)
_CHANGED = (
    f"(EXISTS ({_OF.format(row='OLD')}) OR EXISTS ({_OF.format(row='NEW')}))"
    f" AND (NOT {_ERASED} OR {_MOVED} OR {_NOT_BLACKED_OUT} OR ({_SOURCE_REWRITTEN}))"
)
# What a row holds more than one of, and why a finding may stand, is as frozen as the row.
_PART_OF = (
    "EXISTS (SELECT 1 FROM commitments_activity a JOIN submissions_submission s ON s.id = a.submission_id"
    " WHERE a.id = {row}.activity_id AND s.state <> 'draft')"
)
_ABOUT = "EXISTS (SELECT 1 FROM submissions_submission s WHERE s.id = {row}.submission_id AND s.state <> 'draft')"
_JUSTIFIED = (
    f"({_ABOUT.format(row='OLD')} OR {_ABOUT.format(row='NEW')}) AND (NOT {_ERASED} OR NEW.text <> '{BLACKED_OUT}'"
    " OR NEW.id <> OLD.id OR NEW.submission_id <> OLD.submission_id OR NEW.rule <> OLD.rule OR NEW.row <> OLD.row)"
)
# A question is answered once, and its words may be blacked out by a recorded erasure: nothing else of it moves.
_ASKED = ("id", "obligation_id", "row", "partner_id", "asked_on", "entry_id")
_ANSWER = ("confirmed", "answered_on", "answer", "answer_entry_id")
_OTHER_QUESTION = " OR ".join(f"NEW.{each} <> OLD.{each}" for each in _ASKED)
_OTHER_ANSWER = " OR ".join(
    f"COALESCE(CAST(NEW.{each} AS TEXT), '') <> COALESCE(CAST(OLD.{each} AS TEXT), '')" for each in _ANSWER
)
_OTHER_WORDS = "NEW.part <> OLD.part OR NEW.activity <> OLD.activity"
_ANSWERED = f"OLD.answer_entry_id IS NULL AND NEW.answer_entry_id IS NOT NULL AND NOT ({_OTHER_WORDS})"
_QUESTION_IS_ERASED = "EXISTS (SELECT 1 FROM ledger_erasure e WHERE e.erased_id = OLD.entry_id)"
_QUESTION_ERASED = (
    f"{_QUESTION_IS_ERASED} AND NEW.part = '{BLACKED_OUT}' AND NEW.activity = '{BLACKED_OUT}' AND NOT ({_OTHER_ANSWER})"
)
_ASKED_ANEW = f"{_OTHER_QUESTION} OR NOT (({_ANSWERED}) OR ({_QUESTION_ERASED}))"


def _frozen(table: str, of: str) -> Iterator[Guard]:
    """Guard rows that belong to a version: they are written, changed and removed only while it is a draft."""
    old, new = of.format(row="OLD"), of.format(row="NEW")
    yield Guard(table, "insert", new)
    yield Guard(table, "update", f"{old} OR {new}")
    yield Guard(table, "delete", old)


class CommitmentsConfig(AppConfig):
    """Activities, and the reviewer's reclassification beside them."""

    name = "yupana.domain.commitments"
    label = "commitments"
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("commitments_activity", "insert", f"EXISTS ({_OF.format(row='NEW')})"),
        Guard("commitments_activity", "update", _CHANGED),
        Guard("commitments_activity", "delete", f"EXISTS ({_OF.format(row='OLD')})"),
        *_frozen("commitments_also", _PART_OF),
        *_frozen("commitments_programmed", _PART_OF),
        *_frozen("commitments_budgetline", _PART_OF),
        Guard("commitments_justification", "insert", _ABOUT.format(row="NEW")),
        Guard("commitments_justification", "update", _JUSTIFIED),
        Guard("commitments_justification", "delete", _ABOUT.format(row="OLD")),
        Guard("commitments_likeness", "update"),
        Guard("commitments_likeness", "delete"),
        Guard("commitments_partnership", "update", _ASKED_ANEW),
        Guard("commitments_partnership", "delete"),
        Guard("commitments_rowtransfer", "update"),
        Guard("commitments_rowtransfer", "delete"),
        Guard("commitments_reclassification", "update"),
        Guard("commitments_reclassification", "delete"),
        Guard("commitments_yearone", "update"),
        Guard("commitments_yearone", "delete"),
    )
