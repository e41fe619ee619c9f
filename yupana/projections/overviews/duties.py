"""What a change of an item asks of a body that owes it, and from which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import Transition
from yupana.domain.instruments.rules.changes import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from yupana.domain.instruments.rules.changes import Change

DECEMBER, LAST = 12, 31


class Duty(StrEnum):
    """What a body has to do about one item, the most pressing first."""

    DROP = "drop"  # what it answered is gone, or does not bind it any more: its activities answer nothing
    CHOOSE = "choose"  # the item was split: say which part each activity answers
    REANSWER = "reanswer"  # the target or the day is another one
    REVIEW = "review"  # the wording is another one: see whether the activities still answer it
    ANSWER = "answer"  # it owes an answer and gave none
    NOTHING = "nothing"


# Another target or another day asks for other activities; other words for a second look.
_ANEW = frozenset({ChangeKind.RETARGETED, ChangeKind.REDATED})


@dataclass(frozen=True, slots=True)
class Case:
    """One item as one body has it: owed and answered before (in any call), owed afterwards if it were put again.

    ``kinds`` is what happened to it or to what stands below it, ``said_anew`` whether it says something else;
    ``origins_answered``: an item that it was split from, or that was merged into it, was answered; then what is to be
    done stands there.
    """

    kinds: Collection[ChangeKind]
    here_before: bool
    here_after: bool
    owed_before: bool
    owed_after: bool
    answered: bool
    said_anew: bool
    split: bool = False
    merged_away: bool = False
    origins_answered: bool = False


def duty(case: Case) -> Duty:
    """Decide what is to be done."""
    if case.here_before and (case.split or case.merged_away):
        return _of_parted(case)
    if not case.owed_after:
        return Duty.DROP if case.answered else Duty.NOTHING
    if case.owed_before and not case.said_anew:
        return Duty.NOTHING
    if not case.answered:
        return Duty.NOTHING if case.origins_answered else Duty.ANSWER
    return Duty.REANSWER if _ANEW & set(case.kinds) else Duty.REVIEW


def _of_parted(case: Case) -> Duty:
    """Decide about an item that was split or went into another; whoever has not answered it answers what came of it."""
    if case.answered:
        return Duty.CHOOSE if case.split else Duty.REVIEW
    return Duty.ANSWER if case.here_after and case.owed_after else Duty.NOTHING


def starts_on(transition: Transition, day: date) -> date:
    """Say from which day a change holds that was decided on a day."""
    if transition is Transition.NEXT_PLAN:
        return date(day.year + 1, 1, 1)
    return date(day.year, DECEMBER, LAST) if transition is Transition.END_OF_YEAR else day


def parted(change: Change | None) -> tuple[bool, bool]:
    """Say of an item whether it was split, and whether it went into another one."""
    if change is None or change.before is None or not change.heirs:
        return False, False
    return ChangeKind.SPLIT in change.kinds, ChangeKind.MERGED in change.kinds


def came_from(change: Change | None) -> tuple[str, ...]:
    """Name, by lineage, the items that one was split from or that were merged into it."""
    return tuple(each.lineage for each in change.origins) if change else ()
