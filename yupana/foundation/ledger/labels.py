"""What the ledger says to people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "act-missing": _("Say by which act this content is erased."),
    "entry-unknown": _("There is no such entry, or its content is not ours to erase."),
    "erased-already": _("This content was erased before."),
    "erasure-stays": _("The record of an erasure is never erased."),
}
