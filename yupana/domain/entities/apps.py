"""Entities as an installed app, with the guards of its append-only tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

from yupana.foundation.ledger.rules import Guard

if TYPE_CHECKING:
    from typing import ClassVar

# A body is corrected by what its register says next; the name by which the record knows it stays.
_RENAMED = "NEW.id <> OLD.id OR NEW.source <> OLD.source OR NEW.source_id <> OLD.source_id"


class EntitiesConfig(AppConfig):
    """The register of public bodies."""

    name = "yupana.domain.entities"
    label = "entities"
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("entities_entity", "update", _RENAMED),
        Guard("entities_entity", "delete"),
        Guard("entities_registration", "update"),
        Guard("entities_registration", "delete"),
        Guard("entities_succession", "update"),
        Guard("entities_succession", "delete"),
    )
