"""The sheet that nobody sees: what each cell was when the workbook was given out, signed with this home's key."""

from __future__ import annotations

from typing import Any

from django.core import signing

from yupana.foundation.kernel.errors import Refused

HIDDEN = "yupana"
FORMAT = 1
_SALT, _CHUNK = "yupana.workbook", 30_000


def seal(told: dict[str, Any]) -> list[str]:
    """Pack and sign; in pieces that a cell can hold. The same content gives the same pieces."""
    text = signing.Signer(salt=_SALT).sign_object({"format": FORMAT, **told}, compress=True)
    return [text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK)]


def unseal(pieces: list[str], where: str) -> dict[str, Any]:
    """Return what was sealed; Refused where it was not sealed here, or is not as it was."""
    try:
        told: dict[str, Any] = signing.Signer(salt=_SALT).unsign_object("".join(pieces))
    except signing.BadSignature as error:
        raise Refused("workbook-seal-broken", where=where) from error
    if told.get("format") != FORMAT:
        raise Refused("workbook-seal-broken", where=where)
    return told
