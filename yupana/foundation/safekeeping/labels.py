"""What backups and restoring say to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "backup-exists": _("%(file)s is there already. A backup never replaces a file: give it another name."),
    "backup-unreadable": _(
        "The table %(table)s holds what no program of ours wrote. Nothing was written. `yupana verify` says where."
    ),
    "backup-unknown": _("%(file)s is no backup of Yupana."),
    "backup-damaged": _("The backup is damaged or incomplete (%(what)s). Nothing was changed. Use another copy."),
    "backup-inflates": _(
        "The backup would grow to %(size)s bytes; no backup of Yupana does that. Nothing was changed."
    ),
    "backup-newer": _(
        "The backup was made by a newer Yupana (%(made_by)s). Nothing was changed. Restore it with that version."
    ),
    "restore-not-empty": _(
        "The database is not empty. Nothing was changed. Restore into an empty home (YUPANA_HOME) or database."
    ),
    "restore-unproved": _("What the backup holds does not prove itself (%(why)s). Nothing was changed."),
}
