"""Beginning a plan with the words of an earlier one: last year's texts, without its numbers and its days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from yupana.domain.commitments.actions.carried import Ways, owed_items
from yupana.domain.commitments.actions.drafting import put_rows
from yupana.domain.commitments.earlier import earlier_plans
from yupana.domain.commitments.facts import AlsoAnswers, PlanRow
from yupana.domain.commitments.models import Activity
from yupana.domain.commitments.queries import item_names, with_answered, with_parts
from yupana.domain.submissions.actions.holding import own_draft
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.errors import Missing, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yupana.domain.commitments.queries import AnsweredActivity
    from yupana.foundation.kernel.actor import Actor

KEPT = (
    *("medium", "name", "responsible", "person", "result", "indicator", "unit", "accumulation", "direction"),
    "verification",
)
"""What is copied of a row beside what it answers: words that hold for another year."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How many rows were copied, and how many of them answer nothing yet because their line is not owed here."""

    rows: int
    homeless: int


def copy_plan(*, actor: Actor, submission: Submission, source: int) -> Copied:
    """Put the words of an accepted plan of the same body into an empty draft.

    Each row answers what its line has become in the editions that this call puts, by lineage; where that is not owed
    here it answers nothing yet. Targets, baselines, money, periods and days are of their year, and are not copied.
    """
    with transaction.atomic():
        draft = own_draft(actor, submission.pk)
        if draft.activities.exists():
            raise Refused("copy-not-empty")
        earlier = next((each for each in earlier_plans(draft) if each.pk == source), None)
        if earlier is None:
            raise Missing("submission-unknown")
        rows = list(_rows(draft, earlier))
        put_rows(draft, rows)
        # The moment only tells readers that something changed; no decision hangs on it.
        Submission.objects.filter(pk=draft.pk).update(saved_at=timezone.now(), ready_on=None, ready_by=None)
        return Copied(len(rows), sum(not row.item for row in rows))


def _rows(draft: Submission, earlier: Submission) -> Iterator[PlanRow]:
    """Read the rows of an earlier plan as those of a new one, under the same numbers from 1 on."""
    held = list(with_answered(with_parts(Activity.objects.filter(submission=earlier))).order_by("row"))
    place = _Places(draft, earlier)
    for number, row in enumerate(held, 1):
        words: dict[str, Any] = {name: getattr(row, name) for name in KEPT}
        item = place.of(row.answered_id)
        also = tuple(place.also(row, item))
        yield PlanRow(row=number, item=item, also=also, **words)


class _Places:
    """Where what was answered in one call is answered in another."""

    def __init__(self, draft: Submission, earlier: Submission) -> None:
        self.owed: Mapping[str, int] = owed_items({draft.obligation.scope_id})[draft.obligation.scope_id]
        self.names = item_names(set(self.owed.values()))
        try:
            self.ways: Ways | None = Ways(earlier.obligation.call, draft.obligation.call, {})
        except Refused:  # the two calls put nothing that is related, or the earlier one put what is newer
            self.ways = None

    def of(self, item: int | None) -> str:
        """Name what an item has become here; empty where it is not owed."""
        if item is None or self.ways is None:
            return ""
        return self.names.get(self.ways.follow(item, self.owed)[0] or 0, "")

    def also(self, row: AnsweredActivity, first: str) -> Iterator[AlsoAnswers]:
        """Name what else the row answers here, each once."""
        seen = {"", first}
        for each in row.also.all():
            item = self.of(each.item_id)
            if item not in seen:
                seen.add(item)
                yield AlsoAnswers(item, each.share_bp)
