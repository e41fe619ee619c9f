"""A fact: what happened, to what, on which day, and the content that stands behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from yupana.foundation.kernel.canonical import Plain

BLACKED_OUT = "\u25a0"
"""Stands where an erased text stood: what was given is still seen to have been given, so no figure moves."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened, ready to be recorded.

    ``codes`` name the subjects and are public for ever, so they never hold text that a person wrote.
    ``content`` never enters the log: only its salted digest does. A ``reserved`` fact enters the log without its verb
    and codes too: what remains in public is a day and a commitment.
    """

    verb: str
    codes: Mapping[str, str | int]
    on: date
    content: Plain
    version: int = field(default=1)
    reserved: bool = field(default=False)
