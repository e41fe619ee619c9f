"""Refusals that people read. Interfaces turn the code into a sentence in the reader's language."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 (a refusal is an answer, not a failure)
    """An action was refused and nothing changed. ``code`` names why; ``details`` fill the sentence."""

    def __init__(self, code: str, /, **details: object) -> None:
        """Keep the code and its details."""
        super().__init__(code, details)
        self.code = code
        self.details = details


class Forbidden(Refused):
    """The actor may not do this."""


class Conflict(Refused):
    """Somebody else was first, or what is published would have to change."""


class Missing(Refused):
    """Not there, or not for this reader: the two must look the same."""
