"""People as an installed app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

from yupana.foundation.ledger.rules import Guard

if TYPE_CHECKING:
    from typing import ClassVar

# A mandate changes once: when somebody ends it early.
_REWRITTEN = (
    "OLD.ended_on IS NOT NULL OR NEW.ended_on IS NULL OR NEW.id <> OLD.id OR NEW.person_id <> OLD.person_id"
    " OR NEW.entity_id <> OLD.entity_id OR NEW.role <> OLD.role OR NEW.starts_on <> OLD.starts_on"
    " OR NEW.entry_id <> OLD.entry_id OR NEW.ends_on <> OLD.ends_on"
    " OR (NEW.ends_on IS NULL) <> (OLD.ends_on IS NULL) OR NEW.letter <> OLD.letter"
    " OR NEW.letter_on <> OLD.letter_on OR (NEW.letter_on IS NULL) <> (OLD.letter_on IS NULL)"
)


class PeopleConfig(AppConfig):
    """Accounts and mandates."""

    name = "yupana.domain.people"
    label = "people"
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("people_mandate", "update", _REWRITTEN),
        Guard("people_mandate", "delete"),
    )
