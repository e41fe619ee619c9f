"""A plan or a report that came on paper: the authority begins its version and types it in with the same forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.commitments import actions
from yupana.domain.obligations import queries
from yupana.domain.obligations.rules import Expects
from yupana.domain.progress.actions import start_report
from yupana.foundation.kernel.actor import Role
from yupana.interfaces.desk.doors import Visit, door

if TYPE_CHECKING:
    from django.http import HttpResponse


@door(Role.PLANNER)
def letter(visit: Visit, obligation: int) -> HttpResponse:
    """Say what is about to happen; then begin, and ask for the letter's day and number first."""
    owed = queries.readable_obligation(visit.actor, obligation)
    if not visit.writes:
        return visit.show("desk/letter.html", {"owed": owed})
    if owed.call.expects == Expects.PROGRESS:
        start_report(actor=visit.actor, obligation=owed, on=visit.on)
        return visit.go("report", obligation)
    actions.start_plan(actor=visit.actor, obligation=owed, on=visit.on)
    return visit.go("plan-header", obligation)
