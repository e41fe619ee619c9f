"""What the vault says to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "file-empty": _("The file is empty."),
    "file-too-large": _("The file is larger than %(most)s MB."),
    "file-missing": _("The file %(digest)s is not in the vault."),
}
