"""The rows behind a number: who owes what an edition asks, where each stands, and with what each answers one line.

A list at a date holds exactly what the figures of that date count: obligations that are due and not waived.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yupana.domain.commitments import public as commitments
from yupana.domain.obligations.rules import Standing
from yupana.foundation.kernel.share import Share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from yupana.domain.commitments.public import ActivityCard, StandingCard
    from yupana.domain.obligations.public import CallCard

ACCEPTED = frozenset({Standing.MET, Standing.MET_LATE, Standing.MET_DATE_UNKNOWN})
# What a list can be cut down to, by a word in its address.
STANDINGS = {
    "accepted": ACCEPTED,
    "silent": frozenset(Standing) - ACCEPTED - {Standing.WAIVED},
    "on_time": frozenset({Standing.MET}),
    "late": frozenset({Standing.MET_LATE}),
    "uncertain": frozenset({Standing.MET_DATE_UNKNOWN}),
    "waived": frozenset({Standing.WAIVED}),
}


@dataclass(frozen=True, slots=True)
class Debtor:
    """One obligation as it stands, and the activities with which its accepted plan answers a line.

    ``due``: it is in the base of the figures at the date of the list.
    """

    call: CallCard
    row: StandingCard
    due: bool
    activities: tuple[ActivityCard, ...] = ()

    @property
    def answers(self) -> bool:
        """Whether at least one activity of an accepted plan answers."""
        return bool(self.activities)


def debtors(calls: Iterable[CallCard], as_of: date) -> list[Debtor]:
    """Every obligation of these calls, call by call, as the register sorts the bodies."""
    return [
        Debtor(call, row, _is_due(row, as_of)) for call in calls for row in commitments.standings(call.id, as_of=as_of)
    ]


def answering(calls: Sequence[CallCard], item: int, as_of: date) -> list[Debtor]:
    """The same, each with its activities for one item."""
    given = commitments.activities_for([call.id for call in calls], item)
    return [
        replace(debtor, activities=tuple(given.get(debtor.row.obligation_id, ()))) for debtor in debtors(calls, as_of)
    ]


def kept(rows: Iterable[Debtor], *, level: str = "", answer: str = "", standing: str = "") -> list[Debtor]:
    """Cut a list down: one level, those who answer ("yes") or do not ("no"), one of STANDINGS. Empty: all that is due.

    Only what is due is kept, as the figures count; the waived are listed when they are asked for.
    """
    return [
        row
        for row in rows
        if (row.due or standing == "waived")
        and level in ("", row.row.level)
        and answer in ("", "yes" if row.answers else "no")
        and (not standing or row.row.standing in STANDINGS[standing])
    ]


def counted(rows: Iterable[Debtor]) -> Share:
    """Count who answers, as the figures do."""
    answers = [row.answers for row in rows if row.due]
    return Share(sum(answers), len(answers))


def _is_due(row: StandingCard, as_of: date) -> bool:
    """Without a known deadline an obligation counts at every date, as old paper does."""
    return row.standing is not Standing.WAIVED and (row.due_on is None or row.due_on <= as_of)
