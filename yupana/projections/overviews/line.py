"""The rows behind a number: who owes what an edition asks, where each stands, and with what each answers one line.

A list at a date holds exactly what the figures of that date count: obligations that are due and not waived.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, Q, Value, When

from yupana.domain.commitments import public as commitments
from yupana.domain.commitments.queries import answering as obligations_answering
from yupana.domain.commitments.queries import owed_publicly
from yupana.domain.obligations.models import Scope
from yupana.domain.obligations.rules import Standing
from yupana.foundation.kernel.rows import Rows
from yupana.foundation.kernel.share import Share

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from yupana.domain.commitments.public import ActivityCard, StandingCard

ACCEPTED = frozenset({Standing.MET, Standing.MET_LATE, Standing.MET_DATE_UNKNOWN})
_MET = Q(accepted_id__isnull=False)
_ON_TIME = Q(first_met_on__lte=F("effective_due"))
_LATE = Q(first_met_on__gt=F("effective_due"), has_doubt=False)
# What a list can be cut down to, by a word in its address: what the rules of standing say, as a condition.
STANDINGS = {
    "accepted": _MET,
    "silent": ~_MET,
    "on_time": _ON_TIME,
    "late": _LATE,
    "uncertain": _MET
    & (Q(effective_due=None) | Q(has_doubt=True) & (Q(first_met_on=None) | Q(first_met_on__gt=F("effective_due")))),
    "waived": Q(),
}
BY_NAME = ("debtor__sort_key", "debtor_id", "-call__opens_on", "-call_id", "pk")


@dataclass(frozen=True, slots=True)
class Debtor:
    """One obligation as it stands, and the activities with which its accepted plan answers a line."""

    row: StandingCard
    activities: tuple[ActivityCard, ...] = ()


def debtors(calls: Collection[int], as_of: date, *, level: str = "", standing: str = "") -> Rows[Debtor]:
    """Every obligation of these calls that is due, by the names of the bodies; of one level, with one of STANDINGS.

    The waived are listed when they are asked for, and only then.
    """
    owed = _at(owed_publicly().filter(call__in=calls), level)
    found = owed.filter(is_waived=True) if standing == "waived" else _due(owed, as_of)
    if standing:
        found = found.filter(STANDINGS[standing])

    def built(keys: Sequence[int]) -> list[Debtor]:
        return [Debtor(row) for row in commitments.standing_cards(keys, as_of=as_of)]

    return Rows(found.order_by(*BY_NAME), built)


def answering(calls: Collection[int], item: int, as_of: date, *, level: str = "", answer: str = "") -> Rows[Debtor]:
    """Who owes an answer to one item, each with its activities: those who answer first ("yes": they alone; "no")."""
    found = _at(_owing(calls, item, as_of), level)
    if answer:
        found = found.filter(answers=int(answer == "yes"))

    def built(keys: Sequence[int]) -> list[Debtor]:
        given = commitments.activities_for(keys, item)
        rows = commitments.standing_cards(keys, as_of=as_of)
        return [Debtor(row, given.get(row.obligation_id, ())) for row in rows]

    return Rows(found.order_by("-answers", *BY_NAME), built)


def counted(calls: Collection[int], item: int, as_of: date) -> Share:
    """Count who answers, as the figures do."""
    counts = _owing(calls, item, as_of).aggregate(due=Count("pk"), done=Count("pk", filter=Q(answers=1)))
    return Share(counts["done"], counts["due"])


def _owing(calls: Collection[int], item: int, as_of: date) -> QuerySet[Any]:
    """Whose scope holds the item; ``answers`` stands in a CASE, so that databases look up once who answers."""
    owed = owed_publicly().filter(call__in=calls, scope__in=Scope.objects.filter(items=item))
    answers = Case(When(pk__in=obligations_answering(item), then=Value(1)), default=Value(0))
    return _due(owed.annotate(answers=answers), as_of)


def _due(owed: QuerySet[Any], as_of: date) -> QuerySet[Any]:
    """Keep what the figures count at a date: without a known deadline always, as old paper does."""
    return owed.filter(Q(effective_due=None) | Q(effective_due__lte=as_of), is_waived=False, is_transferred=False)


def _at(owed: QuerySet[Any], level: str) -> QuerySet[Any]:
    return owed.filter(level=level) if level else owed
