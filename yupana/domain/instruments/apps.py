"""Instruments as an installed app; the database itself keeps a published edition as it was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger.rules import Guard

if TYPE_CHECKING:
    from typing import ClassVar

_OLD_PUBLISHED = "EXISTS (SELECT 1 FROM instruments_edition e WHERE e.id = OLD.edition_id AND e.state <> 'draft')"
_NEW_PUBLISHED = "EXISTS (SELECT 1 FROM instruments_edition e WHERE e.id = NEW.edition_id AND e.state <> 'draft')"
# Once it left the draft its words stay, in consultation too; once published, only the state moves on, never back.
_REWRITTEN = (
    "(OLD.state <> 'draft' AND NEW.state <> 'draft' OR OLD.state NOT IN ('draft', 'consultation'))"
    " AND (NEW.id <> OLD.id OR NEW.instrument_id <> OLD.instrument_id OR NEW.code <> OLD.code"
    " OR NEW.title <> OLD.title OR NEW.legal_basis <> OLD.legal_basis OR NEW.source_digest <> OLD.source_digest"
    " OR NEW.more <> OLD.more OR NEW.version <> OLD.version OR NEW.edited <> OLD.edited)"
    " OR OLD.state NOT IN ('draft', 'consultation') AND ("
    " NEW.state IN ('draft', 'consultation') OR (NEW.state = 'published' AND OLD.state <> 'published')"
    " OR (OLD.state = 'repealed' AND NEW.state <> 'repealed')"
    " OR NEW.act <> OLD.act OR NEW.published_on <> OLD.published_on OR NEW.entry_id <> OLD.entry_id)"
)
# Title and kind of an instrument stand in each of its publications.
_RENAMED = (
    "EXISTS (SELECT 1 FROM instruments_edition e WHERE e.instrument_id = OLD.id"
    " AND e.state NOT IN ('draft', 'consultation'))"
    " AND (NEW.id <> OLD.id OR NEW.code <> OLD.code OR NEW.title <> OLD.title OR NEW.kind <> OLD.kind)"
)
_ERASED = "EXISTS (SELECT 1 FROM ledger_erasure e WHERE e.erased_id = OLD.entry_id)"
# What somebody said may only be blacked out, by a recorded erasure.
_SPOKEN = (
    'NEW.id <> OLD.id OR NEW.consultation_id <> OLD.consultation_id OR NEW."on" <> OLD."on"'
    " OR NEW.item <> OLD.item OR NEW.entry_id <> OLD.entry_id"
    " OR COALESCE(NEW.entity_id, 0) <> COALESCE(OLD.entity_id, 0)"
    " OR COALESCE(CAST(NEW.lineage AS TEXT), '') <> COALESCE(CAST(OLD.lineage AS TEXT), '')"
    f" OR NEW.text <> '{BLACKED_OUT}'"
    f" OR NOT {_ERASED}"
)
# Once it is closed and its comments are counted, nobody can have said anything more.
_CLOSED = (
    "EXISTS (SELECT 1 FROM instruments_consultation c WHERE c.id = NEW.consultation_id"
    " AND c.closing_entry_id IS NOT NULL)"
)
# A consultation closes once.
_CONSULTED = (
    "OLD.closing_entry_id IS NOT NULL OR NEW.closing_entry_id IS NULL OR NEW.id <> OLD.id"
    " OR NEW.edition_id <> OLD.edition_id OR NEW.opens_on <> OLD.opens_on OR NEW.closes_on <> OLD.closes_on"
    " OR NEW.text <> OLD.text OR NEW.entry_id <> OLD.entry_id"
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
        Guard("instruments_document", "insert", _NEW_PUBLISHED),
        Guard("instruments_document", "update", f"{_OLD_PUBLISHED} OR {_NEW_PUBLISHED}"),
        Guard("instruments_document", "delete", _OLD_PUBLISHED),
        Guard("instruments_repeal", "update"),
        Guard("instruments_repeal", "delete"),
        Guard("instruments_consultation", "update", _CONSULTED),
        Guard("instruments_consultation", "delete"),
        Guard("instruments_comment", "insert", _CLOSED),
        Guard("instruments_comment", "update", _SPOKEN),
        Guard("instruments_comment", "delete"),
        Guard("instruments_answer", "update"),
        Guard("instruments_answer", "delete"),
        Guard("instruments_alignment", "update"),
        Guard("instruments_alignment", "delete"),
        Guard("instruments_alignmentend", "update"),
        Guard("instruments_alignmentend", "delete"),
    )
