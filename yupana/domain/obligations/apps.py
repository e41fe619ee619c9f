"""Obligations as an installed app; the frozen audience of an open call is kept by the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

from yupana.foundation.ledger.rules import Guard

if TYPE_CHECKING:
    from typing import ClassVar

_OPENED = "EXISTS (SELECT 1 FROM obligations_call c WHERE c.id = {row}.call_id AND c.state <> 'draft')"
_OLD_OPENED, _NEW_OPENED = _OPENED.format(row="OLD"), _OPENED.format(row="NEW")
_NEW_ITEM_OPENED = (
    "EXISTS (SELECT 1 FROM obligations_scope s JOIN obligations_call c ON c.id = s.call_id"
    " WHERE s.id = NEW.scope_id AND c.state <> 'draft')"
)
# Whom an open call asks is frozen; one more body is asked for a report by an entry of its own.
_TAKES_MORE = (
    "EXISTS (SELECT 1 FROM obligations_call c WHERE c.id = NEW.call_id AND c.state = 'open' AND c.follows_id > 0)"
)
_OWED_UNSAID = f"(NEW.entry_id IS NULL AND {_NEW_OPENED}) OR (NEW.entry_id IS NOT NULL AND NOT {_TAKES_MORE})"
# Opening freezes a call; afterwards it can only be closed, and then nothing moves.
_REWRITTEN = (
    "OLD.state <> 'draft' AND (NEW.state = 'draft' OR OLD.state = 'closed' OR NEW.id <> OLD.id"
    " OR NEW.code <> OLD.code OR NEW.title <> OLD.title OR NEW.audience <> OLD.audience"
    " OR NEW.opens_on <> OLD.opens_on OR NEW.period <> OLD.period OR NEW.expects <> OLD.expects"
    " OR NEW.asks_target <> OLD.asks_target OR NEW.asks_responsible <> OLD.asks_responsible"
    " OR NEW.asks_budget <> OLD.asks_budget OR NEW.visibility <> OLD.visibility OR NEW.historical <> OLD.historical"
    " OR NEW.remedy_days <> OLD.remedy_days OR NEW.entry_id <> OLD.entry_id OR NEW.due_on <> OLD.due_on"
    " OR (NEW.due_on IS NULL) <> (OLD.due_on IS NULL) OR COALESCE(NEW.since_id, 0) <> COALESCE(OLD.since_id, 0)"
    " OR NEW.plan_type <> OLD.plan_type OR NEW.calendar <> OLD.calendar OR NEW.locks_on <> OLD.locks_on"
    " OR (NEW.locks_on IS NULL) <> (OLD.locks_on IS NULL) OR COALESCE(NEW.follows_id, 0) <> COALESCE(OLD.follows_id, 0)"
    " OR (NEW.closing_entry_id IS NULL) <> (NEW.state = 'open'))"
)
# What was asked stays as it was asked; it is decided once.
_PLEADED = (
    "OLD.granted IS NOT NULL OR NEW.granted IS NULL OR NEW.id <> OLD.id OR NEW.obligation_id <> OLD.obligation_id"
    " OR NEW.reason <> OLD.reason OR NEW.asked_on <> OLD.asked_on OR NEW.entry_id <> OLD.entry_id"
    " OR (NEW.until IS NULL) <> (OLD.until IS NULL) OR NEW.until <> OLD.until"
    " OR COALESCE(NEW.by_id, 0) <> COALESCE(OLD.by_id, 0)"
)


class ObligationsConfig(AppConfig):
    """Calls and what each entity owes."""

    name = "yupana.domain.obligations"
    label = "obligations"
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("obligations_call", "insert", "NEW.state <> 'draft'"),
        Guard("obligations_call", "update", _REWRITTEN),
        Guard("obligations_call", "delete", "OLD.state <> 'draft'"),
        Guard("obligations_calledition", "insert", _NEW_OPENED),
        Guard("obligations_calledition", "update", f"{_OLD_OPENED} OR {_NEW_OPENED}"),
        Guard("obligations_calledition", "delete", _OLD_OPENED),
        Guard("obligations_scope", "insert", _NEW_OPENED),
        Guard("obligations_scope", "update", f"{_OLD_OPENED} OR {_NEW_OPENED}"),
        Guard("obligations_scope", "delete", _OLD_OPENED),
        Guard("obligations_scopeitem", "insert", _NEW_ITEM_OPENED),
        Guard("obligations_scopeitem", "update"),
        Guard("obligations_scopeitem", "delete"),
        Guard("obligations_obligation", "insert", _OWED_UNSAID),
        Guard("obligations_obligation", "update"),
        Guard("obligations_obligation", "delete"),
        Guard("obligations_extension", "update"),
        Guard("obligations_extension", "delete"),
        Guard("obligations_waiver", "update"),
        Guard("obligations_waiver", "delete"),
        Guard("obligations_transfer", "update"),
        Guard("obligations_transfer", "delete"),
        Guard("obligations_holiday", "update"),
        Guard("obligations_holiday", "delete"),
        Guard("obligations_plea", "update", _PLEADED),
        Guard("obligations_plea", "delete"),
    )
