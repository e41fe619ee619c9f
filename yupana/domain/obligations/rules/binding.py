"""Who owes which item: the audiences that items have or inherit, cut with that of the call."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import NOBODY
from yupana.foundation.kernel.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

CALLED = ""  # the audience of an item that binds whoever is called
_NONE: frozenset[int] = frozenset()


class Unowed(StrEnum):
    """Why an item that binds is owed by nobody under a call."""

    NOBODY = "nobody"  # nobody was made responsible
    UNCHANGED = "unchanged"  # a complementary call puts only what changed
    EMPTY = "empty"  # nobody who is called is in its audience


class Why(StrEnum):
    """Why an item applies to a body, or does not."""

    CALLED = "called"  # it binds whoever is called, and the body is
    INSIDE = "inside"  # the body is in its audience
    OUTSIDE = "outside"
    NOBODY = "nobody"  # it binds nobody
    UNREADABLE = "unreadable"  # its audience names something that is not there
    UNCHANGED = "unchanged"  # the call puts only what changed
    ALREADY = "already"  # the call puts only what changed, and the body was bound before
    NOT_CALLED = "not-called"


APPLIES = frozenset({Why.CALLED, Why.INSIDE})


@dataclass(frozen=True, slots=True)
class Held:
    """Which audience holds for an item, and the key of the item that says so (None: none does)."""

    audience: str
    said_by: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an item binds of those who are called: its ``audience`` but whom another one bound already.

    Either is `CALLED` for everybody, `NOBODY`, or an expression.
    """

    audience: str
    already: str = NOBODY

    @property
    def expressions(self) -> tuple[str, ...]:
        """What has to be asked of the register."""
        return tuple(each for each in (self.audience, self.already) if each not in (CALLED, NOBODY))

    def has(self, debtor: int, reached: Mapping[str, Collection[int]]) -> bool:
        """Whether it binds one who is called; ``reached`` says who is in each expression."""
        return _in(self.audience, debtor, reached) and not _in(self.already, debtor, reached)


def audiences(tree: Iterable[tuple[int, int | None, str]]) -> dict[int, Held]:
    """Say which audience holds for each item; ``tree`` gives keys, parents and own audiences, parents first."""
    held: dict[int, Held] = {}
    for key, parent, own in tree:
        above = held.get(parent, Held(CALLED, None)) if parent is not None else Held(CALLED, None)
        held[key] = Held(own, key) if own else above
    return held


def owed_items(debtor: int, binding: Mapping[str, Reach], reached: Mapping[str, Collection[int]]) -> frozenset[str]:
    """Say which of the binding items one of those who are called must answer."""
    return frozenset(name for name, reach in binding.items() if reach.has(debtor, reached))


def resolve(
    debtors: Iterable[int], binding: Mapping[str, Reach], reached: Mapping[str, Collection[int]]
) -> dict[frozenset[str], list[int]]:
    """Group debtors by what they owe, as `owed_items` says: each group shares one scope.

    Nothing is stored, or asked, per debtor and item: the work grows with debtors times different audiences. Who owes
    nothing is in no group.
    """
    debtors = list(debtors)
    called = frozenset(debtors)
    families: dict[Reach, list[str]] = {}
    for name, reach in binding.items():
        families.setdefault(reach, []).append(name)
    masks = dict.fromkeys(debtors, 0)
    for at, reach in enumerate(families):
        for debtor in bound(reach, called, reached):
            masks[debtor] |= 1 << at
    members: dict[int, list[int]] = {}
    for debtor, mask in masks.items():
        if mask:
            members.setdefault(mask, []).append(debtor)
    owed = list(families.values())
    return {
        frozenset(name for at, names in enumerate(owed) if mask >> at & 1 for name in names): group
        for mask, group in members.items()
    }


def bound(reach: Reach, called: frozenset[int], reached: Mapping[str, Collection[int]]) -> frozenset[int]:
    """Say who of those called an item binds."""
    return _members(reach.audience, called, reached) - _members(reach.already, called, reached)


def why(reach: Reach | None, *, called: bool, inside: Mapping[str, bool | None]) -> Why:
    """Say why an item applies to a body or not; ``reach`` None: the call does not put it.

    ``inside`` says of each expression whether the body is in it, None where that cannot be found out.
    """
    if reach is None:
        return Why.UNCHANGED
    reasons = (
        (reach.audience == NOBODY, Why.NOBODY),
        (any(inside[each] is None for each in reach.expressions), Why.UNREADABLE),
        (not called, Why.NOT_CALLED),
        (not _holds(reach.audience, inside), Why.OUTSIDE),
        (_holds(reach.already, inside), Why.ALREADY),
        (reach.audience == CALLED, Why.CALLED),
    )
    return next((reason for holds, reason in reasons if holds), Why.INSIDE)


def scope_digest(items: Collection[str]) -> str:
    """Name a set of items, each named as for ever, by the hex SHA-256 of their sorted names."""
    return hashlib.sha256(canonical(sorted(items))).hexdigest()


def _holds(audience: str, inside: Mapping[str, bool | None]) -> bool:
    return audience == CALLED or (audience != NOBODY and bool(inside[audience]))


def _in(audience: str, debtor: int, reached: Mapping[str, Collection[int]]) -> bool:
    return audience == CALLED or (audience != NOBODY and debtor in reached.get(audience, _NONE))


def _members(audience: str, called: frozenset[int], reached: Mapping[str, Collection[int]]) -> frozenset[int]:
    if audience == CALLED:
        return called
    return _NONE if audience == NOBODY else called.intersection(reached.get(audience, _NONE))
