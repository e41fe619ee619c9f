"""Identifiers of elements: unique in a document, and of a form that many files do not keep."""

from __future__ import annotations

import re
import uuid

from yupana.interfaces.interchange.stratml.elements import is_identifier

OURS = "yupana-"  # begins the identifiers that an export makes; they say nothing that the item does not
_ODD = re.compile(r"[^A-Za-z0-9_.-]+")


def identifier(text: str) -> str:
    """Return the identifier that a text says or nearly says; "" for one of ours, a placeholder, or none."""
    if text.startswith(OURS) or "$" in text or "{" in text:
        return ""
    if not text or is_identifier(text):
        return text
    mended = _ODD.sub("-", text)
    mended = mended if is_identifier(mended) else f"_{mended}"
    return mended if re.search(r"[A-Za-z0-9]", mended) else ""


class Identifiers:
    """Identifiers handed out once each."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, own: object, key: str) -> str:
        """Return an item's own identifier where it can stand and nobody has it, else one made of its key."""
        if isinstance(own, str) and is_identifier(own) and own not in self._taken:
            self._taken.add(own)
            return own
        number, made = 1, self._made(key)
        while made in self._taken:
            number += 1
            made = self._made(f"{key}#{number}")
        self._taken.add(made)
        return made

    @staticmethod
    def _made(key: str) -> str:
        name = key.encode("utf-8", "replace").decode()
        return OURS + str(uuid.uuid5(uuid.NAMESPACE_OID, name))
