"""Submissions as an installed app; what was handed in stays as it was handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.rules import Guard

if TYPE_CHECKING:
    from typing import ClassVar

# What a figure or a reader of the log stands on: once handed in it never moves.
_KEPT = ("id", "obligation_id", "version", "channel", "entry_id", "source_ref", "date_doubt", "resolution_state")
_FLAGS = ("asks_target", "asks_responsible", "asks_budget", "transcribed", "approved")
_DAYS = ("received_on", "resolution_on", "ready_on")
_FIXED = " OR ".join(
    [
        "(OLD.state <> 'submitted' AND NEW.state <> OLD.state)",
        "NEW.state = 'draft'",
        *(f"NEW.{column} <> OLD.{column}" for column in _KEPT + _FLAGS),
        *(f"NEW.{day} <> OLD.{day}" for day in _DAYS),
        *(f"(NEW.{day} IS NULL) <> (OLD.{day} IS NULL)" for day in _DAYS),
        "COALESCE(NEW.transcribed_by_id, 0) <> COALESCE(OLD.transcribed_by_id, 0)",
        "COALESCE(NEW.ready_by_id, 0) <> COALESCE(OLD.ready_by_id, 0)",
    ]
)
# What a person wrote: a recorded erasure may black it out, and only that; what was empty stays empty.
_TEXTS = ("cites", "resolution", "document_url", "notes", "reason", "act", "ready_note")
_REWRITTEN = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in (*_TEXTS, "source_digest"))
_NOT_BLACKED_OUT = " OR ".join(
    [
        *(f"(NEW.{each} <> OLD.{each} AND (OLD.{each} = '' OR NEW.{each} <> '{BLACKED_OUT}'))" for each in _TEXTS),
        "(NEW.source_digest <> OLD.source_digest AND NEW.source_digest <> '')",
    ]
)
_SOURCE_MOVED = "COALESCE(CAST(NEW.source AS TEXT), '') <> COALESCE(CAST(OLD.source AS TEXT), '')"
_ERASED = "EXISTS (SELECT 1 FROM ledger_erasure e WHERE e.erased_id = OLD.entry_id)"
_CHANGED = (
    f"OLD.state <> 'draft' AND ({_FIXED}"
    f" OR (NOT {_ERASED} AND ({_REWRITTEN} OR {_SOURCE_MOVED}))"
    f" OR ({_NOT_BLACKED_OUT})"
    f" OR ({_SOURCE_MOVED} AND NEW.source IS NOT NULL))"
)
_OF = "EXISTS (SELECT 1 FROM submissions_submission s WHERE s.id = {row}.submission_id AND s.state <> '{state}')"
_OLD_DRAFT, _NEW_DRAFT = _OF.format(row="OLD", state="draft"), _OF.format(row="NEW", state="draft")
_OLD_WAITS, _NEW_WAITS = _OF.format(row="OLD", state="submitted"), _OF.format(row="NEW", state="submitted")

# The name of a file is what a person wrote: a recorded erasure may black it out, and only that.
_OF_ERASED = (
    "EXISTS (SELECT 1 FROM submissions_submission s JOIN ledger_erasure e ON e.erased_id = s.entry_id"
    " WHERE s.id = OLD.submission_id)"
)
_RENAMED = " OR ".join(
    [
        f"NEW.name <> '{BLACKED_OUT}'",
        f"NOT {_OF_ERASED}",
        *(f"NEW.{each} <> OLD.{each}" for each in ("id", "submission_id", "kind", "digest", "media_type", "size")),
    ]
)


class SubmissionsConfig(AppConfig):
    """What entities hand in, and what the authority answers."""

    name = "yupana.domain.submissions"
    label = "submissions"
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("submissions_submission", "update", _CHANGED),
        Guard("submissions_submission", "delete", "OLD.state <> 'draft'"),
        Guard("submissions_step", "update"),
        Guard("submissions_step", "delete"),
        Guard("submissions_remark", "update"),
        Guard("submissions_remark", "delete"),
        Guard("submissions_document", "insert", _NEW_DRAFT),
        Guard("submissions_document", "update", f"({_OLD_DRAFT} OR {_NEW_DRAFT}) AND ({_RENAMED})"),
        Guard("submissions_document", "delete", _OLD_DRAFT),
        Guard("submissions_look", "insert", _NEW_WAITS),
        Guard("submissions_look", "update", f"{_OLD_WAITS} OR {_NEW_WAITS}"),
        Guard("submissions_look", "delete", _OLD_WAITS),
    )
