"""What the statement of a target says in numbers: how much of what, by when, counted over whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from yupana.domain.instruments.facts import Target


class Basis(StrEnum):
    """What a target is counted over."""

    ENTITIES = "entities"  # a share of the public entities that an audience names
    SOME_ENTITIES = "some-entities"  # a share of entities that meet a condition which no audience can say
    OTHERS = "others"  # a share of something else: people, cases, requests
    THINGS = "things"  # so many of something


class Unread(StrEnum):
    """Why a statement has no number that could be read."""

    NO_NUMBER = "no-number"
    SEVERAL_NUMBERS = "several-numbers"
    NO_UNIT = "no-unit"


@dataclass(frozen=True, slots=True)
class Reading:
    """A target as read, or why not: ``basis`` is None exactly where ``target`` is, and ``reason`` where it is not."""

    target: Target | None = None
    basis: Basis | None = None
    reason: Unread | None = None


def read_target(text: str, *, default_due: date | None = None) -> Reading:
    """Read the statement of a target, to be reached by ``default_due`` where it does not say when itself."""
    raise NotImplementedError
