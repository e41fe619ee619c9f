"""The last pages of the public record. A day on which 600 bodies were registered is told as one event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from yupana.foundation.ledger import queries as ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from yupana.foundation.ledger.queries import Head, Sealed

LOOK_BACK = 1000


@dataclass(frozen=True, slots=True)
class Event:
    """Entries of one verb and one day: how many, and position, codes and digest of the last one."""

    verb: str
    on: date
    count: int
    position: int
    codes: Mapping[str, str | int]
    digest: str


def head() -> Head:
    """How far the record is sealed."""
    return ledger.head()


def latest(most: int) -> tuple[Event, ...]:
    """The last events among the last LOOK_BACK entries, newest first; what is older is not counted in them."""
    size = ledger.head().size
    return tuple(events(ledger.sealed_between(max(0, size - LOOK_BACK), size))[:most])


def entries(before: int, most: int) -> tuple[Event, ...]:
    """Single entries below a position, newest first."""
    rows = ledger.sealed_between(max(0, before - most), before)
    return tuple(_event(sealed) for sealed in rows)[::-1]


def lines(size: int) -> Iterator[bytes]:
    """Yield the first ``size`` entries as they stand in the tree, one a line: JSON has no line break of its own."""
    return (leaf + b"\n" for leaf in ledger.leaves(size))


def events(sealed: Iterable[Sealed]) -> list[Event]:
    """Put entries of the same verb and day together; the event that was written last comes first."""
    found: dict[tuple[str, date], Event] = {}
    for each in sealed:
        event = _event(each)
        before = found.pop((event.verb, event.on), None)
        found[event.verb, event.on] = replace(event, count=before.count + 1) if before else event
    return list(found.values())[::-1]


def _event(sealed: Sealed) -> Event:
    leaf = sealed.leaf
    return Event(leaf.verb, date.fromisoformat(leaf.on), 1, sealed.position, leaf.codes, leaf.content)
