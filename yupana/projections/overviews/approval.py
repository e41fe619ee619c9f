"""A draft on its way to the executive: who signs for the body, what it adds up to, what comes with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.people.queries import in_force
from yupana.domain.submissions.policy import is_executive, is_own_writer
from yupana.foundation.kernel.actor import Role
from yupana.foundation.kernel.errors import Forbidden
from yupana.projections.overviews import coherence, plan_form
from yupana.projections.overviews.side_by_side import amendment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yupana.domain.commitments.facts import PlanRow
    from yupana.domain.submissions.models import Document
    from yupana.foundation.kernel.actor import Actor
    from yupana.projections.overviews.coherence import Coherence
    from yupana.projections.overviews.plan_form import Sheet
    from yupana.projections.overviews.side_by_side import Amendment


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft before it is handed in. ``has_executive``: somebody may approve it; ``signs``: the reader is one.

    ``writes``: the reader is of the entity and may change it. ``amendment``: what it still lacks as one, if it is one.
    """

    sheet: Sheet
    coherence: Coherence
    documents: tuple[Document, ...]
    years: tuple[tuple[int, int], ...]
    has_executive: bool
    signs: bool
    writes: bool
    amendment: Amendment | None

    @property
    def undated(self) -> int:
        """What the budgets say beyond the amounts by year, in cents: with it the years add up."""
        return self.sheet.draft.budget - sum(cents for _year, cents in self.years)


def desk(actor: Actor, obligation: int, *, on: date) -> Desk:
    """Find the draft of an obligation for those who write it or sign it; Missing for everybody else."""
    sheet = plan_form.sheet(actor, obligation)
    draft = sheet.draft.submission
    looked = coherence.of(draft)
    executives = in_force(on).filter(entity=sheet.obligation.debtor_id, role=Role.EXECUTIVE)
    return Desk(
        sheet=sheet,
        coherence=looked,
        documents=tuple(draft.documents.all()),
        years=money_by_year(looked.looked.rows),
        has_executive=executives.exists(),
        signs=is_executive(actor, sheet.obligation),
        writes=is_own_writer(actor, sheet.obligation),
        amendment=amendment(draft, on),
    )


def signed_by(actor: Actor, obligation: int, *, on: date) -> Desk:
    """Find the same for an executive; Forbidden for others who may see the draft."""
    found = desk(actor, obligation, on=on)
    if not found.signs:
        raise Forbidden("not-executive")
    return found


def money_by_year(rows: Sequence[PlanRow]) -> tuple[tuple[int, int], ...]:
    """What is programmed for each year, in cents."""
    sums: Counter[int] = Counter()
    for row in rows:
        for line in row.money:
            sums[line.year] += line.programmed_cents or 0
    return tuple(sorted(sums.items()))
