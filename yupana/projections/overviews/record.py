"""The last pages of the public record, told in runs: a day on which 600 bodies were registered is one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yupana.foundation.ledger import queries as ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yupana.foundation.ledger.queries import Head, Sealed

LOOK_BACK = 500


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring entries of one verb and one day. ``codes`` and ``digest`` are those of the last one."""

    verb: str
    on: date
    first: int
    last: int
    codes: Mapping[str, str | int]
    digest: str

    @property
    def count(self) -> int:
        """How many entries."""
        return self.last - self.first + 1


def head() -> Head:
    """How far the record is sealed."""
    return ledger.head()


def latest(most: int) -> tuple[Run, ...]:
    """The last runs, newest first."""
    size = ledger.head().size
    return tuple(runs(ledger.sealed_between(max(0, size - LOOK_BACK), size))[: -most - 1 : -1])


def entries(before: int, most: int) -> tuple[Run, ...]:
    """Single entries below a position, newest first."""
    rows = ledger.sealed_between(max(0, before - most), before)
    return tuple(_alone(sealed) for sealed in rows)[::-1]


def runs(sealed: Iterable[Sealed]) -> list[Run]:
    """Put neighbours of the same verb and day together, in the order of the record."""
    found: list[Run] = []
    for each in sealed:
        new = _alone(each)
        if found and (found[-1].verb, found[-1].on) == (new.verb, new.on):
            new = Run(new.verb, new.on, found.pop().first, new.last, new.codes, new.digest)
        found.append(new)
    return found


def _alone(sealed: Sealed) -> Run:
    leaf = sealed.leaf
    return Run(leaf.verb, date.fromisoformat(leaf.on), sealed.position, sealed.position, leaf.codes, leaf.content)
