"""What to verify first: points for what makes a declared value worth a look, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.domain.progress.rules.flags import Odd
from yupana.domain.progress.rules.kinds import EvidenceLevel

if TYPE_CHECKING:
    from collections.abc import Collection
    from fractions import Fraction

_BS = 100  # cents


class Why(StrEnum):
    """What makes a value worth a look."""

    MONEY = "money"
    SHARE = "share"
    JUMP = "jump"
    BARE = "bare"
    WEAK = "weak"
    ODD = "odd"
    UNCHECKED = "unchecked"
    DIFFERED = "differed"
    WHOLE = "whole"


MONEY = ((10_000_000 * _BS, 20), (1_000_000 * _BS, 15), (100_000 * _BS, 10), (10_000 * _BS, 5))
"""From how many cents on the budget of an activity gives how many points."""
HALF, QUARTER = 10, 5  # of its plan's money
JUMP = 20
BARE = 15  # no evidence that is valid on the last day of the period
WEAK = {EvidenceLevel.SAID: 10, EvidenceLevel.INTERNAL: 5}
ODD, MOST_ODD = 5, 15
UNCHECKED = 10
DIFFERED_ROW, DIFFERED_BODY = 15, 10
WHOLE = 10
MOST = {
    Why.MONEY: MONEY[0][1],
    Why.SHARE: HALF,
    Why.JUMP: JUMP,
    Why.BARE: BARE,
    Why.WEAK: max(WEAK.values()),
    Why.ODD: MOST_ODD,
    Why.UNCHECKED: UNCHECKED,
    Why.DIFFERED: DIFFERED_ROW,
    Why.WHOLE: WHOLE,
}
"""The most points that each reason gives: what the page explains."""


@dataclass(frozen=True, slots=True)
class Stake:
    """What is known of a declared value without looking at its story; money in cents, None where the plan says none.

    ``level`` is that of the best piece of evidence that is valid, None where there is none. ``checked`` says whether a
    verdict was ever given on the activity; ``differed`` and ``body_differed`` whether one said something else than the
    entity, on this activity or on another one of the same body.
    """

    budget: int | None
    plan: int | None
    level: int | None
    checked: bool
    differed: bool
    body_differed: bool


def at_first_sight(stake: Stake) -> dict[Why, int]:
    """Points for what can be known of many values at once."""
    found = {
        Why.MONEY: next((points for floor, points in MONEY if (stake.budget or 0) >= floor), 0),
        Why.SHARE: _share(stake.budget, stake.plan),
        Why.BARE: BARE if stake.level is None else 0,
        Why.WEAK: WEAK.get(EvidenceLevel(stake.level), 0) if stake.level is not None else 0,
        Why.UNCHECKED: 0 if stake.checked else UNCHECKED,
        Why.DIFFERED: DIFFERED_ROW if stake.differed else DIFFERED_BODY if stake.body_differed else 0,
    }
    return {why: points for why, points in found.items() if points}


def looked_closely(reached: Fraction | None, odds: Collection[Odd]) -> dict[Why, int]:
    """Points for what its story tells: how much of its target it says to have reached, and what does not fit."""
    others = len(set(odds) - {Odd.JUMP_WITHOUT_EVIDENCE})
    found = {
        Why.JUMP: JUMP if Odd.JUMP_WITHOUT_EVIDENCE in odds else 0,
        Why.ODD: min(ODD * others, MOST_ODD),
        Why.WHOLE: WHOLE if reached is not None and reached >= 1 else 0,
    }
    return {why: points for why, points in found.items() if points}


def _share(budget: int | None, plan: int | None) -> int:
    if not budget or not plan:
        return 0
    return HALF if budget * 2 >= plan else QUARTER if budget * 4 >= plan else 0
