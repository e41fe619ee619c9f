"""Obligations as an installed app; the frozen audience of an open call is kept by the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

from yupana.foundation.ledger.rules import Guard

if TYPE_CHECKING:
    from typing import ClassVar

_OPENED = "EXISTS (SELECT 1 FROM obligations_call c WHERE c.id = OLD.call_id AND c.state <> 'draft')"
# Opening freezes a call; afterwards only its state moves on.
_REWRITTEN = (
    "OLD.state <> 'draft' AND (NEW.state = 'draft' OR NEW.id <> OLD.id OR NEW.code <> OLD.code"
    " OR NEW.audience <> OLD.audience OR NEW.opens_on <> OLD.opens_on OR NEW.period <> OLD.period"
    " OR NEW.expects <> OLD.expects OR NEW.asks_target <> OLD.asks_target"
    " OR NEW.asks_responsible <> OLD.asks_responsible OR NEW.asks_budget <> OLD.asks_budget"
    " OR NEW.visibility <> OLD.visibility OR NEW.entry_id <> OLD.entry_id OR NEW.due_on <> OLD.due_on"
    " OR (NEW.due_on IS NULL) <> (OLD.due_on IS NULL))"
)


class ObligationsConfig(AppConfig):
    """Calls and what each entity owes."""

    name = "yupana.domain.obligations"
    label = "obligations"
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("obligations_call", "update", _REWRITTEN),
        Guard("obligations_call", "delete", "OLD.state <> 'draft'"),
        Guard("obligations_scope", "update", _OPENED),
        Guard("obligations_scope", "delete", _OPENED),
        Guard("obligations_scopeitem", "update"),
        Guard("obligations_scopeitem", "delete"),
        Guard("obligations_obligation", "update"),
        Guard("obligations_obligation", "delete"),
        Guard("obligations_extension", "update"),
        Guard("obligations_extension", "delete"),
        Guard("obligations_waiver", "update"),
        Guard("obligations_waiver", "delete"),
    )
