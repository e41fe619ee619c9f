"""What one public body tells its citizens of one plan: what it did by a day, with what proof and what money.

It holds what anybody may read: reports accepted under public calls, and the pieces that their entity calls public.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.rules import Visibility
from yupana.domain.progress.histories import histories
from yupana.domain.progress.models import Progress
from yupana.domain.progress.public.evidence import public_pieces
from yupana.foundation.kernel.period import parse_period
from yupana.foundation.kernel.share import Share

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from yupana.domain.progress.histories import History, Report
    from yupana.domain.progress.public.evidence import PublicPiece


@dataclass(frozen=True, slots=True)
class Deed:
    """What the last report said of one activity. Money is Bs cents of the year, None where it was not said."""

    done: str
    next_step: str
    variation: str
    current: int | None
    accrued: int | None
    pieces: tuple[PublicPiece, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the last accepted report says, by row; ``period`` "" where none was accepted by then.

    ``spent`` adds up the money that was said, in cents; ``unsaid`` counts the activities that say none.
    """

    period: str
    deeds: Mapping[int, Deed]
    spent: Share
    unsaid: int


def dossier(obligation: int, *, as_of: date) -> Dossier:
    """Read the last report on a plan under a public call whose period ended by a day."""
    if not Obligation.objects.filter(pk=obligation, call__visibility=Visibility.PUBLIC).exists():
        return Dossier("", {}, Share(), 0)
    history = histories([obligation], on=as_of)[obligation]
    last = _last(history, as_of)
    if last is None or last.submission is None:
        return Dossier("", {}, Share(), len(history.lines))
    pieces = public_pieces(last.submission)
    rows = {each.row: each for each in Progress.objects.filter(submission=last.submission)}
    deeds = {row: _deed(each, pieces.get(row, [])) for row, each in rows.items()}
    told = [each for each in deeds.values() if each.current is not None and each.accrued is not None]
    spent = Share(sum(each.accrued or 0 for each in told), sum(each.current or 0 for each in told))
    return Dossier(last.period, deeds, spent, len(history.lines) - len(told))


def _last(history: History, as_of: date) -> Report | None:
    public = Obligation.objects.filter(
        pk__in=[each.obligation for each in history.reports], call__visibility=Visibility.PUBLIC
    )
    readable = set(public.values_list("pk", flat=True))
    ended = [
        each
        for each in history.reports
        if each.submission and each.obligation in readable and parse_period(each.period).last <= as_of
    ]
    return ended[-1] if ended else None


def _deed(row: Progress, pieces: list[PublicPiece]) -> Deed:
    return Deed(row.done, row.next_step, row.variation, row.current_cents, row.accrued_cents, tuple(pieces))
