"""One public body: what public calls ask of it, where it stands, and what its accepted plans promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments import public as commitments
from yupana.domain.commitments.queries import owed_publicly
from yupana.domain.entities.models import Entity
from yupana.domain.instruments import public as instruments
from yupana.domain.obligations import public as obligations
from yupana.domain.obligations.models import Call
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress.rules import order
from yupana.projections.overviews.pending import pending
from yupana.projections.overviews.side_by_side import reprogrammed
from yupana.projections.overviews.waiting import waits
from yupana.projections.overviews.why import trace_call

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from yupana.domain.commitments.public import PlanCard, StandingCard
    from yupana.domain.instruments.public import EditionCard, Node
    from yupana.domain.obligations.models import Obligation
    from yupana.domain.obligations.public import ActCard, CallCard
    from yupana.domain.submissions.rules import Waited
    from yupana.projections.overviews.pending import Pending
    from yupana.projections.overviews.side_by_side import Reprogrammed
    from yupana.projections.overviews.why import Trace


@dataclass(frozen=True, slots=True)
class Place:
    """An item, and the edition in which it stands."""

    node: Node
    edition: EditionCard


@dataclass(frozen=True, slots=True)
class ReportOwed:
    """A report that is asked of a body on a period of its plan, and where it stands."""

    period: str
    row: StandingCard
    pending: Pending | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """What one call asks of a body, where it stands, its accepted plan and what amended that (None: none, nothing).

    ``pending`` was handed in for it and not accepted yet. ``reports`` are those that are asked for on that plan, in the
    order of their periods.
    """

    call: CallCard
    editions: tuple[EditionCard, ...]
    row: StandingCard
    plan: PlanCard | None
    reprogrammed: Reprogrammed | None = None
    acts: tuple[ActCard, ...] = ()
    waited: Waited | None = None
    reports: tuple[ReportOwed, ...] = ()
    pending: Pending | None = None


def bound(entity: int, as_of: date) -> tuple[Bound, ...]:
    """Everything that public calls ask of a body, plan by plan, the newest first."""
    owed = owed_publicly().filter(debtor=entity).order_by("-call__opens_on", "-call_id", "pk")
    every = list(owed.select_related("call"))
    held = [one for one in every if one.call.expects == Expects.PLAN]
    standing = {row.obligation_id: row for row in commitments.standing_cards([one.pk for one in every], as_of=as_of)}
    handed = pending([one.pk for one in every], as_of=as_of)
    rows, reports = [standing[one.pk] for one in held], _reports(every, standing, handed)
    plans = commitments.plans_of([row.obligation_id for row in rows])
    acts, waited = obligations.acts([one.pk for one in held]), waits(held, on=as_of)
    changed = reprogrammed(list(plans))
    calls = {call.id: call for call in obligations.calls()}
    books = {edition.ref: edition for edition in instruments.editions()}
    return tuple(
        Bound(
            call=calls[row.call_id],
            editions=tuple(books[ref] for ref in calls[row.call_id].editions if ref in books),
            row=row,
            plan=plans.get(row.obligation_id),
            acts=tuple(act for act in acts.get(row.obligation_id, ()) if act.on <= as_of),
            waited=waited.get(row.obligation_id),
            reprogrammed=changed.get(row.obligation_id),
            reports=reports.get(row.call_id, ()),
            pending=handed.get(row.obligation_id),
        )
        for row in rows
    )


def _reports(
    owed: Iterable[Obligation], rows: Mapping[int, StandingCard], handed: Mapping[int, Pending]
) -> dict[int, tuple[ReportOwed, ...]]:
    """Put reports in order, by the call for the plan that they are about."""
    found: dict[int, dict[str, ReportOwed]] = {}
    for one in owed:
        if one.call.follows_id:
            told = ReportOwed(one.period, rows[one.pk], handed.get(one.pk))
            found.setdefault(one.call.follows_id, {})[one.period] = told
    return {call: tuple(many[period] for period in order(many)) for call, many in found.items()}


def why_bound(entity: int, call: CallCard) -> Trace:
    """Say of every item that a public call put why it applies to a body or not."""
    return trace_call(Call.objects.get(pk=call.id), Entity.objects.get(pk=entity))


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
