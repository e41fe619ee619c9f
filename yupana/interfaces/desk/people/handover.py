"""What somebody finds who begins: what is owed, what was begun, what came back, who else is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.people import queries as people
from yupana.foundation.kernel.actor import Role
from yupana.interfaces import words
from yupana.interfaces.desk.doors import ENTITY, Visit, door
from yupana.projections.overviews import inbox as overview

if TYPE_CHECKING:
    from django.http import HttpResponse

RECENT = 5


@door(*ENTITY, methods=("GET", "HEAD"))
def handover(visit: Visit) -> HttpResponse:
    """Show on one page what passes from hand to hand: plans, drafts and receipts belong to the entity."""
    owed = overview.owed(visit.actor, on=visit.on)
    others = [(each, words.label(Role(each.role))) for each in people.colleagues(visit.actor, visit.on)]
    shown = {
        "debts": owed.debts,
        "drafts": [debt for debt in owed.debts if debt.has_draft],
        "returned": [debt for debt in owed.debts if debt.sent_back],
        "receipts": owed.receipts[:RECENT],
        "others": others,
        "email": people.email_of(visit.actor),
    }
    return visit.show("desk/people/handover.html", shown)
