"""The ledger as an installed app; it keeps every app's guards in place after each migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

from yupana.foundation.ledger.rules import Guard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar

# An entry may change once in its life: sealing gives it its position.
_RESEALED = (
    "OLD.position IS NOT NULL OR NEW.position IS NULL OR NEW.id <> OLD.id OR NEW.leaf <> OLD.leaf"
    " OR NEW.leaf_hash <> OLD.leaf_hash OR NEW.recorded_at <> OLD.recorded_at"
)
_NOT_ERASED = "NOT EXISTS (SELECT 1 FROM ledger_erasure e WHERE e.erased_id = OLD.entry_id)"


def _stand_aside(using: str, plan: Sequence[object], **_: object) -> None:
    """Before SQLite rebuilds a table: it reads every trigger then, and stops at one that names the table."""
    if plan and connections[using].vendor == "sqlite":
        from yupana.foundation.ledger.guards import remove  # noqa: PLC0415 - reads installed apps, which exist only now

        remove(connections[using])


def _reinstall(using: str, **_: object) -> None:
    from yupana.foundation.ledger.guards import install  # noqa: PLC0415 - reads installed apps, which exist only now

    install(connections[using])


class LedgerConfig(AppConfig):
    """The one place for signals is here: Django's SQLite schema editor drops triggers when it rebuilds a table."""

    name = "yupana.foundation.ledger"
    label = "ledger"
    guards: ClassVar[tuple[Guard, ...]] = (
        Guard("ledger_entry", "insert", "NEW.position IS NOT NULL"),
        Guard("ledger_entry", "update", _RESEALED),
        Guard("ledger_entry", "delete"),
        Guard("ledger_salt", "update"),
        Guard("ledger_salt", "delete", _NOT_ERASED),
        Guard("ledger_checkpoint", "update"),
        Guard("ledger_checkpoint", "delete"),
        Guard("ledger_erasure", "update"),
        Guard("ledger_erasure", "delete"),
        Guard("ledger_resumption", "update"),
        Guard("ledger_resumption", "delete"),
    )

    def ready(self) -> None:
        """Reinstall the guards after every migrate of every app."""
        pre_migrate.connect(_stand_aside, sender=self, dispatch_uid="yupana-guards-aside")
        # Django tells each app at the end of every migrate, once all of them are migrated: one of them is enough.
        post_migrate.connect(_reinstall, sender=self, dispatch_uid="yupana-guards")
