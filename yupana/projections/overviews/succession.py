"""What a body that is no more still owes and promised, and to whom it can pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.commitments.queries import plan_rows
from yupana.domain.entities.models import Succession
from yupana.domain.obligations import queries as obligations
from yupana.domain.obligations.models import Obligation, Transfer
from yupana.domain.obligations.rules import CallState
from yupana.domain.submissions.models import Step
from yupana.domain.submissions.rules import State

if TYPE_CHECKING:
    from yupana.domain.commitments.facts import PlanRow
    from yupana.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Heir:
    """A successor by an act; ``owed`` are its obligations that can take over, none where no open call binds it."""

    succession: Succession
    owed: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True)
class Passing:
    """One obligation with its successors, and the rows of the plan that was accepted last.

    ``transfer`` is what was recorded, None while it has not passed. ``reports`` counts the periods that are to be
    reported on the plan, of which those that are still owed pass with it.
    """

    obligation: Obligation
    heirs: tuple[Heir, ...]
    rows: tuple[PlanRow, ...]
    transfer: Transfer | None
    reports: int = 0

    @property
    def receivers(self) -> tuple[Obligation, ...]:
        """Every obligation that can take over."""
        return tuple(owed for heir in self.heirs for owed in heir.owed)


def passing(actor: Actor, obligation: int) -> Passing:
    """Find what can pass, and where to; Missing unless the actor may read the obligation."""
    owed = obligations.readable_obligation(actor, obligation)
    successions = Succession.objects.filter(predecessor=owed.debtor_id).select_related("successor").order_by("pk")
    editions = set(owed.call.editions.values_list("pk", flat=True))
    there = Obligation.objects.filter(
        debtor__in=[each.successor_id for each in successions],
        call__state=CallState.OPEN,
        call__editions__in=editions,
        call__expects=owed.call.expects,
        **({"period": owed.period} if owed.call.follows_id else {}),
    )
    taking = list(there.distinct().select_related("call", "debtor").order_by("call__code", "pk"))
    last = Step.objects.filter(submission__obligation=owed, after=State.ACCEPTED).order_by("-entry_id").first()
    return Passing(
        obligation=owed,
        heirs=tuple(
            Heir(each, tuple(one for one in taking if one.debtor_id == each.successor_id)) for each in successions
        ),
        rows=tuple(plan_rows(last.submission)) if last else (),
        transfer=Transfer.objects.filter(obligation=owed).select_related("to__debtor", "to__call").first(),
        reports=Obligation.objects.filter(call__follows=owed.call_id, debtor=owed.debtor_id).count(),
    )
