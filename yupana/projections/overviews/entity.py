"""One public body: what public calls ask of it, where it stands, and what its accepted plans promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments import public as commitments
from yupana.domain.instruments import public as instruments
from yupana.domain.obligations import public as obligations
from yupana.domain.obligations.models import Obligation
from yupana.domain.obligations.queries import with_due
from yupana.domain.obligations.rules import Standing, standing
from yupana.domain.submissions.queries import with_accepted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from yupana.domain.commitments.public import PlanCard
    from yupana.domain.instruments.public import EditionCard, Node
    from yupana.domain.obligations.public import CallCard


@dataclass(frozen=True, slots=True)
class Place:
    """An item, and the edition in which it stands."""

    node: Node
    edition: EditionCard


@dataclass(frozen=True, slots=True)
class Bound:
    """What one call asks of a body, where it stands with it, and its accepted plan (None: none).

    ``due_on`` is the date in force, None where it is not known; ``met_on`` None: not met, or on a doubtful day.
    """

    call: CallCard
    editions: tuple[EditionCard, ...]
    standing: Standing
    due_on: date | None
    met_on: date | None
    plan: PlanCard | None


def bound(entity: int, as_of: date) -> tuple[Bound, ...]:
    """Everything that public calls ask of a body, the newest first."""
    calls = {call.id: call for call in obligations.calls()}
    books = {edition.ref: edition for edition in instruments.editions()}
    owed = with_accepted(with_due(Obligation.objects.filter(debtor=entity, call__in=calls)))
    rows = list(owed.order_by("-call__opens_on", "-pk"))
    plans = commitments.plans_of([row.pk for row in rows])
    return tuple(
        Bound(
            call=calls[row.call_id],
            editions=tuple(books[ref] for ref in calls[row.call_id].editions if ref in books),
            standing=standing(
                due_on=row.effective_due,
                accepted=row.accepted_id is not None,
                met_on=row.met_on,
                waived=row.is_waived,
                today=as_of,
            ),
            due_on=row.effective_due,
            met_on=row.met_on,
            plan=plans.get(row.pk),
        )
        for row in rows
    )


def places(editions: Iterable[EditionCard]) -> Mapping[int, Place]:
    """Where each item of these editions stands, by its id; one query for each edition."""
    return {
        node.id: Place(node, edition)
        for edition in {edition.id: edition for edition in editions}.values()
        for node in _all(instruments.tree(edition.id))
    }


def _all(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)
