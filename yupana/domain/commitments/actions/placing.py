"""Where each plan of an import belongs, what is doubtful about it, and whether it may come in at all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db.models import Q

from yupana.domain.commitments.facts import source_content
from yupana.domain.commitments.queries import scope_items
from yupana.domain.commitments.rules import plan_notes, row_notes, too_long
from yupana.domain.entities.models import Entity
from yupana.domain.obligations.models import Obligation
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.policy import is_own
from yupana.domain.submissions.rules import Received, Resolution, State, doubtful_dates, read_letters, resolution_state
from yupana.foundation.kernel.canonical import canonical
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.report import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from yupana.domain.commitments.facts import Plan
    from yupana.domain.obligations.models import Call
    from yupana.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Placed:
    """A plan with the obligation that it answers, and what its day is worth."""

    plan: Plan
    obligation: Obligation
    items: dict[str, list[int]]
    digest: str
    doubt: str = ""

    @property
    def ref(self) -> str:
        """What tells this plan from every other of its source."""
        return self.plan.header.source_ref or self.plan.where

    def item(self, name: str) -> int | None:
        """The one item of the scope that a name means."""
        found = self.items.get(name, [])
        return found[0] if len(found) == 1 else None

    def notes(self) -> Iterator[Note]:
        """Whatever is doubtful about the plan and its rows."""
        missing = resolution_state(self.plan.header.resolution) is Resolution.MISSING
        yield from plan_notes(self.plan, resolution_missing=missing, date_doubt=self.doubt)
        for row in self.plan.rows:
            known = not row.reviewed_item or self.item(row.reviewed_item) is not None
            yield from row_notes(row, item_known=self.item(row.item) is not None, review_known=known)


def place(call: Call, plans: Sequence[Plan]) -> tuple[list[Placed], list[Note]]:
    """Find each plan's obligation, and by all their letters together which days of reception cannot be trusted."""
    owed = list(Obligation.objects.filter(call=call).select_related("call", "debtor"))
    by_ref: dict[str, list[Obligation]] = defaultdict(list)
    for obligation in owed:
        debtor = obligation.debtor
        for ref in {f"{debtor.source}:{debtor.source_id}", f"#{debtor.source_id}", debtor.code} - {""}:
            by_ref[ref].append(obligation)
    items = scope_items(owed)
    doubts = doubtful_dates(
        [Received(str(at), each.header.received_on, read_letters(each.header.cites)) for at, each in enumerate(plans)]
    )
    placed, unplaced = [], []
    for at, plan in enumerate(plans):
        found = by_ref.get(plan.debtor, [])
        if len(found) == 1:
            digest = sha256(canonical(source_content(plan))).hexdigest()
            placed.append(Placed(plan, found[0], items[found[0].scope_id], digest, str(doubts.get(str(at), ""))))
        elif plan.debtor or plan.own_row:
            unplaced.append(Note(plan.where, "plan-entity-ambiguous" if found else "plan-entity-unknown", plan.debtor))
        else:
            unplaced += [Note(row.where, "row-without-plan", row.name) for row in plan.rows]
    return placed, _not_bound(unplaced)


def _not_bound(notes: Sequence[Note]) -> list[Note]:
    """Tell bodies that the register knows, and the call does not bind, from those that nobody knows."""
    asked = {note.text for note in notes if note.why == "plan-entity-unknown"}
    if not asked:
        return list(notes)
    ids = {ref.rpartition(":")[2].lstrip("#") for ref in asked}
    known = Entity.objects.filter(Q(code__in=asked) | Q(source_id__in=ids))
    refs = {ref for one in known for ref in (f"{one.source}:{one.source_id}", f"#{one.source_id}", one.code)}
    return [replace(note, why="plan-entity-not-bound") if note.text in asked & refs else note for note in notes]


def refuse_unfit(actor: Actor, placed: Iterable[Placed]) -> None:
    """Refuse the whole import for one's own entity's plan, for one told twice, and for text that no column holds."""
    first: dict[str, str] = {}
    for each in placed:
        if is_own(actor, each.obligation):
            raise Forbidden("own-entity")
        if each.ref in first:
            raise Refused("plan-twice", where=each.plan.where, first=first[each.ref])
        first[each.ref] = each.plan.where
        told = [(each.plan.where, asdict(each.plan.header)), *((row.where, asdict(row)) for row in each.plan.rows)]
        for where, values in told:
            field = too_long(values)
            if field:
                raise Refused("plan-text-too-long", where=where, field=field)


def not_known(call: Call, placed: Sequence[Placed]) -> list[Placed]:
    """Leave out what was imported before; a plan that was erased since is never brought back."""
    stored = Submission.objects.filter(obligation__call=call).exclude(source_ref="")
    known = dict(stored.values_list("source_ref", "source_digest"))
    for each in placed:
        if known.get(each.ref, "") not in ("", each.digest):
            raise Conflict("plan-changed", where=each.plan.where)
    return [each for each in placed if each.ref not in known]


def refuse_in_hand(new: Sequence[Placed]) -> None:
    """Refuse the whole import where an entity is in the middle of a version of its own."""
    busy = Submission.objects.filter(
        obligation__in={each.obligation.pk for each in new}, state__in=(State.DRAFT, State.SUBMITTED)
    )
    taken = set(busy.values_list("obligation_id", flat=True))
    for each in new:
        if each.obligation.pk in taken:
            raise Conflict("plan-in-hand", where=each.plan.where)
