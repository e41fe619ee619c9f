"""Commitments as an installed app; the rows of a plan that was handed in stay as they were handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.rules import Guard

if TYPE_CHECKING:
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
        "COALESCE(NEW.item_id, 0) <> COALESCE(OLD.item_id, 0)",
        "COALESCE(NEW.budget_cents, -1) <> COALESCE(OLD.budget_cents, -1)",
        "COALESCE(CAST(NEW.carried AS TEXT), '') <> COALESCE(CAST(OLD.carried AS TEXT), '')",
    ]
)
_TEXTS = ("name", "responsible", "result", "indicator", "target", "starts", "ends", "notes")
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


class CommitmentsConfig(AppConfig):
    """Activities, and the reviewer's reclassification beside them."""

    name = "yupana.domain.commitments"
    label = "commitments"
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("commitments_activity", "insert", f"EXISTS ({_OF.format(row='NEW')})"),
        Guard("commitments_activity", "update", _CHANGED),
        Guard("commitments_activity", "delete", f"EXISTS ({_OF.format(row='OLD')})"),
        Guard("commitments_reclassification", "update"),
        Guard("commitments_reclassification", "delete"),
        Guard("commitments_yearone", "update"),
        Guard("commitments_yearone", "delete"),
    )
