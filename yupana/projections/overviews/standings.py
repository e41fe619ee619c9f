"""How an obligation stands on a day: its due date and what was accepted, joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.obligations.queries import with_due
from yupana.domain.obligations.rules import Standing, standing
from yupana.domain.submissions.queries import with_accepted
from yupana.domain.submissions.rules import day_that_counts

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from yupana.domain.obligations.models import Obligation


@dataclass(frozen=True, slots=True)
class Stands:
    """The due day that holds now, whether anything was accepted, and the standing that follows."""

    due_on: date | None
    accepted: bool
    waived: bool
    transferred: bool
    standing: Standing


def with_standing(obligations: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Annotate what ``stands`` needs."""
    annotated: QuerySet[Obligation] = with_accepted(with_due(obligations))
    return annotated


def stands(obligation: Obligation, *, on: date) -> Stands:
    """Say how an obligation stands on a day; it comes from ``with_standing``."""
    told = vars(obligation)
    due_on, accepted, waived = told["effective_due"], told["accepted_id"] is not None, told["is_waived"]
    met_on = day_that_counts(told["first_met_on"], due_on, has_doubt=told["has_doubt"])
    transferred = told["is_transferred"]
    derived = standing(
        due_on=due_on, accepted=accepted, met_on=met_on, waived=waived, transferred=transferred, today=on
    )
    return Stands(due_on, accepted, waived, transferred, derived)
