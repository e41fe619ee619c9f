"""Instruments as an installed app; the database itself keeps a published edition as it was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

from yupana.foundation.ledger.rules import Guard

if TYPE_CHECKING:
    from typing import ClassVar

_OLD_PUBLISHED = "EXISTS (SELECT 1 FROM instruments_edition e WHERE e.id = OLD.edition_id AND e.state <> 'draft')"
_NEW_PUBLISHED = "EXISTS (SELECT 1 FROM instruments_edition e WHERE e.id = NEW.edition_id AND e.state <> 'draft')"
# After publishing, only the state moves on (superseded, repealed), and never back.
_REWRITTEN = (
    "OLD.state <> 'draft' AND (NEW.state = 'draft' OR (NEW.state = 'published' AND OLD.state <> 'published')"
    " OR NEW.id <> OLD.id OR NEW.instrument_id <> OLD.instrument_id OR NEW.code <> OLD.code"
    " OR NEW.title <> OLD.title OR NEW.legal_basis <> OLD.legal_basis OR NEW.act <> OLD.act"
    " OR NEW.published_on <> OLD.published_on"
    " OR NEW.source_digest <> OLD.source_digest OR NEW.entry_id <> OLD.entry_id)"
)
# Title and kind of an instrument stand in each of its publications.
_RENAMED = (
    "EXISTS (SELECT 1 FROM instruments_edition e WHERE e.instrument_id = OLD.id AND e.state <> 'draft')"
    " AND (NEW.id <> OLD.id OR NEW.code <> OLD.code OR NEW.title <> OLD.title OR NEW.kind <> OLD.kind)"
)


class InstrumentsConfig(AppConfig):
    """Plans, guidelines and whatever else the authority publishes."""

    name = "yupana.domain.instruments"
    label = "instruments"
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("instruments_instrument", "update", _RENAMED),
        Guard("instruments_edition", "insert", "NEW.state <> 'draft'"),
        Guard("instruments_edition", "update", _REWRITTEN),
        Guard("instruments_edition", "delete", "OLD.state <> 'draft'"),
        Guard("instruments_item", "insert", _NEW_PUBLISHED),
        Guard("instruments_item", "update", f"{_OLD_PUBLISHED} OR {_NEW_PUBLISHED}"),
        Guard("instruments_item", "delete", _OLD_PUBLISHED),
    )
