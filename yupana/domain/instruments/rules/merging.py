"""Two people, one item: what each of them changed, and whether both can be had."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yupana.foundation.kernel.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yupana.foundation.kernel.canonical import Plain

_DIGITS = 10  # of a mark: enough to tell one text from another, short enough for a form
_BETWEEN, _JOINS = ".", "-"


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody had read before they wrote: the version of the item, and a mark of each of its fields."""

    version: int = 0
    marks: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say it in one word, which a form carries along."""
        return _BETWEEN.join([str(self.version), *(f"{name}{_JOINS}{mark}" for name, mark in self.marks.items())])

    @classmethod
    def of(cls, version: int, values: Mapping[str, Plain]) -> Seen:
        """Say what is to be seen of an item."""
        return cls(version, {name: mark(value) for name, value in values.items()})

    @classmethod
    def read(cls, text: str) -> Seen:
        """Read the word of a form; what it does not say was not seen."""
        version, *marks = text.split(_BETWEEN)
        known = version.isascii() and version.isdigit() and len(version) < _DIGITS
        pairs = (each.partition(_JOINS) for each in marks)
        return cls(int(version) if known else 0, {name: said for name, _, said in pairs})


@dataclass(frozen=True, slots=True)
class Merge:
    """What was sent, taken apart: what it changes, and which fields both changed in different ways."""

    changed: Mapping[str, Plain]
    clashing: tuple[str, ...]


def merge(seen: Mapping[str, str], held: Mapping[str, Plain], sent: Mapping[str, Plain]) -> Merge:
    """Compare what was sent with what was seen and with what is held now, field by field.

    A field whose value the sender did not change counts for nothing, so that what another wrote there stays.
    """
    mine = {name: value for name, value in sent.items() if mark(value) not in (seen.get(name), mark(held.get(name)))}
    return Merge(mine, tuple(name for name in mine if mark(held.get(name)) != seen.get(name)))


def mark(value: Plain) -> str:
    """Tell one value from another, whatever a browser does to line ends and to space around a text."""
    return hashlib.sha256(canonical(even(value))).hexdigest()[:_DIGITS]


def even(value: Plain) -> Plain:
    """Write line ends in one way and take away the space around a text."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(value, str) else value
