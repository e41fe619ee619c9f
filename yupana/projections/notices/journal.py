"""What was sent, beside the database: a mail that a restored database has forgotten is not sent a second time.

Kept in the home as one keyed digest a line, which tells nobody who was told what.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

from yupana.foundation.home import OWNER_ONLY, prepare

if TYPE_CHECKING:
    from pathlib import Path

    from yupana.projections.notices.models import Outbox

SALT = "yupana.notices.journal"


def sent() -> set[str]:
    """Every digest that was written down."""
    place = _place()
    return set(place.read_text(encoding="ascii").split()) if place.exists() else set()


def mark(mail: Outbox) -> str:
    """Digest what makes a mail the one that it is."""
    told = f"{mail.person_id}|{mail.rule}|{mail.subject}|{mail.due_on}|{mail.address.casefold()}"
    return salted_hmac(SALT, told, algorithm="sha256").hexdigest()


def write(*digests: str) -> None:
    """Write down what one mail told, for good, as soon as it left."""
    with _place().open("a", encoding="ascii") as file:
        file.write("".join(f"{digest}\n" for digest in digests))
        file.flush()
        os.fsync(file.fileno())


def _place() -> Path:
    folder = prepare() / "mail"
    folder.mkdir(mode=OWNER_ONLY, exist_ok=True)
    return folder / "sent"
