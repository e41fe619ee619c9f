"""What a figure of the desk is made of: of restricted calls, too, for those who may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yupana.domain.obligations import queries
from yupana.interfaces.desk.doors import AUTHORITY, Visit, door
from yupana.interfaces.explained import context_of, figure_of
from yupana.projections.figures import public as figures

if TYPE_CHECKING:
    from django.http import HttpResponse


@door(*AUTHORITY, methods=("GET", "HEAD"))
def explain(visit: Visit) -> HttpResponse:
    """Show one figure over calls that the reader may read, and what adds up to it."""
    figure = figure_of(visit.request.GET, today=None, inside=True)
    found = [queries.readable_call(visit.actor, code) for code in figure.calls]
    state = figures.state()
    calls = {call.pk: call.code for call in found}
    told = context_of(figure, calls, [call.title for call in found], visit.page, state.position)
    return visit.show("desk/oversight/explain.html", {"state": state, **told})
