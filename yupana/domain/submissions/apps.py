"""Submissions as an installed app; what was handed in stays as it was handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

from yupana.foundation.ledger.rules import Guard

if TYPE_CHECKING:
    from typing import ClassVar

_FIXED = (
    "NEW.state = 'draft' OR NEW.id <> OLD.id OR NEW.obligation_id <> OLD.obligation_id OR NEW.version <> OLD.version"
    " OR NEW.channel <> OLD.channel OR NEW.entry_id <> OLD.entry_id OR NEW.source_ref <> OLD.source_ref"
    " OR NEW.received_on <> OLD.received_on OR (NEW.received_on IS NULL) <> (OLD.received_on IS NULL)"
    " OR NEW.date_doubt <> OLD.date_doubt OR NEW.asks_target <> OLD.asks_target"
    " OR NEW.asks_responsible <> OLD.asks_responsible OR NEW.asks_budget <> OLD.asks_budget"
    " OR NEW.resolution_state <> OLD.resolution_state OR NEW.transcribed <> OLD.transcribed"
)
_TEXT = (
    "NEW.cites <> OLD.cites OR NEW.resolution <> OLD.resolution OR NEW.document_url <> OLD.document_url"
    " OR NEW.notes <> OLD.notes"
)
_ERASED = "EXISTS (SELECT 1 FROM ledger_erasure e WHERE e.erased_id = OLD.entry_id)"


class SubmissionsConfig(AppConfig):
    """What entities hand in, and what the authority answers."""

    name = "yupana.domain.submissions"
    label = "submissions"
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("submissions_submission", "update", f"OLD.state <> 'draft' AND ({_FIXED} OR ({_TEXT}) AND NOT {_ERASED})"),
        Guard("submissions_submission", "delete", "OLD.state <> 'draft'"),
        Guard("submissions_step", "update", f"NOT {_ERASED}"),
        Guard("submissions_step", "delete"),
        Guard("submissions_remark", "update"),
        Guard("submissions_remark", "delete"),
    )
