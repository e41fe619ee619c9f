"""What anybody may know of public calls: the portal reads this and nothing else of this room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch

from yupana.domain.instruments.models import Edition
from yupana.domain.obligations.models import Call, Extension, Transfer, Waiver
from yupana.domain.obligations.policy import readable_by
from yupana.domain.obligations.rules import CallState, Expects
from yupana.foundation.kernel.actor import NOBODY
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger.queries import day_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class CallCard:
    """A public call that is or was open. ``due_on`` None: the deadline is not known. ``editions`` are CODE/EDITION.

    ``follows`` is the key of the call for plans on which a call for reports (``expects`` progress) follows up.
    """

    id: int
    code: str
    title: str
    opens_on: date
    due_on: date | None
    period: str
    editions: tuple[str, ...]
    audience: str
    state: CallState
    asks_target: bool
    asks_responsible: bool
    asks_budget: bool
    historical: bool
    debtors: int
    expects: Expects = Expects.PLAN
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class ActCard:
    """A recorded act that gave one body more time, until ``due_on``, or lifted what it owed (None).

    ``passed_to`` names the body that owes it instead, where it passed to a successor.
    """

    due_on: date | None
    reason: str
    act: str
    on: date
    passed_to: str = ""


def acts(obligation_ids: Collection[int]) -> dict[int, tuple[ActCard, ...]]:
    """List the acts about some obligations under public calls, by obligation, in the order of the record."""
    found: dict[int, list[tuple[int, ActCard]]] = {}
    public = {"obligation__in": obligation_ids, "obligation__call__in": readable_by(NOBODY, Call.objects.all())}
    successors = dict(Transfer.objects.filter(**public).values_list("obligation", "to__debtor__name"))
    for kind in (Extension, Waiver, Transfer):
        for each in kind.objects.filter(**public).select_related("entry"):
            to = successors[each.obligation_id] if kind is Transfer else ""
            card = ActCard(getattr(each, "due_on", None), each.reason, each.act, day_of(each.entry), to)
            found.setdefault(each.obligation_id, []).append((each.entry_id, card))
    return {key: tuple(card for _, card in sorted(told, key=lambda pair: pair[0])) for key, told in found.items()}


def calls(edition_id: int | None = None, *, expects: Expects | None = None) -> tuple[CallCard, ...]:
    """List the public calls, of all editions or of one, of all kinds or one, the newest first."""
    found = _public() if edition_id is None else _public().filter(pk__in=Call.objects.filter(editions=edition_id))
    if expects is not None:
        found = found.filter(expects=expects)
    return tuple(_card(each) for each in found.order_by("-opens_on", "-pk"))


def call(code: str) -> CallCard:
    """Find a public call by its code; Missing for a draft, a restricted one, and for what is not there."""
    found = _public().filter(code=code).first()
    if found is None:
        raise Missing("call-unknown", call=code)
    return _card(found)


def _public() -> QuerySet[Call]:
    put = Edition.objects.select_related("instrument").order_by("calledition__order")
    counted = Call.objects.annotate(debtors=Count("obligations")).prefetch_related(Prefetch("editions", put))
    return readable_by(NOBODY, counted)


def _card(each: Call) -> CallCard:
    debtors: int = each.debtors  # type: ignore[attr-defined] # counted by _public for every call
    return CallCard(
        id=each.pk,
        code=each.code,
        title=each.title,
        opens_on=each.opens_on,
        due_on=each.due_on,
        period=each.period,
        editions=tuple(f"{edition.instrument.code}/{edition.code}" for edition in each.editions.all()),
        audience=each.audience,
        state=CallState(each.state),
        asks_target=each.asks_target,
        asks_responsible=each.asks_responsible,
        asks_budget=each.asks_budget,
        historical=each.historical,
        debtors=debtors,
        expects=Expects(each.expects),
        follows=each.follows_id,
    )
